// Entry of the bundle that makes labs run. Loaded on demand; the page's own script waits for it.
import { mountLab } from "./elements/lab/mount.ts";
import { getSite } from "./site.ts";

getSite().mountLab = mountLab;

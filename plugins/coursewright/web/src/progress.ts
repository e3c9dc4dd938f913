// Entry of the bundle that shows, saves, loads and forgets the whole course's progress.
import { mountProgress } from "./elements/progress/mount.ts";
import { getSite } from "./site.ts";

getSite().mountProgress = mountProgress;

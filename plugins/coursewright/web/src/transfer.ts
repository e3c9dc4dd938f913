// Entry of the bundle that saves, loads and forgets progress: a lesson's and the whole course's.
import { mountTransfer } from "./elements/progress-tools.ts";
import { getSite } from "./site.ts";

getSite().mountTransfer = mountTransfer;

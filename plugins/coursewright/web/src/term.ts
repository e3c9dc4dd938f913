// Entry of the bundle that shows what a term means beside its first use.
import { mountTerm } from "./elements/term.ts";
import { getSite } from "./site.ts";

getSite().mountTerm = mountTerm;

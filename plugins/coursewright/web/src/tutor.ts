// Entry of the bundle that answers questions about a lesson from the lesson's own text.
import { mountTutor } from "./elements/tutor-panel.ts";
import { getSite } from "./site.ts";

getSite().mountTutor = mountTutor;

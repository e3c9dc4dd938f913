// Entry of the bundle that fills the ring in the header and marks the sections of the navigation.
import { mountMeter } from "./elements/meter.ts";
import { getSite } from "./site.ts";

getSite().mountMeter = mountMeter;

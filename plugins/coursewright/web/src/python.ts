// Entry of the bundle with the client of Python. Wires, decides nothing.
import { OutputRun } from "./elements/output-run.ts";
import { makePython } from "./python-files.ts";
import { type Coursewright, getSite } from "./site.ts";

Object.assign(getSite(), {
  makePython: () => makePython(getSite),
  openOutput: (host, signal) => new OutputRun(host, signal),
} satisfies Partial<Coursewright>);

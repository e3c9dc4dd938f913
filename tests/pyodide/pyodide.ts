// Pyodide under Node with the inner wheel that pages get, as the worker uses it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";
import { ROOT } from "../contract/examples.ts";

const DIST = join(ROOT, "plugins/coursewright/src/coursewright/assets/dist");
const BUILT = join(ROOT, "plugins/coursewright/web/node_modules/.coursewright-snapshot");

/** The folder of the Pyodide that is shipped, which the build has trimmed. */
export function shippedPyodide(): string {
  const [build] = readdirSync(BUILT);
  if (!build) throw new Error("nothing is built: run `python3 dev.py test pyodide`");
  return join(BUILT, build, "pyodide");
}

/** `lessonlab.bridge`; see there. */
export interface Bridge {
  handle(request: string, emit?: (text: string) => void): string;
  resume(): string;
  drop(): void;
}

/** Start a Pyodide of its own with `lessonlab` in it. */
export async function startPython(): Promise<{
  bridge: Bridge;
  setInterruptBuffer(buffer: { 0: number }): void;
}> {
  const pyodide = await loadPyodide({ indexURL: shippedPyodide() });
  const wheel = readdirSync(DIST).find((name) => /^lessonlab-.*\.whl$/.test(name)) ?? "";
  pyodide.unpackArchive(new Uint8Array(readFileSync(join(DIST, wheel))), "wheel");
  const bridge: Bridge = pyodide.pyimport("lessonlab.bridge");
  // Pyodide's types ask for an array; it reads index 0 of whatever it is given.
  const setInterruptBuffer = (buffer: { 0: number }) =>
    pyodide.setInterruptBuffer(buffer as unknown as Uint8Array);
  return { bridge, setInterruptBuffer };
}

/** Ask for a piece of work and return every answer, events included. */
export function answersOf(bridge: Bridge, kind: string, payload: object): unknown[] {
  const answers: unknown[] = [];
  let text = bridge.handle(JSON.stringify({ version: 1, kind, payload }));
  for (;;) {
    const answer = JSON.parse(text);
    answers.push(answer);
    if (!answer.more) return answers;
    text = bridge.resume();
  }
}

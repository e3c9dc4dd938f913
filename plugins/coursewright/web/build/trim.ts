// Pyodide as it is shipped: the same interpreter, without what links further WebAssembly libraries
// to it at run time. There are none here, and the bookkeeping for them is what a start takes
// longest with. Besides, it numbers functions in the order in which a browser lists exports, which
// is not the same in all, so that a snapshot made in one would not fit another (WebKit).
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { trimGlue } from "./trim-glue.ts";
import { calmGlue, calmLoader } from "./trim-throws.ts";
import { withoutExports, withoutImportedGlobals } from "./trim-wasm.ts";

/** Files of this step, for whoever keeps its results. */
export const TRIM_SOURCES = ["trim", "trim-glue", "trim-throws", "trim-wasm"].map(
  (name) => `build/${name}.ts`,
);

const COPIED = ["package.json", "pyodide.mjs", "pyodide-lock.json", "python_stdlib.zip"];

/** Addresses for programs that draw by WebGL, and for six functions that nothing calls. */
const isAddressOfNoUse = (space: string, name: string) =>
  space === "GOT.func" && /^emscripten_(gl[A-Z]|console_|out$|err$)/.test(name);

/**
 * Write what is needed of Pyodide, trimmed, into another folder.
 *
 * @param from - The npm package's folder.
 * @param to - Made where it is missing.
 */
export async function trimPyodide(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of COPIED) await cp(join(from, name), join(to, name));
  const read = (name: string) => readFile(join(from, name));
  const wasm = await read("pyodide.asm.wasm");
  const module = await WebAssembly.compile(wasm);
  const functions = WebAssembly.Module.imports(module).filter(({ kind }) => kind === "function");
  const loader = String(await read("pyodide.js"));
  const { text, exports } = await trimGlue(
    calmGlue(String(await read("pyodide.asm.mjs"))),
    loader,
    new Set(functions.map(({ name }) => name)),
  );
  const fewer = withoutExports(wasm, (name) => exports.has(name) || exports.has(`_${name}`));
  const own = withoutImportedGlobals(fewer, isAddressOfNoUse);
  await writeFile(join(to, "pyodide.js"), calmLoader(loader));
  await writeFile(join(to, "pyodide.asm.mjs"), text);
  await writeFile(join(to, "pyodide.asm.wasm"), own);
}

// Makes Python's files: the worker's text (Pyodide's glue and loader, then our own code, as one
// classic script), the binary parts, and for folders the same bytes as base64 in scripts.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { checksum } from "../src/worker/checksum.ts";
import { TRIM_SOURCES, trimPyodide } from "./trim.ts";

const SNAPSHOT_SOURCES = [
  ...TRIM_SOURCES,
  "build/frozen-host.mjs",
  "build/pack.ts",
  "build/snapshot.mjs",
  "src/worker/checksum.ts",
  "src/worker/snapshot.ts",
];

/** Build everything; returns the paths of bundled sources. */
export async function buildPython(web, dist) {
  const wheel = (await readdir(dist)).find((name) => /^lessonlab-.*\.whl$/.test(name));
  if (!wheel) throw new Error(`no wheel of lessonlab in ${dist}`);
  const { pyodide, library, snapshot } = await makeSnapshot(web, join(dist, wheel));
  const parts = {
    wasm: gzipSync(await readFile(join(pyodide, "pyodide.asm.wasm")), { level: 9 }),
    snapshot: gzipSync(snapshot, { level: 9 }),
    stdlib: library,
  };
  const facts = {
    PART_BYTES: Object.fromEntries(
      Object.entries(parts).map(([name, bytes]) => [name, bytes.byteLength]),
    ),
    SNAPSHOT_BYTES: snapshot.byteLength,
    LIBRARY_CHECKSUM: checksum(library),
  };
  const { text, inputs } = await workerText(web, pyodide, facts);
  for (const [name, bytes] of Object.entries({ ...parts, worker: gzipSync(text, { level: 9 }) })) {
    // Not .gz or .wasm.gz: some hosts would then declare an encoding, and browsers inflate twice.
    await writeFile(join(dist, `python-${name}.bin`), bytes);
    await writeScript(dist, `python-${name}.bin`, bytes);
  }
  // What the packages of a course are resolved for, without any package of Pyodide's own.
  const { info } = JSON.parse(await readFile(join(pyodide, "pyodide-lock.json"), "utf8"));
  await writeFile(join(dist, "pyodide-lock.json"), JSON.stringify({ info, packages: {} }));
  return inputs;
}

/**
 * Pyodide trimmed, the library and the snapshot; made anew only when something that they are made
 * of has changed.
 */
async function makeSnapshot(web, wheel) {
  const original = join(web, "node_modules/pyodide");
  const sources = SNAPSHOT_SOURCES.map((name) => join(web, name));
  const hash = createHash("sha256").update(process.version);
  const tools = ["pyodide", "esbuild"].map((name) =>
    join(web, `node_modules/${name}/package.json`),
  );
  for (const path of [...sources, ...tools, wheel]) {
    hash.update(await readFile(path));
  }
  const kept = join(web, "node_modules/.coursewright-snapshot", hash.digest("hex").slice(0, 16));
  const files = { library: join(kept, "stdlib.zip"), snapshot: join(kept, "snapshot.pack") };
  const pyodide = join(kept, "pyodide");
  if (!existsSync(files.snapshot)) {
    await rm(dirname(kept), { recursive: true, force: true });
    const fresh = `${kept}.${process.pid}`;
    await trimPyodide(original, join(fresh, "pyodide"));
    const script = join(web, "build/snapshot.mjs");
    execFileSync(process.execPath, [script, join(fresh, "pyodide"), wheel, fresh]);
    await rename(fresh, kept);
  }
  const [library, snapshot] = [await readFile(files.library), await readFile(files.snapshot)];
  return { pyodide, library, snapshot };
}

async function workerText(web, pyodide, facts) {
  const lock = JSON.parse(await readFile(join(pyodide, "pyodide-lock.json"), "utf8"));
  const result = await build({
    absWorkingDir: web,
    entryPoints: ["src/worker.ts"],
    bundle: true,
    write: false,
    format: "iife",
    target: ["es2022", "firefox115", "chrome110", "safari16.4"],
    define: Object.fromEntries(
      Object.entries({ ...facts, PYODIDE_INFO: lock.info }).map(([name, fact]) => [
        name,
        JSON.stringify(fact),
      ]),
    ),
    minify: true,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  const text = `${await classicPyodide(pyodide)}\n${result.outputFiles[0].text}`;
  return { text, inputs: Object.keys(result.metafile.inputs) };
}

/** Pyodide as a classic script that defines `createPyodideModule` and `makePyodideLoader`. */
export async function classicPyodide(pyodide) {
  return [
    // Pyodide refuses to run in classic workers and knows them by this function.
    "self.importScripts=undefined;",
    // Functions in brackets are compiled as they are read; others are read again when called.
    `const createPyodideModule=(${await glue(pyodide)});`,
    "const makePyodideLoader=(function(fetch,WebAssembly){",
    await loader(pyodide),
    ";return globalThis.loadPyodide});",
  ].join("\n");
}

/** Emscripten's module as classic script: without its own address and without its export. */
async function glue(pyodide) {
  const text = await readFile(join(pyodide, "pyodide.asm.mjs"), "utf8");
  const addressless = replace(text, "import.meta.url", '"https://python.invalid/"', 3);
  return replace(addressless, "export default _createPyodideModule;", "", 1).trim();
}

/** Pyodide's loader, without a way to a foreign host. */
async function loader(pyodide) {
  const text = await readFile(join(pyodide, "pyodide.js"), "utf8");
  const local = replace(text, "https://cdn.jsdelivr.net/", "https://python.invalid/", 1);
  return replace(local, "//# sourceMappingURL=pyodide.js.map", "", 1);
}

function replace(text, from, to, count) {
  const pieces = text.split(from);
  if (pieces.length === count + 1) return pieces.join(to);
  throw new Error(`Pyodide has changed: ${pieces.length - 1} times ${from}, expected ${count}`);
}

function writeScript(dist, name, bytes) {
  const line = `((window.coursewright??={}).parts??={})["${name}"]="${bytes.toString("base64")}";`;
  return writeFile(join(dist, `${name}.file.js`), line);
}

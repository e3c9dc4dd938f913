// Pyodide as it is shipped: trimmed, and started from its snapshot in whatever order a browser
// lists the functions of the module.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { trimPyodide } from "../../plugins/coursewright/web/build/trim.ts";
import { trimGlue } from "../../plugins/coursewright/web/build/trim-glue.ts";
import { calmGlue, calmLoader } from "../../plugins/coursewright/web/build/trim-throws.ts";
import { withoutImportedGlobals } from "../../plugins/coursewright/web/build/trim-wasm.ts";
import type {
  EmscriptenModule,
  Pyodide,
  PyodideSettings,
} from "../../plugins/coursewright/web/src/worker/pyodide.ts";
import { readSnapshot, restore } from "../../plugins/coursewright/web/src/worker/snapshot.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ORIGINAL = join(ROOT, "plugins/coursewright/web/node_modules/pyodide");
const DIST = join(ROOT, "plugins/coursewright/src/coursewright/assets/dist");

type Instantiated = (instance: { exports: WebAssembly.Exports }, module: unknown) => void;
interface Settings extends PyodideSettings {
  instantiateWasm(imports: WebAssembly.Imports, done: Instantiated): void;
}

let folder: string;
let module: WebAssembly.Module;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "coursewright-"));
  await trimPyodide(ORIGINAL, folder);
  module = await WebAssembly.compile(readFileSync(join(folder, "pyodide.asm.wasm")));
});

after(() => rmSync(folder, { recursive: true }));

test("nothing is left that a start would have to link", () => {
  const kinds = WebAssembly.Module.imports(module).map(({ kind }) => kind);
  assert.deepEqual([...new Set(kinds)], ["function"]);
  assert.ok(WebAssembly.Module.exports(module).length < 400, "of more than 8,000");
});

const ORDERS: Record<string, (names: string[]) => string[]> = {
  "as declared": (names) => names,
  "sorted by name": (names) => names.toSorted(),
};

for (const [title, order] of Object.entries(ORDERS)) {
  test(`the snapshot fits with exports ${title}`, async () => {
    const python = await startFromSnapshot(order);
    python.runPython("import lessonlab.bridge");
    assert.equal(python.runPython("sum(sorted([3, 1, 2]))"), 6);
    // A call through the table of functions, with another signature than most.
    assert.equal(python.runPython("'%.2f' % (2 ** 0.5)"), "1.41");
  });
}

async function startFromSnapshot(order: (names: string[]) => string[]): Promise<Pyodide> {
  const { default: createModule } = await importFrom("pyodide.asm.mjs");
  const { loadPyodide } = await importFrom("pyodide.mjs");
  const packed = gunzipSync(readFileSync(join(DIST, "python-snapshot.bin")));
  const bytes = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength);
  const options = {
    indexURL: folder,
    _loadSnapshot: new Uint8Array(64),
    createPyodideModule: async (settings: Settings) => {
      const instantiate = settings.instantiateWasm;
      settings.instantiateWasm = (imports, done) =>
        instantiate(imports, ({ exports }, compiled) => {
          const listed = order(Object.keys(exports)).map((name) => [name, exports[name]]);
          done({ exports: Object.fromEntries(listed) }, compiled);
        });
      const emscripten: EmscriptenModule = await createModule(settings);
      const build = settings.API.config.BUILD_ID;
      const { header } = readHeader(bytes);
      const snapshot = readSnapshot(bytes, { build, library: header.library });
      emscripten.API.restoreSnapshot = () => {
        restore(snapshot, emscripten.HEAP8);
        return snapshot.header.meta;
      };
      return emscripten;
    },
  };
  return loadPyodide(options);
}

function importFrom(name: string) {
  return import(pathToFileURL(join(folder, name)).href);
}

function readHeader(bytes: ArrayBuffer) {
  const length = new Uint32Array(bytes, 4, 1)[0] ?? 0;
  return { header: JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) };
}

test("a Pyodide that looks otherwise stops the build", async () => {
  const wasm = readFileSync(join(ORIGINAL, "pyodide.asm.wasm"));
  assert.throws(() => withoutImportedGlobals(wasm, () => false), /it imports GOT\.func\.\w+/);
  const glue = readFileSync(join(ORIGINAL, "pyodide.asm.mjs"), "utf8");
  const other = glue.replace("updateGOT(origExports);", "updateGOT(allExports);");
  const loader = readFileSync(join(ORIGINAL, "pyodide.js"), "utf8");
  const functions = WebAssembly.Module.imports(module).map(({ name }) => name);
  await assert.rejects(
    trimGlue(other, loader, new Set(functions)),
    /Pyodide has changed: updateGOT/,
  );
  assert.throws(
    () => calmGlue(glue.replace("mkdirTree(path,mode){", "makeTree(path,mode){")),
    /not once mkdirTree/,
  );
  assert.throws(() => calmLoader("no loader"), /not once try\{return globalThis\.importScripts/);
});

test("files are made and found as before where nothing is thrown", async () => {
  const { FS } = (await startFromSnapshot((names) => names)) as unknown as { FS: Files };
  FS.mkdirTree("/a/b/c");
  FS.mkdirTree("/a/b/c/d");
  FS.writeFile("/a/b/c/d/file", "text");
  assert.equal(FS.readFile("/a/b/c/d/file", { encoding: "utf8" }), "text");
  for (const path of ["/", "/a", "/dev"]) assert.throws(() => FS.mkdir(path), { errno: 20 });
  assert.throws(() => FS.mkdirTree("/a/b/c/d/file/e"), { errno: 54 });
  assert.throws(() => FS.writeFile("/none/file", ""), { errno: 44 });
  assert.throws(() => FS.stat("/a/constructor"), { errno: 44 });
  FS.mkdirTree("/__proto__/a");
  FS.mkdirTree("/parent/a");
  assert.throws(() => FS.writeFile("/a/b/c/d/file/e", ""), { errno: 54 });
  FS.chdir("/a/b");
  FS.mkdirTree("a/b/c");
  assert.ok(FS.stat("/a/b/a/b/c"));
  FS.writeFile("/a/constructor", "1");
});

interface Files {
  mkdir(path: string): void;
  mkdirTree(path: string): void;
  chdir(path: string): void;
  writeFile(path: string, text: string): void;
  readFile(path: string, how: { encoding: "utf8" }): string;
  stat(path: string): object;
}

// Makes the standard library as compiled code and the snapshot of a Python that has just started,
// with lessonlab loaded. Run on its own: `node snapshot.mjs PYODIDE-FOLDER WHEEL OUT-FOLDER`.

import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checksum } from "../src/worker/checksum.ts";
import { args } from "./frozen-host.mjs";
import { pack, rawMemory, runsOf } from "./pack.ts";

const [pyodideFolder, wheelPath, out] = args.map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const { default: createModule } = await import(
  pathToFileURL(join(pyodideFolder, "pyodide.asm.mjs")).href
);
const lock = JSON.parse(await readFile(join(pyodideFolder, "pyodide-lock.json"), "utf8"));
const OPTIONS = {
  indexURL: pyodideFolder,
  env: { PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
  lockFileContents: { info: lock.info, packages: {} },
  stdin: () => null,
};

/**
 * The standard library and lessonlab in one archive, compiled by the very interpreter that will
 * read it. Dates are fixed; sources, asserts and docstrings (a tenth of the snapshot) left out.
 */
const COMPILE = `
import importlib.util, io, marshal, zipfile
archive = "/lib/python314.zip"
head = importlib.util.MAGIC_NUMBER + bytes(12)
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as new:
    found = {}
    for source in (archive, "/lessonlab.whl"):
        with zipfile.ZipFile(source) as old:
            found |= {name: old.read(name) for name in old.namelist() if ".dist-info/" not in name}
    for name, data in sorted(found.items()):
        if name.endswith(".py"):
            code = compile(data, f"{archive}/{name}", "exec", dont_inherit=True, optimize=2)
            data, name = head + marshal.dumps(code), f"{name}c"
        entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        new.writestr(entry, data, compresslevel=9)
open("/made.zip", "wb").write(made.getvalue())
`;

/**
 * What programs of learners use most, so that it need not be loaded later; and what a program can
 * make Python load without a word that a page could look out for (a bare assert, a misspelt keyword,
 * a text as seed).
 */
const PRELOAD = `
import importlib
importlib.invalidate_caches()
import abc, ast, bisect, collections, contextlib, copy, dataclasses, datetime, enum, functools
import heapq, inspect, io, itertools, json, math, operator, random, re, statistics, string
import textwrap, time, traceback, typing
import _ast_unparse, difflib, hashlib
import gc, linecache, sys
import lessonlab.bridge, lessonlab.lab, lessonlab.waiting
linecache.clearcache()
re.purge()
if "" in sys.path:
    sys.path.remove("")
gc.collect()
gc.collect()
`;

const library = await compileLibrary();
const snapshot = await makeSnapshot();
await writeFile(join(out, "stdlib.zip"), library);
await writeFile(join(out, "snapshot.pack"), snapshot);

async function compileLibrary() {
  const python = await loadPyodide(OPTIONS);
  python.FS.writeFile("/lessonlab.whl", await readFile(wheelPath));
  python.runPython(COMPILE);
  return python.FS.readFile("/made.zip");
}

async function makeSnapshot() {
  const libraryPath = join(out, "stdlib.zip");
  await writeFile(libraryPath, library);
  const options = { ...OPTIONS, stdLibURL: libraryPath };
  const python = await loadPyodide({ ...options, _makeSnapshot: true });
  python.runPython(PRELOAD);
  python.runPython("import gc; gc.collect()");
  clearFreeMemory(python._module);
  const image = python.makeMemorySnapshot();
  const [, heapAt, metaBytes] = new Uint32Array(image.buffer, 0, 3);
  const heap = image.subarray(heapAt);
  const raw = await rawMemory(await readFile(join(pyodideFolder, "pyodide.asm.wasm")));
  return pack(heap, runsOf(heap, raw, await freshMemory(options)), {
    build: python._api.config.BUILD_ID,
    meta: JSON.parse(new TextDecoder().decode(image.subarray(48, 48 + metaBytes))),
    library: { bytes: library.length, checksum: checksum(library) },
  });
}

/**
 * Overwrite with zeros what Python has given back: remains of archives, which compress badly. Takes
 * the free pieces of 48 bytes and more, the largest first, and gives all back at the end.
 */
function clearFreeMemory(module) {
  const end = module._sbrk(0);
  const held = [];
  const takes = (size) => {
    if (module._sbrk(0) + size > module.HEAPU8.length) return false;
    const at = module._malloc(size);
    if (!at) throw new Error("there is no memory to clear");
    held.push(at);
    if (at + size > end) {
      module._free(held.pop());
      return false;
    }
    module.HEAPU8.fill(0, at, at + size);
    return true;
  };
  for (let size = 2 ** 22; size >= 48; size = size > 1024 ? size / 2 : size - 16) {
    while (takes(size));
  }
  for (const at of held) module._free(at);
}

/** Memory just after Emscripten's own initialisation. */
async function freshMemory(options) {
  let memory;
  const stop = new Error("seen");
  const seen = loadPyodide({
    ...options,
    _loadSnapshot: new Uint8Array(64),
    createPyodideModule: async (settings) => {
      memory = (await createModule(settings)).HEAPU8.slice();
      throw stop;
    },
  });
  await seen.catch((error) => {
    if (error !== stop) throw error;
  });
  return memory;
}

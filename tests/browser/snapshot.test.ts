// Python from its snapshot: what it must still be able to do, and what happens when the snapshot
// is damaged, of another build, or not there.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { BROWSERS, LESSON, rootOf, SITE, serve, visit } from "./harness.ts";
import { listen, run } from "./python-page.ts";

const SLOW = "coursewright: Python was started without its snapshot";
const LIBRARY = `
import csv, decimal, unittest
print(csv.__name__, decimal.Decimal("0.1") + decimal.Decimal("0.2"), unittest.TestCase.__name__)`;
/** Each makes Python load a module that the program does not import. */
const UNIMPORTED = `
import datetime, random
from json import tool
print(datetime.datetime.strptime("2026-02-03", "%Y-%m-%d").day)
random.seed("a text")
print("é".encode("cp1252"), str(b"a", "cp1250"))`;
const MISSPELT = "whille True:\n    pass";
const NUMBER = "import random\nprint(random.random())";

for (const name of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${name} ${world}: the whole standard library, and chance that differs`, async () => {
      const visited = await visit(name, await rootOf(world), LESSON);
      const { page } = visited;
      // First, when the standard library may not have come.
      const unimported = await run(page, UNIMPORTED);
      assert.deepEqual(unimported, { stdout: "3\nb'\\xe9' a\n", error: "" });
      assert.match((await run(page, MISSPELT)).error, /^SyntaxError: .*Did you mean 'while'/);
      assert.deepEqual(await run(page, LIBRARY), { stdout: "csv 0.3 TestCase\n", error: "" });
      const dynamic = "print(__import__('importlib').import_module('difflib').__name__)";
      assert.deepEqual(await run(page, dynamic), { stdout: "difflib\n", error: "" });
      const first = await run(page, NUMBER);
      await page.reload();
      assert.notEqual((await run(page, NUMBER)).stdout, first.stdout);
      await visited.finish();
    });
  }
}

/** What may be wrong with the file that a host sends, and what is said then. */
const DAMAGES: Record<string, [change: (file: Buffer) => Buffer | undefined, said: RegExp]> = {
  "a truncated file": [(file) => file.subarray(0, file.length / 2), /./],
  "a flipped byte": [(file) => flip(file, file.length - 1000), /./],
  "a flipped byte where the host inflates": [
    (file) => flip(gunzipSync(file), 3_000_000),
    /its bytes are damaged/,
  ],
  "memory that ends early": [
    (file) => gzipSync(gunzipSync(file).subarray(0, -4), { level: 1 }),
    /it has \d+ bytes, not \d+/,
  ],
  "the snapshot of another build": [
    (file) => {
      const bytes = gunzipSync(file);
      const at = bytes.indexOf('"build":"') + 9;
      bytes.write(bytes[at] === 0x30 ? "1" : "0", at, "latin1");
      return gzipSync(bytes, { level: 1 });
    },
    /it belongs to another Pyodide/,
  ],
  "a missing file": [() => undefined, /404/],
};

for (const [damage, [change, said]] of Object.entries(DAMAGES)) {
  // The decision is the same everywhere; streams that break off are each browser's own.
  const browsers = damage === "a truncated file" ? BROWSERS : (["chromium"] as const);
  for (const name of browsers) {
    test(`${name}: ${damage} is told once, and Python starts all the same`, async () => {
      const root = await serve(SITE, "", (path, body) =>
        path.includes("python-snapshot") ? change(body) : body,
      );
      const expected = new RegExp(`${SLOW}|404`);
      const visited = await visit(name, root, LESSON, { expected });
      const heard = listen(visited.page);
      const trial = `import random, csv\nprint(6 * 7)`;
      assert.deepEqual(await run(visited.page, trial), { stdout: "42\n", error: "" });
      await run(visited.page, "import os\nos._exit(1)");
      assert.deepEqual(await run(visited.page, trial), { stdout: "42\n", error: "" });
      const told = heard.filter((text) => text.startsWith(SLOW));
      assert.equal(told.length, 1, heard.join("\n"));
      assert.match(told[0] ?? "", said);
      await visited.finish();
    });
  }
}

test("a module that is damaged is told, and the next try starts Python", async () => {
  for (const change of [
    (file: Buffer) => file.subarray(0, file.length / 2),
    (file: Buffer) => flip(file, file.length / 2),
  ]) {
    let damage = true;
    const root = await serve(SITE, "", (path, body) =>
      damage && path.includes("python-wasm") ? change(body) : body,
    );
    const visited = await visit("chromium", root, LESSON, { expected: /wasm|WebAssembly|started/ });
    assert.match((await run(visited.page, "print(1)")).error, /boot/);
    damage = false;
    assert.deepEqual(await run(visited.page, "print(1)"), { stdout: "1\n", error: "" });
    await visited.finish();
  }
});

test("chromium file: without the snapshot's script Python starts all the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "coursewright-"));
  const filter = (path: string) => !/python-snapshot|\.woff2$|\.png$/.test(path);
  cpSync(SITE, folder, { recursive: true, filter });
  const expected = new RegExp(`${SLOW}|ERR_FILE_NOT_FOUND`);
  const root = `${pathToFileURL(folder).href}/`;
  const visited = await visit("chromium", root, LESSON, { expected });
  const heard = listen(visited.page);
  assert.deepEqual(await run(visited.page, LIBRARY), { stdout: "csv 0.3 TestCase\n", error: "" });
  assert.equal(heard.filter((text) => text.startsWith(SLOW)).length, 1, heard.join("\n"));
  await visited.finish();
  rmSync(folder, { recursive: true });
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

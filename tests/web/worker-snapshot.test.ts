// The snapshot's container, written by the build and read by the worker; and the standard library
// that arrives later.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { pack, runsOf } from "../../plugins/coursewright/web/build/pack.ts";
import { checksum } from "../../plugins/coursewright/web/src/worker/checksum.ts";
import { Library } from "../../plugins/coursewright/web/src/worker/library.ts";
import { readSnapshot, restore } from "../../plugins/coursewright/web/src/worker/snapshot.ts";

const SIZE = 1 << 20;
const library = { bytes: 10, checksum: 20 };
const wanted = { build: "b1", library };

/** Memory of a fresh module, after its initialisation, and with Python in it. */
function memories(): [raw: Uint8Array, fresh: Uint8Array, heap: Uint8Array] {
  const raw = new Uint8Array(SIZE);
  raw.fill(1, 1024, 100_000);
  const fresh = raw.slice();
  fresh[90_000] = 7;
  const heap = fresh.slice();
  heap.fill(9, 500_000, 500_700);
  heap[SIZE - 1] = 3;
  heap[2000] = 0;
  return [raw, fresh, heap];
}

function container(facts: object = {}): ArrayBuffer {
  const [raw, fresh, heap] = memories();
  const meta = { hiwireKeys: [], immortalKeys: [] };
  const header = { build: "b1", library, meta, ...facts };
  return Uint8Array.from(pack(heap, runsOf(heap, raw, fresh), header)).buffer;
}

test("memory comes back as it was, also where a browser's initialisation differs", () => {
  const [raw, fresh, heap] = memories();
  const snapshot = readSnapshot(container(), wanted);
  assert.ok(snapshot.data.length < SIZE / 2, `${snapshot.data.length} bytes are kept`);
  for (const start of [raw, fresh]) {
    const memory = new Int8Array(start.slice().buffer);
    memory[90_001] = 5;
    restore(snapshot, memory);
    assert.deepEqual(Buffer.from(memory.buffer), Buffer.from(heap));
  }
});

test("whatever does not add up is refused", () => {
  const whole = container();
  const changed = (at: number) => {
    const copy = new Uint8Array(whole.slice(0));
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy.buffer;
  };
  const cases: [ArrayBuffer, RegExp][] = [
    [new ArrayBuffer(0), /it is empty/],
    [changed(0), /it is no snapshot/],
    [whole.slice(0, 100), /it is cut off/],
    [whole.slice(0, -1), /it has \d+ bytes/],
    [changed(whole.byteLength - 1), /its bytes are damaged/],
    [container({ build: "b2" }), /another Pyodide/],
    [container({ library: { bytes: 10, checksum: 21 } }), /another standard library/],
    [container({ format: 9 }), /its format is 9/],
    [container({ heap: 4096 }), /its runs do not fit/],
  ];
  for (const [bytes, complaint] of cases) {
    assert.throws(() => readSnapshot(bytes, wanted), complaint);
  }
  const snapshot = readSnapshot(whole, wanted);
  assert.throws(() => restore(snapshot, new Int8Array(8)), /memory has 8 bytes/);
});

test("the checksum sees every byte and the length, wherever the bytes begin", () => {
  const bytes = Uint8Array.from({ length: 1003 }, (_, index) => index % 251);
  const sum = checksum(bytes);
  const shifted = new Uint8Array(1004);
  shifted.set(bytes, 1);
  assert.equal(checksum(shifted.subarray(1)), sum);
  assert.notEqual(checksum(bytes.subarray(0, -1)), sum);
  for (const at of [0, 1, 500, 999, 1000, 1002]) {
    const other = bytes.slice();
    other[at] = (other[at] ?? 0) ^ 0x80;
    assert.notEqual(checksum(other), sum, `byte ${at}`);
  }
});

/** A library of three bytes in a file system of one file. */
function lazy(setup: {
  fetchNow?: () => Uint8Array;
  ask?: () => Promise<ArrayBuffer | undefined>;
}) {
  const bytes = Uint8Array.of(1, 2, 3);
  const node = { usedBytes: 0, contents: new Uint8Array() };
  const found = new Library({
    bytes: 3,
    checksum: checksum(bytes),
    ask: () => Promise.resolve(bytes.buffer),
    ...setup,
  });
  found.install({ lookupPath: () => ({ node }) });
  return { found, node, bytes };
}

test("the archive is fetched when it is first read, and once", () => {
  let fetched = 0;
  const { node, bytes } = lazy({
    fetchNow: () => {
      fetched += 1;
      return bytes;
    },
  });
  assert.equal(node.usedBytes, 3);
  assert.equal(fetched, 0);
  assert.deepEqual([node.contents, node.contents], [bytes, bytes]);
  assert.equal(fetched, 1);
});

test("an archive that fails or is damaged never throws into Python", () => {
  const warn = mock.method(console, "warn", () => {});
  const { node } = lazy({
    fetchNow: () => {
      throw new Error("offline");
    },
  });
  assert.deepEqual(node.contents, new Uint8Array(3));
  const damaged = lazy({ fetchNow: () => Uint8Array.of(1, 2, 4) });
  assert.deepEqual(damaged.node.contents, new Uint8Array(3));
  assert.equal(warn.mock.callCount(), 2);
  mock.restoreAll();
});

test("an archive that did not arrive is asked for once in a run, and again in the next", async () => {
  mock.method(console, "warn", () => {});
  let there = false;
  let fetched = 0;
  const { found, node, bytes } = lazy({
    fetchNow: () => {
      fetched += 1;
      if (!there) throw new Error("offline");
      return bytes;
    },
  });
  assert.equal(found.lost, false);
  assert.deepEqual([node.contents, node.contents], [new Uint8Array(3), new Uint8Array(3)]);
  assert.deepEqual([found.lost, fetched], [true, 1]);
  there = true;
  found.tryAgain();
  assert.equal(found.lost, false);
  assert.deepEqual(node.contents, bytes);
  found.tryAgain();
  assert.deepEqual([node.contents, found.lost, fetched], [bytes, false, 2]);

  const answers = [undefined, bytes.buffer];
  const asked = lazy({ ask: () => Promise.resolve(answers.shift()) });
  await asked.found.prepare();
  assert.deepEqual([asked.node.contents, asked.found.lost], [new Uint8Array(3), true]);
  asked.found.tryAgain();
  await asked.found.prepare();
  assert.deepEqual([asked.node.contents, asked.found.lost], [bytes, false]);
  mock.restoreAll();
});

test("code that needs the archive waits for the page to give it", async () => {
  let give: (bytes: ArrayBuffer) => void = () => {};
  let asked = 0;
  const { found, node, bytes } = lazy({
    ask: () => {
      asked += 1;
      return new Promise((resolve) => {
        give = resolve;
      });
    },
  });
  let waited = true;
  const ready = found.prepare().then(() => {
    waited = false;
  });
  await Promise.resolve();
  assert.equal(waited, true);
  found.tryAgain();
  const again = found.prepare();
  give(bytes.buffer);
  await Promise.all([ready, again]);
  assert.equal(asked, 1, "what is on its way is not asked for twice");
  assert.deepEqual(node.contents, bytes);
});

// The module that the page compiles while its worker starts, and the bytes on their way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gathered, inflated, streamOf } from "../../plugins/coursewright/web/src/inflate.ts";
import { compileModule } from "../../plugins/coursewright/web/src/python-module.ts";
import type { Opened } from "../../plugins/coursewright/web/src/worker-client.ts";
import { FakeWorker, MODULE, settle, trial } from "./fake-worker.ts";

const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const WORD = { type: "progress", stage: "fetch", done: 10, total: 100 };

/** A client whose page compiles as the test says. */
function compiling(): {
  worker: FakeWorker;
  states: object[];
  arrived: (bytes: number) => void;
  compiled: (module: WebAssembly.Module) => void;
  broken: (reason: Error) => void;
  begun: () => boolean;
  signal: () => AbortSignal;
  leave: () => void;
  asked: Promise<unknown>;
} {
  const worker = new FakeWorker();
  let resolve: (module: WebAssembly.Module) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<WebAssembly.Module>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  let arrived: ((bytes: number) => void) | undefined;
  let signal: AbortSignal | undefined;
  const open = (_: unknown, given: AbortSignal): Promise<Opened> => {
    signal = given;
    const compile: Opened["compile"] = (tell) => {
      arrived = tell;
      return promise;
    };
    return Promise.resolve({ worker, parts: {}, compile });
  };
  const { client } = trial({ open });
  const states: object[] = [];
  client.watch((state) => states.push(state));
  const asked = client.request("run", { code: "1" }).catch((error) => error);
  return {
    worker,
    states,
    arrived: (bytes) => arrived?.(bytes),
    compiled: resolve,
    broken: reject,
    begun: () => arrived !== undefined,
    signal: () => signal as AbortSignal,
    leave: () => client.leave(),
    asked,
  };
}

test("the page compiles when the worker has spoken, and hands the module over once", async () => {
  const it = compiling();
  await settle();
  assert.equal(it.begun(), false, "a worker that starts needs the page");
  it.worker.says(WORD);
  it.worker.says(WORD);
  it.compiled(MODULE);
  await settle();
  const modules = it.worker.heard.filter(({ type }) => type === "module");
  assert.deepEqual(modules, [{ type: "module", module: MODULE }]);
  const [boot] = it.worker.heard;
  assert.ok(boot?.type === "boot" && boot.module === undefined);
  it.leave();
});

test("bytes that the page reads count with those of the worker, up to the total", async () => {
  const it = compiling();
  await settle();
  it.worker.says(WORD);
  it.arrived(30);
  assert.deepEqual(it.states.at(-1), { name: "loading", stage: "fetch", done: 40, total: 100 });
  it.arrived(500);
  it.worker.says({ ...WORD, done: 50 });
  assert.deepEqual(it.states.at(-1), { name: "loading", stage: "fetch", done: 100, total: 100 });
  it.worker.says({ type: "progress", stage: "start", done: 0, total: 0 });
  assert.deepEqual(it.states.at(-1), { name: "loading", stage: "start", done: 0, total: 0 });
  it.leave();
});

test("a module that cannot be compiled is a Python that does not start", async () => {
  const it = compiling();
  await settle();
  it.worker.says(WORD);
  it.broken(new Error("damaged"));
  const error = (await it.asked) as Error;
  assert.match(String(error), /boot.*damaged/);
  assert.equal(it.worker.ended, true);
});

test("leaving ends the download, and a module that comes later goes nowhere", async () => {
  const it = compiling();
  await settle();
  it.worker.says(WORD);
  it.leave();
  assert.equal(it.signal().aborted, true);
  it.arrived(30);
  it.compiled(MODULE);
  await settle();
  assert.deepEqual(it.states.at(-1), { name: "idle" });
  assert.ok(!it.worker.heard.some(({ type }) => type === "module"));
});

test("a module is compiled from our gzip, from plain bytes, and from a host's answer", async () => {
  let bytes = 0;
  const count = (more: number) => {
    bytes += more;
  };
  const zipped = new Uint8Array(gzipSync(EMPTY));
  for (const source of [zipped, EMPTY, new Response(zipped)]) {
    bytes = 0;
    assert.ok((await compileModule(source, count)) instanceof WebAssembly.Module);
    assert.equal(bytes, source === EMPTY ? EMPTY.length : zipped.length);
  }
  await assert.rejects(compileModule(new Response(null, { status: 404 }), count), /404/);
  await assert.rejects(compileModule(zipped.slice(0, -6), count));
});

test("what is inflated is checked, and comes in pieces that keep nobody waiting", async () => {
  const text = crypto.getRandomValues(new Uint8Array(60_000));
  const long = new Uint8Array(Buffer.concat(Array<Uint8Array>(5).fill(text)));
  const zipped = new Uint8Array(gzipSync(long, { level: 0 }));
  const pieces: number[] = [];
  const whole = await inflated(streamOf(zipped), (size) => void pieces.push(size));
  assert.equal(whole.checked, true);
  assert.deepEqual(await gathered(whole), long);
  assert.ok(pieces.length >= 5 && Math.max(...pieces) <= 65_536, String(pieces));
  const plain = await inflated(streamOf(long), () => {});
  assert.equal(plain.checked, false);
  assert.deepEqual(await gathered(plain, 1000), long, "which is still there");
  const damaged = zipped.with(1000, (zipped[1000] ?? 0) ^ 1) as Uint8Array<ArrayBuffer>;
  await assert.rejects(inflated(streamOf(damaged), () => {}).then((it) => gathered(it)));
});

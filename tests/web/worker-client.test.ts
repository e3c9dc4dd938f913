// The page's side of Python: order, limits, Stop, breakdowns.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { PythonError, reasonOf } from "../../plugins/coursewright/web/src/python-client.ts";
import { bootedWorker, MODULE, REPORT, settle, trial } from "./fake-worker.ts";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Resolves to the reason for which a request was rejected. */
function reason(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => "answered",
    (error: unknown) => reasonOf(error),
  );
}

test("nothing is loaded before the first request, and then once", async () => {
  const page = trial();
  assert.equal(page.client.state.name, "idle");
  const first = page.client.request("run", { code: "1" });
  const second = page.client.request("run", { code: "2" });
  const worker = await bootedWorker(page);
  worker.answers({ ...REPORT, stdout: "1" });
  worker.answers({ ...REPORT, stdout: "2" });
  assert.deepEqual([(await first).stdout, (await second).stdout], ["1", "2"]);
  assert.equal(page.workers.length, 1);
  assert.deepEqual(page.states, ["loading", "ready", "running", "ready", "running", "ready"]);
});

test("progress of loading is a state with bytes", async () => {
  const page = trial();
  page.client.warm();
  await settle();
  page.workers[0]?.says({ type: "progress", stage: "fetch", done: 5, total: 10 });
  assert.deepEqual(page.client.state, { name: "loading", stage: "fetch", done: 5, total: 10 });
});

test("a mere intent loads nothing where data is dear", async () => {
  const page = trial({ mayWarm: () => false });
  page.client.warm();
  await settle();
  assert.equal(page.workers.length, 0);
});

test("requests are sent one at a time, with their limit", async () => {
  const page = trial();
  page.client.request("run", { code: "1" }, { limitS: 3 });
  page.client.request("run", { code: "2" });
  const worker = await bootedWorker(page);
  const sent = () => worker.heard.filter(({ type }) => type === "request").length;
  assert.equal(worker.last().limitMs, 3000);
  assert.equal(sent(), 1);
  worker.answers(REPORT);
  assert.equal(worker.last().limitMs, 10_000);
  assert.equal(sent(), 2);
});

test("output and events reach the request they belong to", async () => {
  const page = trial();
  const seen: unknown[] = [];
  const settings = {};
  page.client.request(
    "lab-train",
    { experiment: "coinrun", settings },
    { onOutput: (text) => seen.push(text), onEvent: (event) => seen.push(event) },
  );
  const worker = await bootedWorker(page);
  const { id } = worker.last();
  worker.says({ type: "output", id, text: "a" });
  worker.says({ type: "output", id: id + 1, text: "of another" });
  worker.says({ type: "event", id, event: { episode: 1, coin_rate: 0.5 } });
  worker.says({ type: "event", id });
  assert.deepEqual(seen, ["a", { episode: 1, coin_rate: 0.5 }]);
});

test("Stop ends learner code with its worker, and the next one starts with the kept module", async () => {
  const page = trial();
  const stop = new AbortController();
  const ended = reason(page.client.request("run", { code: "1" }, { signal: stop.signal }));
  const first = await bootedWorker(page);
  stop.abort();
  mock.timers.tick(1);
  assert.equal(await ended, "stopped");
  assert.equal(first.ended, true);
  assert.equal(page.client.state.name, "stopped");
  await settle();
  const boot = page.workers[1]?.heard[0];
  assert.equal(boot?.type === "boot" && boot.module, MODULE);
  await bootedWorker(page);
  assert.equal(page.client.state.name, "ready");
});

test("Stop of one request leaves the waiting ones alone", async () => {
  const page = trial();
  const stop = new AbortController();
  const stopped = reason(page.client.request("run", { code: "1" }, { signal: stop.signal }));
  const kept = page.client.request("run", { code: "2" });
  await bootedWorker(page);
  stop.abort();
  mock.timers.tick(1);
  const second = await bootedWorker(page);
  second.answers({ ...REPORT, stdout: "2" });
  assert.equal(await stopped, "stopped");
  assert.equal((await kept).stdout, "2");
});

test("a waiting request is stopped without touching the worker", async () => {
  const page = trial();
  const stop = new AbortController();
  page.client.request("run", { code: "1" });
  const stopped = reason(page.client.request("run", { code: "2" }, { signal: stop.signal }));
  const worker = await bootedWorker(page);
  stop.abort();
  assert.equal(await stopped, "stopped");
  assert.equal(worker.ended, false);
});

test("a request that was stopped before it was made is not sent", async () => {
  const page = trial();
  const made = page.client.request("run", { code: "1" }, { signal: AbortSignal.abort() });
  assert.equal(await reason(made), "stopped");
  assert.equal(page.workers.length, 0);
});

test("long work is asked to stop, and ended when it does not listen", async () => {
  const page = trial();
  const settings = {};
  const train = { experiment: "coinrun", settings };
  const polite = new AbortController();
  const heard = reason(page.client.request("lab-train", train, { signal: polite.signal }));
  const worker = await bootedWorker(page);
  polite.abort();
  const { id } = worker.last();
  assert.deepEqual(worker.heard.at(-1), { type: "stop", id });
  worker.says({ type: "error", id, reason: "stopped", detail: "", heapBytes: 0 });
  assert.equal(await heard, "stopped");
  assert.equal(page.client.state.name, "ready");

  const deaf = new AbortController();
  const ended = reason(page.client.request("lab-train", train, { signal: deaf.signal }));
  deaf.abort();
  mock.timers.tick(300);
  assert.equal(await ended, "stopped");
  assert.equal(worker.ended, true);
});

test("code that survives its limit is ended a second later", async () => {
  const page = trial();
  const ended = reason(page.client.request("run", { code: "1" }, { limitS: 2 }));
  const worker = await bootedWorker(page);
  mock.timers.tick(2999);
  assert.equal(worker.ended, false);
  mock.timers.tick(1);
  assert.equal(await ended, "limit");
  assert.equal(worker.ended, true);
});

test("loading and waiting do not count towards a limit", async () => {
  const page = trial();
  const done = reason(page.client.request("run", { code: "1" }, { limitS: 1 }));
  await settle();
  mock.timers.tick(60_000);
  const worker = await bootedWorker(page);
  worker.answers(REPORT);
  assert.equal(await done, "answered");
});

test("a boot that fails rejects what waits, and the next request tries again", async () => {
  const warn = mock.method(console, "warn", () => {});
  const page = trial();
  const failed = reason(page.client.request("run", { code: "1" }));
  await settle();
  page.workers[0]?.says({ type: "failed", detail: "no bytes" });
  assert.equal(await failed, "boot");
  assert.deepEqual(page.client.state, { name: "failed", reason: "boot" });
  assert.equal(warn.mock.callCount(), 1);
  const again = page.client.request("run", { code: "1" });
  (await bootedWorker(page)).answers(REPORT);
  assert.deepEqual(await again, REPORT);
});

test("a missing file, a broken script and silence are failed boots", async () => {
  mock.method(console, "warn", () => {});
  const missing = trial({ open: () => Promise.reject(new Error("404")) });
  assert.equal(await reason(missing.client.request("run", { code: "1" })), "boot");

  const broken = trial();
  const rejected = reason(broken.client.request("run", { code: "1" }));
  await settle();
  broken.workers[0]?.breaks("SyntaxError");
  assert.equal(await rejected, "boot");

  const silent = trial();
  const waited = reason(silent.client.request("run", { code: "1" }));
  await settle();
  mock.timers.tick(90_000);
  assert.equal(await waited, "boot");
  assert.equal(silent.workers[0]?.ended, true);
});

test("a breakdown rejects the request and starts a new worker", async () => {
  const page = trial();
  const crashed = page.client.request("run", { code: "1" });
  const rejected = crashed.catch((error: unknown) => error);
  const worker = await bootedWorker(page);
  const { id } = worker.last();
  worker.says({ type: "error", id, reason: "crashed", detail: "Exit", heapBytes: 0 });
  const error = await rejected;
  assert.ok(error instanceof PythonError);
  assert.deepEqual([error.reason, error.detail], ["crashed", "Exit"]);
  assert.equal(worker.ended, true);
  await settle();
  assert.equal(page.workers.length, 2);
});

test("an answer of another shape is refused", async () => {
  const page = trial();
  const asked = reason(page.client.request("run", { code: "1" }));
  (await bootedWorker(page)).answers({ passed: true });
  assert.equal(await asked, "version");
});

test("a worker that holds too much memory is replaced after its answer", async () => {
  const page = trial();
  const asked = page.client.request("run", { code: "1" });
  const worker = await bootedWorker(page);
  worker.answers(REPORT, 2 ** 30);
  assert.deepEqual(await asked, REPORT);
  assert.equal(worker.ended, true);
  await bootedWorker(page);
  assert.equal(page.client.state.name, "ready");
});

test("what an ended worker still says is not heard", async () => {
  const page = trial();
  const stop = new AbortController();
  const output: string[] = [];
  const onOutput = (text: string) => output.push(text);
  const asked = page.client.request("run", { code: "1" }, { signal: stop.signal, onOutput });
  const worker = await bootedWorker(page);
  const { id } = worker.last();
  stop.abort();
  mock.timers.tick(1);
  worker.says({ type: "output", id, text: "late" });
  assert.equal(await reason(asked), "stopped");
  assert.deepEqual(output, []);
});

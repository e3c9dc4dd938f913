// Which worker does what: the spare, graded runs, Stop by signal, and giving workers back.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { reasonOf } from "../../plugins/coursewright/web/src/python-client.ts";
import { bootedWorker, MODULE, REPORT, settle, type Trial, trial } from "./fake-worker.ts";

const CODE = { code: "1" };
const GRADE = { code: "1", checks: "", hidden_checks: "" };
const GRADED = { ...REPORT, passed: true, checks: [] };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** A client with room for a spare that has run something, and whose spare stands ready. */
async function withSpare(): Promise<Trial> {
  const page = trial({ maySpare: () => true });
  const ran = page.client.request("run", CODE);
  (await bootedWorker(page)).answers(REPORT);
  await ran;
  assert.equal(page.workers.length, 1);
  mock.timers.tick(400);
  await bootedWorker(page);
  assert.equal(page.workers.length, 2);
  return page;
}

test("a spare is booted after the first run, from what the first worker has made", async () => {
  const snapshot = new ArrayBuffer(4);
  const page = trial({ maySpare: () => true });
  const ran = page.client.request("run", CODE);
  await settle();
  const [first] = page.workers;
  first?.says({ type: "ready", module: MODULE, snapshot });
  first?.answers(REPORT);
  await ran;
  mock.timers.tick(400);
  await settle();
  const [boot] = page.workers[1]?.heard ?? [];
  assert.equal(boot?.type, "boot");
  assert.ok(boot?.type === "boot" && boot.module === MODULE && boot.parts.snapshot === snapshot);
});

test("where memory is dear there is no spare", async () => {
  const page = trial();
  const ran = page.client.request("run", CODE);
  (await bootedWorker(page)).answers(REPORT);
  await ran;
  mock.timers.tick(10_000);
  await settle();
  assert.equal(page.workers.length, 1);
});

test("the spare takes over at once when the first is lost", async () => {
  const page = await withSpare();
  const ended = page.client.request("run", CODE, { limitS: 1 }).catch(reasonOf);
  mock.timers.tick(2000);
  assert.equal(await ended, "limit");
  assert.equal(page.workers[0]?.ended, true);
  assert.equal(page.client.state.name, "ready");
  const next = page.client.request("run", CODE);
  page.workers[1]?.answers(REPORT);
  assert.deepEqual(await next, REPORT);
});

test("a graded run gets a worker in which no learner's code has run, for itself alone", async () => {
  const page = await withSpare();
  const graded = page.client.request("grade", GRADE);
  assert.equal(page.workers[0]?.heard.filter(({ type }) => type === "request").length, 1);
  page.workers[1]?.answers(GRADED);
  assert.deepEqual(await graded, GRADED);
  assert.equal(page.workers[1]?.ended, true);
  assert.equal(page.workers[0]?.ended, false, "what the first knows is kept");

  const again = page.client.request("grade", GRADE);
  const third = await bootedWorker(page);
  assert.equal(page.workers.length, 3);
  third.answers(GRADED);
  assert.deepEqual(await again, GRADED);
});

test("a first graded run needs no other worker, nor does one after a lab", async () => {
  const page = trial();
  const trained = page.client.request("lab-train", { experiment: "coinrun", settings: {} });
  const worker = await bootedWorker(page);
  worker.answers({ experiment: "coinrun", outcomes: {}, weights_sha256: "" });
  await trained;
  const graded = page.client.request("grade", GRADE);
  worker.answers(GRADED);
  await graded;
  assert.equal(page.workers.length, 1);
});

test("without room for a spare a graded run replaces the worker", async () => {
  const page = trial();
  const ran = page.client.request("run", CODE);
  const first = await bootedWorker(page);
  first.answers(REPORT);
  await ran;
  const graded = page.client.request("grade", GRADE);
  assert.equal(first.ended, true);
  (await bootedWorker(page)).answers(GRADED);
  assert.deepEqual(await graded, GRADED);
});

test("a worker that looks at the signal gets a moment to stop, and lives on", async () => {
  const page = trial();
  const stop = new AbortController();
  const stopped = page.client.request("run", CODE, { signal: stop.signal }).catch(reasonOf);
  const worker = await bootedWorker(page);
  const { id } = worker.last();
  worker.says({ type: "started", id, listens: true });
  const before = page.ended.length;
  stop.abort();
  assert.deepEqual(page.ended.slice(before), ["blob:x"]);
  mock.timers.tick(249);
  assert.equal(worker.ended, false);
  worker.says({ type: "error", id, reason: "stopped", detail: "", heapBytes: 0 });
  assert.equal(await stopped, "stopped");
  mock.timers.tick(1000);
  assert.equal(worker.ended, false);
  assert.equal(page.client.state.name, "ready");
});

test("a worker that does not stop at the signal is ended after that moment", async () => {
  const page = trial();
  const stop = new AbortController();
  const stopped = page.client.request("run", CODE, { signal: stop.signal }).catch(reasonOf);
  const worker = await bootedWorker(page);
  worker.says({ type: "started", id: worker.last().id, listens: true });
  stop.abort();
  mock.timers.tick(250);
  assert.equal(await stopped, "stopped");
  assert.equal(worker.ended, true);
});

test("a spare that does not come is no loss", async () => {
  const page = trial({ maySpare: () => true });
  const ran = page.client.request("run", CODE);
  (await bootedWorker(page)).answers(REPORT);
  await ran;
  mock.timers.tick(400);
  await settle();
  page.workers[1]?.says({ type: "failed", detail: "no memory" });
  assert.equal(page.client.state.name, "ready");
});

test("a page that is left gives all workers back, and says so to who waits", async () => {
  const page = await withSpare();
  const running = page.client.request("run", CODE).catch(reasonOf);
  const waiting = page.client.request("grade", GRADE).catch(reasonOf);
  page.client.leave();
  assert.deepEqual(await Promise.all([running, waiting]), ["stopped", "stopped"]);
  assert.deepEqual(
    page.workers.map(({ ended }) => ended),
    [true, true],
  );
  assert.equal(page.client.state.name, "idle");
  const next = page.client.request("run", CODE);
  (await bootedWorker(page)).answers(REPORT);
  assert.deepEqual(await next, REPORT);
});

test("workers are given back when nothing needs them, and come again", async () => {
  const page = await withSpare();
  const busy = page.client.request("run", CODE);
  page.client.rest();
  page.workers[0]?.answers(REPORT);
  assert.deepEqual(await busy, REPORT);
  page.client.rest();
  assert.deepEqual(
    page.workers.map(({ ended }) => ended),
    [true, true],
  );
  assert.equal(page.client.state.name, "idle");
  const next = page.client.request("run", CODE);
  (await bootedWorker(page)).answers(REPORT);
  assert.deepEqual(await next, REPORT);
});

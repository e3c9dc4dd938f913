// What runs inside the worker, with a bridge that is no Python: output, long work, what did not
// arrive. Deadlines are in worker-guard.test.ts.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import {
  isPageMessage,
  isResponse,
  isWorkerMessage,
  PART_NAMES,
  type RequestMessage,
  type WorkerMessage,
} from "../../plugins/coursewright/web/src/protocol.ts";
import { checksum } from "../../plugins/coursewright/web/src/worker/checksum.ts";
import { Library } from "../../plugins/coursewright/web/src/worker/library.ts";
import { Output } from "../../plugins/coursewright/web/src/worker/output.ts";
import { Session } from "../../plugins/coursewright/web/src/worker/session.ts";
import { MODULE, REPORT } from "./fake-worker.ts";

const GRADED = { ...REPORT, passed: false, checks: [] };

interface FakeBridge {
  handle(request: string, emit: (text: string) => void): string;
  resume(): string;
  drop(): void;
  imports(request: string): string;
  install(archive: string, own: string): void;
  modules(request: string): string;
  preload(names: string): void;
  isolate(): void;
}

function session(
  bridge: Partial<FakeBridge>,
  more: { library?: Library } = {},
): { session: Session; posted: WorkerMessage[] } {
  const posted: WorkerMessage[] = [];
  const whole: FakeBridge = {
    handle: () => "",
    resume: () => "",
    drop: () => {},
    imports: () => "[]",
    install: () => {},
    modules: () => "",
    preload: () => {},
    isolate: () => {},
    ...bridge,
  };
  const pyodide = {
    _module: { HEAP8: new Int8Array(8) },
    FS: { lookupPath: () => ({ node: { usedBytes: 0 } }), writeFile: () => undefined },
    runPython: () => undefined,
    pyimport: () => whole,
    setInterruptBuffer: () => {},
  };
  const booted = { pyodide, bridge: whole, module: MODULE, listens: false, ...more };
  return { session: new Session(booted, (message) => posted.push(message)), posted };
}

function request(kind: RequestMessage["kind"] = "run"): RequestMessage {
  return { type: "request", id: 1, kind, payload: { code: "x" }, limitMs: 1000, stopUrl: "" };
}

test("output goes at once until it is much, then it is gathered for 50 ms; nothing is lost", () => {
  let time = -50;
  const sent: string[] = [];
  const output = new Output(
    (text) => sent.push(text),
    () => time,
  );
  for (let piece = 0; piece < 1000; piece += 1) output.write("-");
  assert.equal(sent.splice(0).length, 1000);
  for (const [moment, text] of [
    [0, "a"],
    [10, "b"],
    [49, "c"],
    [50, "d"],
    [60, "e"],
  ] as const) {
    time = moment;
    output.write(text);
  }
  time = 99;
  output.tick();
  assert.deepEqual(sent, ["a", "bcd"]);
  time = 100;
  output.tick();
  output.tick();
  output.write("f");
  output.flush();
  output.flush();
  assert.deepEqual(sent, ["a", "bcd", "e", "f"]);
});

test("a request is passed on as one text and answered with the same id", async () => {
  const heard: string[] = [];
  const { session: worker, posted } = session({
    handle: (text, emit) => {
      heard.push(text);
      emit("out");
      return JSON.stringify({ result: REPORT });
    },
  });
  await worker.run(request());
  assert.deepEqual(heard, ['{"version":1,"kind":"run","payload":{"code":"x"}}']);
  assert.deepEqual(posted, [
    { type: "started", id: 1, listens: false },
    { type: "output", id: 1, text: "out" },
    { type: "result", id: 1, response: REPORT, heapBytes: 8 },
  ]);
});

test("long work sends its events and goes on until its result", async () => {
  const answers = ['{"more":true,"event":null}', '{"result":{"n":1}}'];
  const { session: worker, posted } = session({
    handle: () => '{"more":true,"event":{"episode":1}}',
    resume: () => answers.shift() ?? "",
  });
  await worker.run(request("lab-train"));
  assert.deepEqual(
    posted.map(({ type }) => type),
    ["started", "event", "result"],
  );
});

test("long work is stopped between two parts", async () => {
  let parts = 0;
  let dropped = 0;
  const { session: worker, posted } = session({
    handle: () => '{"more":true,"event":null}',
    resume: () => {
      parts += 1;
      if (parts === 3) worker.stop(1);
      return '{"more":true,"event":null}';
    },
    drop: () => {
      dropped += 1;
    },
  });
  worker.stop(7);
  await worker.run(request("lab-train"));
  assert.equal(parts, 3);
  assert.equal(dropped, 1);
  assert.deepEqual(posted.slice(1), [
    { type: "error", id: 1, reason: "stopped", detail: "", heapBytes: 8 },
  ]);
});

test("an interpreter that breaks is told as a breakdown", async () => {
  const { session: worker, posted } = session({
    handle: () => {
      throw new Error("Exit: 1");
    },
  });
  await worker.run(request());
  assert.deepEqual(posted.slice(1), [
    { type: "error", id: 1, reason: "crashed", detail: "Error: Exit: 1", heapBytes: 8 },
  ]);
});

test("what comes of a library that did not arrive is no answer, and the next run tries again", async () => {
  const node = { usedBytes: 0, contents: new Uint8Array() };
  let there = false;
  const setup = { bytes: 1, checksum: checksum(Uint8Array.of(1)) };
  const fetchNow = () => Uint8Array.of(there ? 1 : 0);
  const library = new Library({ ...setup, fetchNow, ask: () => Promise.resolve(undefined) });
  library.install({ lookupPath: () => ({ node }) });
  const warn = mock.method(console, "warn", () => {});
  const handle = () => JSON.stringify(node.contents[0] ? { result: REPORT } : { result: GRADED });
  const { session: worker, posted } = session({ handle }, { library });
  await worker.run(request("grade"));
  assert.deepEqual(posted.splice(0)[1], {
    type: "error",
    id: 1,
    reason: "library",
    detail: "",
    heapBytes: 8,
  });
  there = true;
  await worker.run(request());
  assert.equal(posted[1]?.type, "result");
  warn.mock.restore();
});

test("messages of another shape are none", () => {
  const parts = Object.fromEntries(PART_NAMES.map((name) => [name, "x"]));
  const boot = { type: "boot", version: 1, stopUrl: "" };
  assert.ok(isPageMessage({ ...boot, parts }));
  assert.ok(isPageMessage({ ...boot, parts, module: MODULE }));
  assert.ok(isPageMessage({ type: "module", module: MODULE }));
  assert.ok(isPageMessage(request()));
  for (const wrong of [
    null,
    "boot",
    {},
    boot,
    { ...boot, parts, module: {} },
    { ...boot, parts, stopUrl: null },
    { type: "module" },
    { ...request(), id: "1" },
    { type: "toString" },
    { type: "result", id: 1 },
    { type: "part", part: "stdlib", bytes: "x" },
  ]) {
    assert.equal(isPageMessage(wrong), false, JSON.stringify(wrong));
  }
  assert.ok(isPageMessage({ type: "part", part: "stdlib", bytes: new ArrayBuffer(1) }));
  assert.ok(isPageMessage({ type: "part", part: "stdlib" }));
  assert.ok(isWorkerMessage({ type: "ready", module: MODULE }));
  assert.ok(isWorkerMessage({ type: "ready", module: MODULE, slow: "why" }));
  assert.ok(isWorkerMessage({ type: "output", id: 1, text: "" }));
  assert.equal(isWorkerMessage({ type: "output", id: 1 }), false);
  assert.equal(isWorkerMessage({ type: "result", id: 1, response: null, heapBytes: 0 }), false);
});

test("an answer must have what its kind promises", () => {
  assert.ok(isResponse("run", REPORT));
  assert.equal(isResponse("grade", REPORT), false);
  assert.ok(isResponse("grade", { ...REPORT, passed: false, checks: [] }));
  assert.equal(isResponse("run", { ...REPORT, stdout: 1 }), false);
});

// What runs inside the worker, with a bridge that is no Python: deadlines, output, long work.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isPageMessage,
  isResponse,
  isWorkerMessage,
  PART_NAMES,
  type RequestMessage,
  type WorkerMessage,
} from "../../plugins/coursewright/web/src/protocol.ts";
import { Guard } from "../../plugins/coursewright/web/src/worker/guard.ts";
import { Output } from "../../plugins/coursewright/web/src/worker/output.ts";
import { Session } from "../../plugins/coursewright/web/src/worker/session.ts";
import { StopSignal } from "../../plugins/coursewright/web/src/worker/stop-signal.ts";
import { MODULE, REPORT } from "./fake-worker.ts";

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

function session(bridge: Partial<FakeBridge>): { session: Session; posted: WorkerMessage[] } {
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
  const booted = { pyodide, bridge: whole, module: MODULE };
  return { session: new Session(booted, (message) => posted.push(message)), posted };
}

function request(kind: RequestMessage["kind"] = "run"): RequestMessage {
  return { type: "request", id: 1, kind, payload: { code: "x" }, limitMs: 1000, stopUrl: "" };
}

test("the guard interrupts once past the deadline, and again when that is caught", () => {
  let time = 0;
  let polls = 0;
  const guard = new Guard(
    () => {
      polls += 1;
      return false;
    },
    () => time,
  );
  const seen = guard.until(100, () =>
    [50, 99, 100, 101, 349, 350, 351].map((moment) => {
      time = moment;
      guard.buffer[0] = 0;
      return guard.buffer[0];
    }),
  );
  assert.deepEqual(seen, [0, 0, 2, 0, 0, 2, 0]);
  assert.equal(polls, seen.length);
  time = 10_000;
  assert.equal(guard.buffer[0], 0, "nothing is interrupted when nothing runs");
});

test("the guard remembers that the time was over, but not that it was told to stop", () => {
  for (const stopped of [false, true]) {
    const guard = new Guard(
      () => stopped,
      () => 1000,
    );
    guard.until(0, () => guard.buffer[0]);
    assert.equal(guard.late, !stopped);
    guard.until(2000, () => {});
    assert.equal(guard.late, false);
  }
});

test("the guard interrupts at once when it is told to stop, and again", () => {
  let time = 0;
  const guard = new Guard(
    () => time >= 10,
    () => time,
  );
  const seen = guard.until(10_000, () =>
    [0, 9, 10, 11, 260].map((moment) => {
      time = moment;
      return guard.buffer[0];
    }),
  );
  assert.deepEqual(seen, [0, 0, 2, 0, 2]);
});

test("a stop signal is looked at every 100 ms, and only where it can be read", () => {
  let time = 0;
  let readable = true;
  let reads = 0;
  const read = () => {
    reads += 1;
    return readable;
  };
  const signal = new StopSignal("blob:x", read, () => time);
  assert.equal(signal.works, true);
  time = 99;
  readable = false;
  assert.equal(signal.look(), false);
  time = 100;
  assert.equal(signal.look(), true);
  assert.equal(signal.look(), true);
  assert.equal(reads, 2);
  const deaf = new StopSignal("blob:x", read, () => time);
  time = 1000;
  assert.deepEqual([deaf.works, deaf.look()], [false, false]);
});

test("the guard is disarmed when the work throws", () => {
  const guard = new Guard(
    () => false,
    () => 1000,
  );
  assert.throws(() =>
    guard.until(0, () => {
      throw new Error("broken");
    }),
  );
  assert.equal(guard.buffer[0], 0);
});

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

test("messages of another shape are none", () => {
  const parts = Object.fromEntries(PART_NAMES.map((name) => [name, "x"]));
  assert.ok(isPageMessage({ type: "boot", version: 1, parts }));
  assert.ok(isPageMessage({ type: "boot", version: 1, parts, module: MODULE }));
  assert.ok(isPageMessage(request()));
  for (const wrong of [
    null,
    "boot",
    {},
    { type: "boot", version: 1 },
    { type: "boot", version: 1, parts, module: {} },
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

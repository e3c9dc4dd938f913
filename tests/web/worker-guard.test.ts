// How running code is interrupted: at its deadline, and when it is told to stop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Guard } from "../../plugins/coursewright/web/src/worker/guard.ts";
import { StopSignal } from "../../plugins/coursewright/web/src/worker/stop-signal.ts";

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
  const signal = new StopSignal("blob:x", true, read, () => time);
  time = 99;
  readable = false;
  assert.equal(signal.look(), false);
  time = 100;
  assert.equal(signal.look(), true);
  assert.equal(signal.look(), true);
  assert.equal(reads, 1);
  const deaf = new StopSignal("blob:x", false, read, () => time);
  time = 1000;
  assert.deepEqual([deaf.look(), reads], [false, 1], "what cannot be read says nothing");
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

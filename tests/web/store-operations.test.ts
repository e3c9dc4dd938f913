// What can happen to a lesson, step by step: late attempts, resets and their undoing, compaction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_LESSON, merge } from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import { stampOf, type Writer } from "../../plugins/coursewright/web/src/store/stamp.ts";
import { tries } from "../../plugins/coursewright/web/src/store/summary.ts";

const writer = (now: number, suffix = "s", by = "a"): Writer => ({ device: by, now, suffix });
const judged = { verdict: "correct", answer: '"x"', meaning: "m" } as const;

test("an attempt made before a reset and arriving after it stays away", () => {
  const start = operations.addAttempt(EMPTY_LESSON, "q", judged, writer(100));
  const otherTab = operations.addAttempt(start, "q", judged, writer(200));
  const reset = operations.resetQuestion(start, "q", writer(300));
  assert.deepEqual(merge(reset, otherTab).questions.q?.attempts, []);
  const lessonReset = operations.resetLesson(start, writer(300));
  assert.deepEqual(merge(lessonReset, otherTab).questions, {});
});

test("an attempt made after a reset stays, also by a device whose clock is behind", () => {
  const reset = operations.resetLesson(
    operations.addAttempt(EMPTY_LESSON, "q", judged, writer(9000)),
    writer(9000),
  );
  const after = operations.addAttempt(reset, "q", judged, writer(50, "s", "b"));
  assert.equal(after.questions.q?.attempts.length, 1);
  assert.deepEqual(merge(after, reset), after);
});

test("undoing a reset brings back attempts with their times, counts and draft", () => {
  let before = EMPTY_LESSON;
  for (let n = 0; n < 60; n += 1)
    before = operations.addAttempt(before, "q", judged, writer(100 + n, n.toString(36)));
  before = operations.compact(operations.setDraft(before, "q", '"half"', writer(500)));
  const reset = operations.resetQuestion(before, "q", writer(600));
  const undone = operations.restore(reset, before, writer(700, "s", "fresh"));
  const record = undone.questions.q;
  assert.ok(record);
  assert.equal(tries(record), 60);
  assert.deepEqual(
    record.attempts.map(({ at }) => at),
    before.questions.q?.attempts.map(({ at }) => at),
  );
  assert.equal(record.draft?.value, '"half"');
  assert.ok((record.draft?.at ?? 0) > stampOf(record.attempts.at(-1)?.id ?? ""));
  assert.deepEqual(merge(undone, reset), undone);
  assert.deepEqual(merge(undone, before), undone, "the old copies do not come back beside them");
});

test("undoing the reset of a lesson brings back labs and visit", () => {
  let before = operations.setVisited(EMPTY_LESSON, ["q"], writer(1));
  before = operations.setLab(before, "lab", "prediction", '"coin"', writer(2));
  before = operations.addAttempt(before, "q", judged, writer(3));
  const reset = operations.resetLesson(before, writer(4));
  assert.deepEqual([reset.questions, reset.labs, reset.visited], [{}, {}, null]);
  const undone = operations.restore(reset, before, writer(5, "s", "fresh"));
  assert.equal(undone.labs.lab?.prediction?.value, '"coin"');
  assert.equal(undone.visited?.value, '["q"]');
  assert.equal(undone.questions.q?.attempts.length, 1);
});

test("compaction keeps the newest fifty attempts and counts the others by verdict", () => {
  let lesson = EMPTY_LESSON;
  for (let n = 0; n < 80; n += 1) {
    const verdict = n % 4 === 0 ? "correct" : "incorrect";
    const by = n % 2 === 0 ? "a" : "b";
    lesson = operations.addAttempt(lesson, "q", { ...judged, verdict }, writer(n, "s", by));
  }
  const record = operations.compact(lesson).questions.q;
  assert.equal(record?.attempts.length, operations.KEPT_ATTEMPTS);
  assert.deepEqual(
    [record?.counts.a?.attempts, record?.counts.a?.correct, record?.counts.b?.attempts],
    [15, 8, 15],
  );
});

test("two attempts of one device with one stamp are compacted together", () => {
  const twin = (suffix: string) =>
    operations.addAttempt(EMPTY_LESSON, "q", judged, writer(100, suffix));
  const lesson = operations.addAttempt(merge(twin("s"), twin("t")), "q", judged, writer(200));
  const small = operations.compact(lesson, 2);
  const record = merge(small, lesson).questions.q;
  assert.ok(record);
  assert.equal(tries(record), 3);
});

// What a reader has done in the whole course, in numbers.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LessonProgress } from "../../plugins/coursewright/web/src/schema.ts";
import { EMPTY_LESSON } from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import {
  damagedIn,
  daysOf,
  keptOf,
  lastOpened,
  recordOf,
  sumOf,
  undatedOf,
} from "../../plugins/coursewright/web/src/store/record.ts";

const NOON = new Date(2026, 2, 1, 12).getTime();
const DAY = 24 * 3600 * 1000;

function answered(
  lesson: LessonProgress,
  question: string,
  verdict: "correct" | "incorrect",
  now = NOON,
): LessonProgress {
  const judged = { verdict, answer: '"x"', meaning: "m" };
  return operations.addAttempt(lesson, question, judged, { device: "a", now, suffix: "s" });
}

test("a lesson is counted by its last answers, and checks between sections do not count", () => {
  const writer = { device: "a", now: NOON, suffix: "s" };
  let lesson = operations.setVisited(EMPTY_LESSON, ["q", "r", "s"], writer);
  lesson = answered(lesson, "q", "incorrect");
  lesson = answered(lesson, "q", "correct");
  lesson = answered(lesson, "r", "incorrect");
  lesson = answered(lesson, "between", "correct");
  lesson = operations.setLab(lesson, "lab", "result", "{}", writer);
  lesson = operations.setLab(lesson, "other", "prediction", "{}", writer);
  const record = recordOf(lesson, 9);
  assert.deepEqual(record, { mark: "started", questions: 3, answered: 2, right: 1, labs: 1 });
  const never = recordOf(EMPTY_LESSON, 9);
  assert.deepEqual(never, { mark: "none", questions: 9, answered: 0, right: 0, labs: 0 });
  const sum = { mark: 0, questions: 12, answered: 2, right: 1, labs: 1 };
  assert.deepEqual(sumOf([record, never]), sum);
});

test("answers fall on days of the reader's calendar, the latest first", () => {
  let lesson = answered(EMPTY_LESSON, "q", "correct", NOON);
  lesson = answered(lesson, "q", "incorrect", NOON + 1000);
  lesson = answered(lesson, "r", "correct", NOON + 3 * DAY);
  assert.deepEqual(daysOf([lesson, EMPTY_LESSON]), [
    { date: "2026-03-04", answers: 1, right: 1 },
    { date: "2026-03-01", answers: 2, right: 1 },
  ]);
  assert.deepEqual(daysOf([]), []);
});

test("answers that are kept as a number have no day", () => {
  let lesson = EMPTY_LESSON;
  for (let n = 0; n < 7; n += 1) lesson = answered(lesson, "q", "correct", NOON + n);
  lesson = operations.compact(lesson, 3);
  assert.equal(undatedOf(lesson), 4);
  assert.equal(daysOf([lesson])[0]?.answers, 3);
});

test("only what belongs to the site is measured, and what was put aside is counted apart", () => {
  const entries: [string, string][] = [
    ["coursewright:site:lesson:a", "1234"],
    ["coursewright:site:lesson:a:broken", "{"],
    ["coursewright:site:lesson:a:broken-2", "{"],
    ["coursewright:site:course", "{}"],
    ["coursewright:site:course:broken", "{"],
    ["coursewright:other:lesson:a", "{}"],
    ["theme", "{}"],
  ];
  const { lessons, aside, bytes } = keptOf(entries, "site");
  const characters = entries
    .slice(0, 5)
    .reduce((n, [key, text]) => n + key.length + text.length, 0);
  assert.deepEqual([lessons, aside, bytes], [1, ["a", "a", ""], 2 * characters]);
});

test("damaged lessons are named, and those of a newer version apart", () => {
  const stored = (id: string, value: unknown): [string, string] => [
    `coursewright:site:lesson:${id}`,
    JSON.stringify(value),
  ];
  const entries = [
    stored("good", EMPTY_LESSON),
    stored("newer", { ...EMPTY_LESSON, version: 2 }),
    stored("damaged", { ...EMPTY_LESSON, questions: 1 }),
    stored("damaged:broken", 1),
    ["coursewright:site:lesson:cut", '{"version"'] as [string, string],
  ];
  assert.deepEqual(damagedIn(entries, "site"), { broken: ["cut", "damaged"], newer: ["newer"] });
  assert.deepEqual(damagedIn(entries, "other"), { broken: [], newer: [] });
});

test("the lesson opened last is found, whatever else lies there", () => {
  const opened = (at: unknown) => JSON.stringify({ visited: { value: "[]", at } });
  const texts: [string, string][] = [
    ["a", opened(5)],
    ["b", opened(9)],
    ["c", "{"],
    ["d", '{"visited": null}'],
    ["e", opened("99")],
    ["f", "null"],
  ];
  assert.equal(lastOpened(texts), "b");
  assert.equal(lastOpened(texts.slice(2)), undefined);
});

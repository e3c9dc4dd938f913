// Carrying the whole course's progress to another browser and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LessonProgress } from "../../plugins/coursewright/web/src/schema.ts";
import { isLessonProgress } from "../../plugins/coursewright/web/src/store/guards.ts";
import {
  EMPTY_LAB,
  EMPTY_LESSON,
  EMPTY_QUESTION,
} from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import { LAST_STAMP, LATEST } from "../../plugins/coursewright/web/src/store/stamp.ts";
import {
  type Change,
  exportCourse,
  importCourse,
  type Lessons,
  lessonsIn,
  previewImport,
  readCourse,
  resetLesson,
  unwritten,
  withLost,
} from "../../plugins/coursewright/web/src/store/transfer.ts";
import { FakeStorage, openStore } from "./fake-storage.ts";

const judged = { verdict: "incorrect", answer: '"x"', meaning: "m" } as const;

function storeWith(answers: [lesson: string, question: string][]) {
  const storage = new FakeStorage();
  const store = openStore(storage);
  for (const [lesson, question] of answers) store.attempt(lesson, question, judged);
  const ids = () => lessonsIn([...storage.values.keys()], "site");
  return { storage, store, ids };
}

/** What is read from a file that a store has saved. */
function fileOf({ store, ids }: ReturnType<typeof storeWith>): Lessons {
  const read = readCourse("site", exportCourse(store, "site", ids()));
  assert.ok(typeof read !== "string" && read.left.length === 0, JSON.stringify(read));
  return read.lessons;
}

const joins = (lesson: string, added: number, removed = 0): Change => ({
  lesson,
  added,
  removed,
  lost: 0,
  kind: "joins",
});

function carry(from: ReturnType<typeof storeWith>, to: ReturnType<typeof storeWith>): Change[] {
  const lessons = fileOf(from);
  const changes = previewImport(to.store, lessons);
  importCourse(to.store, lessons);
  return changes;
}

test("what is exported arrives elsewhere and joins what is there, once", () => {
  const here = storeWith([
    ["one", "q"],
    ["two", "q"],
  ]);
  const there = storeWith([["one", "q"]]);
  assert.deepEqual(carry(here, there), [joins("one", 1), joins("two", 1)]);
  assert.deepEqual(carry(here, there), []);
  assert.equal(there.store.question("one", "q").attempts.length, 2);
  assert.equal(there.store.question("two", "q").attempts.length, 1);
  assert.notEqual(there.store.device, here.store.device, "a device keeps its own name");
  const text = exportCourse(here.store, "site", here.ids());
  assert.ok(!text.includes(`"device": "${here.store.device}"`));
});

test("an import brings back what was reset here at a wish only", () => {
  const here = storeWith([["one", "q"]]);
  const copy = storeWith([]);
  carry(here, copy);
  resetLesson(here.store, "one");
  const lost = { lesson: "one", added: 0, removed: 0, lost: 1, kind: "lost" };
  assert.deepEqual(carry(copy, here), [lost]);
  assert.deepEqual(here.store.question("one", "q").attempts, []);
});

test("what was reset here comes back from a file once, beside what was answered since", async () => {
  const here = storeWith([
    ["one", "q"],
    ["one", "q"],
    ["two", "q"],
  ]);
  here.store.visit("one", ["q"]);
  const file = fileOf(here);
  resetLesson(here.store, "one");
  here.store.resetQuestion("two", "q");
  const later = openStore(here.storage, { now: () => Date.now() + 60_000 });
  later.attempt("one", "q", { ...judged, answer: '"since"' });
  assert.deepEqual(
    previewImport(here.store, file).map(({ lesson, lost, kind }) => [lesson, lost, kind]),
    [
      ["one", 2, "lost"],
      ["two", 1, "lost"],
    ],
  );
  const undo = importCourse(here.store, withLost(here.store, file));
  const answers = () => here.store.question("one", "q").attempts.map(({ answer }) => answer);
  assert.deepEqual(answers(), ['"x"', '"x"', '"since"']);
  assert.equal(here.store.question("two", "q").attempts.length, 1);
  assert.equal(here.store.lesson("one").visited?.value, '["q"]');
  assert.deepEqual(previewImport(here.store, file), []);
  importCourse(here.store, withLost(here.store, file));
  assert.equal(answers().length, 3);
  await undo();
  assert.deepEqual(answers(), ['"since"']);
  assert.equal(previewImport(here.store, file).length, 2, "and it can be brought back again");
});

test("a preview changes nothing and counts what a reset elsewhere would take away", () => {
  const here = storeWith([
    ["one", "q"],
    ["one", "q"],
  ]);
  const there = storeWith([]);
  carry(here, there);
  resetLesson(there.store, "one");
  there.store.attempt("one", "r", judged);
  const lessons = fileOf(there);
  const before = JSON.stringify(here.store.lesson("one"));
  const changes = previewImport(here.store, lessons);
  assert.deepEqual(changes, [joins("one", 1, 2)]);
  assert.equal(JSON.stringify(here.store.lesson("one")), before);
});

test("answers that were only counted away are not gone", () => {
  const here = storeWith([]);
  for (let n = 0; n < 60; n += 1) here.store.attempt("one", "q", judged);
  const old = storeWith([]);
  carry(here, old);
  for (let n = 0; n < 20; n += 1) here.store.attempt("one", "q", judged);
  assert.deepEqual(carry(here, old), [joins("one", 20)]);
});

test("drafts and visits are changes without answers", () => {
  const here = storeWith([]);
  here.store.draft("one", "q", '"half"');
  here.store.visit("two", ["q"]);
  assert.deepEqual(carry(here, storeWith([])), [joins("one", 0), joins("two", 0)]);
});

test("what is no file of this course is refused with the reason", () => {
  const { store, ids } = storeWith([["one", "q"]]);
  const text = exportCourse(store, "site", ids());
  const good = JSON.parse(text);
  const { version: _, ...unversioned } = good;
  const cases: [unknown, string][] = [
    ["", "unreadable"],
    ["# Notes", "unreadable"],
    [text.slice(0, -5), "truncated"],
    [[], "foreign"],
    [{ ...good, format: "other" }, "foreign"],
    [{ ...good, site: "elsewhere" }, "other-course"],
    [{ ...good, version: 2 }, "newer"],
    [{ ...good, lessons: [] }, "unreadable"],
  ];
  for (const [file, refusal] of cases) {
    const written = typeof file === "string" ? file : JSON.stringify(file);
    assert.equal(readCourse("site", written), refusal, written.slice(0, 60));
  }
  assert.ok(typeof readCourse("site", JSON.stringify(unversioned)) !== "string");
});

test("a lesson that cannot be read is left out with the reason, the others are taken", () => {
  const { store, ids } = storeWith([["one", "q"]]);
  const good = JSON.parse(exportCourse(store, "site", ids()));
  const strange = JSON.stringify(good.lessons.one).replace("incorrect", "splendid");
  for (const [two, why] of [
    [{ version: 1 }, "unreadable"],
    [null, "unreadable"],
    [JSON.parse(strange), "unreadable"],
    [{ ...good.lessons.one, reset_at: LATEST + 1 }, "unreadable"],
    [{ ...good.lessons.one, version: 2 }, "newer"],
    [{ ...good.lessons.one, version: 0 }, "older"],
  ]) {
    const text = JSON.stringify({ ...good, lessons: { two, ...good.lessons } });
    const read = readCourse("site", text);
    assert.ok(typeof read !== "string");
    assert.deepEqual(read.left, [{ lesson: "two", why }]);
    assert.deepEqual(Object.fromEntries(read.lessons), good.lessons);
  }
});

test("what a full storage did not take is told by lesson", async () => {
  const { storage, store } = storeWith([["one", "q"]]);
  const there = storeWith([
    ["one", "q"],
    ["two", "q"],
  ]);
  const stored = (id: string) => storage.getItem(`coursewright:site:lesson:${id}`);
  const names = ["one", "two"];
  storage.quota = (stored("one") ?? "").length; // a second answer does not fit
  importCourse(store, fileOf(there));
  await store.settled();
  assert.deepEqual(unwritten(store, names, stored), ["one"]);
  storage.quota = 0;
  store.attempt("two", "q", judged);
  await store.settled();
  assert.deepEqual(unwritten(store, names, stored), names);
  assert.deepEqual(
    unwritten(store, names, () => null),
    names,
  );
});

test("only lessons of this site count, and nothing that was kept aside", () => {
  const keys = ["coursewright:site:lesson:b", "coursewright:site:lesson:a", "other"];
  const foreign = ["coursewright:site:course", "coursewright:site:lesson:a:broken"];
  const another = ["coursewright:site2:lesson:c", "coursewright:site:lesson:a:broken-2"];
  assert.deepEqual(lessonsIn([...keys, ...foreign, ...another], "site"), ["a", "b"]);
});

const stampField = fc.constantFrom("reset", "visit", "attempt", "draft", "counts", "lab");
const whole = { min: 0, max: Number.MAX_SAFE_INTEGER };
const anyStamp = fc.oneof(
  fc.constantFrom(LATEST - 1, LATEST, LATEST + 1, LAST_STAMP, LAST_STAMP + 1, whole.max),
  fc.integer(whole),
);

/** A lesson that holds one stamp in one place. */
function stampedLesson(field: string, stamp: number): LessonProgress {
  const stamped = { value: '"x"', at: stamp, device: "b" };
  const attempt = { id: `b-${stamp.toString(36)}-s`, at: 1, ...judged };
  const question = { ...EMPTY_QUESTION };
  if (field === "attempt") question.attempts = [attempt];
  if (field === "draft") question.draft = stamped;
  if (field === "counts")
    question.counts = { b: { attempts: 1, correct: 0, since: 0, through: stamp } };
  return {
    ...EMPTY_LESSON,
    questions: { q: question },
    labs: field === "lab" ? { lab: { ...EMPTY_LAB, result: stamped } } : {},
    visited: field === "visit" ? stamped : null,
    reset_at: field === "reset" ? stamp : 0,
  };
}

test("whatever stamp a file holds, it is refused or what is done after it is kept", () => {
  fc.assert(
    fc.property(stampField, anyStamp, (field, stamp) => {
      const { storage, store } = storeWith([]);
      const lessons = { one: stampedLesson(field, stamp) };
      const text = JSON.stringify({ format: "coursewright-progress", site: "site", lessons });
      const read = readCourse("site", text);
      assert.ok(typeof read !== "string");
      assert.equal(read.left.length, stamp <= LATEST ? 0 : 1);
      importCourse(store, read.lessons);
      const undo = resetLesson(store, "one");
      store.attempt("one", "q", { ...judged, answer: '"after the reset"' });
      undo();
      store.attempt("one", "q", { ...judged, answer: '"last"' });
      const again = openStore(storage);
      const answers = again.question("one", "q").attempts.map(({ answer }) => answer);
      assert.ok(answers.includes('"after the reset"'));
      assert.equal(answers.at(-1), '"last"');
      again.watchTrouble((trouble) => assert.fail(trouble));
    }),
    { numRuns: 300 },
  );
});

test("a store takes what it has written itself, at any stamp that it takes", () => {
  fc.assert(
    fc.property(stampField, anyStamp, (field, stamp) => {
      const lesson = stampedLesson(field, stamp);
      if (!isLessonProgress(lesson)) return assert.ok(stamp > LAST_STAMP);
      const writer = { device: "a", now: Date.now(), suffix: "s" };
      const after = [
        operations.addAttempt(lesson, "q", judged, writer),
        operations.setDraft(lesson, "q", '"d"', writer),
        operations.setLab(lesson, "lab", "result", "1", writer),
        operations.setVisited(lesson, ["q"], writer),
        operations.resetQuestion(lesson, "q", writer),
        operations.resetLesson(lesson, writer),
      ];
      for (const one of after) assert.ok(isLessonProgress(one));
    }),
    { numRuns: 300 },
  );
});

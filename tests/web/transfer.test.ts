// Carrying the whole course's progress to another browser and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  exportCourse,
  importCourse,
  lessonsIn,
  resetCourse,
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

test("what is exported arrives elsewhere and joins what is there, once", () => {
  const here = storeWith([
    ["one", "q"],
    ["two", "q"],
  ]);
  const there = storeWith([["one", "q"]]);
  const text = exportCourse(here.store, "site", here.ids());
  assert.equal(importCourse(there.store, "site", text), 2);
  assert.equal(importCourse(there.store, "site", text), 2);
  assert.equal(there.store.question("one", "q").attempts.length, 2);
  assert.equal(there.store.question("two", "q").attempts.length, 1);
  assert.notEqual(there.store.device, here.store.device, "a device keeps its own name");
  assert.ok(!text.includes(`"device": "${here.store.device}"`));
});

test("an import cannot bring back what was reset here", () => {
  const { store, ids } = storeWith([["one", "q"]]);
  const text = exportCourse(store, "site", ids());
  store.resetLesson("one");
  importCourse(store, "site", text);
  assert.deepEqual(store.question("one", "q").attempts, []);
});

test("a file that is not right in every part changes nothing", () => {
  const { store, ids } = storeWith([["one", "q"]]);
  const good = JSON.parse(exportCourse(store, "site", ids()));
  const before = JSON.stringify(store.lesson("one"));
  const cases: [string, string][] = [
    ["", "unreadable"],
    ["[]", "unreadable"],
    [JSON.stringify({ ...good, format: "other" }), "unreadable"],
    [JSON.stringify({ ...good, site: "elsewhere" }), "other-course"],
    [JSON.stringify({ ...good, lessons: { ...good.lessons, two: { version: 1 } } }), "unreadable"],
  ];
  for (const [text, refusal] of cases) assert.equal(importCourse(store, "site", text), refusal);
  assert.equal(JSON.stringify(store.lesson("one")), before);
});

test("everything can be forgotten, and brought back", () => {
  const { store, ids } = storeWith([
    ["one", "q"],
    ["two", "q"],
  ]);
  const undo = resetCourse(store, ids());
  assert.deepEqual([store.lesson("one").questions, store.lesson("two").questions], [{}, {}]);
  undo();
  assert.equal(store.question("one", "q").attempts.length, 1);
  assert.equal(store.question("two", "q").attempts.length, 1);
});

test("only lessons of this site count, and nothing that was kept aside", () => {
  const keys = ["coursewright:site:lesson:b", "coursewright:site:lesson:a", "other"];
  const foreign = ["coursewright:site:course", "coursewright:site:lesson:a:broken"];
  const another = ["coursewright:site2:lesson:c", "coursewright:site:lesson:a:broken-2"];
  assert.deepEqual(lessonsIn([...keys, ...foreign, ...another], "site"), ["a", "b"]);
});

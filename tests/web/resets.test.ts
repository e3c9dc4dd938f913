// Forgetting lessons and undoing that: pressed twice, after a reload, and in two tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setLab } from "../../plugins/coursewright/web/src/store/operations.ts";
import {
  bringBack,
  forget,
  readForgotten,
  stillForgotten,
} from "../../plugins/coursewright/web/src/store/resets.ts";
import { FakeStorage, openStore } from "./fake-storage.ts";

const judged = (answer: string) => ({ verdict: "incorrect", answer, meaning: "m" }) as const;

function twoLessons() {
  const storage = new FakeStorage();
  const store = openStore(storage);
  for (const lesson of ["one", "two"]) {
    store.visit(lesson, ["q"]);
    store.attempt(lesson, "q", judged('"x"'));
    store.change(lesson, (now, writer) => setLab(now, "lab", "result", "1", writer));
  }
  return { storage, store };
}

const answersOf = (store: ReturnType<typeof openStore>, lesson: string) =>
  store.question(lesson, "q").attempts.map(({ answer }) => answer);

test("everything can be forgotten, and brought back", () => {
  const { store } = twoLessons();
  const forgotten = forget(store, ["one", "two", "never-opened"]);
  assert.deepEqual([store.lesson("one").questions, store.lesson("two").labs], [{}, {}]);
  assert.equal(forgotten.length, 2);
  bringBack(store, forgotten);
  for (const lesson of ["one", "two"]) {
    assert.deepEqual(answersOf(store, lesson), ['"x"']);
    assert.equal(store.lab(lesson, "lab").result?.value, "1");
    assert.equal(store.lesson(lesson).visited?.value, '["q"]');
  }
});

test("a second reset finds nothing, and leaves what can be undone", () => {
  const { store } = twoLessons();
  const ids = ["one", "two"];
  const first = forget(store, ids);
  const second = forget(store, ids, first);
  assert.deepEqual(second, first);
  store.visit("one", ["q"]); // opened since, but nothing done
  const third = forget(store, ids, second);
  assert.notDeepEqual(third, first);
  bringBack(store, third);
  for (const lesson of ids) assert.deepEqual(answersOf(store, lesson), ['"x"']);
  assert.deepEqual(forget(store, ["never-opened"]), []);
});

test("a reset of what was done since is the one that is undone", () => {
  const { store } = twoLessons();
  const first = forget(store, ["one"]);
  store.attempt("one", "q", judged('"since"'));
  bringBack(store, forget(store, ["one"], first));
  assert.deepEqual(answersOf(store, "one"), ['"since"']);
});

test("after a reload it can be undone until the next answer", () => {
  const { storage, store } = twoLessons();
  const text = JSON.stringify(forget(store, ["one", "two"]));
  const again = openStore(storage);
  again.visit("one", ["q"]);
  const known = stillForgotten(again, readForgotten(text));
  assert.equal(known.length, 2);
  again.attempt("two", "q", judged('"since"'));
  const left = stillForgotten(again, known);
  assert.deepEqual(
    left.map(({ lesson }) => lesson),
    ["one"],
  );
  bringBack(again, left);
  assert.deepEqual([answersOf(again, "one"), answersOf(again, "two")], [['"x"'], ['"since"']]);
  assert.deepEqual(stillForgotten(again, known), []);
});

test("undone in two tabs, everything is back once", () => {
  const { storage, store } = twoLessons();
  const forgotten = forget(store, ["one"]);
  const other = openStore(storage);
  bringBack(store, forgotten);
  bringBack(other, forgotten);
  assert.deepEqual(answersOf(openStore(storage), "one"), ['"x"']);
});

test("what is no list of lessons that were reset is not read", () => {
  for (const text of ["", "{", "{}", "null", '[{"lesson": "one"}]', "[1]"])
    assert.deepEqual(readForgotten(text), []);
});

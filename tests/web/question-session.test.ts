// A question's session without a page: what is stored and shown while answers are judged, edited
// and changed by other tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grade } from "../../plugins/coursewright/web/src/elements/kinds.ts";
import type { Store } from "../../plugins/coursewright/web/src/store/store.ts";
import { resetLesson } from "../../plugins/coursewright/web/src/store/transfer.ts";
import { LESSON, Tab, tell } from "./fake-question.ts";
import { FakeStorage } from "./fake-storage.ts";

const WRONG: Grade = { verdict: "incorrect", message: "1 of 2 passed.", feedback: [] };
const RIGHT: Grade = { verdict: "correct", message: "", feedback: [] };

test("what is typed while an answer is judged is kept, and the verdict is not said of it", async () => {
  const storage = new FakeStorage();
  const tab = new Tab(storage);
  tab.type("checked");
  await tab.check();
  tab.type("checked, and more");
  await tab.judged(WRONG);
  assert.deepEqual(tab.verdicts, ["incorrect"]);
  assert.equal(tab.store.question(LESSON, "q").attempts[0]?.answer, '"checked"');
  assert.deepEqual(tab.shown, ["answered", "checked, and more"]);
  assert.match(tab.parts.status, /^Not yet\. 1 of 2 passed\. .*version that was checked/);
  assert.ok(!tab.parts.unusable.has("check"));
  assert.deepEqual(new Tab(storage).shown, ["answered", "checked, and more"]);
});

test("what was typed before the scripts came is kept, also in place of an older draft", async () => {
  const storage = new FakeStorage();
  const untouched = new Tab(storage);
  untouched.session.keepDraft();
  assert.deepEqual(untouched.shown, ["unanswered", ""]);
  assert.equal(untouched.store.question(LESSON, "q").draft, null);
  const first = new Tab(storage, "early");
  assert.deepEqual(first.shown, ["answered", "early"]);
  first.session.keepDraft();
  assert.deepEqual(new Tab(storage).shown, ["answered", "early"]);
  const second = new Tab(storage, "newer");
  second.session.keepDraft();
  assert.deepEqual(new Tab(storage, "newer").shown, ["answered", "newer"]);
});

test("an answer that stood still while it was judged gets its verdict", async () => {
  const storage = new FakeStorage();
  const tab = new Tab(storage);
  tab.type("checked");
  await tab.check();
  await tab.judged(RIGHT);
  assert.deepEqual(tab.shown, ["correct", "checked"]);
  assert.deepEqual(new Tab(storage).shown, ["correct", "checked"]);
});

test("a check in one tab leaves what is typed in another", async () => {
  const storage = new FakeStorage();
  const typing = new Tab(storage);
  const checking = new Tab(storage);
  typing.type("mine");
  checking.type("another");
  await checking.check();
  await checking.judged(WRONG);
  tell(typing);
  assert.deepEqual(typing.shown, ["answered", "mine"]);
  assert.deepEqual(new Tab(storage).shown, ["answered", "mine"], "also after a reload");
  assert.deepEqual(typing.verdicts, ["incorrect"]);
});

test("a draft of an earlier visit does not outlive its check in another tab", async () => {
  const storage = new FakeStorage();
  new Tab(storage).type("old");
  const idle = new Tab(storage);
  const checking = new Tab(storage);
  checking.type("new");
  await checking.check();
  await checking.judged(RIGHT);
  tell(idle);
  assert.deepEqual(idle.shown, ["correct", "new"]);
});

test("undoing the reset of a lesson brings a draft back into its question", () => {
  const tab = new Tab(new FakeStorage());
  tab.type("mine");
  const undo = resetLesson(tab.store, LESSON);
  assert.deepEqual(tab.shown, ["unanswered", ""]);
  undo();
  assert.deepEqual(tab.shown, ["answered", "mine"]);
});

test("a check in one tab is shown by another that holds the same answer, or none", async () => {
  for (const text of ["same", ""]) {
    const storage = new FakeStorage();
    const waiting = new Tab(storage);
    if (text) waiting.type(text);
    const checking = new Tab(storage);
    checking.type("same");
    await checking.check();
    await checking.judged(WRONG);
    tell(waiting);
    assert.deepEqual(waiting.shown, ["incorrect", "same"]);
  }
});

const RESETS = [
  (store: Store) => store.resetQuestion(LESSON, "q"),
  (store: Store) => resetLesson(store, LESSON),
];

test("a reset in one tab also takes away what was typed in another", () => {
  for (const reset of RESETS) {
    const storage = new FakeStorage();
    const typing = new Tab(storage);
    typing.type("mine");
    reset(new Tab(storage).store);
    tell(typing);
    assert.deepEqual(typing.shown, ["unanswered", ""]);
    assert.equal(typing.store.question(LESSON, "q").draft, null);
  }
});

test("while an answer is judged nothing can be shown, reset or checked", async () => {
  const storage = new FakeStorage();
  const tab = new Tab(storage);
  tab.type("first");
  await tab.check();
  await tab.judged(WRONG);
  tab.type("second");
  await tab.check();
  for (const action of ["check", "reveal", "reset", "undo"]) tab.press(action);
  await tab.judged(RIGHT);
  assert.deepEqual(tab.verdicts, ["incorrect", "correct"]);
  assert.deepEqual(tab.shown, ["correct", "second"]);
  assert.ok(!tab.parts.unusable.has("reset"));
});

test("a judging that came to nothing leaves the question as it was", async () => {
  const tab = new Tab(new FakeStorage());
  tab.type("endless");
  await tab.check();
  await tab.judged(undefined);
  assert.deepEqual([tab.verdicts, tab.shown], [[], ["answered", "endless"]]);
  assert.ok(!tab.parts.unusable.has("check"));
});

test("a verdict that comes after a reset is dropped", async () => {
  for (const reset of RESETS) {
    const tab = new Tab(new FakeStorage());
    tab.type("mine");
    await tab.check();
    reset(tab.store);
    await tab.judged(WRONG);
    assert.deepEqual([tab.verdicts, tab.shown], [[], ["unanswered", ""]]);
  }
});

test("attempts of two tabs that are judged at the same time are both kept", async () => {
  const storage = new FakeStorage();
  const [one, two] = [new Tab(storage), new Tab(storage)];
  one.type("one");
  two.type("two");
  await one.check();
  await two.check();
  await two.judged(RIGHT);
  tell(one);
  await one.judged(WRONG);
  assert.deepEqual(one.verdicts, ["correct", "incorrect"]);
  assert.deepEqual(one.shown, ["incorrect", "one"]);
});

test("Enter checks an answer once, until it is changed", async () => {
  const tab = new Tab(new FakeStorage());
  tab.type("wrong");
  for (let n = 0; n < 4; n += 1) {
    await tab.check();
    await tab.judged(WRONG);
  }
  assert.deepEqual(tab.verdicts, ["incorrect"]);
  tab.type("another");
  await tab.check();
  await tab.judged(WRONG);
  assert.deepEqual(tab.verdicts, ["incorrect", "incorrect"]);
});

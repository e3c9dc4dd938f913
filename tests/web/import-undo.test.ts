// Undoing an import: as it was where nothing was done since, and nothing lost where something was.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LessonProgress } from "../../plugins/coursewright/web/src/schema.ts";
import { EMPTY_LESSON, merge, own } from "../../plugins/coursewright/web/src/store/merge.ts";
import { setLab } from "../../plugins/coursewright/web/src/store/operations.ts";
import type { Store } from "../../plugins/coursewright/web/src/store/store.ts";
import {
  importCourse,
  previewImport,
  resetLesson,
} from "../../plugins/coursewright/web/src/store/transfer.ts";
import { FakeLocks, FakeStorage, openStore } from "./fake-storage.ts";

const judged = (answer: string) => ({ verdict: "incorrect", answer, meaning: "m" }) as const;

const step = fc.record({
  do: fc.constantFrom("attempt", "attempt", "draft", "lab", "visit", "reset", "reset-all"),
  tab: fc.nat(1),
  question: fc.constantFrom("q", "r", "constructor"),
});
type Step = { do: string; tab: number; question: string };
const steps = (most: number) => fc.array(step, { maxLength: most });

let answered = 0;

/** Do something in a store; returns the answer given, if one was. */
function act(store: Store, { do: what, question }: Step): string | undefined {
  if (what === "draft") store.draft("one", question, '"d"');
  else if (what === "lab")
    store.change("one", (now, writer) => setLab(now, question, "result", "1", writer));
  else if (what === "visit") store.visit("one", ["q"]);
  else if (what === "reset") store.resetQuestion("one", question);
  else if (what === "reset-all") resetLesson(store, "one");
  else {
    answered += 1;
    store.attempt("one", question, judged(`"${answered}"`));
    return `"${answered}"`;
  }
  return undefined;
}

/** Two tabs of one browser after some steps. */
function browserAfter(steps: readonly Step[]) {
  const storage = new FakeStorage();
  const tabs = [openStore(storage), openStore(storage)] as const;
  for (const one of steps) act(tabs[one.tab === 0 ? 0 : 1], one);
  return { storage, tabs };
}

const keyOf = (id: string) => `coursewright:site:lesson:${id}:back`;
const plain = (lesson: LessonProgress) => merge(lesson, EMPTY_LESSON);
const answersIn = (lesson: LessonProgress) =>
  Object.values(lesson.questions).flatMap(({ attempts }) => attempts.map(({ answer }) => answer));

test("undone at once, everything is as it was, in every tab, and the file can be read again", async () => {
  await fc.assert(
    fc.asyncProperty(steps(12), steps(12), async (here, there) => {
      const { storage, tabs } = browserAfter(here);
      const [tab, other] = tabs;
      const before = plain(tab.lesson("one"));
      const file = [["one", browserAfter(there).tabs[0].lesson("one")]] as const;
      const undo = importCourse(tab, file, (id) => other.heard(keyOf(id)));
      const after = plain(other.lesson("one"));
      await tab.settled();
      assert.deepEqual(await undo(), []);
      const fresh = openStore(storage);
      for (const store of [tab, other, fresh]) assert.deepEqual(plain(store.lesson("one")), before);
      other.attempt("one", "q", judged('"later"'));
      assert.deepEqual(
        answersIn(openStore(storage).lesson("one")).toSorted(),
        [...answersIn(before), '"later"'].toSorted(),
      );
      importCourse(fresh, file);
      for (const answer of answersIn(after))
        assert.ok(answersIn(fresh.lesson("one")).includes(answer), "the file is taken again");
    }),
    { numRuns: 300 },
  );
});

test("whatever was done since is kept, in whichever tab, and what was not touched goes back", async () => {
  await fc.assert(
    fc.asyncProperty(steps(10), steps(10), steps(6), async (here, there, since) => {
      const { storage, tabs } = browserAfter(here);
      const [tab] = tabs;
      const before = plain(tab.lesson("one"));
      const file = browserAfter(there).tabs[0].lesson("one");
      const undo = importCourse(tab, [["one", file]], (id) => tabs[1].heard(keyOf(id)));
      await tab.settled();
      const imported = plain(tab.lesson("one"));
      const given = since.flatMap((one) => act(tabs[one.tab === 0 ? 0 : 1], one) ?? []);
      for (const store of tabs) await store.settled();
      const now = plain(openStore(storage).lesson("one"));
      const kept = await undo();
      for (const store of [...tabs, openStore(storage)]) {
        const left = plain(store.lesson("one"));
        const alive = answersIn(now).filter((answer) => given.includes(answer));
        for (const answer of alive) assert.ok(answersIn(left).includes(answer), "lost an answer");
        const isTouched = (id: string) => since.some(({ question }) => question === id);
        if (now.reset_at !== imported.reset_at) assert.deepEqual(left, now);
        else
          for (const id of ["q", "r", "constructor"].filter((id) => !isTouched(id)))
            for (const part of ["questions", "labs"] as const)
              assert.deepEqual(own<object>(left[part], id), own<object>(before[part], id));
        if (JSON.stringify(left) === JSON.stringify(before)) continue;
        assert.ok(kept.length > 0 || since.some((one) => one.do === "visit"));
      }
    }),
    { numRuns: 500 },
  );
});

test("an answer that waits for another tab's lock while the import is undone is kept", async () => {
  const storage = new FakeStorage();
  const locks = new FakeLocks();
  const tab = openStore(storage, { lock: locks.lock });
  const file = browserAfter([{ do: "attempt", tab: 0, question: "r" }]).tabs[0].lesson("one");
  const undo = importCourse(tab, [["one", file]]);
  locks.release();
  await tab.settled();
  tab.attempt("one", "q", judged('"mine"'));
  const undone = undo();
  locks.release();
  assert.deepEqual(await undone, ["one"]);
  for (const store of [tab, openStore(storage)])
    assert.deepEqual(answersIn(store.lesson("one")), ['"mine"']);
});

test("where nothing can be stored, an import is undone all the same", async () => {
  const storage = new FakeStorage();
  storage.quota = 0;
  const tab = openStore(storage);
  const file = browserAfter([{ do: "attempt", tab: 0, question: "q" }]).tabs[0].lesson("one");
  const undo = importCourse(tab, [["one", file]]);
  await tab.settled();
  assert.equal(answersIn(tab.lesson("one")).length, 1);
  assert.deepEqual(await undo(), []);
  assert.deepEqual(answersIn(tab.lesson("one")), []);
});

test("an import that removed answers, because they were reset there, gives them back", async () => {
  const { tabs } = browserAfter([{ do: "attempt", tab: 0, question: "q" }]);
  const [tab] = tabs;
  const before = plain(tab.lesson("one"));
  const file = [["one", { ...EMPTY_LESSON, reset_at: Date.now() + 1000 }]] as const;
  assert.deepEqual(previewImport(tab, file), [
    { lesson: "one", added: 0, removed: 1, lost: 0, kind: "joins" },
  ]);
  const undo = importCourse(tab, file);
  await tab.settled();
  assert.deepEqual(answersIn(tab.lesson("one")), []);
  tab.attempt("one", "r", judged('"since"'));
  await tab.settled();
  assert.deepEqual(await undo(), ["one"]);
  const left = plain(tab.lesson("one"));
  assert.deepEqual(left.questions.q, before.questions.q);
  assert.deepEqual(answersIn(left).length, 2);
});

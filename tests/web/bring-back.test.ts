// Bringing back from a copy what was reset, on arbitrary histories: nothing is lost or doubled, and
// merging keeps its laws.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LessonProgress } from "../../plugins/coursewright/web/src/schema.ts";
import { isWork, lostOf, putBack } from "../../plugins/coursewright/web/src/store/bring-back.ts";
import { isLessonProgress } from "../../plugins/coursewright/web/src/store/guards.ts";
import { EMPTY_LESSON, merge } from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import { tries } from "../../plugins/coursewright/web/src/store/summary.ts";

const DEVICES = ["a", "b", "c"];

const step = fc.record({
  do: fc.constantFrom("attempt", "attempt", "draft", "lab", "visit", "reset", "reset-all", "meet"),
  at: fc.nat(2),
  with: fc.nat(2),
  question: fc.constantFrom("q", "constructor"),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const history = fc.array(step, { maxLength: 40, size: "max" });

let answered = 0;

/** Let three devices go on from where they are; each answer differs from all others. */
function play(start: readonly LessonProgress[], steps: readonly Step[]): LessonProgress[] {
  const states = [...start];
  steps.forEach((one, index) => {
    const now = states[one.at] ?? EMPTY_LESSON;
    answered += 1;
    const writer = { device: DEVICES[one.at] ?? "", now: 1000 + index, suffix: "s" };
    const judged = { verdict: "incorrect", answer: `"${answered}"`, meaning: "m" } as const;
    states[one.at] = {
      attempt: () => operations.addAttempt(now, one.question, judged, writer),
      draft: () => operations.setDraft(now, one.question, '"d"', writer),
      lab: () => operations.setLab(now, "lab", "result", "1", writer),
      visit: () => operations.setVisited(now, ["q"], writer),
      reset: () => operations.resetQuestion(now, one.question, writer),
      "reset-all": () => operations.resetLesson(now, writer),
      meet: () => merge(now, states[one.with] ?? EMPTY_LESSON),
    }[one.do]?.() as LessonProgress;
  });
  return states;
}

/** A saved file, and three devices after more steps. */
const story = fc.tuple(history, history).map(([before, since]) => {
  const then = play([EMPTY_LESSON, EMPTY_LESSON, EMPTY_LESSON], before);
  return { file: then[0] as LessonProgress, now: play(then, since) };
});

const answersOf = (lesson: LessonProgress) =>
  Object.entries(merge(lesson, EMPTY_LESSON).questions).flatMap(([id, { attempts }]) =>
    attempts.map(({ answer, at }) => `${id} ${at} ${answer}`),
  );

function back(now: LessonProgress, file: LessonProgress): LessonProgress {
  return putBack(merge(now, file), lostOf(now, file));
}

test("every answer of the file is back, once, and nothing else is gone", () => {
  fc.assert(
    fc.property(story, ({ file, now }) => {
      const [mine = EMPTY_LESSON] = now;
      const after = back(mine, file);
      assert.ok(isLessonProgress(after));
      const joined = new Set([...answersOf(merge(mine, file)), ...answersOf(lostOf(mine, file))]);
      assert.deepEqual(answersOf(after).toSorted(), [...joined].toSorted());
      // A reset that the file itself brings still holds.
      if (merge(mine, file).reset_at === mine.reset_at)
        for (const answer of answersOf(mine)) assert.ok(joined.has(answer) || hasReset(file));
    }),
    { numRuns: 500 },
  );
});

const hasReset = (lesson: LessonProgress) =>
  lesson.reset_at > 0 || Object.values(lesson.questions).some(({ reset_at }) => reset_at > 0);

test("where the file knows of no reset, all of it is back", () => {
  fc.assert(
    fc.property(story, ({ file, now }) => {
      fc.pre(!hasReset(file));
      const after = new Set(answersOf(back(now[0] as LessonProgress, file)));
      for (const answer of answersOf(file)) assert.ok(after.has(answer), answer);
    }),
    { numRuns: 500 },
  );
});

test("brought back twice is brought back once, and then nothing is lost any more", () => {
  fc.assert(
    fc.property(story, ({ file, now }) => {
      const once = back(now[0] as LessonProgress, file);
      assert.ok(!isWork(lostOf(once, file)));
      assert.deepEqual(back(once, file), once);
    }),
    { numRuns: 500 },
  );
});

test("two devices that bring back the same meet without doubles, in any order", () => {
  fc.assert(
    fc.property(story, ({ file, now }) => {
      const [one = EMPTY_LESSON, two = EMPTY_LESSON, three = EMPTY_LESSON] = now;
      const left = back(one, file);
      const right = back(merge(one, EMPTY_LESSON), file);
      assert.deepEqual(merge(left, right), merge(left, EMPTY_LESSON));
      assert.deepEqual(merge(merge(left, two), three), merge(left, merge(three, two)));
      assert.deepEqual(merge(left, two), merge(two, left));
    }),
    { numRuns: 500 },
  );
});

test("what is done since a reset stays the last word, and a later reset takes everything", () => {
  fc.assert(
    fc.property(story, ({ file, now }) => {
      const mine = operations.resetLesson(now[0] as LessonProgress, {
        device: "a",
        now: 5000,
        suffix: "s",
      });
      const writer = { device: "a", now: 6000, suffix: "s" };
      const judged = { verdict: "correct", answer: '"new"', meaning: "m" } as const;
      const after = back(operations.addAttempt(mine, "q", judged, writer), file);
      assert.equal(after.questions.q?.attempts.at(-1)?.answer, '"new"');
      const gone = operations.resetLesson(after, { ...writer, now: 7000 });
      assert.deepEqual([gone.questions, gone.labs, gone.visited], [{}, {}, null]);
      assert.deepEqual(answersOf(merge(gone, after)), []);
    }),
    { numRuns: 300 },
  );
});

test("answers that were kept as numbers come back as numbers, once", () => {
  let file = EMPTY_LESSON;
  const judged = { verdict: "correct", answer: '"x"', meaning: "m" } as const;
  for (let n = 0; n < 70; n += 1)
    file = operations.addAttempt(file, "q", judged, { device: "a", now: 100 + n, suffix: "s" });
  file = operations.compact(file);
  const reset = operations.resetLesson(file, { device: "a", now: 900, suffix: "s" });
  const after = operations.compact(back(reset, file));
  assert.equal(after.questions.q && tries(after.questions.q), 70);
  assert.deepEqual(back(after, file), after);
});

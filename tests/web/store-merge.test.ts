// The laws of merging, on arbitrary states and on states that real histories lead to.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type {
  LessonProgress,
  QuestionRecord,
  Stamped,
} from "../../plugins/coursewright/web/src/schema.ts";
import { EMPTY_LESSON, merge } from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import { stampOf, type Writer } from "../../plugins/coursewright/web/src/store/stamp.ts";
import { tries } from "../../plugins/coursewright/web/src/store/summary.ts";

const DEVICES = ["a", "b", "c"];
const QUESTIONS = ["q", "constructor", "__proto__"];

// Few distinct values, so that ties and overlaps are common.
const stamp = fc.integer({ min: 0, max: 12 });
const device = fc.constantFrom(...DEVICES);
const stamped: fc.Arbitrary<Stamped | null> = fc.option(
  fc.record({ value: fc.constantFrom("1", "2"), at: stamp, device }),
);
const attempt = fc
  .tuple(device, stamp, fc.constantFrom("x", "y"), fc.constantFrom("correct", "incorrect"))
  .map(([by, at, suffix, verdict]) => ({
    id: `${by}-${at.toString(36)}-${suffix}`,
    at,
    verdict: verdict === "correct" ? ("correct" as const) : ("incorrect" as const),
    answer: "",
    meaning: "",
  }));
const question: fc.Arbitrary<QuestionRecord> = fc.record({
  attempts: fc.array(attempt, { maxLength: 6 }),
  counts: fc.dictionary(
    device,
    fc.record({ attempts: stamp, correct: stamp, since: stamp, through: stamp }),
  ),
  draft: stamped,
  reset_at: stamp,
});
const arbitraryLesson: fc.Arbitrary<LessonProgress> = fc
  .record({
    version: fc.constant(1),
    questions: fc.dictionary(fc.constantFrom(...QUESTIONS), question),
    labs: fc.dictionary(
      fc.constantFrom("lab"),
      fc.record({ result: stamped, prediction: stamped, reset_at: stamp }),
    ),
    visited: stamped,
    reset_at: stamp,
  })
  .map((lesson) => structuredClone(lesson)); // with ordinary prototypes, as JSON gives them
const normalLesson = arbitraryLesson.map((lesson) => merge(EMPTY_LESSON, lesson));

test("merge is commutative", () => {
  fc.assert(
    fc.property(normalLesson, normalLesson, (a, b) => {
      assert.deepEqual(merge(a, b), merge(b, a));
    }),
    { numRuns: 500 },
  );
});

test("merge is associative", () => {
  fc.assert(
    fc.property(arbitraryLesson, arbitraryLesson, arbitraryLesson, (a, b, c) => {
      assert.deepEqual(merge(merge(a, b), c), merge(a, merge(b, c)));
    }),
    { numRuns: 2000 },
  );
});

test("merge is idempotent, and the empty lesson changes nothing", () => {
  fc.assert(
    fc.property(normalLesson, normalLesson, (a, b) => {
      const ab = merge(a, b);
      assert.deepEqual(merge(a, a), a);
      assert.deepEqual(merge(ab, b), ab);
      assert.deepEqual(merge(a, EMPTY_LESSON), a);
    }),
    { numRuns: 500 },
  );
});

test("equal states are equal texts, so that a write can be saved", () => {
  fc.assert(
    fc.property(normalLesson, normalLesson, (a, b) => {
      assert.equal(JSON.stringify(merge(a, b)), JSON.stringify(merge(b, a)));
    }),
    { numRuns: 300 },
  );
});

type Step =
  | { do: "attempt"; at: number; question: string }
  | { do: "draft"; at: number; question: string }
  | { do: "reset"; at: number; question: string }
  | { do: "reset-all"; at: number }
  | { do: "compact"; at: number }
  | { do: "meet"; at: number; with: number };

const replica = fc.nat(2);
const twoQuestions = fc.constantFrom("q", "r");
const step = (resets: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("attempt" as const),
        at: replica,
        question: twoQuestions,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("draft" as const),
        at: replica,
        question: twoQuestions,
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("compact" as const), at: replica }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("meet" as const), at: replica, with: replica }),
    },
    {
      weight: resets ? 2 : 0,
      arbitrary: fc.record({
        do: fc.constant("reset" as const),
        at: replica,
        question: twoQuestions,
      }),
    },
    {
      weight: resets ? 1 : 0,
      arbitrary: fc.record({ do: fc.constant("reset-all" as const), at: replica }),
    },
  );

interface World {
  replicas: LessonProgress[];
  made: { id: string; question: string }[];
}

/** Play a history on three devices whose clocks differ by a few steps. */
function play(steps: Step[], skew: number[]): World {
  const replicas = DEVICES.map(() => EMPTY_LESSON);
  const made: World["made"] = [];
  steps.forEach((one, index) => {
    const now = replicas[one.at] ?? EMPTY_LESSON;
    const writer: Writer = {
      device: DEVICES[one.at] ?? "",
      now: 1000 + index + (skew[one.at] ?? 0),
      suffix: index.toString(36),
    };
    replicas[one.at] = next(now, one, writer, replicas);
    if (one.do === "attempt") {
      const id = replicas[one.at]?.questions[one.question]?.attempts.at(-1)?.id ?? "";
      made.push({ id, question: one.question });
    }
  });
  return { replicas, made };
}

function next(
  now: LessonProgress,
  one: Step,
  writer: Writer,
  all: LessonProgress[],
): LessonProgress {
  switch (one.do) {
    case "attempt":
      return operations.addAttempt(
        now,
        one.question,
        { verdict: "incorrect", answer: '"x"', meaning: "m" },
        writer,
      );
    case "draft":
      return operations.setDraft(now, one.question, '"d"', writer);
    case "reset":
      return operations.resetQuestion(now, one.question, writer);
    case "reset-all":
      return operations.resetLesson(now, writer);
    case "compact":
      return operations.compact(now, 3);
    case "meet":
      return merge(now, all[one.with] ?? EMPTY_LESSON);
  }
}

const history = (resets: boolean) => fc.array(step(resets), { maxLength: 60, size: "max" });
const clocks = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 3, maxLength: 3 });

function joined({ replicas }: World): LessonProgress {
  return replicas.reduce(merge);
}

test("without a reset no attempt is ever lost or counted twice", () => {
  fc.assert(
    fc.property(history(false), clocks, (steps, skew) => {
      const world = play(steps, skew);
      const all = joined(world);
      for (const id of ["q", "r"]) {
        const record = all.questions[id];
        const expected = world.made.filter((attempt) => attempt.question === id).length;
        assert.equal(record ? tries(record) : 0, expected);
      }
    }),
    { numRuns: 500 },
  );
});

test("after resets nothing from before them is left, and nothing from after them is lost", () => {
  fc.assert(
    fc.property(history(true), clocks, (steps, skew) => {
      const world = play(steps, skew);
      const all = joined(world);
      for (const id of ["q", "r"]) {
        const record = all.questions[id];
        const reset = Math.max(all.reset_at, record?.reset_at ?? 0);
        const made = world.made.filter((attempt) => attempt.question === id);
        const alive = made.filter((attempt) => stampOf(attempt.id) > reset);
        const held = record ? tries(record) : 0;
        assert.ok(held >= alive.length, `${held} of ${alive.length} attempts are left`);
        assert.ok(record?.attempts.every((one) => stampOf(one.id) > reset) ?? true);
        assert.ok(Object.values(record?.counts ?? {}).every((one) => one.through > reset));
        if (!steps.some((one) => one.do === "compact")) assert.equal(held, alive.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("the order in which devices meet makes no difference, compaction or not", () => {
  fc.assert(
    fc.property(history(true), clocks, (steps, skew) => {
      const [a = EMPTY_LESSON, b = EMPTY_LESSON, c = EMPTY_LESSON] = play(steps, skew).replicas;
      const one = merge(merge(a, b), c);
      assert.deepEqual(merge(c, merge(b, a)), one);
      assert.deepEqual(merge(merge(c, a), merge(a, b)), one);
    }),
    { numRuns: 500 },
  );
});

test("a compacted lesson and a full copy of it merge to the compacted one", () => {
  fc.assert(
    fc.property(history(true), clocks, (steps, skew) => {
      const full = joined(play(steps, skew));
      const small = operations.compact(full, 3);
      assert.deepEqual(merge(small, full), small);
      assert.deepEqual(merge(full, small), small);
    }),
    { numRuns: 500 },
  );
});

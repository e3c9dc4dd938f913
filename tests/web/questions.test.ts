// Judging, shuffling and rounds: the parts of a quiz that need no page.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  foldOutput,
  foldText,
  gradeChoices,
  gradeOutput,
  gradeText,
} from "../../plugins/coursewright/web/src/questions/grade.ts";
import {
  nextPlace,
  type Place,
  practicePlace,
  resumePlace,
  roundOf,
  roundsOf,
  shownAt,
} from "../../plugins/coursewright/web/src/questions/rounds.ts";
import { shuffled } from "../../plugins/coursewright/web/src/questions/shuffle.ts";
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";

function spec(kind: QuestionSpec["kind"], marks: string, texts: string[] = []): QuestionSpec {
  const choices = [...marks].map((mark, index) => ({
    id: `c${index}`,
    correct: mark === "x",
    text: texts[index] ?? "",
  }));
  return { id: "q", kind, meaning: "m", shuffle: false, choices };
}

test("a single choice is right or not, never partly", () => {
  const question = spec("single", "-x--");
  assert.equal(gradeChoices(question, ["c1"]).verdict, "correct");
  const wrong = gradeChoices(question, ["c0"]);
  assert.deepEqual([wrong.verdict, wrong.feedback], ["incorrect", ["c0"]]);
  assert.equal(gradeChoices(question, []).verdict, "incorrect");
});

test("several choices: all, some, more wrong than right, everything", () => {
  const question = spec("multiple", "xx-x-");
  const verdict = (chosen: string[]) => gradeChoices(question, chosen).verdict;
  assert.equal(verdict(["c3", "c0", "c1"]), "correct");
  assert.equal(verdict(["c0"]), "partial");
  assert.equal(verdict(["c0", "c1", "c2"]), "partial");
  assert.equal(verdict(["c0", "c2"]), "incorrect");
  assert.equal(verdict(["c2", "c4"]), "incorrect");
  assert.equal(
    gradeChoices(spec("multiple", "xx--"), ["c0", "c1", "c2", "c3"]).verdict,
    "incorrect",
  );
  const { found, total, extra } = gradeChoices(question, ["c0", "c1", "c2"]);
  assert.deepEqual([found, total, extra], [2, 3, 1]);
});

test("a choice that the question no longer has counts for nothing", () => {
  const judged = gradeChoices(spec("multiple", "x-"), ["c0", "gone"]);
  assert.deepEqual([judged.verdict, judged.feedback], ["correct", ["c0"]]);
});

test("a text answer is folded: case, width, spaces, punctuation around it", () => {
  const question = spec("text", "x-", ["Go right", "the coin"]);
  for (const answer of [
    "go right",
    "  GO   Right. ",
    "“go right”",
    "Ｇｏ ｒｉｇｈｔ",
    "(go right!)",
  ])
    assert.equal(gradeText(question, answer).verdict, "correct", answer);
  assert.deepEqual(gradeText(question, "The coin.").feedback, ["c1"]);
  assert.deepEqual(gradeText(question, "up").feedback, []);
  assert.equal(gradeText(question, "goright").verdict, "incorrect");
});

test("signs with a meaning are not punctuation", () => {
  assert.notEqual(foldText("-5"), foldText("5"));
  assert.notEqual(foldText("C++"), foldText("C"));
  assert.notEqual(foldText("50%"), foldText("50"));
  assert.equal(foldText("..."), "...");
  fc.assert(
    fc.property(fc.string(), (text) => assert.equal(foldText(foldText(text)), foldText(text))),
  );
});

test("a stated output may differ in trailing white space only", () => {
  const question: QuestionSpec = { ...spec("predict", ""), answer: "1 2\n  3\n" };
  for (const answer of ["1 2\n  3", "1 2  \r\n  3\r\n\n", "1 2\n  3\t\n"])
    assert.equal(gradeOutput(question, answer).verdict, "correct", answer);
  for (const answer of ["1 2\n3", "1  2\n  3", "1 2\n\n  3", "", "1 2"])
    assert.equal(gradeOutput(question, answer).verdict, "incorrect", answer);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", "\r") }), (text) =>
      assert.equal(foldOutput(foldOutput(text)), foldOutput(text)),
    ),
  );
});

test("shuffling keeps every item, depends on the seed alone and moves things about", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.string(), (items, seed) => {
      const order = shuffled(items, seed);
      assert.deepEqual(order, shuffled(items, seed));
      assert.deepEqual([...order].sort(), [...items].sort());
    }),
  );
  const orders = new Map<string, number>();
  for (let seed = 0; seed < 24_000; seed += 1) {
    const order = shuffled(["a", "b", "c", "d"], `device:question-${seed}`).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.equal(orders.size, 24);
  for (const [order, count] of orders)
    assert.ok(count > 800 && count < 1200, `${order} came ${count} times of 24,000`);
});

test("rounds hold every question once, in order, and differ by one at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 }), (total, size) => {
      const rounds = roundsOf(total, size);
      assert.deepEqual(
        rounds.flat(),
        Array.from({ length: total }, (_, index) => index),
      );
      const sizes = rounds.map(({ length }) => length);
      assert.ok(Math.max(...sizes) <= size && Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
  );
  assert.deepEqual(
    roundsOf(15, 5).map(({ length }) => length),
    [5, 5, 5],
  );
  assert.deepEqual(roundsOf(0, 5), [[]]);
});

test("Next walks through all questions with a summary after each round", () => {
  const rounds = roundsOf(5, 2);
  let place: Place = { at: "question", question: 0 };
  const seen: (number | string)[] = [];
  for (let n = 0; n < 9; n += 1) {
    seen.push(shownAt(place) ?? `summary ${place.at === "summary" ? place.round : ""}`);
    place = nextPlace(place, rounds);
  }
  assert.deepEqual(seen, [0, 1, "summary 0", 2, 3, "summary 1", 4, "summary 2", "summary 2"]);
});

test("practice shows what was missed and returns to the summary it came from", () => {
  const rounds = roundsOf(6, 3);
  let place = practicePlace([1, 2], 0);
  assert.equal(shownAt(place), 1);
  place = nextPlace(place, rounds);
  assert.equal(shownAt(place), 2);
  assert.deepEqual(nextPlace(place, rounds), { at: "summary", round: 0 });
  assert.deepEqual(practicePlace([], 1), { at: "summary", round: 1 });
});

test("a reader who comes back is where the last answer was given", () => {
  assert.deepEqual(resumePlace([0, 0, 0]), { at: "question", question: 0 });
  assert.deepEqual(resumePlace([30, 50, 0]), { at: "question", question: 1 });
  assert.equal(roundOf(roundsOf(15, 5), 7), 1);
});

// The tutor on the real flagship lesson: what it answers, what it refuses, and what it keeps to
// itself. The questions stand in tutor-questions.json and were not made from the headings.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { LessonIndex, Passage } from "../../plugins/coursewright/web/src/schema.ts";
import { cellsOf, isLessonIndex } from "../../plugins/coursewright/web/src/tutor/lesson-index.ts";
import { isRepeated, printOf } from "../../plugins/coursewright/web/src/tutor/prints.ts";
import { readQuestion } from "../../plugins/coursewright/web/src/tutor/question.ts";
import {
  normal,
  type OpenQuestion,
  repeated,
} from "../../plugins/coursewright/web/src/tutor/quiz-guard.ts";
import { Ranking } from "../../plugins/coursewright/web/src/tutor/ranking.ts";
import { type Answer, type Reply, reply } from "../../plugins/coursewright/web/src/tutor/reply.ts";
import { mend } from "../../plugins/coursewright/web/src/tutor/spelling.ts";
import { STOP_WORDS, stems, words } from "../../plugins/coursewright/web/src/tutor/stems.ts";

/** `holds` and `also_holds` stand in what is shown, `section` is where the reply leads. */
interface Case {
  ask: string;
  verdict: Reply["verdict"];
  holds?: string;
  also_holds?: string;
  section?: string;
  unknown?: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const cases: Case[] = read("tutor-questions.json");
const { index, open } = tutorOf("docs/lessons/goal-misgeneralization.md");
const ranking = new Ranking(index);

/** `lesson` is a path below the repository, or a whole one. */
function tutorOf(lesson: string): { index: LessonIndex; open: OpenQuestion[] } {
  const python = process.env.COURSEWRIGHT_PYTHON ?? "python3";
  const script = fileURLToPath(new URL("lesson_index.py", import.meta.url));
  return JSON.parse(execFileSync(python, [script, resolve(root, lesson)], { encoding: "utf8" }));
}

const textOf = (passages: readonly Passage[]) =>
  passages.flatMap(({ sentences }) => sentences).join(" ");

function shown(answer: Answer): string {
  const quotes = answer.also ? [...answer.quotes, answer.also] : answer.quotes;
  return quotes.map(({ passages }) => textOf(passages)).join(" ");
}

function sectionOf(given: Reply): string {
  const place =
    given.verdict === "answer"
      ? (given.quotes[0]?.section ?? given.outline?.section ?? -1)
      : given.closest;
  return index.sections[place]?.title ?? "";
}

test("there are enough questions, and enough that must be refused", () => {
  const headings = new Set(index.sections.map(({ title }) => title.toLowerCase()));
  assert.ok(cases.length >= 30);
  assert.ok(cases.filter(({ verdict }) => verdict === "refuse").length >= 12);
  assert.ok(cases.every(({ ask }) => !headings.has(ask.toLowerCase().replace(/\?$/, ""))));
});

for (const wanted of cases) {
  test(`${wanted.verdict}: ${wanted.ask}`, () => {
    const given = reply(ranking, wanted.ask, open);
    assert.equal(given.verdict, wanted.verdict);
    if (given.verdict === "answer")
      for (const part of [wanted.holds, wanted.also_holds])
        if (part) assert.ok(shown(given).includes(part), `"${part}" not in: ${shown(given)}`);
    if (wanted.section) assert.equal(sectionOf(given), wanted.section);
    if (wanted.unknown) {
      assert.ok(given.verdict === "refuse");
      assert.ok(given.unknown.includes(wanted.unknown), given.unknown.join(", "));
    }
  });
}

test("the example in the authors' guide replies as the guide says", (context) => {
  const guide = readFileSync(join(root, "docs/guide/tutor.md"), "utf8");
  const [, lesson = ""] = /^```markdown\n(.*?)^```$/ms.exec(guide) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "tutor-"));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "lesson.md"), lesson);
  const bread = new Ranking(tutorOf(join(folder, "lesson.md")).index);
  const rows = [...guide.matchAll(/^\| (.+\?) \| (?:quotes "(.+)"|refuses) \|$/gm)];
  assert.ok(rows.length >= 5);
  for (const [, ask = "", part] of rows) {
    const given = reply(bread, ask, []);
    assert.equal(given.verdict, part ? "answer" : "refuse", ask);
    if (part && given.verdict === "answer") assert.ok(shown(given).includes(part), ask);
  }
});

test("pasting any question of the lesson gives a place to look, never text", () => {
  assert.ok(open.length > 15);
  for (const { stem } of open) {
    const given = reply(ranking, stem, open);
    assert.equal(given.verdict, "hint", stem);
  }
});

test("a question that is solved may be answered from the lesson", () => {
  const given = reply(ranking, "Which two conditions come together when it shows?", []);
  assert.notEqual(given.verdict, "hint");
});

test("the marked sentence is one of the passage, and the best one", () => {
  const given = reply(ranking, "Which network tracks the cheese in 11 channels?", open);
  assert.ok(given.verdict === "answer");
  const [quote] = given.quotes;
  assert.match(quote?.passages[0]?.sentences[quote.sentence] ?? "", /11 channels/);
});

test("a table's list question shows the whole table, a list's the whole list", () => {
  const given = reply(ranking, "What are the analogs in language models?", open);
  assert.ok(given.verdict === "answer");
  assert.equal(given.quotes[0]?.passages.length, 4);
});

test("a row is cut between its cells, and not where a cell holds the same mark", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tutor-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const table = "| Cost | Gain |\n|---|---|\n| low; falls later | high |\n";
  writeFileSync(join(folder, "lesson.md"), `# One\n\n${table}`);
  const [row] = tutorOf(join(folder, "lesson.md")).index.passages;
  assert.ok(row);
  assert.deepEqual(cellsOf(row), ["Cost: low; falls later", "Gain: high"]);
});

test("a word that means about the same counts, and less than the word itself", () => {
  const given = new Ranking(small("The car joins the highway.", "The motorway is closed."));
  const [first, second] = given.index.passages;
  assert.ok(first && second);
  assert.deepEqual(given.standsFor("motorwai"), [], "the lesson has the word itself");
  assert.deepEqual(given.standsFor("automobil"), ["car"]);
  const coverages = [
    ["car", "join"],
    ["automobil", "join"],
    ["bicycl", "join"],
  ].map((wanted) => given.coverage(wanted, first));
  assert.equal(coverages[0], 1);
  assert.ok((coverages[1] ?? 0) < 1 && (coverages[1] ?? 0) > (coverages[2] ?? 0));
  assert.equal(given.coverage(["automobil"], first), 0, "a block must hold a word of the question");
  assert.equal(given.rank(["automobil"])[0]?.passage, first);
});

test("what is to be made, or is the reader's own, is in no lesson", () => {
  const given = new Ranking(small("A poem about the car has been written."));
  for (const [text, verdict] of [
    ["Has a poem about the car been written?", "answer"],
    ["Write a poem about the car", "refuse"],
    ["Has a poem about my car been written?", "answer"],
    ["Has a poem about my bicycle been written about the car?", "refuse"],
  ] as const)
    assert.equal(reply(given, text, []).verdict, verdict, text);
});

/** A lesson of one section with a block for each text. */
function small(...texts: string[]): LessonIndex {
  const passages = texts.map(
    (text, place): Passage => ({
      anchor: `p-${place}`,
      kind: "text",
      section: 0,
      group: -1,
      sentences: [text],
    }),
  );
  const sections = [{ anchor: "", title: "A lesson", parent: -1 }];
  return { lesson: "small", sections, passages, near: { car: "automobil motorwai" }, asked: [] };
}

test("words are cut back as the build cuts them", () => {
  const contract = read("../contract/tutor/stems.json");
  assert.ok(contract.length > 50);
  for (const { text, words: whole, stems: cut } of contract) {
    assert.deepEqual(words(text), whole, text);
    assert.deepEqual(stems(text), cut, text);
  }
  assert.deepEqual([...STOP_WORDS].sort(), read("../contract/tutor/stop-words.json"));
});

test("a mistyped word is mended only when there is one word that it can be", () => {
  const known = ["goal", "misgeneraliz", "reward", "later", "break", "bread"];
  assert.equal(mend("gaol", known), "goal");
  assert.equal(mend("misgenraliz", known), "misgeneraliz");
  assert.equal(mend("rewrd", known), "reward");
  assert.equal(mend("layer", known), undefined, "a short word may be another word");
  assert.equal(mend("eward", known), undefined, "the first letter is seldom wrong");
  assert.equal(mend("reads", ["read", "reaps"]), "read");
  assert.equal(mend("trains", ["train", "trans"]), undefined, "two could be meant");
  assert.equal(mend("2022", ["2021"]), undefined);
});

test("a question tells what kind of answer would do", () => {
  const kind = (text: string) => {
    const { asked, wantsNumber, wantsYear, wantsPerson, wantsList, sides } = readQuestion(text);
    const wants = { wantsNumber, wantsYear, wantsPerson, wantsList };
    return [...Object.keys(wants).filter((key) => wants[key as "wantsList"]), ...asked, sides?.[0]];
  };
  assert.deepEqual(kind("How many levels were used?"), ["wantsNumber", "level", undefined]);
  assert.deepEqual(kind("When was it published?"), ["wantsYear", undefined]);
  assert.deepEqual(kind("When does it pay to think?"), [undefined]);
  assert.deepEqual(kind("Who found that?"), ["wantsPerson", undefined]);
  assert.deepEqual(kind("What learning rate is best?"), ["learn", "rat", undefined]);
  assert.deepEqual(kind("What are proxies?"), ["wantsList", undefined]);
  assert.deepEqual(kind("How does the skill differ from the goal?"), ["the skill"]);
});

test("only a whole index is taken for one", () => {
  assert.ok(isLessonIndex(index));
  assert.ok(!isLessonIndex(undefined));
  assert.ok(!isLessonIndex({ ...index, passages: [{}] }));
  assert.ok(!isLessonIndex({ ...index, sections: [] }));
  assert.ok(!isLessonIndex({ ...index, asked: [{ id: "q", text: "x", parts: [1] }] }));
  assert.ok(!isLessonIndex({ ...index, near: { coin: ["penni"] } }));
});

test("prints of words and texts are those of the build", () => {
  const known: [text: string, length: number, print: string][] = read(
    "../contract/tutor/prints.json",
  );
  for (const [text, length, print] of known) assert.equal(printOf(normal(text), length), print);
});

test("away from its page, the lesson knows its questions by their prints", () => {
  assert.equal(index.asked.length, open.length);
  for (const { stem } of open) {
    const isCopy = isRepeated(stem, index.asked);
    assert.ok(isCopy, stem);
    assert.equal(reply(ranking, stem, [], isCopy).verdict, "hint");
  }
  for (const { ask } of cases)
    assert.equal(isRepeated(ask, index.asked), repeated(ask, open) !== undefined, ask);
  assert.ok(!isRepeated(open[0]?.stem ?? "", index.asked.slice(1)), "solved ones are left out");
});

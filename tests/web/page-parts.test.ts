// Small pure parts of the page: guards, kinds, marks, words, addresses, and Python on demand.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type KindFactory, Kinds } from "../../plugins/coursewright/web/src/elements/kinds.ts";
import { currentSection } from "../../plugins/coursewright/web/src/elements/path.ts";
import type {
  PythonClient,
  PythonState,
} from "../../plugins/coursewright/web/src/python-client.ts";
import { LazyPython } from "../../plugins/coursewright/web/src/python-lazy.ts";
import { rootOf } from "../../plugins/coursewright/web/src/site.ts";
import {
  isQuestionSpec,
  oneText,
  parse,
  textList,
} from "../../plugins/coursewright/web/src/store/guards.ts";
import { EMPTY_LESSON } from "../../plugins/coursewright/web/src/store/merge.ts";
import * as operations from "../../plugins/coursewright/web/src/store/operations.ts";
import {
  answeredOf,
  markOf,
  missedOf,
  quizQuestions,
} from "../../plugins/coursewright/web/src/store/summary.ts";
import { fill } from "../../plugins/coursewright/web/src/strings.ts";

const source = new URL("../../plugins/coursewright/web/src/", import.meta.url);
const table = new URL(
  "../../plugins/coursewright/src/coursewright/strings/en.json",
  import.meta.url,
);

const SPEC = {
  id: "q",
  kind: "single",
  meaning: "m",
  shuffle: false,
  choices: [{ id: "a", correct: true, text: "" }],
  hints: 0,
  code: "",
  answer: "",
  starter: "",
  checks: "",
  hidden_checks: "",
  limit_s: 10,
};

test("a specification is taken as it should be and in no other shape", () => {
  assert.ok(isQuestionSpec(SPEC));
  for (const [key, wrong] of [
    ["kind", "riddle"],
    ["choices", [{ id: "a", correct: 1, text: "" }]],
    ["choices", {}],
    ["limit_s", "10"],
    ["meaning", null],
    ["hints", -1],
  ] as const)
    assert.ok(!isQuestionSpec({ ...SPEC, [key]: wrong }), `${key} ${JSON.stringify(wrong)}`);
  const { meaning, ...without } = SPEC;
  assert.ok(!isQuestionSpec(without), `${meaning} is missing`);
  for (const value of [null, undefined, [], "text", 1]) assert.ok(!isQuestionSpec(value));
});

test("stored answers are read for what they are", () => {
  assert.deepEqual(textList('["a","b"]'), ["a", "b"]);
  for (const json of ['["a",1]', '"a"', "null", "{", ""]) assert.deepEqual(textList(json), []);
  assert.equal(oneText('"a"'), "a");
  for (const json of ["1", "[]", "null", "{", ""]) assert.equal(oneText(json), "");
  assert.equal(parse("{"), undefined);
});

test("a kind from another bundle is loaded once it is wanted, and waited for", async () => {
  const factory: KindFactory = () => ({
    answer: () => "",
    restore() {},
    grade: async () => undefined,
  });
  const loaded: string[] = [];
  const kinds = new Kinds({ python: "editor.js" }, async (bundle) => {
    loaded.push(bundle);
    if (loaded.length === 1) throw new Error("offline");
    kinds.register("python", factory);
  });
  assert.equal(kinds.find("python"), undefined);
  await assert.rejects(kinds.get("python"), /offline/);
  assert.equal(await kinds.get("python"), factory);
  assert.equal(await kinds.get("python"), factory);
  assert.deepEqual(loaded, ["editor.js", "editor.js"]);
  await assert.rejects(kinds.get("riddle"), /no kind riddle/);
});

test("a lesson is started by opening it and done when its whole quiz was answered", () => {
  const writer = { device: "a", now: 1, suffix: "s" };
  const judged = { verdict: "incorrect", answer: '"x"', meaning: "m" } as const;
  assert.equal(markOf(EMPTY_LESSON), "none");
  let lesson = operations.setVisited(EMPTY_LESSON, ["q", "r"], writer);
  assert.deepEqual(quizQuestions(lesson), ["q", "r"]);
  assert.equal(markOf(lesson), "started");
  lesson = operations.addAttempt(lesson, "q", judged, writer);
  lesson = operations.addAttempt(lesson, "between-sections", judged, writer);
  assert.equal(answeredOf(lesson, ["q", "r"]), 1);
  assert.equal(markOf(lesson), "started");
  lesson = operations.addAttempt(lesson, "r", { ...judged, verdict: "correct" }, writer);
  assert.equal(markOf(lesson), "done");
  assert.deepEqual(missedOf(lesson, ["q", "r", "never"]), ["q", "never"]);
  assert.equal(markOf(operations.resetLesson(lesson, writer)), "none");
});

test("the section being read is the last one above the line", () => {
  assert.equal(currentSection([500, 900], 300), -1);
  assert.equal(currentSection([-800, 200, 900], 300), 1);
  assert.equal(currentSection([-800, undefined, 250], 300), 2);
  assert.equal(currentSection([], 300), -1);
});

test("the root of the site is told from the address of the page's script", () => {
  const place = "assets/coursewright/page.1a2b.js";
  assert.equal(rootOf(`https://host/some/path/${place}`, place), "https://host/some/path/");
  assert.equal(rootOf(`file:///course/site/${place}?x#y`, place), "file:///course/site/");
  assert.equal(rootOf("https://host/js/other.js", place), "https://host/js/");
});

test("words are filled in; what has no value stays visible", () => {
  const words = { greeting: "{a} and {b} and {a}" };
  assert.equal(fill(words, "greeting", { a: 1, b: "two" }), "1 and two and 1");
  assert.equal(fill(words, "greeting", { a: 1 }), "1 and {b} and 1");
});

test("every key that the page's code names has words", () => {
  const words: Record<string, string> = JSON.parse(readFileSync(table, "utf8"));
  const keys = Object.keys(words);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const missing: string[] = [];
  for (const file of files.filter(
    (name) => name.endsWith(".ts") && !/^elements.lab.|worker/.test(name),
  )) {
    const code = readFileSync(new URL(file, source), "utf8");
    for (const [, key = ""] of code.matchAll(/\bt\(\s*"([\w.]+)"/g))
      if (!(key in words)) missing.push(`${file}: ${key}`);
    for (const [, key = ""] of code.matchAll(/\btn\(\s*"([\w.]+)"/g))
      if (!(`${key}.one` in words && `${key}.other` in words)) missing.push(`${file}: ${key}`);
    for (const [, start = ""] of code.matchAll(/\bt\(\s*`([\w.]+)\$\{/g))
      if (!keys.some((key) => key.startsWith(start))) missing.push(`${file}: ${start}…`);
  }
  assert.deepEqual(missing, []);
});

function fakeClient(): PythonClient & { tell(state: PythonState): void; warmed: number } {
  const listeners: ((state: PythonState) => void)[] = [];
  return {
    state: { name: "ready" },
    warmed: 0,
    watch(listener) {
      listeners.push(listener);
      return () => {};
    },
    warm() {
      this.warmed += 1;
    },
    request: async () => ({ stdout: "1\n", truncated: false, error: null }) as never,
    tell(state) {
      for (const listener of listeners) listener(state);
    },
  };
}

test("Python's client is fetched by the first request, and tried again after a failure", async () => {
  const client = fakeClient();
  let opened = 0;
  const python = new LazyPython(async () => {
    opened += 1;
    if (opened === 1) throw new Error("offline");
    return client;
  });
  const seen: string[] = [];
  const end = python.watch(({ name }) => seen.push(name));
  assert.equal(python.state.name, "idle");
  await assert.rejects(python.request("run", { code: "1" }), {
    name: "PythonError",
    reason: "boot",
  });
  const report = await python.request("run", { code: "1" });
  assert.equal(report.stdout, "1\n");
  assert.equal(python.state.name, "ready");
  client.tell({ name: "running", id: 1 });
  end();
  client.tell({ name: "ready" });
  assert.deepEqual(seen, ["running"]);
  python.warm();
  await Promise.resolve();
  assert.equal(client.warmed, 1);
  assert.equal(opened, 2);
});

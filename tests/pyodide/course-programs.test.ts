// Every program of the course, in the Python of its pages: solutions pass, starters and the kept
// wrong programs fail, predicted outputs come true.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { ROOT } from "../contract/examples.ts";
import { answersOf, startPython } from "./pyodide.ts";

interface Program {
  solution: string;
  spec: QuestionSpec;
}

interface Report {
  passed: boolean;
  stdout: string;
  error: object | null;
}

const python = process.env.COURSEWRIGHT_PYTHON;
if (!python) throw new Error("run these tests with `python3 dev.py test pyodide`");
const script = join(ROOT, "tests/pyodide/course_programs.py");
const programs: Program[] = JSON.parse(execFileSync(python, [script], { encoding: "utf8" }));
const { bridge } = await startPython();

function ask(kind: "run" | "grade", payload: object): Report {
  const [answer] = answersOf(bridge, kind, payload) as [{ result: Report }];
  return answer.result;
}

function grade(code: string, { checks, hidden_checks }: QuestionSpec): Report {
  return ask("grade", { code, checks: checks ?? "", hidden_checks: hidden_checks ?? "" });
}

test("the course has programs of both kinds", () => {
  const kinds = programs.map(({ spec }) => spec.kind);
  assert.ok(kinds.filter((kind) => kind === "python").length >= 2);
  assert.ok(kinds.includes("predict"));
});

for (const { solution, spec } of programs) {
  if (spec.kind === "predict") {
    test(`${spec.id} prints what is stated`, () => {
      const { stdout, error } = ask("run", { code: spec.code });
      assert.equal(error, null);
      assert.equal(stdout.replace(/\n$/, ""), spec.answer);
    });
    continue;
  }
  test(`the solution of ${spec.id} passes and its starter fails`, () => {
    const report = grade(solution, spec);
    assert.ok(report.passed, JSON.stringify(report));
    assert.equal(grade(spec.starter ?? "", spec).passed, false);
  });
  test(`wrong programs fail ${spec.id}`, () => {
    const folder = join(ROOT, "tests/core/wrong_programs", spec.id);
    const names = existsSync(folder)
      ? readdirSync(folder).filter((name) => /\.py$/.test(name))
      : [];
    assert.ok(names.length >= 3, `${folder} holds at least three`);
    for (const name of names) {
      const report = grade(readFileSync(join(folder, name), "utf8"), spec);
      assert.equal(report.passed, false, name);
    }
  });
}

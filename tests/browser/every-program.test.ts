// Every Python question and every lab of the course, in both browsers, from a host and from a
// folder: what the build has run must run for every reader too.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { BROWSERS, rootOf, SITE, visit } from "./harness.ts";
import { reach, train, trainHere } from "./lab-page.ts";

const LESSONS = readdirSync(join(SITE, "lessons")).filter((name) => name.endsWith(".html"));
const VERDICTS = ["correct", "partial", "incorrect"].map((it) => `[data-cw-state="${it}"]`).join();
const CODE = 'form[data-cw-kind="python"]';
/** Ids of the page's Python questions. */
function codeQuestions(page: Page): Promise<string[]> {
  return page.$$eval(CODE, (forms) =>
    forms.map((form) => (form as HTMLFormElement).dataset.cwQuestion ?? ""),
  );
}

/** Show a question, which may be one step of a quiz, and wait until it is alive. */
async function show(page: Page, form: string): Promise<void> {
  await page.$eval(form, (element) => {
    const quiz = element.closest("cw-quiz");
    const index = [...(quiz?.querySelectorAll("form") ?? [])].indexOf(element as HTMLFormElement);
    quiz?.querySelectorAll<HTMLElement>(".cw-quiz__step")[index]?.click();
    element.scrollIntoView();
  });
  await page.waitForSelector(`${form} [data-cw-action="check"]`, { visible: true });
}

/** Put the solution that the page itself shows into the editor, check it, return the new state. */
async function checkSolution(page: Page, form: string): Promise<string> {
  await page.$eval(form, (element) => {
    const solution = element.querySelector("[data-cw-solution] code")?.textContent;
    const area = element.querySelector<HTMLTextAreaElement>("textarea[data-cw-editor]");
    if (!area || !solution) throw new Error("there is no solution to check");
    area.value = solution;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.$eval(`${form} [data-cw-action="check"]`, (button) => (button as HTMLElement).click());
  await page.waitForSelector(`${form}:is(${VERDICTS})`);
  return page.$eval(form, (element) => (element as HTMLElement).dataset.cwState ?? "");
}

for (const name of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${name} ${world}: every solution passes and every lab trains as CPython does`, async () => {
      const root = await rootOf(world);
      const done = { questions: 0, labs: 0 };
      for (const lesson of LESSONS) {
        const visited = await visit(name, root, `lessons/${lesson}`);
        const { page } = visited;
        for (const id of await codeQuestions(page)) {
          const form = `form[data-cw-question="${id}"]`;
          await show(page, form);
          assert.equal(await checkSolution(page, form), "correct", `${lesson}: ${id}`);
          done.questions += 1;
        }
        for (const lab of await page.$$eval("[data-cw-lab]", (labs) => labs.map(({ id }) => id))) {
          await reach(page, `#${lab}`);
          const trained = await train(page, `#${lab}`, 250);
          assert.deepEqual(trained, trainHere(trained.experiment, trained.settings));
          done.labs += 1;
        }
        await visited.finish();
      }
      assert.ok(done.questions >= LESSONS.length && done.labs >= 2, JSON.stringify(done));
    });
  }
}

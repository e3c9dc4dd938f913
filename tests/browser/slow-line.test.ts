// Over a slow connection nobody waits for Python but what needs it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CodeQuestion } from "./code-question.ts";
import { BROWSERS, LESSON, SITE, serve, visit } from "./harness.ts";
import { choose, ofKind, press, rightIds, shown, specs } from "./question-page.ts";
import { SlowLine } from "./slow-line.ts";

const LAB = "#lab-coinrun";
const MEGABITS = 10;
const DELAY_MS = 100;

for (const name of BROWSERS) {
  test(`${name}: while Python comes, questions are answered and the lab's figures read`, async () => {
    const line = new SlowLine(MEGABITS, DELAY_MS);
    const send: Parameters<typeof serve>[4] = (response, body) => line.send(response, body);
    const root = await serve(SITE, "", undefined, undefined, send);
    const visited = await visit(name, root, LESSON);
    const { page } = visited;
    const question = new CodeQuestion(visited);
    await question.open();
    // Whatever the reader does meanwhile, Python is still coming.
    line.holdAt(0.3);
    await question.fill("print(6 * 7)");
    await question.press("run");
    await question.python("loading");
    const box = `${question.form} .cw-loading`;
    /** What the bar and the words beside it say: a share, and megabytes of how many. */
    const progress = () =>
      page.$eval(box, (element) => {
        const { value } = element.querySelector("progress") ?? { value: 0 };
        const words = element.textContent ?? "";
        const [done = 0, total = 0] = (words.match(/\d+(\.\d+)?/g) ?? []).map(Number);
        return { value, words, done, total };
      });
    const past = (share: number) =>
      page.waitForFunction(
        (selector, least) =>
          (document.querySelector<HTMLProgressElement>(selector)?.value ?? 0) > least,
        {},
        `${box} progress`,
        share,
      );
    await past(0.02);
    const early = await progress();
    assert.match(early.words, /^Loading Python: \d\.\d of \d\.\d MB$/);

    const single = ofKind(await specs(page, true), "single");
    await page.$eval(`form[data-cw-question="${single.id}"]`, (form) => {
      const forms = [...(form.closest("cw-quiz")?.querySelectorAll("form") ?? [])];
      const steps = form.closest("cw-quiz")?.querySelectorAll<HTMLElement>(".cw-quiz__step");
      steps?.[forms.indexOf(form as HTMLFormElement)]?.click();
    });
    await choose(page, single, rightIds(single));
    await press(page, single, "check");
    assert.equal((await shown(page, single)).state, "correct");
    const table = await page.$eval(`${LAB} .cw-lab__measured`, (details) => {
      const summary = details.querySelector("summary");
      if (!(details as HTMLDetailsElement).open) summary?.click();
      const element = details.querySelector("table");
      return element?.checkVisibility() ? element.textContent : "";
    });
    assert.match(table, /\d+\.\d/);

    line.holdAt(0.6);
    await past(early.value);
    const late = await progress();
    assert.ok(late.done >= early.done && late.total === early.total, `${late.words} later`);
    assert.ok(Math.abs(late.value - late.done / late.total) < 0.02, "the bar shows the same bytes");
    const now = await page.evaluate(() => document.documentElement.dataset.cwPython);
    assert.equal(now, "loading");
    line.holdAt(1);
    await question.python("ready");
    assert.equal(await question.output(), "42\n");
    await visited.finish();
  });
}

// What question and lab show while Python loads, when it cannot be had, and when it can be had again.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { CodeQuestion } from "./code-question.ts";
import { LESSON, SITE, serve, visit } from "./harness.ts";
import { press, reach, said, until } from "./lab-page.ts";

const LAB = "#lab-coinrun";

/** Gather every different text that an element shows from now on. */
async function record(page: Page, selector: string): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle((selector) => {
    const shown: string[] = [];
    const look = () => {
      const found = document.querySelector<HTMLElement>(selector);
      const text = found?.checkVisibility() ? (found.textContent ?? "") : "";
      if (text && shown.at(-1) !== text) shown.push(text);
    };
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.body, all);
    return shown;
  }, selector);
  return () => seen.jsonValue();
}

test("without Python question and lab say what to do, and go on once it can be had", async () => {
  let there = false;
  const root = await serve(SITE, "", (path, body) =>
    there || !/python-\w+\.\w+\.bin$/.test(path) ? body : undefined,
  );
  const visited = await visit("chromium", root, LESSON, {
    expected: /404|could not be started|lab's Python failed/,
  });
  const { page } = visited;
  await reach(page, LAB);
  await press(page, LAB, "train");
  await until(page, LAB, "failed");
  assert.match(
    await said(page, LAB),
    /^Python could not be started\. Check the connection and press Train/,
  );

  const question = new CodeQuestion(visited);
  await question.open();
  await question.fill("print('kept')");
  await question.pressAndWait("run");
  assert.match(await question.status(), /^Python could not be started\. Check the connection/);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.cwPython), "failed");
  assert.equal(await question.code(), "print('kept')");

  there = true;
  const words = await record(page, `${question.form} .cw-loading__words`);
  const spoken = await record(page, `${question.form} [role=status]`);
  await question.pressAndWait("run");
  assert.equal(await question.output(), "kept\n");
  assert.match((await words()).join("\n"), /^Loading Python: \d+\.\d of \d+\.\d MB/m);
  const told = await spoken();
  const order = [
    "Loading Python, once for this visit.",
    "Running your code.",
    "Finished without an error.",
  ];
  assert.deepEqual(told.slice(-3), order, "said to a screen reader, each once");
  await press(page, LAB, "train");
  await until(page, LAB, "ready");
  await visited.finish();
});

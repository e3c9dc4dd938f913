// Python in the page: run, check, and use the keyboard, in both browsers and both worlds. What
// happens to code that misbehaves is in limits.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CodeQuestion, RIGHT } from "./code-question.ts";
import { BROWSERS, LESSON, rootOf, visit, WORLDS } from "./harness.ts";

for (const name of BROWSERS) {
  for (const world of WORLDS) {
    test(`${name} ${world}: run, check, see an error, pass, and find it again`, async () => {
      const visited = await visit(name, await rootOf(world), LESSON);
      const question = new CodeQuestion(visited);
      await question.open();
      assert.equal(
        await visited.page.evaluate(() => document.documentElement.dataset.cwPython),
        "idle",
        "nothing is loaded unasked",
      );
      const starter = await question.code();

      await question.pressAndWait("run");
      assert.equal(await question.output(), "failed\nfailed\n");
      assert.equal(await question.status(), "Finished without an error.");

      await question.pressAndWait("check");
      assert.equal(await question.state(), "partial", "the starter gets one hidden check right");
      const marks = await visited.page.$$eval(`${question.form} [data-cw-check]`, (items) =>
        items.map((item) => (item as HTMLElement).dataset.cwCheck),
      );
      assert.deepEqual(marks, ["failed", "failed", "failed"], "two visible, all hidden as one");
      assert.match(await question.text(".cw-checks"), /1 of \d+ hidden checks passed/);

      await question.write("print('x'");
      await question.pressAndWait("run");
      assert.match(await question.status(), /^Line 1: Python cannot read this line/);
      assert.equal(
        await visited.page.$$eval(`${question.form} .cw-editor__error`, (lines) => lines.length),
        1,
      );

      await question.write(RIGHT);
      assert.equal(await question.code(), RIGHT);
      await question.pressAndWait("check");
      assert.equal(await question.state(), "correct", await question.status());

      await visited.page.reload();
      await question.open();
      assert.equal(await question.state(), "correct");
      assert.equal(await question.code(), RIGHT);
      await question.press("reset");
      assert.equal(await question.code(), starter);
      await question.press("undo");
      assert.equal(await question.code(), RIGHT);
      await visited.finish();
    });
  }
}

test("Tab leaves the editor, Ctrl+Enter runs, and a plain text area does the same", async () => {
  const visited = await visit("chromium", await rootOf("http"), LESSON);
  const question = new CodeQuestion(visited);
  await question.open();
  const inEditor = () => document.activeElement?.closest(".cw-editor") !== null;
  await visited.page.focus(`${question.form} .cm-content`);
  await visited.page.keyboard.press("Tab");
  assert.equal(await visited.page.evaluate(inEditor), false);

  await question.press("plain");
  const area = `${question.form} textarea[data-cw-editor]`;
  await visited.page.waitForSelector(area, { visible: true });
  await question.fill("");
  await visited.page.type(area, "print(6 * 7)");
  await visited.page.keyboard.down("Control");
  await visited.page.keyboard.press("Enter");
  await visited.page.keyboard.up("Control");
  await visited.page.waitForFunction(
    (form) => document.querySelector(`${form} [data-cw-output]`)?.textContent === "42\n",
    {},
    question.form,
  );
  await visited.page.reload();
  await question.open();
  await visited.page.waitForSelector(area, { visible: true });
  assert.equal(await question.code(), "print(6 * 7)");
  await visited.finish();
});

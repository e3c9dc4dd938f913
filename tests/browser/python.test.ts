// Python in the page: run, check, stop, and code that misbehaves, in both browsers and both worlds.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { BROWSERS, LESSON, rootOf, type Visit, visit, WORLDS } from "./harness.ts";

const QUESTION = "classify-episode";
const RIGHT = `def outcome(level, cells):
    if level["coin"] in cells:
        return "coin"
    return "old place" if level["old_place"] in cells else "failed"`;
const BOOT_MS = 60_000;

/** One Python question of the flagship lesson, as a reader uses it. */
class CodeQuestion {
  readonly page: Page;
  readonly form = `form[data-cw-question="${QUESTION}"]`;

  constructor({ page }: Visit) {
    this.page = page;
  }

  /** Go to the question within its quiz and wait until it is alive. */
  async open(): Promise<void> {
    await this.page.waitForSelector(".cw-quiz__step");
    await this.page.$eval(this.form, (form) => {
      const quiz = form.closest("cw-quiz");
      const index = [...(quiz?.querySelectorAll("form") ?? [])].indexOf(form as HTMLFormElement);
      const steps = [...(quiz?.querySelectorAll<HTMLElement>(".cw-quiz__step") ?? [])];
      steps[index]?.click();
      form.scrollIntoView();
    });
    await this.page.waitForSelector(`${this.form} [data-cw-action="plain"]`, { visible: true });
  }

  /** Type code in place of what is there, through the editor. */
  async write(code: string): Promise<void> {
    await this.page.focus(`${this.form} .cm-content`);
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("KeyA");
    await this.page.keyboard.up("Control");
    await this.page.keyboard.press("Delete");
    for (const [index, line] of code.split("\n").entries()) {
      if (index > 0) await this.page.keyboard.press("Enter");
      await this.page.keyboard.press("Home"); // the editor has indented for us
      await this.page.keyboard.type(line);
    }
  }

  /** Put code into the textarea, as a script or a plain text area would. */
  async fill(code: string): Promise<void> {
    const set = (area: Element, text: string) => {
      (area as HTMLTextAreaElement).value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    await this.page.$eval(`${this.form} textarea[data-cw-editor]`, set, code);
  }

  /** The present code, without the spaces with which the editor indents a new line. */
  async code(): Promise<string> {
    const read = (area: Element) => (area as HTMLTextAreaElement).value;
    const code = await this.page.$eval(`${this.form} textarea[data-cw-editor]`, read);
    return code.replace(/ +$/gm, "");
  }

  async press(action: string): Promise<void> {
    await this.page.locator(`${this.form} [data-cw-action="${action}"]`).click();
  }

  /** Press and wait until what it started has ended. */
  async pressAndWait(action: "run" | "check"): Promise<void> {
    // Stop is there exactly while something runs, which may be for a moment only.
    await this.page.$eval(`${this.form} [data-cw-action="stop"]`, (stop) => {
      const ended = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!(stop as HTMLElement).hidden) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(stop, { attributeFilter: ["hidden"] });
      });
      (window as { ended?: Promise<void> }).ended = ended;
    });
    await this.press(action);
    await this.page.evaluate(() => (window as { ended?: Promise<void> }).ended);
  }

  state(): Promise<string | undefined> {
    return this.page.$eval(this.form, (form) => (form as HTMLElement).dataset.cwState);
  }

  text(part: string): Promise<string> {
    return this.page.$eval(`${this.form} ${part}`, (found) => found.textContent ?? "");
  }

  status(): Promise<string> {
    return this.text("[role=status]");
  }

  output(): Promise<string> {
    return this.text("[data-cw-output]");
  }

  /** Resolves when Python is in one of these states. */
  async python(...states: string[]): Promise<void> {
    const reached = (names: string[]) =>
      names.includes(document.documentElement.dataset.cwPython ?? "");
    await this.page.waitForFunction(reached, { timeout: BOOT_MS }, states);
  }
}

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

  test(`${name}: an endless loop is stopped by hand and at its limit, and nothing is lost`, async () => {
    const visited = await visit(name, await rootOf("http"), LESSON);
    const question = new CodeQuestion(visited);
    await question.open();
    const loop = "print('so far')\nwhile True:\n    pass\n";
    await question.fill(loop);

    await question.press("run");
    await question.python("running");
    await visited.page.waitForFunction(
      (form) => document.querySelector(`${form} [data-cw-output]`)?.textContent === "so far\n",
      {},
      question.form,
    );
    await question.press("stop");
    await question.python("stopped", "ready");
    assert.match(await question.status(), /^Stopped\./);
    assert.equal(await question.output(), "so far\n");
    assert.equal(await question.code(), loop);

    await question.python("ready");
    await question.pressAndWait("check");
    assert.equal(await question.state(), "incorrect");
    assert.match(await question.status(), /Stopped in line [23] after 10 seconds/);
    assert.match(await question.output(), /^so far\n/);
    await visited.finish();
  });

  test(`${name}: code that misbehaves gets clear words`, async () => {
    const visited = await visit(name, await rootOf("http"), LESSON);
    const question = new CodeQuestion(visited);
    await question.open();
    const cases: [code: string, status: RegExp, output: RegExp][] = [
      ["name = input('Who? ')", /^Line 1: The code asks for input/, /^Who\? \nTraceback/],
      ["def f():\n    f()\nf()", /^Line 2: A function calls itself/, /RecursionError/],
      ["x = [0] * 10**9", /^Line 1: The code asked for more memory/, /MemoryError/],
      ["import numpy", /^Line 1: ModuleNotFoundError.*standard library/s, /Traceback/],
      ["import sys\nprint('bye')\nsys.exit()", /^Finished without an error/, /^bye\n$/],
      ["import builtins\ndel builtins.print, builtins.len", /^Finished without an error/, /^$/],
      ["print(len('abc'))", /^Finished without an error/, /^3\n$/],
      ["import os\nos._exit(1)", /^Python broke down/, /^$/],
      ["print('again')", /^Finished without an error/, /^again\n$/],
    ];
    for (const [code, status, output] of cases) {
      await question.fill(code);
      await question.pressAndWait("run");
      assert.match(await question.status(), status, code);
      assert.match(await question.output(), output, code);
    }
    await question.fill("for i in range(10_000_000):\n    print(i)\n");
    await question.pressAndWait("run");
    const printed = await question.output();
    assert.ok(printed.startsWith("0\n1\n2\n"));
    assert.match(printed, /\(The rest was left out: more than 64,000 characters\.\)/);
    assert.ok(printed.length < 70_000, `${printed.length} characters in the page`);
    await visited.finish();
  });
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
    { timeout: BOOT_MS },
    question.form,
  );
  await visited.page.reload();
  await question.open();
  await visited.page.waitForSelector(area, { visible: true });
  assert.equal(await question.code(), "print(6 * 7)");
  await visited.finish();
});

// What a question, a lab and code that is only run show while Python loads, when it or a part of it
// cannot be had, when it can be had again, and when it is stopped.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import strings from "../../plugins/coursewright/src/coursewright/strings/en.json" with {
  type: "json",
};
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { CodeQuestion } from "./code-question.ts";
import { LESSON, SITE, serve, visit } from "./harness.ts";
import { press, reach, said, until } from "./lab-page.ts";
import { comesTo } from "./patience.ts";
import {
  form,
  goTo,
  ofKind,
  press as pressQuestion,
  shown,
  specs,
  textOf,
  write,
} from "./question-page.ts";

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

/** Waits to be stopped the first time, and ends the next. */
const ENDLESS_ONCE = [
  "import os",
  "if os.path.exists('/tmp/again'):",
  "    print('ended')",
  "else:",
  "    open('/tmp/again', 'w').close()",
  "    while True: pass",
].join("\\n");
/** After this time the page ends a worker that could have heard Stop; see worker-client.ts. */
const STOP_GRACE_MS = 250;

/** Serve the site without some files, and with a program that has to be stopped. */
async function serveWithout(isMissing: (path: string) => boolean): Promise<string> {
  const code = /(&#34;kind&#34;: &#34;predict&#34;.*?&#34;code&#34;: &#34;).*?(&#34;, &#34;answer)/;
  return serve(SITE, "", (path, body) => {
    if (isMissing(path)) return undefined;
    if (!path.endsWith(LESSON)) return body;
    return Buffer.from(String(body).replace(code, `$1${ENDLESS_ONCE}$2`));
  });
}

/** Code that is only run, below a question about it: what is shown while it is. */
class OutputOnly {
  readonly #page: Page;
  readonly #spec: QuestionSpec;
  readonly form: string;

  constructor(page: Page, spec: QuestionSpec) {
    this.#page = page;
    this.#spec = spec;
    this.form = form(spec);
  }

  /** Answer the question wrongly: then its code may be run. */
  async open(index: number): Promise<void> {
    await goTo(this.#page, index);
    const { buttons } = await shown(this.#page, this.#spec);
    assert.ok(!buttons.includes("Run"), "not before an attempt");
    await write(this.#page, this.#spec, "no idea");
    await this.press("check");
    assert.deepEqual(await this.#shown(), { output: "", stop: false });
  }

  press(action: "check" | "run" | "stop"): Promise<void> {
    return pressQuestion(this.#page, this.#spec, action);
  }

  /** Wait until it shows words, with or without a way to stop. */
  comesTo(output: string, stop: boolean): Promise<void> {
    return comesTo({ output, stop }, () => this.#shown());
  }

  async #shown(): Promise<{ output: string; stop: boolean }> {
    const output = await textOf(this.#page, `${this.form} [data-cw-output]:not([hidden])`);
    const stop = "[data-cw-action=stop]:not([hidden], [aria-disabled=true])";
    return { output, stop: (await this.#page.$(`${this.form} ${stop}`)) !== null };
  }
}

test("without Python question, lab and output say what to do, and go on once it can be had", async () => {
  let missing = /python-\w+\.\w+\.bin$/;
  const root = await serveWithout((path) => missing.test(path));
  const visited = await visit("chromium", root, LESSON, {
    expected: /404|could not be started|lab's Python failed|library did not arrive/,
    held: [STOP_GRACE_MS],
  });
  const { page } = visited;
  await reach(page, LAB);
  await press(page, LAB, "train");
  await until(page, LAB, "failed");
  assert.match(
    await said(page, LAB),
    /^Python could not be started\. Check the connection and press Train/,
  );

  const all = await specs(page, true);
  const spec = ofKind(all, "predict");
  const output = new OutputOnly(page, spec);
  await output.open(all.indexOf(spec));
  const outputs = await record(page, `${output.form} [data-cw-output]`);
  await output.press("run");
  await output.comesTo(strings["python.ended.boot"], false);
  assert.ok((await outputs()).includes(strings["python.loading.title"]));

  const question = new CodeQuestion(visited);
  await question.open();
  await question.fill("print('kept')");
  await question.pressAndWait("run");
  assert.match(await question.status(), /^Python could not be started\. Check the connection/);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.cwPython), "failed");
  assert.equal(await question.code(), "print('kept')");

  missing = /python-stdlib/;
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

  await question.fill("import tomllib\nprint(tomllib.loads('a = 1'))");
  for (const action of ["run", "check"] as const) {
    await question.pressAndWait(action);
    assert.match(await question.status(), /^A part of Python did not arrive, .*try again/);
    assert.equal(await question.output(), "");
    assert.equal(await question.state(), "answered", "nothing was judged");
  }
  missing = /^$/;
  await question.pressAndWait("run");
  assert.equal(await question.output(), "{'a': 1}\n");
  await press(page, LAB, "train");
  await until(page, LAB, "ready");

  await goTo(page, all.indexOf(spec));
  await output.press("run");
  await question.python("running");
  await output.comesTo(strings["python.working"], true);
  await output.press("stop");
  await output.comesTo(strings["python.ended.stopped"], false);
  await question.python("ready");
  await output.press("run");
  await output.comesTo("ended", false);
  await visited.finish();
});

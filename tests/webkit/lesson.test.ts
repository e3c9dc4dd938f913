// A lesson in WebKit, the engine of Safari: whatever a reader uses there once, over http.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { LESSON, serve } from "../browser/harness.ts";
import { KEYS, WebKit } from "./webkit.ts";

const CODE = 'form[data-cw-question="classify-episode"]';
const LAB = "#lab-coinrun";
const TUTOR = "#cw-tutor";
const RIGHT = `def outcome(level, cells):
    if level["coin"] in cells:
        return "coin"
    return "old place" if level["old_place"] in cells else "failed"
`;

let webkit: WebKit;

before(async () => {
  const root = await serve();
  webkit = await WebKit.start();
  await webkit.open(root + LESSON);
  await webkit.run(() => {
    const heard: string[] = [];
    const hear = (...parts: unknown[]) => heard.push(parts.map(String).join(" "));
    console.warn = hear;
    console.error = hear;
    addEventListener("error", (event) => hear(event.message));
    addEventListener("unhandledrejection", (event) => hear(event.reason));
    Object.assign(window, { heard });
  });
});

after(async () => {
  await webkit.stop();
});

const state = (selector: string, wanted: string) =>
  webkit.until(
    (part, name) => document.querySelector<HTMLElement>(part)?.dataset.cwState === name,
    selector,
    wanted,
  );

const status = (selector: string, wanted: string) =>
  webkit.until(
    (part, text) => document.querySelector(part)?.textContent?.startsWith(text) ?? false,
    `${selector} [role=status]`,
    wanted,
  );

/** Put a program into the question, in place of the one that is there. */
const fill = (code: string) =>
  webkit.run(
    (form: string, text: string) => {
      const area = document.querySelector<HTMLTextAreaElement>(`${form} textarea[data-cw-editor]`);
      if (area) area.value = text;
      area?.dispatchEvent(new Event("input", { bubbles: true }));
    },
    CODE,
    code,
  );

test("a closed question is answered", async () => {
  const single = 'cw-quiz form[data-cw-kind="single"]';
  const right = await webkit.run((selector) => {
    const form = document.querySelector<HTMLFormElement>(selector);
    const spec: QuestionSpec = JSON.parse(form?.dataset.cwSpec ?? "");
    return spec.choices?.find(({ correct }) => correct)?.id ?? "";
  }, single);
  await webkit.click(`${single} input[value="${right}"]`);
  await webkit.click(`${single} [data-cw-action=check]`);
  await state(single, "correct");
});

test("Python starts from its snapshot, runs and checks what is typed", async () => {
  await webkit.run((form: string) => {
    const forms = [...document.querySelectorAll("cw-quiz form")];
    const index = forms.findIndex((other) => other.matches(form));
    document.querySelectorAll<HTMLElement>(".cw-quiz__step")[index]?.click();
  }, CODE);
  const editor = `${CODE} .cm-content`;
  await webkit.type(editor, `${KEYS.control}a`);
  await webkit.type(editor, `${KEYS.delete}print(6 * 7)`);
  await webkit.click(`${CODE} [data-cw-action=run]`);
  await status(CODE, "Finished without an error.");
  assert.equal(await webkit.text(`${CODE} [data-cw-output]`), "42\n");
  await fill(RIGHT);
  await webkit.click(`${CODE} [data-cw-action=check]`);
  await state(CODE, "correct");
});

test("an endless loop is stopped", async () => {
  await fill("print('so far', flush=True)\nwhile True:\n    pass\n");
  await webkit.click(`${CODE} [data-cw-action=run]`);
  await webkit.until(
    (output) => document.querySelector(output)?.textContent === "so far\n",
    `${CODE} [data-cw-output]`,
  );
  await webkit.click(`${CODE} [data-cw-action=stop]`);
  await status(CODE, "Stopped.");
});

test("a module of the standard library comes when it is imported", async () => {
  await fill("import decimal\nprint(decimal.Decimal('0.1') * 3)");
  await webkit.click(`${CODE} [data-cw-action=run]`);
  await status(CODE, "Finished without an error.");
  assert.equal(await webkit.text(`${CODE} [data-cw-output]`), "0.3\n");
});

test("a lab trains", async () => {
  await webkit.seen(LAB);
  await webkit.click(`${LAB} [data-cw-predict=coin]`);
  await webkit.type(`${LAB} [data-cw-param=episodes]`, `${KEYS.control}a`);
  await webkit.type(`${LAB} [data-cw-param=episodes]`, `${KEYS.delete}500`);
  await webkit.click(`${LAB} [data-cw-action=train]`);
  await state(LAB, "ready");
  const trained = await webkit.run((lab) => {
    const result = document.querySelector<HTMLElement>(lab)?.dataset.cwResult ?? "";
    return JSON.parse(result).episodes as number;
  }, LAB);
  assert.equal(trained, 500);
  await webkit.seen(`${LAB} .cw-outcome__row`);
});

test("the tutor answers", async () => {
  await webkit.click("[data-cw-action=tutor]");
  const question = `What happens when column and row are removed?${KEYS.enter}`;
  await webkit.type(`${TUTOR} form[data-cw-tutor] input`, question);
  await webkit.until(
    (tutor) => /from 20% to 43%/.test(document.querySelector(`${tutor} mark`)?.textContent ?? ""),
    TUTOR,
  );
});

test("nothing of all that was complained of", async () => {
  const heard = await webkit.run(() => (window as unknown as { heard: string[] }).heard);
  assert.deepEqual(heard, []);
});

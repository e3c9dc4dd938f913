// What the browser tests do with questions: find one by its kind, answer it right or wrong, and
// read what the page shows for it.
import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { pressKey } from "./patience.ts";

/** Where the page says how many questions were answered. */
export const PROGRESS = "[data-cw-progress]";
/** Where a quiz says which question is shown. */
export const PLACE = "[data-cw-place]";

export interface Shown {
  state: string | undefined;
  status: string;
  /** Labels of the buttons that can be seen, in order. */
  buttons: string[];
  /** Ids of the choices whose feedback can be seen inside their own row. */
  feedback: string[];
  hints: number;
  explanation: boolean;
  answers: boolean;
  chosen: string[];
}

/** Specifications of all questions of the page, in order; those of quizzes or the others. */
export function specs(page: Page, inQuiz: boolean): Promise<QuestionSpec[]> {
  return page.$$eval(
    "form[data-cw-question]",
    (forms, inQuiz) =>
      forms
        .filter((form) => (form.closest("cw-quiz") !== null) === inQuiz)
        .map((form) => JSON.parse((form as HTMLFormElement).dataset.cwSpec ?? "")),
    inQuiz,
  );
}

/** The first question of a kind among some. */
export function ofKind(all: QuestionSpec[], kind: QuestionSpec["kind"]): QuestionSpec {
  const found = all.find((spec) => spec.kind === kind);
  if (!found) throw new Error(`the lesson has no question of kind ${kind}`);
  return found;
}

export const form = (spec: QuestionSpec) => `form[data-cw-question="${spec.id}"]`;

export const button = (spec: QuestionSpec, action: string) =>
  `${form(spec)} [data-cw-action="${action}"]`;

/** Press a button by keyboard, as a reader without a mouse does; no scrolling gets in its way. */
export async function pressAt(page: Page, selector: string): Promise<void> {
  await page.focus(selector);
  await pressKey(page, "Enter");
}

/** Press a question's button by keyboard. */
export function press(page: Page, spec: QuestionSpec, action: string): Promise<void> {
  return pressAt(page, button(spec, action));
}

/** Choose these choices and no other. */
export async function choose(page: Page, spec: QuestionSpec, ids: string[]): Promise<void> {
  await page.$$eval(
    `${form(spec)} [data-cw-choice] input`,
    (inputs, ids) => {
      for (const input of inputs as HTMLInputElement[])
        if (input.checked !== ids.includes(input.value)) input.click();
    },
    ids,
  );
}

export const rightIds = (spec: QuestionSpec) =>
  (spec.choices ?? []).filter(({ correct }) => correct).map(({ id }) => id);

export const wrongIds = (spec: QuestionSpec) =>
  (spec.choices ?? []).filter(({ correct }) => !correct).map(({ id }) => id);

/** Write into the question's text field instead of what is there. */
export async function write(page: Page, spec: QuestionSpec, text: string): Promise<void> {
  const field = `${form(spec)} :is(textarea, input[type=text])`;
  await page.$eval(field, (element) => (element as HTMLTextAreaElement).select());
  await page.type(field, text);
}

export function shown(page: Page, spec: QuestionSpec): Promise<Shown> {
  return page.$eval(form(spec), (element) => {
    const isSeen = (part: Element) => (part as HTMLElement).checkVisibility();
    const seen = (selector: string) => [...element.querySelectorAll(selector)].filter(isSeen);
    const status = element.querySelector("[role=status]")?.cloneNode(true) as HTMLElement;
    for (const spoken of status.querySelectorAll(".cw-spoken")) spoken.remove();
    const inputs = [...element.querySelectorAll<HTMLInputElement>("[data-cw-choice] input")];
    return {
      state: (element as HTMLElement).dataset.cwState,
      status: status.textContent ?? "",
      buttons: seen("[data-cw-action]").map((part) => part.textContent ?? ""),
      feedback: seen("[data-cw-choice] [data-cw-feedback]").map(
        (part) => part.closest<HTMLElement>("[data-cw-choice]")?.dataset.cwChoice ?? "",
      ),
      hints: seen("[data-cw-hint]").length,
      explanation: seen("[data-cw-explanation]").length > 0,
      answers: seen("[data-cw-answers]").length > 0,
      chosen: inputs.filter(({ checked }) => checked).map(({ value }) => value),
    };
  });
}

/** Text of the first element that matches, "" when there is none. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.evaluate(
    (selector) => document.querySelector(selector)?.textContent?.trim() ?? "",
    selector,
  );
}

/** Ids of the quiz's questions that can be seen. */
export function seenInQuiz(page: Page): Promise<string[]> {
  return page.$$eval("cw-quiz form[data-cw-question]", (forms) =>
    forms
      .filter((form) => form.checkVisibility())
      .map((form) => (form as HTMLFormElement).dataset.cwQuestion ?? ""),
  );
}

/** Go to a question of the quiz by the list of all questions. */
export async function goTo(page: Page, index: number): Promise<void> {
  await page.$$eval(".cw-quiz__list button", (steps, index) => steps[index]?.click(), index);
}

/** Answer the first single choice of the quiz rightly, as the first question answered. */
export async function answerOne(page: Page): Promise<void> {
  const all = await specs(page, true);
  const spec = ofKind(all, "single");
  await goTo(page, all.indexOf(spec));
  await choose(page, spec, rightIds(spec));
  await press(page, spec, "check");
  assert.equal((await shown(page, spec)).state, "correct");
  assert.match(await textOf(page, PROGRESS), /^1 of 15/);
  // Tests tamper with the storage next, and a write under way would meet their changes.
  await page.evaluate(() => window.coursewright?.store?.settled());
}

// A course used with keys alone, in both browsers: a term and its meaning, a lab, a round of
// questions, and the file with one's progress. The meaning opens for a finger as well. A reader's
// screen moves along by itself; here it is told where to look.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeyInput, Page } from "puppeteer-core";
import type { LabResult } from "../../plugins/coursewright/web/src/schema.ts";
import { BROWSERS, LESSON, rootOf, visit } from "./harness.ts";
import { comesTo, drawn, pressKey } from "./patience.ts";
import { button, form, rightIds, shown, specs } from "./question-page.ts";

const LAB = "#lab-coinrun";
/** Questions of a round. */
const ROUND = 5;
/** More than there are stops between any two places of the lesson. */
const STOPS = 250;

/** Bring a part of the page that loads when it is near, and wait for it. */
async function look(page: Page, place: string, part: string): Promise<void> {
  await page.$eval(place, (element) => element.scrollIntoView({ block: "center" }));
  await page.waitForSelector(`${place} ${part}`);
}

function hasFocus(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
}

/** Go on with Tab, or back, until an element has the focus. */
async function tabTo(page: Page, selector: string, back = false): Promise<void> {
  if (back) await page.keyboard.down("Shift");
  let stops = 0;
  do {
    await page.keyboard.press("Tab");
    stops += 1;
  } while (!(await hasFocus(page, selector)) && stops < STOPS);
  if (back) await page.keyboard.up("Shift");
  assert.ok(stops < STOPS, `${selector} cannot be reached`);
}

/** Go on to an element and press a key there. */
async function use(page: Page, selector: string, key: KeyInput, back = false): Promise<void> {
  await tabTo(page, selector, back);
  await pressKey(page, key);
}

async function workTerm(page: Page): Promise<void> {
  const box = "[data-cw-meaning]";
  const term = "a.cw-term";
  await page.waitForSelector(`${term}:not([title])`); // what shows the meaning is there
  await tabTo(page, term);
  await page.waitForSelector(box);
  const list = await page.$eval(term, (link) => (link as HTMLAnchorElement).hash);
  const textOf = (selector: string) => page.$eval(selector, (it) => it.textContent.trim());
  assert.equal(await textOf(box), await textOf(`${list} + dd`));
  await pressKey(page, "Escape");
  assert.equal(await page.$(box), null);

  const before = page.url();
  await page.$eval(term, (link) => link.scrollIntoView({ behavior: "instant", block: "center" }));
  await drawn(page); // a tap goes where the term was a moment before
  await (await page.$(term))?.tap();
  await page.waitForSelector(box);
  assert.equal(page.url(), before, "a first tap stays in the text");

  await page.keyboard.press("Enter");
  await page.waitForFunction((list) => location.hash === list, {}, list);
  await page.$eval(`${list} .cw-terms__back`, (link) => (link as HTMLElement).click());
  await page.waitForFunction((list) => location.hash === `${list}-use`, {}, list);
  await page.waitForFunction((term) => document.activeElement?.matches(term), {}, term);
  await comesTo(null, () => page.$(box), "who comes back has read it");
}

async function workLab(page: Page): Promise<void> {
  await look(page, LAB, "[data-cw-action=train]");
  await use(page, `${LAB} [data-cw-predict]`, " ");
  await pressKey(page, "ArrowDown");
  const predicted = await page.$$eval(`${LAB} [data-cw-predict]`, (inputs) =>
    inputs.map((input) => (input as HTMLInputElement).checked),
  );
  assert.deepEqual(predicted, [false, true, false]);
  await tabTo(page, `${LAB} [data-cw-param=episodes]`);
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type("500");
  await use(page, `${LAB} [data-cw-action=train]`, "Enter");
  await page.waitForSelector(`${LAB}[data-cw-state=ready]`);
  const result = await page.$eval(LAB, (lab) => (lab as HTMLElement).dataset.cwResult ?? "");
  assert.equal((JSON.parse(result) as LabResult).episodes, 500);
  await page.waitForSelector(`${LAB} .cw-outcome__row`);
  const kept = await page.$eval(LAB, (lab) => lab.contains(document.activeElement));
  assert.ok(kept, "the focus is still in the lab");
}

async function workQuestion(page: Page): Promise<void> {
  const [spec, ...following] = (await specs(page, true)).slice(0, ROUND);
  assert.ok(spec?.kind === "single" && spec.hints);
  const state = async () => (await shown(page, spec)).state;
  await use(page, `${form(spec)} [data-cw-choice] input`, " ");
  if ((await shown(page, spec)).chosen[0] === rightIds(spec)[0]) {
    await pressKey(page, "ArrowDown");
  }
  await use(page, button(spec, "check"), "Enter");
  assert.equal(await state(), "incorrect");
  await use(page, button(spec, "hint"), " ");
  assert.equal((await shown(page, spec)).hints, 1);
  await use(page, button(spec, "retry"), "Enter");
  assert.deepEqual((await shown(page, spec)).chosen, []);
  await use(page, button(spec, "reveal"), "Enter");
  assert.equal(await state(), "revealed");
  await use(page, button(spec, "reset"), " ");
  assert.equal(await state(), "unanswered");
  await use(page, button(spec, "undo"), "Enter");
  assert.equal(await state(), "revealed");
  await use(page, button(spec, "next"), "Enter", true);
  for (const next of following) {
    assert.ok(await hasFocus(page, `${form(next)} [data-cw-heading]`), next.id);
    await use(page, button(next, "next"), "Enter");
  }
  assert.ok(await hasFocus(page, ".cw-quiz__summary h3"), "a round ends at its summary");
}

async function workFile(page: Page): Promise<void> {
  const says = (words: string) =>
    page.waitForFunction(
      (words) => document.querySelector(".cw-transfer [role=status]")?.textContent?.includes(words),
      {},
      words,
    );
  await page.waitForSelector("[data-cw-action=save]");
  const picker = ".cw-transfer input[type=file]";
  await page.$eval(picker, (input) =>
    input.addEventListener("click", (event) => {
      event.preventDefault(); // the dialog is the browser's own
      input.setAttribute("data-opens", String(navigator.userActivation.isActive));
    }),
  );
  await use(page, ".cw-transfer [data-cw-action=load]", " ");
  await page.waitForSelector(`${picker}[data-opens=true]`);
  await use(page, ".cw-transfer [data-cw-action=save]", "Enter", true);
  await says("handed to the browser as a file");
}

for (const browser of BROWSERS) {
  test(`${browser}: a term, a lab, a question and the file of progress by keys alone`, async () => {
    const visited = await visit(browser, await rootOf("http"), LESSON);
    await workTerm(visited.page);
    await workLab(visited.page);
    await workQuestion(visited.page);
    await visited.page.goto(`${visited.root}progress.html`, { waitUntil: "load" });
    await workFile(visited.page);
    await visited.finish();
  });
}

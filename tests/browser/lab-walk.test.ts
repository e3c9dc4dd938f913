// How an agent walks in a lab, and how it is led by mouse and keys. Its steps are taken when a test
// says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { SPEEDS } from "../../plugins/coursewright/web/src/elements/lab/scene.ts";
import type { LabSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { LESSON, rootOf, type Visit, visit } from "./harness.ts";
import { ringTimers } from "./held-timers.ts";
import { click, press, reach, read, said, train } from "./lab-page.ts";
import { comesTo, pressKey } from "./patience.ts";

const COINRUN = "#lab-coinrun";

/** Open the lesson and go to its first lab, once it is drawn. */
async function open(): Promise<Visit> {
  const held = [SPEEDS.normal];
  const seen = await visit("chromium", await rootOf("http"), LESSON, { held });
  await reach(seen.page, COINRUN);
  return seen;
}

/** Cells in which the coin can lie, none of them where it lies. */
function freeCells(page: Page, lab: string): Promise<string[]> {
  return page.$$eval(`${lab} [data-cw-takes="coin"]`, (cells) =>
    cells
      .filter((cell) => /: free$/.test(cell.getAttribute("aria-label") ?? ""))
      .map((cell) => (cell instanceof HTMLElement ? (cell.dataset.cwCell ?? "") : "")),
  );
}

/** Where the coin is drawn. */
function coinAt(page: Page, lab: string): Promise<string | undefined> {
  return page.$$eval(`${lab} [data-cw-cell]`, (cells) => {
    const named = cells.find((cell) =>
      /\b(coin|cheese)\b/.test(cell.getAttribute("aria-label") ?? ""),
    );
    return named instanceof HTMLElement ? named.dataset.cwCell : undefined;
  });
}

/** Which step of how many is shown, or how the walk ended. */
function count(page: Page): Promise<string> {
  return page.$eval(`${COINRUN} .cw-player__count`, (it) => it.textContent ?? "");
}

/** Wait until a walk plays. */
async function plays(page: Page): Promise<void> {
  await page.waitForSelector(`${COINRUN} [data-cw-action="play"][aria-disabled="true"]`);
}

test("the coin moves by click and by keys, and each move brings a new walk", async () => {
  const seen = await open();
  const { page } = seen;
  await train(page, COINRUN, 500);
  const arrows = `${COINRUN} .cw-world__arrows path`;
  await page.waitForSelector(arrows);
  const [clicked = ""] = await freeCells(page, COINRUN);
  await click(page, `${COINRUN} [data-cw-cell="${clicked}"]`);
  assert.match(await said(page, COINRUN), /^The coin lies in row/);
  await page.waitForSelector(arrows);
  assert.equal(await coinAt(page, COINRUN), clicked);

  const before = await page.evaluate(() => document.activeElement?.getAttribute("data-cw-cell"));
  assert.equal(before, clicked, "a click takes the keyboard along");
  await pressKey(page, "PageDown");
  for (let step = 0; step < 20; step++) {
    const name = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    if (name?.endsWith(": free")) break;
    await pressKey(page, "ArrowRight");
  }
  const there = await page.evaluate(() => document.activeElement?.getAttribute("data-cw-cell"));
  await pressKey(page, "Enter");
  await page.waitForSelector(arrows);
  assert.notEqual(there, clicked);
  assert.equal(await coinAt(page, COINRUN), there);

  const spec = await read<LabSpec>(page, COINRUN, "cwSpec");
  const [wall = [0, 0]] = spec.experiment.first?.walls ?? [];
  await click(page, `${COINRUN} [data-cw-cell="${wall.join(",")}"]`);
  assert.match(await said(page, COINRUN), /^There is a wall/);
  assert.equal(await coinAt(page, COINRUN), there);
  await seen.finish();
});

test("a walk plays, pauses and steps; hiding the coin asks for another", async () => {
  const seen = await open();
  const { page } = seen;
  const goOn = () => ringTimers(page, SPEEDS.normal);
  await train(page, COINRUN, 500);
  await plays(page);
  assert.equal(await goOn(), 1);
  assert.match(await count(page), /^Step 1 of/);
  await press(page, COINRUN, "pause");
  await goOn();
  assert.match(await count(page), /^Step 1 of/);

  await press(page, COINRUN, "hide");
  await page.waitForSelector(`${COINRUN} [data-cw-action="hide"][aria-checked="true"]`);
  await page.waitForSelector(`${COINRUN} .cw-world__goal--hidden`);
  await plays(page);
  assert.match(await count(page), /^Step 0 of/);
  await goOn();
  await page.waitForSelector(`${COINRUN} .cw-world__trail`);
  await press(page, COINRUN, "pause");
  await press(page, COINRUN, "hide");
  await page.waitForSelector(`${COINRUN} .cw-world__goal:not(.cw-world__goal--hidden)`);
  await plays(page);
  await press(page, COINRUN, "pause");
  await press(page, COINRUN, "step");
  assert.match(await count(page), /^Step 1 of/);
  await press(page, COINRUN, "play");
  await plays(page);
  while ((await goOn()) > 0);
  assert.match(await count(page), /^(Reached|After|Died)/);
  await seen.finish();
});

test("with reduced motion nothing moves by itself and no step is eased", async () => {
  const seen = await open();
  const { page } = seen;
  const easing = () =>
    page.$eval(`${COINRUN} .cw-world__agent`, (it) => getComputedStyle(it).transitionDuration);
  await comesTo("0.12s", easing);
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await comesTo("0s", easing);
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-world__arrows path`);
  assert.equal(await ringTimers(page, SPEEDS.normal), 0);
  assert.match(await count(page), /^Step 0 of/);
  await seen.finish();
});

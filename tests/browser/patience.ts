// How browser tests wait: for what is to happen, never for a time, and long enough for a machine
// that is busy with other things.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { KeyInput, Page } from "puppeteer-core";

/** How long anything is waited for, in milliseconds. Only what fails takes so long. */
export const PATIENCE_MS = 120_000;

/** Make a page wait so long for everything that it is asked to wait for. */
export function patient(page: Page): Page {
  page.setDefaultTimeout(PATIENCE_MS);
  page.setDefaultNavigationTimeout(PATIENCE_MS);
  return page;
}

/** Resolves when the page has drawn what is on its way: fonts, and layout in the next frames. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/**
 * Read until it is as expected, then return; fails with what was read last. For what comes true a
 * moment after the step before it.
 */
export async function comesTo<T>(expected: T, read: () => Promise<T>, words = ""): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (isDeepStrictEqual(found, expected)) return;
    if (performance.now() > end) assert.deepEqual(found, expected, words);
    await pause(20);
  }
}

/** What drivers say when the page that was asked has gone. */
const GONE = /context was destroyed|detached|navigat|no such (frame|realm)|cannot find context/i;

/** Wait for what leads to another page: its answer may be lost with the page that was asked. */
export async function leaving(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!GONE.test(String(error))) throw error;
  });
}

/** Go back in the page's history. Not by the driver: Firefox's waits for a load that a step to a
 * fragment never makes. */
export function goBack(page: Page, steps = 1): Promise<void> {
  return leaving(page.evaluate((by) => void setTimeout(() => history.go(-by)), steps));
}

/** Press a key; resolves when the page has done what it does at once. */
export async function pressKey(page: Page, key: KeyInput): Promise<void> {
  await page.evaluate(() => {
    const handled = new Promise<void>((resolve) => {
      const options = { once: true, capture: true };
      addEventListener("keyup", () => setTimeout(resolve), options);
    });
    Object.assign(window, { handled });
  });
  await page.keyboard.press(key);
  // Nothing is left of it where the key has led to another page.
  await leaving(page.evaluate(() => (window as { handled?: Promise<void> }).handled));
}

/** Put the pointer on an element, also when the page moves in that moment. */
export async function pointAt(page: Page, selector: string): Promise<void> {
  do await page.locator(selector).hover();
  while (!(await page.$(`${selector}:hover`)));
}

// What tests do on a page with the tutor: ask, and read what it replies.
import type { Page } from "puppeteer-core";

export const FIELD = "form[data-cw-tutor] input";
export const REPLY = "[data-cw-reply]";
export const OPENER = "[data-cw-action=tutor]";

export async function ask(page: Page, question: string): Promise<void> {
  const before = (await page.$$(REPLY)).length;
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (selector, count) => document.querySelectorAll(selector).length > count,
    {},
    REPLY,
    before,
  );
}

/** What the newest reply says, and where the focus is. */
export function newest(page: Page) {
  return page.evaluate((selector) => {
    const reply = [...document.querySelectorAll<HTMLElement>(selector)].at(-1);
    const link = reply?.querySelector<HTMLAnchorElement>("a[data-cw-source]");
    return {
      verdict: reply?.dataset.cwVerdict,
      text: reply?.textContent ?? "",
      passages: reply?.querySelectorAll("blockquote").length,
      marked: reply?.querySelector("mark")?.textContent ?? "",
      source: link?.getAttribute("href") ?? "",
      log: reply?.closest("[role=log]") !== null,
      inField: document.activeElement?.matches("form[data-cw-tutor] input"),
    };
  }, REPLY);
}

/** Press the tutor's button by key, and wait until a question can be typed. */
export async function openPanel(page: Page): Promise<void> {
  await page.focus(OPENER);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${FIELD}:focus`);
}

// The site as a whole, in every browser and world: each page is quiet and asks nobody else,
// search finds the lesson, links lead on, and instant navigation leaves working elements behind.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { test } from "node:test";
import { BROWSERS, LESSON, rootOf, SITE, visit, WORLDS } from "./harness.ts";
import { goBack } from "./patience.ts";

const pages = readdirSync(SITE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
  .map((entry) => relative(SITE, `${entry.parentPath}/${entry.name}`));

for (const browser of BROWSERS) {
  for (const world of WORLDS) {
    test(`${browser}, ${world}: every page is quiet and asks no other origin`, async () => {
      assert.ok(pages.includes(LESSON) && pages.includes("index.html"));
      const root = await rootOf(world);
      // The page for missing addresses names its files from the host's root, as hosts demand. The
      // guide's pages hold what lessons hold, and other worlds see all of them.
      const left = { http: /^$/, file: /^404/, subpath: /^404|^guide\// }[world];
      for (const path of pages.filter((name) => !left.test(name))) {
        const seen = await visit(browser, root, path);
        await seen.page.waitForFunction(() => document.documentElement.dataset.cwPython === "idle");
        await seen.finish();
      }
    });

    test(`${browser}, ${world}: search finds the lesson and leads to it`, async () => {
      const seen = await visit(browser, await rootOf(world), "index.html");
      const { page } = seen;
      await page.waitForSelector("[data-md-component=search-query]");
      await page.keyboard.press("f");
      await page.waitForFunction(() => document.activeElement?.matches(".md-search__input"));
      // As one piece: results for half a word would go while one of them is being opened.
      await page.$eval(".md-search__input", (field) => {
        (field as HTMLInputElement).value = "distinguishing";
      });
      await page.keyboard.press("End");
      const link = `.md-search-result__link[href*="${LESSON}"]`;
      await page.waitForSelector(link);
      await page.focus(link);
      await page.keyboard.press("Enter");
      await page.waitForFunction((path) => location.href.includes(path), {}, LESSON);
      await page.waitForSelector("cw-lesson h1");
      await seen.finish();
    });

    test(`${browser}, ${world}: links lead from the home page into the lesson and back`, async () => {
      const seen = await visit(browser, await rootOf(world), "index.html");
      const { page } = seen;
      await page.waitForFunction(() => document.documentElement.dataset.cwPython === "idle");
      await page.locator(`article a[href*="goal-misgeneralization"]`).click();
      await page.waitForSelector("cw-quiz .cw-quiz__step");
      const shown = await page.$$eval(
        "cw-quiz > cw-question",
        (all) => all.filter((element) => !element.hasAttribute("hidden")).length,
      );
      assert.equal(shown, 1, "the quiz shows one question at a time");
      await page.locator('[data-cw-part="path"] a[href$="#distributional-shift"]').click();
      await page.waitForFunction(() => location.hash === "#distributional-shift");
      await page.waitForSelector('[data-cw-part="path"] a[aria-current]');
      await goBack(page, 2);
      await page.waitForFunction(() => !document.querySelector("cw-lesson"));
      await seen.finish();
    });
  }
}

test("with scripts off the lesson reads from title to quiz, and nothing is a dead button", async () => {
  const seen = await visit("chromium", await rootOf("file"), LESSON, { scripts: false });
  // biome-ignore lint/performance/useDomNodeTextContent: hidden text must not count
  const text = await seen.page.$eval("cw-lesson", (element) => (element as HTMLElement).innerText);
  for (const part of ["Lesson 2 of 4", "Active learning", "Progress is kept in this browser"]) {
    assert.ok(text.includes(part), part);
  }
  const dead = await seen.page.$$eval("cw-lesson button", (buttons) =>
    buttons.filter((button) => button.checkVisibility()).map((button) => button.outerHTML),
  );
  assert.deepEqual(dead, []);
  await seen.finish();
});

// axe on whole pages, no rule left out: both palettes, wide and narrow, and the states that a
// reader brings about: a judged question, the open search, the open drawer.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { assertAccessible } from "./accessible.ts";
import { type BrowserName, LESSON, rootOf, SITE, type VisitOptions, visit } from "./harness.ts";
import { comesTo } from "./patience.ts";

const WIDTHS = [1280, 360];
const PALETTES = ["light", "dark"] as const;

let root: string;

before(async () => {
  root = await rootOf("http");
});

/** Open a page in a palette and see to it that the palette is really in use. */
async function open(
  name: BrowserName,
  path: string,
  palette: (typeof PALETTES)[number],
  options: VisitOptions,
) {
  const dark = palette === "dark";
  const seen = await visit(name, root, path, { ...options, dark: dark && name === "chromium" });
  if (name === "firefox" && dark) await choosePalette(seen.page);
  await comesTo(dark ? "slate" : "default", () =>
    seen.page.evaluate(() => document.body.dataset.mdColorScheme),
  );
  return seen;
}

/** Firefox cannot be told the reader's preference by its driver: use the page's own switch. */
async function choosePalette(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector<HTMLElement>("label[for=__palette_1]:not([hidden])")?.click();
  });
}

// The guide's pages hold what lessons hold: once in each palette and in each width will do.
test("every page in both palettes, wide and narrow", async (t) => {
  const names = await readdir(SITE, { recursive: true });
  const pages = names.filter((name) => name.endsWith(".html")).sort();
  assert.ok(pages.includes(LESSON));
  for (const path of pages) {
    for (const palette of PALETTES) {
      for (const width of WIDTHS) {
        if (path.startsWith("guide/") && (palette === "dark") === (width === 1280)) continue;
        await t.test(`${path}, ${palette}, ${width} px`, async () => {
          const seen = await open("chromium", path, palette, { width });
          await assertAccessible(seen.page);
          await seen.finish();
        });
      }
    }
  }
});

test("the lesson in Firefox", async (t) => {
  for (const palette of PALETTES) {
    await t.test(palette, async () => {
      const seen = await open("firefox", LESSON, palette, { width: 1280 });
      await assertAccessible(seen.page);
      await seen.finish();
    });
  }
});

test("a question that was missed, hinted at, and shown", async () => {
  const seen = await open("chromium", LESSON, "light", { width: 1280 });
  const { page } = seen;
  const form = "form[data-cw-question=check-shelf-by-the-door]";
  const press = (action: string) => page.locator(`${form} [data-cw-action=${action}]`).click();
  const state = (name: string) => page.waitForSelector(`${form}[data-cw-state=${name}]`);
  await page.locator(`${form} input[value="${await choiceOf(page, form, false)}"]`).click();
  await press("check");
  await state("incorrect");
  await press("hint");
  await assertAccessible(page);
  await press("reveal");
  await state("revealed");
  await assertAccessible(page);
  await seen.finish();
});

/** Return the value of the first choice that is right, or of the first that is not. */
function choiceOf(page: Page, form: string, correct: boolean): Promise<string> {
  return page.$eval(
    form,
    (element, wanted) => {
      const spec = JSON.parse((element as HTMLElement).dataset.cwSpec ?? "{}");
      return spec.choices.find((choice: { correct: boolean }) => choice.correct === wanted).id;
    },
    correct,
  );
}

test("the open search and the open drawer", async () => {
  const seen = await open("chromium", "index.html", "dark", { width: 360 });
  const { page } = seen;
  await page.focus(".md-header label[for=__drawer]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#__drawer:checked");
  await assertAccessible(page);
  await page.keyboard.press("Enter");
  await page.focus(".md-search__input");
  await page.keyboard.type("coin");
  await page.waitForSelector(".md-search-result__item");
  await assertAccessible(page);
  await seen.finish();
});

test("a lab that has trained, and code whose checks failed", async () => {
  const seen = await open("chromium", LESSON, "dark", { width: 360 });
  const { page } = seen;
  const lab = "[data-cw-lab-id=lab-coinrun]";
  await page.$eval(lab, (element) => element.scrollIntoView());
  await page.locator(`${lab} [data-cw-predict=coin]`).click();
  await page.locator(`${lab} [data-cw-action=train]`).click();
  await page.waitForSelector(`${lab}[data-cw-state=ready]`);
  await assertAccessible(page);
  await page.$eval("cw-quiz", (quiz) => {
    const forms = [...quiz.querySelectorAll<HTMLElement>("form[data-cw-question]")];
    const code = forms.findIndex(({ dataset }) => dataset.cwKind === "python");
    quiz.querySelectorAll<HTMLElement>(".cw-quiz__step")[code]?.click();
  });
  const form = "cw-question:not([hidden]) form[data-cw-kind=python]";
  await page.locator(`${form} [data-cw-action=check]`).click();
  await page.waitForSelector(`${form}[data-cw-state=partial]`);
  await assertAccessible(page);
  await seen.finish();
});

// Nothing scrolls sideways, from 320 px up, with scripts and without, and code that turns over
// keeps its indentation; fonts stay light; the
// measure of the text keeps within what the eye follows.
import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { LESSON, rootOf, SITE, visit } from "./harness.ts";
import { comesTo, drawn } from "./patience.ts";

const WIDTHS = [320, 360, 640, 1280]; // 640 is 1280 at 200 % zoom
const PHONE = 360;
const MOST_FONT_BYTES = 120 * 1024;

let root: string;

before(async () => {
  root = await rootOf("http");
});

/** How wide the window is; what is wider, or can be scrolled sideways inside the text. */
function findWide(page: Page): Promise<(number | string)[]> {
  return page.evaluate(() => {
    const name = (element: Element) => `${element.tagName}.${element.className} ${element.id}`;
    const wide: (number | string)[] = [window.innerWidth];
    if (document.documentElement.scrollWidth > window.innerWidth) wide.push("the page");
    for (const element of document.querySelectorAll(".md-content *")) {
      const { overflowX } = getComputedStyle(element);
      const scrolls = overflowX === "auto" || overflowX === "scroll";
      if (scrolls && element.scrollWidth > element.clientWidth + 1) wide.push(name(element));
    }
    return wide;
  });
}

/** Lines of code that have turned over, and those of them that go on at or left of their start. */
function findTurned(page: Page): Promise<[number, string[]]> {
  return page.evaluate(() => {
    const range = document.createRange();
    const turned: string[] = [];
    const wrong: string[] = [];
    for (const line of document.querySelectorAll("pre .cw-hang")) {
      const text = line.textContent;
      const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const rects: DOMRect[] = [];
      while (nodes.nextNode()) {
        if (!nodes.currentNode.textContent?.trim()) continue;
        range.selectNodeContents(nodes.currentNode);
        rects.push(...range.getClientRects());
      }
      const indent = text.length - text.trimStart().length;
      const top = Math.min(...rects.map(({ bottom }) => bottom));
      const rest = rects.filter(({ bottom }) => bottom > top + 9);
      if (rest.length === 0) continue;
      turned.push(text);
      const column = Number.parseFloat(getComputedStyle(line).fontSize) * 0.6;
      const start = line.getBoundingClientRect().left + Math.min(indent, 16) * column;
      if (Math.min(...rest.map(({ left }) => left)) <= start) wrong.push(text);
    }
    return [turned.length, wrong] as [number, string[]];
  });
}

for (const scripts of [true, false]) {
  test(`no sideways scrolling with scripts ${scripts ? "on" : "off"}`, async () => {
    const names = await readdir(SITE, { recursive: true });
    const pages = names.filter((name) => name.endsWith(".html"));
    let turned = 0;
    // The guide's pages hold what lessons hold, and lessons are seen with scripts off, too.
    for (const path of pages.filter((name) => scripts || !name.startsWith("guide/"))) {
      const seen = await visit("chromium", root, path, { scripts });
      if (scripts) await drawn(seen.page);
      for (const width of WIDTHS) {
        await seen.page.setViewport({ width, height: 900 });
        await comesTo([width], () => findWide(seen.page), `${path} at ${width} px`);
        if (width !== PHONE) continue;
        const [count, wrong] = await findTurned(seen.page);
        assert.deepEqual(wrong, [], path);
        turned += count;
      }
      await seen.finish();
    }
    assert.ok(turned > 0, "some code is too wide for a phone");
  });
}

test("a line of text holds 66 to 72 characters", async () => {
  const seen = await visit("chromium", root, LESSON);
  await drawn(seen.page);
  const median = await seen.page.evaluate(() => {
    const lines: number[] = [];
    const range = document.createRange();
    for (const paragraph of document.querySelectorAll(".cw-body > p")) {
      const length = paragraph.textContent.length;
      range.selectNodeContents(paragraph);
      const tops = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 9)));
      if (tops.size >= 4) lines.push(length / (tops.size - 0.5)); // the last line is about half full
    }
    return lines.sort((a, b) => a - b)[lines.length >> 1] ?? 0;
  });
  assert.ok(median >= 66 && median <= 72, `${median}`);
  await seen.finish();
});

test("on paper stands what can be read and answered, and nothing to click", async () => {
  const { page, finish } = await visit("chromium", root, LESSON);
  await page.waitForSelector("cw-quiz cw-question[hidden]"); // shown one at a time by now
  await page.emulateMediaType("print");
  const seen = () =>
    page.evaluate(() => {
      const count = (selector: string) =>
        [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).length;
      return {
        questions: count("cw-quiz legend"),
        measured: count(".cw-lab__measured table"),
        answers: count("[data-cw-answers] *"),
        controls: count("button, .cw-lab__stage, summary:not(.cw-lab__measured > summary)"),
        others: count('[data-cw-part="tutor"], [data-cw-part="related"], .md-header, .md-footer'),
      };
    });
  await comesTo({ questions: 15, measured: 2, answers: 0, controls: 0, others: 0 }, seen);
  await finish();
});

test("the fonts weigh at most 120 kB together", async () => {
  const folder = join(SITE, "assets/coursewright");
  const fonts = (await readdir(folder)).filter((name) => name.endsWith(".woff2"));
  const sizes = await Promise.all(fonts.map(async (name) => (await stat(join(folder, name))).size));
  assert.ok(fonts.length > 0);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= MOST_FONT_BYTES);
});

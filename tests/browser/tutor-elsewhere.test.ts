// The tutor on pages that are no lesson: its button in the same place, a lesson to choose, and the
// way to that lesson's passage, from a host, from a folder and with instant navigation.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { assertAccessible } from "./accessible.ts";
import { BROWSERS, LESSON, mapSite, rootOf, visit } from "./harness.ts";
import { drawn, goBack, leaving } from "./patience.ts";
import { ask, newest, OPENER, openPanel, REPLY } from "./tutor-page.ts";

const LIST = "form[data-cw-tutor] select";

/** Wait until the window has come to a passage. */
async function inSight(page: Page, anchor: string): Promise<void> {
  await page.waitForFunction(
    (anchor) => {
      const top = document.getElementById(anchor)?.getBoundingClientRect().top ?? -1;
      return top > 0 && top < window.innerHeight;
    },
    {},
    anchor,
  );
}

for (const browser of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${browser}, ${world}: from a page that is no lesson to a lesson's passage`, async () => {
      const seen = await visit(browser, await rootOf(world), "index.html");
      const { page } = seen;
      assert.ok(!seen.requests.some((url) => /tutor\.|indexes\.js|\/lessons\/.*js$/.test(url)));
      const isShown = () => page.$eval("[data-cw-part=tutor]", (it) => it.checkVisibility());
      assert.equal(await isShown(), false);
      await openPanel(page);
      const first = await page.evaluate(() => window.coursewright?.lessons?.[0]?.id);
      assert.equal(await page.$eval(LIST, (list) => (list as HTMLSelectElement).value), first);
      await page.select(LIST, "goal-misgeneralization");

      await ask(page, "Which optimizer was used?");
      assert.equal((await newest(page)).verdict, "refuse");
      await ask(page, "In CoinRun, with the coin moved, the agent ran past it. What failed?");
      const hint = await newest(page);
      assert.equal(hint.verdict, "hint");
      await ask(page, "What happens when column and row are removed?");
      const answer = await newest(page);
      assert.equal(answer.verdict, "answer");
      assert.match(answer.text, /Lesson: Goal Misgeneralization/);

      await page.keyboard.press("Escape");
      assert.equal(await page.$eval(OPENER, (it) => it === document.activeElement), true);
      assert.equal(await isShown(), false);
      await openPanel(page);
      await page.$$eval(`${REPLY} a[data-cw-source]`, (links) =>
        (links.at(-1) as HTMLElement).click(),
      );
      await page.waitForSelector("[data-cw-lesson=goal-misgeneralization]");
      const anchor = answer.source.replace(/.*#/, "");
      await inSight(page, anchor);
      await page.waitForFunction(
        (anchor) => {
          const passage = document.getElementById(anchor);
          return passage && getComputedStyle(passage).backgroundColor !== "rgba(0, 0, 0, 0)";
        },
        {},
        anchor,
      );
      await seen.finish();
    });
  }
}

test("the button is in the same place on every page, and the list begins with the last lesson", async () => {
  for (const width of [1280, 1000, 360]) {
    const seen = await visit("chromium", await rootOf("http"), LESSON, { width });
    const { page } = seen;
    const places: string[] = [];
    for (const path of [LESSON, "index.html", "progress.html", "glossary.html", "about.html"]) {
      await page.goto(seen.root + path, { waitUntil: "load" });
      await page.evaluate(() => window.coursewright?.load?.("progress.js"));
      await drawn(page);
      const { left, bottom } = await page.$eval(OPENER, (it) => it.getBoundingClientRect());
      places.push([left, bottom].map(Math.round).join(", "));
    }
    assert.equal(new Set(places).size, 1, `${width}: ${places.join("; ")}`);
    await openPanel(page);
    assert.equal(
      await page.$eval(LIST, (list) => (list as HTMLSelectElement).value),
      "goal-misgeneralization",
    );
    await ask(page, "What is a proxy goal?");
    if (width === 360) await assertAccessible(page);
    await seen.finish();
  }
});

test("with instant navigation the tutor goes along, from page to lesson and back", async () => {
  const seen = await visit("chromium", await rootOf("http"), "index.html");
  const { page } = seen;
  await mapSite(page, seen.root);
  await page.evaluate(() => Object.assign(window, { sameVisit: true }));
  await openPanel(page);
  await page.select(LIST, "goal-misgeneralization");
  await ask(page, "What happens when column and row are removed?");
  const anchor = (await newest(page)).source.replace(/.*#/, "");
  await leaving(page.$eval(`${REPLY} a[data-cw-source]`, (link) => (link as HTMLElement).click()));
  await page.waitForSelector(`[data-cw-lesson] [id="${anchor}"]`);
  await inSight(page, anchor);
  await openPanel(page);
  assert.equal(await page.$(LIST), null);
  await goBack(page);
  await page.waitForSelector(LIST);
  await openPanel(page);
  assert.equal((await page.$$(REPLY)).length, 0);
  await ask(page, "What is a proxy goal?");
  assert.equal((await newest(page)).verdict, "answer");
  assert.equal(await page.evaluate(() => "sameVisit" in window), true, "the page was not reloaded");
  await seen.finish();
});

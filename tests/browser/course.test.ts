// The course around its lessons in real browsers: the way on from the home page, and the page with
// everything a reader has done, from a host and from a folder.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { ElementHandle, Page } from "puppeteer-core";
import { LESSON, openTab, rootOf, type Visit, visit } from "./harness.ts";
import { answerOne, PROGRESS, pressAt, textOf } from "./question-page.ts";

const ID = "goal-misgeneralization";
const ROW = `[data-cw-record="${ID}"]`;
const STATUS = ".cw-transfer [role=status]";

/** Answer one question of the lesson, then go elsewhere in the same storage. */
async function answerAndGo(path: string): Promise<Visit> {
  const visited = await visit("chromium", await rootOf("file"), LESSON);
  await answerOne(visited.page);
  await visited.page.goto(visited.root + path, { waitUntil: "load" });
  return visited;
}

/** Wait until an element's text contains the words, then return it. */
async function says(page: Page, selector: string, words: string): Promise<string> {
  await page.waitForFunction(
    (selector, words) => document.querySelector(selector)?.textContent?.includes(words),
    {},
    selector,
    words,
  );
  return textOf(page, selector);
}

/** What has the focus: the action of a button, or the role. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    return element.dataset.cwAction ?? element.role ?? element.tagName;
  });
}

test("home is quiet for a newcomer and shows the way on to who was here", async () => {
  const first = await visit("chromium", await rootOf("file"), "index.html");
  const card = `[data-cw-part=tracks] [data-cw-card="${ID}"]`;
  await first.page.waitForSelector(card);
  await first.page.evaluate(() => window.coursewright?.load?.("progress.js"));
  assert.equal(await textOf(first.page, "[data-cw-view=continue]"), "");
  assert.equal(await textOf(first.page, `${card} [data-cw-mark]`), "");
  await first.finish();

  const { page, finish } = await answerAndGo("index.html");
  await says(page, "[data-cw-view=continue]", "1 of 15 questions answered");
  const way = "[data-cw-view=continue] a";
  assert.ok(
    await page.$eval(way, (link, path) => (link as HTMLAnchorElement).href.endsWith(path), LESSON),
  );
  assert.equal(await textOf(page, `${card} [data-cw-mark]`), "started, 1 of 15");
  await says(page, ".md-nav__item--pruned [data-cw-track-mark]", "started");
  await page.goto(page.url().replace("index.html", "guide/index.html"), { waitUntil: "load" });
  const meter = await page.waitForSelector(".md-header .cw-meter [data-cw-share]");
  const name = await meter?.evaluate((link) => link.getAttribute("aria-label"));
  assert.match(name ?? "", /^Your progress: 1 of \d+ questions answered$/);
  await finish();
});

test("the progress page shows what was done, resets it, and brings it back", async () => {
  const { page, finish } = await answerAndGo(LESSON);
  await page.locator(".cw-header__progress a").click();
  const row = await says(page, ROW, "1 of 15");
  assert.match(row, /started/);
  assert.equal((await page.$$("[data-cw-day]")).length, 1);
  assert.match(
    await textOf(page, ".cw-record__summary"),
    /1 of \d+ quiz questions answered, 1 right/,
  );
  for (let press = 0; press < 2; press += 1) await pressAt(page, "[data-cw-action=reset-all]");
  await says(page, ROW, "0 of 15");
  assert.equal((await page.$$("[data-cw-day]")).length, 0);
  await page.reload({ waitUntil: "load" });
  const undo = ".cw-transfer [data-cw-action=undo]";
  await page.waitForSelector(undo, { visible: true });
  await pressAt(page, undo);
  await says(page, ROW, "1 of 15");
  assert.equal(await page.$eval(undo, (button) => (button as HTMLElement).hidden), true);
  assert.equal(await focused(page), "status");
  await finish();
});

test("a saved file is shown before it is added elsewhere, which can be undone; others are refused", async () => {
  const folder = await mkdtemp(join(tmpdir(), "progress-"));
  const here = await answerAndGo("progress.html");
  const client = await here.page.createCDPSession();
  await client.send("Browser.setDownloadBehavior", {
    behavior: "allow",
    downloadPath: folder,
    eventsEnabled: true,
    browserContextId: here.page.browserContext().id ?? "",
  });
  const done = new Promise<string>((resolve) => {
    let name = "";
    client.on("Browser.downloadWillBegin", ({ suggestedFilename }) => {
      name = suggestedFilename;
    });
    client.on("Browser.downloadProgress", ({ state }) => {
      if (state === "completed") resolve(name);
    });
  });
  await here.page.waitForSelector("[data-cw-action=save]");
  await pressAt(here.page, "[data-cw-action=save]");
  const saved = join(folder, await done);
  await here.finish();

  const { page, finish } = await visit("chromium", await rootOf("http"), "progress.html");
  const input = (await page.waitForSelector(
    ".cw-transfer input[type=file]",
  )) as ElementHandle<HTMLInputElement>;
  const text = await readFile(saved, "utf8");
  for (const [content, words] of [
    ["{}", "another program"],
    [text.slice(0, -9), "breaks off"],
    [text.replace('"version": 1', '"version": 9'), "newer version"],
  ] as const) {
    await writeFile(join(folder, "wrong.json"), content);
    await input.uploadFile(join(folder, "wrong.json"));
    await says(page, STATUS, words);
  }
  await input.uploadFile(saved);
  await says(page, ".cw-transfer__preview", "1 answer more");
  assert.match(await textOf(page, ROW), /0 of 15/);
  const other = await openTab(page, page.url());
  const bothSay = async (words: string) => {
    for (const tab of [other, page]) {
      await tab.bringToFront();
      await says(tab, ROW, words);
    }
  };
  const apply = async () => {
    await page.waitForSelector("[data-cw-action=apply]", { visible: true });
    await pressAt(page, "[data-cw-action=apply]");
    assert.equal(await focused(page), "load");
    await bothSay("1 of 15");
  };
  await page.bringToFront();
  await apply();
  await pressAt(page, ".cw-transfer [data-cw-action=undo]");
  await says(page, STATUS, "as it was before the file was loaded");
  await bothSay("0 of 15");
  await page.reload({ waitUntil: "load" });
  await says(page, ROW, "0 of 15");
  const again = (await page.waitForSelector(
    ".cw-transfer input[type=file]",
  )) as ElementHandle<HTMLInputElement>;
  await again.uploadFile(saved);
  await apply();
  await again.uploadFile(saved);
  await says(page, STATUS, "here already");
  await pressAt(page, "[data-cw-action=reset-all]");
  await says(page, ROW, "0 of 15");
  const file = JSON.parse(text);
  file.lessons["boundary-cases"] = { version: 1 };
  await writeFile(join(folder, "half.json"), JSON.stringify(file));
  await again.uploadFile(join(folder, "half.json"));
  const words = await says(page, STATUS, "1 answer in it was reset here");
  assert.match(words, /Left out, as it is damaged: boundary-cases\./);
  await pressAt(page, "[data-cw-action=bring-back]");
  await says(page, ROW, "1 of 15");
  assert.equal(await focused(page), "load");
  await again.uploadFile(saved);
  await says(page, STATUS, "here already");
  await finish();
  await rm(folder, { recursive: true });
});

test("Firefox in a folder: the page says what it cannot see, the lesson saves itself", async () => {
  const visited = await visit("firefox", await rootOf("file"), "progress.html");
  const { page } = visited;
  await says(page, "[data-cw-view=record]", "cannot see what you did in the lessons");
  await page.goto(visited.root + LESSON, { waitUntil: "load" });
  assert.match(await textOf(page, PROGRESS), /kept for this page only/);
  await page.$eval("[data-cw-view=tools]", (element) => element.scrollIntoView());
  await page.waitForSelector("[data-cw-view=tools] [data-cw-action=transfer]");
  await pressAt(page, "[data-cw-action=transfer]");
  await page.waitForSelector(".cw-transfer [data-cw-action=save]");
  await visited.finish();
});

// What becomes of a reader's answers in real browsers: reset and undo, two tabs, instant navigation,
// and storages that are full, blocked or broken.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import type { Store } from "../../plugins/coursewright/web/src/store/store.ts";
import { LESSON, mapSite, openTab, rootOf, type Visit, visit } from "./harness.ts";
import {
  answerOne,
  choose,
  form,
  goTo,
  ofKind,
  PLACE,
  PROGRESS,
  press,
  pressAt,
  rightIds,
  shown,
  specs,
  textOf,
  write,
} from "./question-page.ts";

const STORED = /^coursewright:[^:]+:lesson:[^:]+$/;

async function open(expected?: RegExp): Promise<Visit> {
  return visit("chromium", await rootOf("file"), LESSON, expected ? { expected } : {});
}

/** Go to the tools below the lesson, which come once a reader is near. */
async function reachTools(page: Page): Promise<void> {
  await page.$eval("[data-cw-progress-tools]", (tools) => tools.scrollIntoView());
  await page.waitForSelector("[data-cw-progress-tools] [data-cw-action=reset]");
}

test("reset of a question and of the lesson can be undone", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  const spec = ofKind(all, "single");
  await goTo(page, all.indexOf(spec));
  await choose(page, spec, rightIds(spec));
  await press(page, spec, "check");
  await press(page, spec, "reset");
  assert.equal((await shown(page, spec)).state, "unanswered");
  assert.match(await textOf(page, PROGRESS), /^0 of 15/);
  await press(page, spec, "undo");
  assert.equal((await shown(page, spec)).state, "correct");
  assert.match(await textOf(page, PROGRESS), /^1 of 15/);
  await reachTools(page);
  for (let time = 0; time < 2; time += 1)
    await pressAt(page, "[data-cw-progress-tools] [data-cw-action=reset]");
  assert.match(await textOf(page, PROGRESS), /^0 of 15/);
  await page.reload({ waitUntil: "load" });
  await reachTools(page);
  const undo = "[data-cw-progress-tools] [data-cw-action=undo]";
  await pressAt(page, undo);
  assert.match(await textOf(page, PROGRESS), /^1 of 15/);
  assert.equal(await page.$eval(undo, (button) => (button as HTMLElement).hidden), true);
  await page.reload({ waitUntil: "load" });
  assert.equal((await shown(page, spec)).state, "correct");
  await visited.finish();
});

test("an answer to a question that has changed since is kept, marked, and not judged anew", async () => {
  const visited = await open();
  const { page } = visited;
  await answerOne(page);
  const spec = ofKind(await specs(page, true), "single");
  await page.evaluate((meaning) => {
    for (const key of Object.keys(localStorage)) {
      const text = localStorage.getItem(key) ?? "";
      localStorage.setItem(key, text.replaceAll(`"meaning":"${meaning}"`, '"meaning":"another"'));
    }
  }, spec.meaning);
  await page.reload({ waitUntil: "load" });
  const { state, chosen } = await shown(page, spec);
  assert.deepEqual([state, chosen], ["answered", rightIds(spec)]);
  const note = await textOf(page, `form[data-cw-question="${spec.id}"] [data-cw-note]`);
  assert.match(note, /changed since/);
  assert.match(await textOf(page, PROGRESS), /^1 of 15/);
  await visited.finish();
});

test("another tab redraws at once; the navigation says how far the lesson is", async () => {
  const visited = await open();
  const { page } = visited;
  const other = await openTab(page, page.url());
  const all = await specs(page, true);
  const spec = ofKind(all, "single");
  await goTo(other, all.indexOf(spec));
  await choose(other, spec, rightIds(spec));
  await press(other, spec, "check");
  await page.waitForFunction(
    (selector) => document.querySelector(selector)?.textContent?.startsWith("1 of 15"),
    { polling: "mutation" }, // frames are not drawn in a tab that is not in front
    PROGRESS,
  );
  assert.equal((await shown(page, spec)).state, "correct");
  assert.equal(await textOf(page, "a.md-nav__link--active [data-cw-mark]"), "started");
  await visited.finish();
});

test("what is typed in one tab outlives a check in another", async () => {
  const visited = await open();
  const typing = visited.page;
  const checking = await openTab(typing, typing.url());
  const all = await specs(typing, true);
  const spec = ofKind(all, "predict");
  const field = `${form(spec)} textarea`;
  const text = () => typing.$eval(field, (area) => (area as HTMLTextAreaElement).value);
  for (const page of [typing, checking]) await goTo(page, all.indexOf(spec));
  await typing.bringToFront();
  await write(typing, spec, "half a thought");
  await typing.waitForFunction(
    (id) =>
      Object.values(localStorage).some(
        (stored) => JSON.parse(stored).questions?.[id]?.draft?.value === '"half a thought"',
      ),
    {},
    spec.id,
  );
  await checking.bringToFront();
  await write(checking, spec, "no idea");
  await press(checking, spec, "check");
  assert.equal((await shown(checking, spec)).state, "incorrect");
  await typing.bringToFront();
  await typing.waitForFunction(
    (selector) => document.querySelector(selector)?.textContent?.startsWith("1 of 15"),
    {},
    PROGRESS,
  );
  assert.deepEqual(
    [await text(), (await shown(typing, spec)).state],
    ["half a thought", "answered"],
  );
  await typing.reload({ waitUntil: "load" });
  assert.deepEqual(
    [await text(), (await shown(typing, spec)).state],
    ["half a thought", "answered"],
  );
  await visited.finish();
});

test("instant navigation leaves and enters the lesson without losing or doubling anything", async () => {
  const visited = await visit("chromium", await rootOf("http"), "index.html");
  const { page } = visited;
  await mapSite(page, visited.root);
  const follow = async (ending: string) => {
    await page.$$eval(
      "a[href]",
      (links, ending) => {
        const found = (links as HTMLAnchorElement[]).find(({ pathname }) =>
          pathname.endsWith(ending),
        );
        if (!found) throw new Error(`no link to ${ending}`);
        found.click();
      },
      ending,
    );
    await page.waitForFunction((ending) => location.pathname.endsWith(ending), {}, ending);
  };
  await page.evaluate(() => Object.assign(window, { sameVisit: true }));
  await follow(LESSON);
  await page.waitForSelector(PLACE);
  await answerOne(page);
  await follow("index.html");
  await page.waitForFunction(() => !document.querySelector("cw-lesson"));
  await follow(LESSON);
  await page.waitForSelector(PLACE);
  assert.equal(await textOf(page, "a.md-nav__link--active [data-cw-mark]"), "started");
  const spec = ofKind(await specs(page, true), "single");
  assert.equal((await shown(page, spec)).state, "correct");
  await press(page, spec, "reset");
  await press(page, spec, "undo");
  const attempts = await page.evaluate(
    (lesson, question) => {
      const { store } = (window as { coursewright?: { store?: Store } }).coursewright ?? {};
      return store?.question(lesson, question).attempts.length;
    },
    "goal-misgeneralization",
    spec.id,
  );
  assert.equal(attempts, 1);
  assert.equal(await page.evaluate(() => "sameVisit" in window), true, "the page was not reloaded");
  await visited.finish();
});

/** Open the lesson in a storage prepared by `prepare`, which runs in the page. */
async function openPrepared(prepare: () => void, expected?: RegExp): Promise<Visit> {
  const visited = await open(expected);
  await visited.page.evaluateOnNewDocument(prepare);
  await visited.page.reload({ waitUntil: "load" });
  return visited;
}

test("a full storage: the page works on and says that nothing more is kept", async () => {
  const visited = await openPrepared(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await answerOne(visited.page);
  assert.match(await textOf(visited.page, "[data-cw-trouble]"), /storage is full/);
  await visited.finish();
});

test("a storage that cannot be used: the page works on and says so once", async () => {
  const visited = await openPrepared(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }, /SecurityError/); // Material asks for the storage without a guard
  await answerOne(visited.page);
  const words = await textOf(visited.page, "[data-cw-trouble]");
  assert.equal(words.match(/does not let the page store/g)?.length, 1);
  await visited.finish();
});

test("stored progress that cannot be read is kept aside and told", async () => {
  const visited = await open();
  const { page } = visited;
  await answerOne(page);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  const key = keys.find((name) => STORED.test(name));
  assert.ok(key, keys.join());
  await page.evaluate((name) => localStorage.setItem(name, '{"version": 1, "quest'), key);
  await page.reload({ waitUntil: "load" });
  assert.match(await textOf(page, "[data-cw-trouble]"), /could not be read/);
  await answerOne(page);
  const kept = await page.evaluate((name) => localStorage.getItem(`${name}:broken`), key);
  assert.equal(kept, '{"version": 1, "quest');
  await page.reload({ waitUntil: "load" });
  assert.equal(await textOf(page, "[data-cw-trouble]"), "");
  await visited.finish();
});

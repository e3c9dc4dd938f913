// What Python and labs hold of a device: one worker for a whole visit and at most one spare, nothing
// of a lesson that was left, and no worker for a page that nobody looks at. And what a lesson keeps
// while its reader moves within it, by link, search hit or tap.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { CDPSession, Page } from "puppeteer-core";
import { BROWSERS, rootOf, serve, visit } from "./harness.ts";
import { ringTimers } from "./held-timers.ts";
import { comesTo, drawn } from "./patience.ts";

const { COURSEWRIGHT_ROOT = "", COURSEWRIGHT_PYTHON = "" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "coursewright-series-"));
const builder = join(COURSEWRIGHT_ROOT, "tests/lesson_series.py");
execFileSync(COURSEWRIGHT_PYTHON, [builder, folder], { stdio: "inherit" });
after(() => rmSync(folder, { recursive: true }));

const LESSONS = 10;

/** Workers of Python that are alive. */
const workersOf = (page: Page) => page.workers().filter((one) => one.url().startsWith("blob:"));

/** After so many milliseconds a page that nobody looks at gives its workers back. */
const REST_AFTER_MS = 5 * 60_000;

interface Held {
  nodes: number;
  listeners: number;
  /** Listeners of the document and the window, which outlive every lesson. */
  global: number;
  /** Objects and buffers of the page, without its workers. */
  bytes: number;
}

/** What the page holds when everything that could be forgotten has been. */
async function weigh(cdp: CDPSession): Promise<Held> {
  for (let turn = 0; turn < 3; turn += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize, backingStorageSize } = await cdp.send("Runtime.getHeapUsage");
  const global = (await listenersOf(cdp, "document")) + (await listenersOf(cdp, "window"));
  return { nodes, listeners, global, bytes: usedSize + backingStorageSize };
}

async function listenersOf(cdp: CDPSession, expression: string): Promise<number> {
  const { result } = await cdp.send("Runtime.evaluate", { expression });
  const { objectId = "" } = result;
  const { listeners } = await cdp.send("DOMDebugger.getEventListeners", { objectId });
  await cdp.send("Runtime.releaseObject", { objectId });
  return listeners.length;
}

/** Nodes that are served for a lesson, apart from the theme's frame around it. */
function servedNodes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const served = new DOMParser().parseFromString(
      await (await fetch(location.href)).text(),
      "text/html",
    );
    const root = served.querySelector("[data-md-component=container]") ?? served;
    const walker = served.createTreeWalker(root);
    let nodes = 1;
    while (walker.nextNode()) nodes += 1;
    return nodes;
  });
}

/** Tell the page whether somebody looks at it; no driver can hide a page everywhere. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

/** What grows from lesson to lesson: the median, as now and then something goes a lesson later. */
function growth(series: readonly number[]): number {
  const steps = series.slice(1).map((value, index) => value - (series[index] ?? 0));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** Parts that scripts have made and that are out of the page, but can still be reached. */
async function left(page: Page): Promise<string[]> {
  const all = await page.evaluateHandle(() => HTMLElement.prototype);
  const elements = await page.queryObjects(all);
  const names = await page.evaluate((found) => {
    const made = ".cm-editor, .cw-loading, .cw-trouble, .cw-world, .uplot";
    return [...(found as unknown as HTMLElement[])]
      .filter((it) => Object.hasOwn(it.constructor, "prototype") && it !== it.constructor.prototype)
      .filter((it) => !it.isConnected && it.matches(made))
      .map(({ className }) => className);
  }, elements);
  for (const handle of [all, elements]) await handle.dispose(); // or they would keep what they found
  return names;
}

/** Wait for an element without keeping hold of it, which would keep its whole page. */
async function see(page: Page, selector: string): Promise<void> {
  const isThere = (wanted: string) => document.querySelector(wanted) !== null;
  await (await page.waitForFunction(isThere, {}, selector)).dispose();
}

async function press(page: Page, selector: string): Promise<void> {
  await see(page, selector);
  await page.$eval(selector, (button) => (button as HTMLElement).click());
}

/** Write the lesson's program; returns the selector of its question. */
async function write(page: Page, n: number, program: string): Promise<string> {
  const form = `form[data-cw-question="print-${n}"]`;
  await page.$eval(form, (it) => it.scrollIntoView({ block: "center" }));
  await see(page, `${form} .cm-content`);
  await page.$eval(
    `${form} textarea`,
    (area, text) => {
      (area as HTMLTextAreaElement).value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    program,
  );
  return form;
}

/** Run and check the lesson's program, and train its agent. */
async function work(page: Page, n: number): Promise<void> {
  const form = await write(page, n, `print(${n})`);
  await press(page, `${form} [data-cw-action=run]`);
  await see(page, `${form} [data-cw-output]:not(:empty)`);
  await see(page, `${form} [data-cw-action=stop][hidden]`);
  await press(page, `${form} [data-cw-action=check]`);
  await see(page, `${form}[data-cw-state=correct]`);
  await train(page, n);
}

async function train(page: Page, n: number): Promise<void> {
  await page.$eval(`#lab-${n}`, (lab) => lab.scrollIntoView());
  await press(page, `#lab-${n} [data-cw-action=train]`);
  await see(page, `#lab-${n}[data-cw-state=ready]`);
}

/** Go on by a link of the navigation, which changes the page without loading another. */
async function goTo(page: Page, n: number): Promise<void> {
  await page.$eval(`.md-nav a[href$="lesson-${n}.html"]`, (link) => (link as HTMLElement).click());
  await see(page, `#lab-${n}`);
}

/** Tap a term for the first time, which shows its meaning and leads nowhere. */
async function tapTerm(page: Page): Promise<void> {
  const term = "a.cw-term:not([title])";
  await see(page, term); // what shows the meaning is there
  const before = page.url();
  await page.$eval(term, (link) => link.scrollIntoView({ behavior: "instant", block: "center" }));
  await drawn(page); // a tap goes where the term was a moment before
  await (await page.$(term))?.tap();
  await see(page, "[data-cw-meaning]");
  assert.equal(page.url(), before);
}

/** Serve the course as one whose site map names the address it is served from. */
async function serveSeries(): Promise<string> {
  let root = "";
  const alter = (path: string, body: Buffer) =>
    path.endsWith("sitemap.xml")
      ? Buffer.from(body.toString().replaceAll("https://example.org/", root))
      : body;
  root = await serve(join(folder, "site"), "", alter);
  return root;
}

test("ten lessons in a row leave one worker, at most one spare, and nothing of what was left", async () => {
  const held = [REST_AFTER_MS];
  const visited = await visit("chromium", await serveSeries(), "lessons/lesson-1.html", { held });
  const { page } = visited;
  const cdp = await page.createCDPSession();
  await page.evaluate(() => Object.assign(window, { sameVisit: true }));
  const series: Held[] = [];
  for (let n = 1; n <= LESSONS; n += 1) {
    if (n > 1) await goTo(page, n);
    await work(page, n);
    // The driver hears a moment later that a worker is gone.
    await comesTo(true, async () => workersOf(page).length <= 2, "more than two workers");
    series.push(await weigh(cdp));
  }
  await comesTo([], () => left(page), "alive outside of the page");
  // Material itself keeps the tree of a page that it replaced: the nodes that were served for the
  // lesson and 75 that scripts put between them, 5 listeners, 200 kB. An editor has 30 listeners, a
  // lab 1000 nodes; what Python starts from is 20 MB.
  const bytes = growth(series.map(({ bytes }) => bytes));
  assert.ok(bytes < 500_000, `${bytes} bytes are left of each lesson`);
  const nodes = growth(series.map(({ nodes }) => nodes));
  const served = await servedNodes(page);
  assert.ok(nodes < served + 120, `${nodes} nodes are left of each lesson, ${served} were served`);
  const listeners = growth(series.map(({ listeners }) => listeners));
  assert.ok(listeners < 10, `${listeners} listeners are left of each lesson`);
  const global = series.map(({ global }) => global);
  assert.equal(growth(global), 0, `document and window have ${global} listeners`);
  assert.ok(await page.evaluate(() => "sameVisit" in window), "no page was loaded anew");

  await setHidden(page, true);
  await setHidden(page, false);
  assert.equal(await ringTimers(page, REST_AFTER_MS), 0, "its reader was back in time");
  await setHidden(page, true);
  assert.ok(workersOf(page).length > 0);
  assert.equal(await ringTimers(page, REST_AFTER_MS), 1);
  await comesTo(0, async () => workersOf(page).length);
  await setHidden(page, false);
  await work(page, LESSONS);
  await visited.finish();
});

test("a page that is left gives its workers back, and goes on when its reader comes back", async () => {
  const root = await rootOf("http", join(folder, "site"));
  const visited = await visit("chromium", root, "lessons/lesson-1.html");
  const { page } = visited;
  const reasons: unknown[] = [];
  const cdp = await page.createCDPSession();
  await cdp.send("Page.enable");
  cdp.on("Page.backForwardCacheNotUsed", (it) => reasons.push(it.notRestoredExplanations));
  await work(page, 1);
  await page.evaluate(() => Object.assign(window, { sameVisit: true }));
  await page.goto(`${root}lessons/lesson-2.html`);
  await comesTo(0, async () => workersOf(page).length);
  await page.goBack();
  // The driver may look at the page that is being left for a moment longer.
  await see(page, "#lab-1");
  const found = await page.evaluate(() => [
    "sameVisit" in window,
    document.documentElement.dataset.cwPython,
  ]);
  assert.deepEqual(found, [true, "idle"], `kept, without its Python: ${JSON.stringify(reasons)}`);
  await work(page, 1);
  await comesTo(true, async () => workersOf(page).length <= 2);
  await visited.finish();
});

for (const name of BROWSERS) {
  test(`moving within the first page keeps its lab and what was typed, in ${name}`, async () => {
    const visited = await visit(name, await serveSeries(), "lessons/lesson-1.html");
    const { page } = visited;
    await train(page, 1);
    const form = await write(page, 1, "print('half a thought')");
    await page.evaluate(() => Object.assign(window, { first: document.querySelector("#lab-1") }));
    const kept = () =>
      page.evaluate(
        (form) => [
          (window as { first?: HTMLElement }).first === document.querySelector("#lab-1"),
          document.querySelector<HTMLElement>("#lab-1")?.dataset.cwState,
          document.querySelector(`${form} .cm-content`)?.textContent,
          document.querySelector(":target")?.id,
        ],
        form,
      );
    const stays = (target: string | undefined) =>
      comesTo([true, "ready", "print('half a thought')", target], kept);
    const back = () => page.evaluate(() => history.back());
    await page.focus(".md-content a[href$='#program']");
    await page.keyboard.press("Enter");
    await stays("program");
    await page.click(".md-sidebar--secondary a[href$='#end']");
    await stays("end");
    await back();
    await stays("program");
    const height = () => page.evaluate(() => scrollY);
    assert.ok((await height()) > 0);
    await page.$eval(".md-nav a[href$='lesson-1.html']", (link) => (link as HTMLElement).click());
    await comesTo(0, height);
    await stays("program"); // browsers take no target away for an address without one
    // A search hit has the word that was looked for in its query.
    await page.$eval(".md-content a[href$='#end']", (link) => {
      (link as HTMLAnchorElement).search = "?h=lesson";
      (link as HTMLElement).click();
    });
    await stays("end");
    await page.click(".md-content a[href$='#program']");
    await stays("program");
    await back();
    await stays("end");
    assert.equal(new URL(page.url()).search, "?h=lesson");
    // From the next page on Material tells apart what is another page.
    await goTo(page, 2);
    await tapTerm(page);
    await back();
    await see(page, "#lab-1");
    const asked = visited.requests.filter((url) => /lesson-1\.html([?#]|$)/.test(url));
    assert.equal(asked.length, 2, "it was fetched at the start and for the way back");
    await visited.finish();
  });
}

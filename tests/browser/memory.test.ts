// What Python and labs hold of a device: one worker for a whole visit and at most one spare, nothing
// of a lesson that was left, and no worker for a page that nobody looks at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { CDPSession, Page } from "puppeteer-core";
import { rootOf, serve, visit } from "./harness.ts";

const { COURSEWRIGHT_ROOT = "", COURSEWRIGHT_PYTHON = "" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "coursewright-series-"));
const builder = join(COURSEWRIGHT_ROOT, "tests/lesson_series.py");
execFileSync(COURSEWRIGHT_PYTHON, [builder, folder], { stdio: "inherit" });
after(() => rmSync(folder, { recursive: true }));

const LESSONS = 10;

/** Workers of Python that are alive. */
const workersOf = (page: Page) => page.workers().filter((one) => one.url().startsWith("blob:"));

interface Held {
  nodes: number;
  listeners: number;
  /** Objects and buffers of the page, without its workers. */
  bytes: number;
}

/** What the page holds when everything that could be forgotten has been. */
async function held(cdp: CDPSession): Promise<Held> {
  for (let turn = 0; turn < 3; turn += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize, backingStorageSize } = await cdp.send("Runtime.getHeapUsage");
  return { nodes, listeners, bytes: usedSize + backingStorageSize };
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

/** Run and check the lesson's program, and train its agent. */
async function work(page: Page, n: number): Promise<void> {
  const form = `form[data-cw-question="print-${n}"]`;
  await page.$eval(form, (it) => it.scrollIntoView({ block: "center" }));
  await see(page, `${form} .cm-content`);
  await page.$eval(
    `${form} textarea`,
    (area, text) => {
      (area as HTMLTextAreaElement).value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    `print(${n})`,
  );
  await press(page, `${form} [data-cw-action=run]`);
  await see(page, `${form} [data-cw-output]:not(:empty)`);
  await see(page, `${form} [data-cw-action=stop][hidden]`);
  await press(page, `${form} [data-cw-action=check]`);
  await see(page, `${form}[data-cw-state=correct]`);
  await page.$eval(`#lab-${n}`, (lab) => lab.scrollIntoView());
  await press(page, `#lab-${n} [data-cw-action=train]`);
  await see(page, `#lab-${n}[data-cw-state=ready]`);
}

/** Go on by a link of the navigation, which changes the page without loading another. */
async function goTo(page: Page, n: number): Promise<void> {
  await page.$eval(`.md-nav a[href$="lesson-${n}.html"]`, (link) => (link as HTMLElement).click());
  await see(page, `#lab-${n}`);
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
  const visited = await visit("chromium", await serveSeries(), "lessons/lesson-1.html");
  const { page } = visited;
  const cdp = await page.createCDPSession();
  await page.evaluate(() => Object.assign(window, { sameVisit: true }));
  const series: Held[] = [];
  for (let n = 1; n <= LESSONS; n += 1) {
    if (n > 1) await goTo(page, n);
    await work(page, n);
    assert.ok(workersOf(page).length <= 2, `${workersOf(page).length} workers`);
    series.push(await held(cdp));
  }
  // Material itself keeps the tree of a page that it replaced: some hundred nodes, some 100 kB.
  // What Python starts from is 20 MB, an editor and a lab that live on would be a megabyte.
  const [, early, late] = [series[0], series[1], series[LESSONS - 1]];
  assert.ok(early && late);
  const bytes = (late.bytes - early.bytes) / (LESSONS - 2);
  assert.ok(bytes < 500_000, `${bytes} bytes are left of each lesson`);
  const nodes = (late.nodes - early.nodes) / (LESSONS - 2);
  assert.ok(nodes < 1500, `${nodes} nodes are left of each lesson`);
  const listeners = (late.listeners - early.listeners) / (LESSONS - 2);
  assert.ok(listeners < 100, `${listeners} listeners are left of each lesson`);
  assert.ok(await page.evaluate(() => "sameVisit" in window), "no page was loaded anew");
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
  assert.equal(workersOf(page).length, 0);
  await page.goBack();
  // The driver may look at the page that is being left for a moment longer.
  await see(page, "#lab-1");
  const found = await page.evaluate(() => [
    "sameVisit" in window,
    document.documentElement.dataset.cwPython,
  ]);
  assert.deepEqual(found, [true, "idle"], `kept, without its Python: ${JSON.stringify(reasons)}`);
  await work(page, 1);
  assert.ok(workersOf(page).length <= 2);
  await visited.finish();
});

// Nothing of Python comes before a reader means it: not by opening or reading a page, and with data
// saving on or on a phone not before a click.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CDPSession, Page } from "puppeteer-core";
import { CodeQuestion } from "./code-question.ts";
import { LESSON, rootOf, type Visit, visit } from "./harness.ts";
import { pointAt } from "./patience.ts";

const PYTHON = /python-\w+\.[^/]*bin/;
const BUNDLES = /\/(editor|lab|python)\.[^/]*js$/;

/** What was asked for so far. */
const asked = ({ requests }: Visit, kind: RegExp) => requests.filter((url) => kind.test(url));

/** Let the page do what it would do by itself: everything that is due has had its turn. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(resolve));
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
}

/** Read the page to its end without touching anything. */
async function readThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { documentElement: root } = document;
    for (let at = 0; at < root.scrollHeight; at += innerHeight / 2) {
      scrollTo({ top: at, behavior: "instant" });
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  });
  // Labs come by themselves, and nothing moves once all have.
  const waits = () =>
    [...document.querySelectorAll("cw-lab")].every((lab) =>
      lab.querySelector(".cw-lab__stage button"),
    );
  await page.waitForFunction(waits);
  await rest(page);
}

test("opening and reading a page asks for nothing of Python; the pointer at an editor does", async () => {
  const visited = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = visited;
  await page.mouse.move(0, 0);
  await rest(page);
  assert.deepEqual(asked(visited, PYTHON), []);
  assert.deepEqual(asked(visited, BUNDLES), [], "before anything of it is near");
  await readThrough(page);
  const question = new CodeQuestion(visited);
  await question.open();
  await rest(page);
  assert.deepEqual(asked(visited, PYTHON), []);
  const arrives = page.waitForRequest((request) => PYTHON.test(request.url()));
  await pointAt(page, `${question.form} .cm-content`);
  await arrives;
  await question.python("ready");
  await visited.finish();
});

test("the pointer at a lab is intent, too", async () => {
  const visited = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = visited;
  await readThrough(page);
  assert.deepEqual(asked(visited, PYTHON), []);
  const arrives = page.waitForRequest((request) => PYTHON.test(request.url()));
  await pointAt(page, ".cw-lab__stage button");
  await arrives;
  await visited.finish();
});

/** What keeps a page from loading unasked, and what tells that it is in force. */
const SPARING: Record<string, [emulate: (cdp: CDPSession) => Promise<unknown>, holds: string]> = {
  "on a phone": [
    async (cdp) => {
      const metrics = { width: 390, height: 844, deviceScaleFactor: 3, mobile: true };
      await cdp.send("Emulation.setDeviceMetricsOverride", metrics);
      await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    },
    "matchMedia('(hover: none) and (pointer: coarse)').matches",
  ],
  "with data saving on": [
    (cdp) => cdp.send("Emulation.setDataSaverOverride", { dataSaverEnabled: true }),
    "navigator.connection.saveData",
  ],
};

for (const [where, [emulate, holds]] of Object.entries(SPARING)) {
  test(`${where} nothing of Python comes before Run is pressed`, async () => {
    const visited = await visit("chromium", await rootOf("http"), "about.html");
    const { page } = visited;
    await emulate(await page.createCDPSession());
    await page.goto(visited.root + LESSON);
    assert.equal(await page.evaluate(holds), true);
    await readThrough(page);
    const question = new CodeQuestion(visited);
    await question.open();
    await page.focus(`${question.form} .cm-content`);
    await pointAt(page, `${question.form} .cm-content`);
    await page.$eval(".cw-lab__stage button", (button) => (button as HTMLElement).focus());
    await pointAt(page, ".cw-lab__stage button");
    await rest(page);
    assert.deepEqual(asked(visited, PYTHON), []);
    await question.pressAndWait("run");
    assert.equal(await question.output(), "failed\nfailed\n");
    await rest(page);
    const workers = page.workers().filter((worker) => worker.url().startsWith("blob:"));
    assert.equal(workers.length, 1, "no spare");
    await visited.finish();
  });
}

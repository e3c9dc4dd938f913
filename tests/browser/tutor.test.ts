// The tutor in real browsers: asking by keyboard alone, replies that can be heard and followed,
// the panel beside the text, and no server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./accessible.ts";
import { BROWSERS, LESSON, rootOf, visit } from "./harness.ts";
import { comesTo, leaving } from "./patience.ts";
import { ask, FIELD, newest, OPENER, REPLY } from "./tutor-page.ts";

for (const browser of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${browser}, ${world}: ask, follow, be refused, be given a hint`, async () => {
      const seen = await visit(browser, await rootOf(world), LESSON);
      const { page } = seen;
      assert.ok(!seen.requests.some((url) => url.includes("/lessons/goal") && url.endsWith(".js")));
      await page.focus(OPENER);
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-cw-part=tutor][data-cw-open]");
      await page.waitForSelector(`${FIELD}:focus`);

      await ask(page, "What happens when column and row are removed?");
      const answer = await newest(page);
      assert.equal(answer.verdict, "answer");
      assert.match(answer.marked, /from 20% to 43%/);
      assert.ok(answer.log && answer.inField);

      await ask(page, "Which optimizer was used?");
      const refused = await newest(page);
      assert.equal(refused.verdict, "refuse");
      assert.match(refused.text, /says nothing about “optimizer”/);
      assert.equal(refused.passages, 0);

      const stem = await page.$eval("cw-quiz legend", (legend) => legend.textContent ?? "");
      await ask(page, stem.trim());
      const hint = await newest(page);
      assert.equal(hint.verdict, "hint");
      assert.equal(hint.passages, 0);
      assert.match(hint.source, /^#[a-z0-9-]+$/);

      // Back over "Ask" and the links of the replies, the first of which is the answer's.
      await page.focus(`${REPLY} a[data-cw-source]`);
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-cw-marked]:focus");
      const passage = await page.$eval("[data-cw-marked]", (block) => ({
        text: block.textContent ?? "",
        id: block.id,
      }));
      assert.match(passage.text, /from 20% to 43%/);
      assert.equal(`#${passage.id}`, answer.source);
      await comesTo(true, () =>
        page.$eval("[data-cw-marked]", (block) => {
          const { top } = block.getBoundingClientRect();
          const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
          return top >= header && top < window.innerHeight;
        }),
      );

      await page.focus(FIELD);
      await page.keyboard.press("Escape");
      assert.equal(await page.$eval(OPENER, (it) => it === document.activeElement), true);
      assert.equal((await page.$$("[data-cw-open]")).length, 0);
      assert.equal((await page.$$(REPLY)).length, 3, "the visit's replies are kept");
      await seen.finish();
    });
  }
}

test("asking at the end of the lesson needs nothing but the field", async () => {
  const seen = await visit("chromium", await rootOf("subpath"), LESSON, { width: 360 });
  const { page } = seen;
  await page.focus(FIELD);
  await page.keyboard.press("Enter");
  const status = "form[data-cw-tutor] [role=status]";
  await page.waitForFunction(
    (selector) => document.querySelector(selector)?.textContent === "Write a question, then ask.",
    {},
    status,
  );
  await page.keyboard.type("s/"); // no shortcuts of the site
  for (let key = 0; key < 2; key += 1) await page.keyboard.press("Backspace");
  await ask(page, "whats a proxy gaol");
  const { verdict, text, inField } = await newest(page);
  assert.equal(verdict, "answer");
  assert.match(text, /“gaol” was read as “goal”/);
  assert.ok(inField);
  assert.equal((await page.$$("[data-cw-open]")).length, 0);
  assert.equal(await page.$eval(status, (it) => it.textContent), "");
  await seen.finish();
});

test("on a phone the panel makes way for the passage; axe finds nothing, light and dark", async () => {
  for (const [width, dark] of [
    [360, true],
    [1280, false],
  ] as const) {
    const seen = await visit("chromium", await rootOf("http"), LESSON, { width, dark });
    const { page } = seen;
    await page.locator(OPENER).click();
    await page.waitForSelector("[data-cw-part=tutor][data-cw-open]");
    await page.waitForSelector(`${FIELD}:focus`);
    await ask(page, "What is the difference between specification gaming and a proxy goal?");
    await ask(page, "What does momentum have to do with a maze?");
    await assertAccessible(page);
    await page.$eval(`${REPLY} a[data-cw-source]`, (link) => (link as HTMLElement).click());
    await page.waitForSelector("[data-cw-marked]:focus");
    assert.equal((await page.$$("[data-cw-open]")).length, width === 360 ? 0 : 1);
    await assertAccessible(page);
    await seen.finish();
  }
});

test("another lesson without loading anew has a tutor of its own", async () => {
  const seen = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = seen;
  await page.focus(FIELD);
  await ask(page, "Who did the experiment with CoinRun?");
  await leaving(page.evaluate(() => document.querySelector<HTMLElement>("a[rel=next]")?.click()));
  await page.waitForFunction(
    (path) =>
      !location.pathname.endsWith(path) &&
      document.querySelector("form[data-cw-tutor]") &&
      document.readyState === "complete", // its scripts are there, too
    {},
    LESSON,
  );
  assert.equal((await page.$$(REPLY)).length, 0);
  await page.focus(FIELD);
  await ask(page, "What is a jailbreak?");
  assert.ok(["answer", "refuse"].includes((await newest(page)).verdict ?? ""));
  await seen.finish();
});

test("a part that cannot be loaded is said, and the question is kept", async () => {
  const expected = /ERR_FAILED|Failed to load/;
  const seen = await visit("chromium", await rootOf("http"), LESSON, { expected });
  const { page } = seen;
  const form = await page.$eval("form[data-cw-tutor]", (it) => (it as HTMLElement).dataset.cwIndex);
  await page.setRequestInterception(true);
  let isBroken = true;
  page.on("request", (request) => {
    if (isBroken && request.url().endsWith(form ?? "")) request.abort();
    else request.continue();
  });
  await page.focus(FIELD);
  await page.keyboard.type("What is a proxy goal?");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector("form[data-cw-tutor] [role=status]")?.textContent?.includes("could not"),
  );
  isBroken = false;
  assert.equal(await page.$eval(FIELD, (it) => (it as HTMLInputElement).value.length), 21);
  await ask(page, "");
  assert.equal((await newest(page)).verdict, "answer");
  await seen.finish();
});

test("without scripts the panel says what it needs and shows no dead field", async () => {
  const seen = await visit("chromium", await rootOf("file"), LESSON, { scripts: false });
  const shown = await seen.page.evaluate(() => {
    const isSeen = (selector: string) => document.querySelector(selector)?.checkVisibility();
    return [
      isSeen("[data-cw-part=tutor] noscript"),
      isSeen("form[data-cw-tutor]"),
      isSeen("[data-cw-action=tutor]"),
    ];
  });
  assert.deepEqual(shown, [true, false, false]);
  await seen.finish();
});

test("nothing of a question or reply is stored", async () => {
  const seen = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = seen;
  await page.focus(FIELD);
  await ask(page, "Is a zebra crossing a proxy goal?");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));
  assert.ok(!kept.includes("zebra"));
  await seen.finish();
});

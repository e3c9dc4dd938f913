// A reader who is quicker than the scripts: what was typed or chosen before they came is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LESSON, rootOf, visit } from "./harness.ts";
import { form, ofKind, specs } from "./question-page.ts";

/** Hold back scripts by their name; returns what lets them through. */
async function heldBack(
  visited: Awaited<ReturnType<typeof visit>>,
  name: RegExp,
): Promise<() => void> {
  const { page } = visited;
  let letThrough = () => {};
  const free = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (name.test(request.url())) await free;
    await request.continue();
  });
  return letThrough;
}

test("code typed before the editor comes stays, typing goes on in it, and a reload has all", async () => {
  const visited = await visit("chromium", await rootOf("http"), "about.html");
  const { page } = visited;
  const letThrough = await heldBack(visited, /editor\.\w+\.js/);
  await page.goto(visited.root + LESSON, { waitUntil: "load" });
  await page.waitForSelector(".cw-quiz__step");
  const all = await specs(page, true);
  const spec = ofKind(all, "python");
  await page.$$eval(
    ".cw-quiz__step",
    (steps, at) => (steps[at] as HTMLElement).click(),
    all.indexOf(spec),
  );
  const area = `${form(spec)} textarea[data-cw-editor]`;
  await page.focus(area);
  await page.$eval(area, (it) => (it as HTMLTextAreaElement).setSelectionRange(0, 0));
  await page.keyboard.type("# early, ");
  letThrough();
  await page.waitForSelector(`${form(spec)} .cm-content`);
  await page.keyboard.type("and late");
  const code = await page.$eval(area, (it) => (it as HTMLTextAreaElement).value);
  assert.equal(code, `# early, and late${spec.starter}`);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await page.reload();
  await page.waitForFunction(
    (selector, text) => document.querySelector<HTMLTextAreaElement>(selector)?.value === text,
    {},
    area,
    code,
  );
  await visited.finish();
});

test("a choice made before any script came is still chosen", async () => {
  const visited = await visit("chromium", await rootOf("http"), "about.html");
  const { page } = visited;
  const letThrough = await heldBack(visited, /coursewright\/page\.\w+\.js/);
  const arrived = page.goto(visited.root + LESSON, { waitUntil: "load" });
  const single = 'form[data-cw-kind="single"]';
  await page.waitForSelector(`[data-cw-part=related]`); // the whole text is there to be read
  const chosen = await page.$eval(`${single} [data-cw-choice] input`, (input) => {
    (input as HTMLInputElement).click();
    return (input as HTMLInputElement).value;
  });
  letThrough();
  await arrived;
  await page.waitForSelector(`${single}[data-cw-state="answered"]`);
  const checked = `${single} input:checked`;
  assert.equal(await page.$eval(checked, (input) => (input as HTMLInputElement).value), chosen);
  await visited.finish();
});

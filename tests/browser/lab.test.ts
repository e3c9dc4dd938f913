// Labs on the real site: they train in the page what CPython trains, and keep what came of it. How
// an agent walks is in lab-walk.test.ts.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { percent } from "../../plugins/coursewright/web/src/elements/lab/outcomes.ts";
import type { LabRecord, LabSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { assertAccessible } from "./accessible.ts";
import { BROWSERS, LESSON, rootOf, type Visit, type VisitOptions, visit } from "./harness.ts";
import {
  click,
  enter,
  press,
  reach,
  read,
  result,
  said,
  train,
  trainHere,
  until,
} from "./lab-page.ts";
import { comesTo } from "./patience.ts";

const COINRUN = "#lab-coinrun";

let root: string;

before(async () => {
  root = await rootOf("http");
});

/** Open the lesson and go to its first lab, once it is drawn. */
async function open(options: VisitOptions = {}): Promise<Visit> {
  const seen = await visit("chromium", root, LESSON, options);
  await reach(seen.page, COINRUN);
  return seen;
}

test("what the page trains is what CPython trains, for a seed and a setting of one's own", async () => {
  const seen = await open();
  const { page } = seen;
  const spec = await read<LabSpec>(page, COINRUN, "cwSpec");
  assert.deepEqual(await result(page, COINRUN), spec.measured, "before: measured by the build");
  await click(page, `${COINRUN} [data-cw-predict="coin"]`);
  await enter(page, COINRUN, "seed", "7");
  const trained = await train(page, COINRUN, 1500);
  assert.equal(trained.seed, 7);
  assert.equal(trained.episodes, 1500);
  assert.deepEqual(trained, trainHere("coinrun", trained.settings));
  assert.notEqual(trained.weights_sha256, spec.measured.weights_sha256);
  const shown = await page.$eval(`${COINRUN} details [data-cw-test="outcomes"]`, (row) =>
    [...row.querySelectorAll("td")].map((cell) => cell.textContent),
  );
  const { coin, old_place, failed } = spec.measured.outcomes;
  assert.deepEqual(shown, [coin, old_place, failed].map(percent), "the build writes as the page");
  const verdict = await page.$eval(`${COINRUN} .cw-lab__verdict`, (it) => it.textContent ?? "");
  assert.match(verdict, /You expected[\s\S]*It reaches the coin/);
  assert.match(verdict, new RegExp(`${percent(trained.outcomes.coin)}% of the tests`));
  await seen.finish();
});

test("without a prediction the outcome is withheld, then shown beside it", async () => {
  const seen = await open();
  const { page } = seen;
  await train(page, COINRUN, 500);
  assert.equal(await page.$(`${COINRUN} .cw-outcome__row`), null);
  await click(page, `${COINRUN} [data-cw-predict="failed"]`);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  const rows = await page.$$(`${COINRUN} .cw-outcome__row`);
  assert.equal(rows.length, 4, "training-like, hidden, moved, untrained");
  await click(page, `${COINRUN} .cw-lab__tests [role="switch"]`);
  await page.waitForSelector(`${COINRUN} .cw-lab__tests table`);
  await seen.finish();
});

test("Stop ends the training at once and keeps the curve", async () => {
  const seen = await open();
  const { page } = seen;
  const measured = await result(page, COINRUN);
  await enter(page, COINRUN, "episodes", "24000");
  // Pressed in the page itself: a training ends soon, and a test may be slow.
  await page.$eval(COINRUN, (lab) => {
    const look = () => {
      const words = lab.querySelector(".cw-curve figcaption")?.textContent ?? "";
      if (!/episode \d/.test(words)) return;
      observer.disconnect();
      lab.querySelector<HTMLElement>("[data-cw-action=stop]")?.click();
    };
    const observer = new MutationObserver(look);
    observer.observe(lab, { subtree: true, childList: true, characterData: true });
  });
  await press(page, COINRUN, "train");
  await until(page, COINRUN, "stopped");
  assert.match(await said(page, COINRUN), /^Stopped after [\d,]+ of 24,000 episodes/);
  assert.match(
    await page.$eval(`${COINRUN} .cw-curve figcaption`, (it) => it.textContent ?? ""),
    /^Stopped at episode/,
  );
  assert.deepEqual(await result(page, COINRUN), measured, "no result comes of a stopped run");
  await train(page, COINRUN, 500);
  await seen.finish();
});

test("result and prediction are kept, told, restored and reset", async () => {
  const seen = await open();
  const { page } = seen;
  await page.evaluate(() => {
    document.addEventListener("cw:lab", (event) => {
      const heard = event instanceof CustomEvent ? event.detail : undefined;
      document.documentElement.dataset.heard = JSON.stringify(heard);
    });
  });
  await click(page, `${COINRUN} [data-cw-predict="old_place"]`);
  const trained = await train(page, COINRUN, 500);
  const heard: LabRecord = JSON.parse(
    await page.evaluate(() => document.documentElement.dataset.heard ?? ""),
  );
  assert.deepEqual(JSON.parse(heard.result?.value ?? ""), trained);
  assert.equal(JSON.parse(heard.prediction?.value ?? ""), "old_place");

  await page.reload({ waitUntil: "load" });
  await reach(page, COINRUN);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  assert.deepEqual(await result(page, COINRUN), trained);
  assert.match(await said(page, COINRUN), /^This is your last result/);
  assert.equal(
    await page.$eval(
      `${COINRUN} [data-cw-param="episodes"]`,
      (it) => (it as HTMLInputElement).value,
    ),
    "500",
  );

  await press(page, COINRUN, "reset");
  const spec = await read<LabSpec>(page, COINRUN, "cwSpec");
  assert.deepEqual(await result(page, COINRUN), spec.measured);
  await seen.finish();
});

test("a setting that cannot be is named and starts nothing", async () => {
  const seen = await open();
  const { page } = seen;
  await enter(page, COINRUN, "episodes", "250");
  await enter(page, COINRUN, "seed", "1.5");
  await press(page, COINRUN, "train");
  assert.match(await said(page, COINRUN), /^A setting is out of range/);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-cw-param"));
  assert.equal(focused, "seed");
  assert.equal(await page.$eval(COINRUN, (it) => it.getAttribute("data-cw-state")), "idle");
  await page.waitForSelector(`${COINRUN} [data-cw-param="seed"][aria-invalid="true"]`);

  // The fault's words go when the field is left, and the button must not move under the click.
  await enter(page, COINRUN, "seed", "2");
  await press(page, COINRUN, "train");
  await until(page, COINRUN, "ready");
  assert.equal((await result(page, COINRUN)).seed, 2);
  await seen.finish();
});

test("on a phone nothing is wider than the screen", async () => {
  const seen = await open({ width: 360 });
  const { page } = seen;
  await click(page, `${COINRUN} [data-cw-predict="coin"]`);
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  // The chart takes the new width a moment later.
  const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
  await comesTo(360, widest);
  await seen.finish();
});

test("axe finds nothing in a lab that has been used, in both palettes, wide and narrow", async () => {
  const seen = await open();
  const { page } = seen;
  await click(page, `${COINRUN} [data-cw-predict="coin"]`);
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  for (const width of [1280, 360]) {
    await page.setViewport({ width, height: 900 });
    for (const scheme of ["default", "slate"]) {
      await page.evaluate((name) => {
        document.body.dataset.mdColorScheme = name;
      }, scheme);
      await assertAccessible(page, COINRUN, `${width} px, ${scheme}`);
    }
    for (const area of [".cw-lab__curve", ".cw-lab__tests"]) {
      await click(page, `${COINRUN} ${area} [role="switch"]`);
    }
  }
  await seen.finish();
});

test("with scripts off the measured table is there to read", async () => {
  const seen = await visit("chromium", root, LESSON, { scripts: false });
  const rows = await seen.page.$$(`${COINRUN} details[open] tbody tr`);
  assert.equal(rows.length, 4);
  const stage = await seen.page.$(`${COINRUN} [data-cw-lab-stage]`);
  assert.equal(await stage?.isVisible(), false);
  await seen.finish();
});

test("taken out of the page a lab ends its run, and put back it is at rest", async () => {
  const seen = await open();
  const { page } = seen;
  await enter(page, COINRUN, "episodes", "24000");
  await press(page, COINRUN, "train");
  await until(page, COINRUN, "running");
  // What instant navigation does to an element.
  await page.$eval("cw-lab", (lab) => {
    const { parentNode, nextSibling } = lab;
    lab.remove();
    setTimeout(() => parentNode?.insertBefore(lab, nextSibling), 100);
  });
  await until(page, COINRUN, "idle");
  await page.waitForSelector("html[data-cw-python='ready']");
  const trained = await train(page, COINRUN, 250);
  assert.equal(trained.episodes, 250);
  assert.equal((await page.$$(`${COINRUN} [data-cw-action="train"]`)).length, 1);
  await seen.finish();
});

for (const name of BROWSERS) {
  test(`${name}: below a path on a host a lab trains as anywhere`, async () => {
    const seen = await visit(name, await rootOf("subpath"), LESSON);
    await reach(seen.page, COINRUN);
    const trained = await train(seen.page, COINRUN, 500);
    assert.deepEqual(trained, trainHere("coinrun", trained.settings));
    await seen.finish();
  });
}

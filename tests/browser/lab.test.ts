// Labs on the real site: they train in the page what CPython trains, and listen to mouse and keys.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { percent } from "../../plugins/coursewright/web/src/elements/lab/outcomes.ts";
import type { LabRecord, LabSpec } from "../../plugins/coursewright/web/src/schema.ts";
import { BROWSERS, LESSON, rootOf, type Visit, type VisitOptions, visit } from "./harness.ts";
import {
  click,
  enter,
  PATIENCE,
  press,
  reach,
  read,
  result,
  said,
  train,
  trainHere,
  until,
} from "./lab-page.ts";

const COINRUN = "#lab-coinrun";

interface Axe {
  run(context: string): Promise<AxeResults>;
}

let root: string;

before(async () => {
  root = await rootOf("http");
});

/** Open the lesson and go to one of its labs, once it is drawn. */
async function openLab(lab: string, options: VisitOptions = {}): Promise<Visit> {
  const seen = await visit("chromium", root, LESSON, options);
  await reach(seen.page, lab);
  return seen;
}

/** Cells in which the coin can lie, none of them where it lies. */
function freeCells(page: Page, lab: string): Promise<string[]> {
  return page.$$eval(`${lab} [data-cw-takes="coin"]`, (cells) =>
    cells
      .filter((cell) => /: free$/.test(cell.getAttribute("aria-label") ?? ""))
      .map((cell) => (cell instanceof HTMLElement ? (cell.dataset.cwCell ?? "") : "")),
  );
}

/** Where the coin is drawn. */
function coinAt(page: Page, lab: string): Promise<string | undefined> {
  return page.$$eval(`${lab} [data-cw-cell]`, (cells) => {
    const named = cells.find((cell) =>
      /\b(coin|cheese)\b/.test(cell.getAttribute("aria-label") ?? ""),
    );
    return named instanceof HTMLElement ? named.dataset.cwCell : undefined;
  });
}

test("what the page trains is what CPython trains, for a seed and a setting of one's own", async () => {
  const seen = await openLab(COINRUN);
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
  const seen = await openLab(COINRUN);
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

test("the coin moves by click and by keys, and each move brings a new walk", async () => {
  const seen = await openLab(COINRUN);
  const { page } = seen;
  await train(page, COINRUN, 500);
  const arrows = `${COINRUN} .cw-world__arrows path`;
  await page.waitForSelector(arrows);
  const [clicked = ""] = await freeCells(page, COINRUN);
  await click(page, `${COINRUN} [data-cw-cell="${clicked}"]`);
  assert.match(await said(page, COINRUN), /^The coin lies in row/);
  await page.waitForSelector(arrows);
  assert.equal(await coinAt(page, COINRUN), clicked);

  const before = await page.evaluate(() => document.activeElement?.getAttribute("data-cw-cell"));
  assert.equal(before, clicked, "a click takes the keyboard along");
  await page.keyboard.press("PageDown");
  for (let step = 0; step < 20; step++) {
    const name = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    if (name?.endsWith(": free")) break;
    await page.keyboard.press("ArrowRight");
  }
  const there = await page.evaluate(() => document.activeElement?.getAttribute("data-cw-cell"));
  await page.keyboard.press("Enter");
  await page.waitForSelector(arrows);
  assert.notEqual(there, clicked);
  assert.equal(await coinAt(page, COINRUN), there);

  const spec = await read<LabSpec>(page, COINRUN, "cwSpec");
  const [wall = [0, 0]] = spec.experiment.first?.walls ?? [];
  await click(page, `${COINRUN} [data-cw-cell="${wall.join(",")}"]`);
  assert.match(await said(page, COINRUN), /^There is a wall/);
  assert.equal(await coinAt(page, COINRUN), there);
  await seen.finish();
});

test("a walk plays, pauses and steps; hiding the coin asks for another", async () => {
  const seen = await openLab(COINRUN);
  const { page } = seen;
  const count = () => page.$eval(`${COINRUN} .cw-player__count`, (it) => it.textContent ?? "");
  await train(page, COINRUN, 500);
  await press(page, COINRUN, "pause");
  await press(page, COINRUN, "hide");
  await page.waitForSelector(`${COINRUN} [data-cw-action="hide"][aria-checked="true"]`);
  await page.waitForSelector(`${COINRUN} .cw-world__goal--hidden`);
  await page.waitForSelector(`${COINRUN} .cw-world__trail`, PATIENCE);
  await press(page, COINRUN, "pause");
  await press(page, COINRUN, "hide");
  await page.waitForSelector(`${COINRUN} .cw-world__goal:not(.cw-world__goal--hidden)`);
  await page.waitForSelector(`${COINRUN} [data-cw-action="play"][aria-disabled="true"]`);
  await press(page, COINRUN, "pause");
  const paused = await count();
  await press(page, COINRUN, "step");
  assert.notEqual(await count(), paused);
  await press(page, COINRUN, "play");
  await page.waitForFunction(
    (selector) => /^(Reached|After|Died)/.test(document.querySelector(selector)?.textContent ?? ""),
    PATIENCE,
    `${COINRUN} .cw-player__count`,
  );
  await seen.finish();
});

test("Stop ends the training at once and keeps the curve", async () => {
  const seen = await openLab(COINRUN);
  const { page } = seen;
  const measured = await result(page, COINRUN);
  await enter(page, COINRUN, "episodes", "24000");
  await press(page, COINRUN, "train");
  await until(page, COINRUN, "running");
  await page.waitForFunction(
    (selector) => /episode \d/.test(document.querySelector(selector)?.textContent ?? ""),
    PATIENCE,
    `${COINRUN} .cw-curve figcaption`,
  );
  await press(page, COINRUN, "stop");
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
  const seen = await openLab(COINRUN);
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
  const seen = await openLab(COINRUN);
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

test("with reduced motion nothing moves by itself and no step is eased", async () => {
  const seen = await openLab(COINRUN);
  const { page } = seen;
  const easing = () =>
    page.$eval(`${COINRUN} .cw-world__agent`, (it) => getComputedStyle(it).transitionDuration);
  assert.equal(await easing(), "0.12s");
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  assert.equal(await easing(), "0s");
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-world__arrows path`);
  assert.match(
    await page.$eval(`${COINRUN} .cw-player__count`, (it) => it.textContent ?? ""),
    /^Step 0 of/,
  );
  await seen.finish();
});

test("on a phone nothing is wider than the screen", async () => {
  const seen = await openLab(COINRUN, { width: 360 });
  const { page } = seen;
  await click(page, `${COINRUN} [data-cw-predict="coin"]`);
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(widest <= 360, `${widest} px`);
  await seen.finish();
});

test("axe finds nothing in a lab that has been used, in both palettes, wide and narrow", async () => {
  const seen = await openLab(COINRUN);
  const { page } = seen;
  await click(page, `${COINRUN} [data-cw-predict="coin"]`);
  await train(page, COINRUN, 500);
  await page.waitForSelector(`${COINRUN} .cw-outcome__row`);
  // Colours halfway between two palettes are nobody's.
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await page.evaluate(axe.source);
  for (const width of [1280, 360]) {
    await page.setViewport({ width, height: 900 });
    for (const scheme of ["default", "slate"]) {
      const found = await page.evaluate(
        async (lab, name) => {
          document.body.dataset.mdColorScheme = name;
          const run = (globalThis as unknown as { axe: Axe }).axe.run;
          const { violations } = await run(lab);
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
          );
        },
        COINRUN,
        scheme,
      );
      assert.deepEqual(found, [], `${width} px, ${scheme}`);
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
  const seen = await openLab(COINRUN);
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
  await page.waitForSelector("html[data-cw-python='ready']", PATIENCE);
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

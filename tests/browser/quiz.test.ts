// Questions in real browsers: answering, hints, second tries, reloads, rounds, keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSERS, LESSON, rootOf, type Visit, visit, WORLDS } from "./harness.ts";
import {
  button,
  choose,
  goTo,
  ofKind,
  PLACE,
  PROGRESS,
  press,
  pressAt,
  rightIds,
  seenInQuiz,
  shown,
  specs,
  textOf,
  write,
  wrongIds,
} from "./question-page.ts";

for (const browser of BROWSERS) {
  for (const world of WORLDS) {
    test(`${browser}, ${world}: answer, hint, second try, reload`, async () => {
      const visited = await visit(browser, await rootOf(world), LESSON);
      const { page } = visited;
      const all = await specs(page, true);
      const spec = ofKind(all, "single");
      await goTo(page, all.indexOf(spec));
      assert.equal((await shown(page, spec)).state, "unanswered");
      await press(page, spec, "check");
      assert.equal((await shown(page, spec)).status, "Choose an answer, then check.");

      const wrong = wrongIds(spec).slice(0, 1);
      await choose(page, spec, wrong);
      assert.equal((await shown(page, spec)).state, "answered", "choosing is not answering");
      await press(page, spec, "check");
      const missed = await shown(page, spec);
      assert.equal(missed.state, "incorrect");
      assert.match(missed.status, /^Not yet\./);
      assert.deepEqual(missed.feedback, wrong, "feedback stands in the row that it speaks of");
      assert.ok(!missed.explanation && !missed.answers);
      assert.match(await textOf(page, PROGRESS), /^1 of 15 questions/);

      await press(page, spec, "hint");
      assert.equal((await shown(page, spec)).hints, 1);
      await press(page, spec, "retry");
      assert.deepEqual((await shown(page, spec)).chosen, []);
      await choose(page, spec, rightIds(spec));
      await press(page, spec, "check");
      const right = await shown(page, spec);
      assert.equal(right.state, "correct");
      assert.match(right.status, /^Correct\./);
      assert.ok(right.explanation);

      await page.reload({ waitUntil: "load" });
      const again = await shown(page, spec);
      assert.deepEqual(
        [again.state, again.chosen, again.feedback],
        ["correct", rightIds(spec), rightIds(spec)],
      );
      assert.match(await textOf(page, PROGRESS), /^1 of 15 questions/);
      assert.deepEqual(await seenInQuiz(page), [spec.id], "the reader is where they were");
      await visited.finish();
    });
  }
}

async function open(): Promise<Visit> {
  return visit("chromium", await rootOf("file"), LESSON);
}

test("several choices: partly right says how many, and showing the answer marks all", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  const spec = ofKind(all, "multiple");
  await goTo(page, all.indexOf(spec));
  await choose(page, spec, rightIds(spec).slice(0, 1));
  await press(page, spec, "check");
  const partly = await shown(page, spec);
  assert.equal(partly.state, "partial");
  assert.ok(partly.status.includes(`You found 1 of ${rightIds(spec).length}.`), partly.status);
  await press(page, spec, "reveal");
  const revealed = await shown(page, spec);
  assert.equal(revealed.state, "revealed");
  const marks = await page.$$eval(
    `form[data-cw-question="${spec.id}"] [data-cw-right=true]`,
    (rows) => rows.map((row) => (row as HTMLElement).dataset.cwChoice ?? ""),
  );
  assert.deepEqual(marks.sort(), rightIds(spec).sort());
  await page.reload({ waitUntil: "load" });
  assert.equal((await shown(page, spec)).state, "revealed");
  await visited.finish();
});

test("text and stated output are judged by Enter or Check, and drafts outlive a reload", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  const text = ofKind(all, "text");
  await goTo(page, all.indexOf(text));
  await write(page, text, "something else altogether");
  await page.keyboard.press("Enter");
  assert.equal((await shown(page, text)).state, "incorrect");
  const accepted = text.choices?.find(({ correct }) => correct)?.text ?? "";
  await write(page, text, `  ${accepted.toUpperCase()}. `);
  await page.keyboard.press("Enter");
  assert.equal((await shown(page, text)).state, "correct");

  const predict = ofKind(all, "predict");
  await goTo(page, all.indexOf(predict));
  await write(page, predict, "half an answ");
  await page.reload({ waitUntil: "load" });
  await goTo(page, all.indexOf(predict));
  const field = `form[data-cw-question="${predict.id}"] textarea`;
  assert.equal(
    await page.$eval(field, (area) => (area as HTMLTextAreaElement).value),
    "half an answ",
  );
  assert.equal((await shown(page, predict)).state, "answered");
  await write(page, predict, `${(predict.answer ?? "").trimEnd()}  \n\n`);
  await press(page, predict, "check");
  const right = await shown(page, predict);
  assert.equal(right.state, "correct");
  assert.ok(right.buttons.includes("Run"), "after an attempt the code may be run");
  await visited.finish();
});

for (const world of ["http", "file"] as const) {
  test(`${world}: after an attempt the code of a stated output runs for real`, async () => {
    const visited = await visit("chromium", await rootOf(world), LESSON);
    const { page } = visited;
    const all = await specs(page, true);
    const spec = ofKind(all, "predict");
    await goTo(page, all.indexOf(spec));
    await write(page, spec, "no idea");
    await press(page, spec, "check");
    assert.equal((await shown(page, spec)).state, "incorrect");
    await press(page, spec, "run");
    const output = `form[data-cw-question="${spec.id}"] [data-cw-output]`;
    await page.waitForFunction(
      (selector, expected) => document.querySelector(selector)?.textContent?.trim() === expected,
      {},
      output,
      (spec.answer ?? "").trim(),
    );
    assert.equal((await shown(page, spec)).state, "incorrect", "running is not answering");
    await visited.finish();
  });
}

test("a round ends with its score; missed questions can be practised", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  assert.equal(await textOf(page, PLACE), "Question 1 of 15 · round 1 of 3");
  const [first] = all;
  assert.ok(first?.kind === "single");
  await choose(page, first, rightIds(first));
  await press(page, first, "check");
  for (const [index, spec] of all.slice(0, 5).entries()) {
    assert.deepEqual(await seenInQuiz(page), [spec.id]);
    await press(page, spec, "next");
    if (index === 4) break;
    const place = `Question ${index + 2} of 15 · round 1 of 3`;
    assert.equal(await textOf(page, PLACE), place);
    const focused = await page.evaluate(() => {
      const heading = document.activeElement;
      const described = heading?.getAttribute("aria-describedby") ?? "";
      return {
        question: heading?.closest("form")?.dataset.cwQuestion,
        heading: heading?.hasAttribute("data-cw-heading"),
        described: document.getElementById(described)?.textContent,
      };
    });
    assert.deepEqual(focused, { question: all[index + 1]?.id, heading: true, described: place });
  }
  assert.deepEqual(await seenInQuiz(page), []);
  assert.match(await textOf(page, ".cw-quiz__summary"), /1 of 5 right in this round/);
  await pressAt(page, ".cw-quiz__summary [data-cw-action=practise]");
  assert.equal(await textOf(page, PLACE), "Practice · question 1 of 4");
  assert.deepEqual(await seenInQuiz(page), [all[1]?.id]);
  await goTo(page, 14);
  assert.deepEqual(await seenInQuiz(page), [all[14]?.id]);
  await visited.finish();
});

test("a question between the sections is stored but not counted", async () => {
  const visited = await open();
  const { page } = visited;
  const [spec] = await specs(page, false);
  assert.ok(spec);
  await choose(page, spec, wrongIds(spec).slice(0, 1));
  await press(page, spec, "check");
  assert.match(await textOf(page, PROGRESS), /^0 of 15/);
  await page.reload({ waitUntil: "load" });
  assert.equal((await shown(page, spec)).state, "incorrect");
  await visited.finish();
});

test("letters typed at a question are no shortcuts of the site", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  const spec = ofKind(all, "single");
  await goTo(page, all.indexOf(spec));
  await page.focus(`form[data-cw-question="${spec.id}"] input`);
  for (const key of ["s", "f", "/", "n"]) await page.keyboard.press(key as "s");
  const isSearching = () =>
    page.$eval("[data-md-toggle=search]", (toggle) => (toggle as HTMLInputElement).checked);
  assert.equal(await isSearching(), false);
  assert.ok(page.url().includes(LESSON));
  await visited.finish();
});

test("without scripts every question can be read, and its answers opened", async () => {
  const visited = await visit("chromium", await rootOf("file"), LESSON, { scripts: false });
  const counts = await visited.page.evaluate(() => {
    const seen = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility()).length;
    return {
      questions: seen("cw-quiz form[data-cw-question]"),
      answers: seen("cw-quiz [data-cw-answers] > summary"),
      spoiled: seen("cw-quiz [data-cw-feedback], cw-quiz [data-cw-hint]"),
      dead: seen("form[data-cw-question] button"),
    };
  });
  assert.deepEqual(counts, { questions: 15, answers: 15, spoiled: 0, dead: 0 });
  await visited.finish();
});

test("Check can be reached and pressed by keyboard alone, and arrows only choose", async () => {
  const visited = await open();
  const { page } = visited;
  const all = await specs(page, true);
  const spec = ofKind(all, "single");
  await goTo(page, all.indexOf(spec));
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  const chosen = await shown(page, spec);
  assert.equal(chosen.chosen.length, 1);
  assert.equal(chosen.state, "answered");
  await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(() => (document.activeElement as HTMLElement).dataset.cwAction),
    "check",
  );
  await page.keyboard.press("Space");
  assert.match((await shown(page, spec)).state ?? "", /correct/);
  assert.equal(
    await page.$eval(button(spec, "check"), (it) => it === document.activeElement),
    true,
  );
  await visited.finish();
});

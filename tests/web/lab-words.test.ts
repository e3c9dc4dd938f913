// Every key that a lab's code names has words, and every outcome, test and fault has them too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { OUTCOMES, TESTS } from "../../plugins/coursewright/web/src/elements/lab/outcomes.ts";
import { SPEEDS } from "../../plugins/coursewright/web/src/elements/lab/scene.ts";

const source = new URL("../../plugins/coursewright/web/src/elements/lab/", import.meta.url);
const table = new URL(
  "../../plugins/coursewright/src/coursewright/strings/en.json",
  import.meta.url,
);
const words: Record<string, string> = JSON.parse(readFileSync(table, "utf8"));

function code(): string {
  const files = readdirSync(source).filter((name) => name.endsWith(".ts"));
  return files.map((name) => readFileSync(new URL(name, source), "utf8")).join("\n");
}

test("every key that is named whole has words", () => {
  const named = [
    ...code().matchAll(/\b(?:words\.t|say)\(\s*(?:\w+ \? )?"([\w.]+)"(?: : "([\w.]+)")?/g),
  ];
  const keys = named.flatMap(([, one, other]) => [one, other]).filter((key) => key !== undefined);
  assert.ok(keys.length > 40, `${keys.length} keys found`);
  assert.deepEqual(
    keys.filter((key) => !(`lab.${key}` in words)),
    [],
  );
});

test("every key that is put together has words", () => {
  const reasons = ["boot", "limit", "version", "request", "crashed"];
  const keys = [
    ...OUTCOMES.flatMap((name) =>
      ["outcome", "short", "predict", "finding", "ended"].map((area) => `${area}.${name}`),
    ),
    ...TESTS.map((name) => `test.${name}`),
    ...reasons.map((reason) => `failed.${reason}`),
    ...Object.keys(SPEEDS).map((name) => `speed.${name}`),
    ...["number", "whole", "range", "choice"].map((fault) => `fault.${fault}`),
    ...["waiting", "training", "learned", "partly", "stopped"].map((end) => `curve.${end}`),
    ...["wall", "pit", "agent", "coin", "old_place", "start", "free"].map((it) => `cell.${it}`),
    ...["wall", "pit", "start"].map((there) => `said.no_${there}`),
    ...["play", "pause", "step", "move", "coin_back"],
  ];
  assert.deepEqual(
    keys.filter((key) => !(`lab.${key}` in words)),
    [],
  );
});

test("no words of a lab stand unused in the table", () => {
  const text = code();
  const template = readFileSync(
    new URL("../../../../src/coursewright/templates/cw/lab.html", source),
    "utf8",
  );
  // An area whose keys are put together counts as used when its beginning is written somewhere.
  const used = (key: string) =>
    [`"${key}"`, `"lab.${key}"`].some((quoted) => (text + template).includes(quoted)) ||
    [
      `\`${key.replace(/\.\w+$/, "")}.\${`,
      `"lab.${key.replace(/\.\w+$/, "")}."`,
      `lab.${key.replace(/\.\w+$/, "")}.\${`,
    ].some((start) => (text + template).includes(start)) ||
    key === "unavailable" || // on-demand.ts puts it together for every bundle
    (/^said\.no_/.test(key) && text.includes("said.no_${")) ||
    /^(param|choice|unit)\./.test(key);
  const own = Object.keys(words).filter((key) => key.startsWith("lab."));
  assert.deepEqual(
    own.filter((key) => !used(key.slice("lab.".length))),
    [],
  );
});

// The weights that every CPython computes (tests/core/weights.json) come out of Pyodide, too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../contract/examples.ts";
import { answersOf, startPython } from "./pyodide.ts";

const stored = JSON.parse(readFileSync(join(ROOT, "tests/core/weights.json"), "utf8"));
const { bridge } = await startPython();

for (const [experiment, weights] of Object.entries(stored.weights_sha256)) {
  test(`${experiment} trains to the stored weights`, () => {
    const answers = answersOf(bridge, "lab-train", { experiment, settings: stored.settings });
    const { result } = answers.at(-1) as { result: { weights_sha256: string } };
    assert.equal(result.weights_sha256, weights);
  });
}

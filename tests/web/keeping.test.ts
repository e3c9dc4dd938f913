// Whether the browser may delete what is stored: its answers, and browsers that have none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askToKeep, keepingOf } from "../../plugins/coursewright/web/src/store/keeping.ts";

const says = (answer: boolean) => async () => answer;
const refuses = async (): Promise<boolean> => {
  throw new TypeError("opaque origin");
};

test("what the browser answers is told apart from no answer", async () => {
  for (const ask of [keepingOf, askToKeep]) {
    const answering = (answer: () => Promise<boolean>) =>
      ask({ persist: answer, persisted: answer });
    assert.equal(await answering(says(true)), "kept");
    assert.equal(await answering(says(false)), "may-go");
    assert.equal(await answering(refuses), "unknown");
    assert.equal(await ask({}), "unknown");
    assert.equal(await ask(undefined), "unknown");
  }
});

test("finding out asks the browser for nothing", async () => {
  const persist = () => assert.fail("asked unasked");
  assert.equal(await keepingOf({ persist, persisted: says(false) }), "may-go");
});

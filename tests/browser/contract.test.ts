// The examples of tests/contract through the whole of a page: client, messages, worker, snapshot,
// bridge. CPython and Pyodide under Node are asked the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Calls } from "../../plugins/coursewright/web/src/python-client.ts";
import type { Coursewright } from "../../plugins/coursewright/web/src/site.ts";
import { contractExamples, type Example } from "../contract/examples.ts";
import { BROWSERS, LESSON, rootOf, visit } from "./harness.ts";

interface Answer {
  event?: object | null;
  result?: object;
  error?: { reason: string; detail: string };
}

/** Ask for a piece of work; returns its events and its end as the bridge would give them. */
async function ask({ kind, payload }: Pick<Example, "kind" | "payload">): Promise<Answer[]> {
  const { python } = window.coursewright as Coursewright;
  const answers: Answer[] = [];
  const onEvent = (event: object) => answers.push({ event });
  try {
    const request = payload as Calls["lab-train"]["request"];
    const result = await python.request(kind as "lab-train", request, { onEvent });
    return [...answers, { result }];
  } catch (error) {
    const { reason, detail } = error as { reason: string; detail: string };
    return [...answers, { error: { reason, detail } }];
  }
}

for (const name of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${name} ${world}: the page gets the answers of the contract`, async () => {
      const visited = await visit(name, await rootOf(world), LESSON);
      for (const { name: example, kind, payload, answers } of contractExamples()) {
        const got = await visited.page.evaluate(ask, { kind, payload });
        // A step of long work that has nothing to say is no message.
        const expected = (answers as Answer[])
          .filter(({ event }) => event !== null)
          .map(({ event, result, error }) => (result ? { result } : error ? { error } : { event }));
        assert.deepEqual(got, expected, example);
      }
      await visited.finish();
    });
  }
}

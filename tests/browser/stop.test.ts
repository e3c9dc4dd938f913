// Stop and limits: who hears Stop, and that the next run is whole whatever the last one did.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import type { Coursewright } from "../../plugins/coursewright/web/src/site.ts";
import { BROWSERS, LESSON, rootOf, visit } from "./harness.ts";
import { run } from "./python-page.ts";

/** After this time the page ends a worker that could have heard Stop; see worker-client.ts. */
const STOP_GRACE_MS = 250;
const LOOP = `
import sys
sys.modules["mark"] = sys
print("so far")
while True:
    try:
        pass
    except Exception:
        pass`;

/** Run code, stop it when it has printed something, and return the output and the reason. */
function stopped(page: Page, code: string): Promise<[output: string, reason: string]> {
  return page.evaluate(async (text) => {
    const { python } = window.coursewright as Coursewright;
    const stop = new AbortController();
    let output = "";
    const onOutput = (piece: string) => {
      output += piece;
      stop.abort();
    };
    const options = { signal: stop.signal, limitS: 60, onOutput };
    const reason = await python.request("run", { code: text }, options).then(
      () => "answered",
      (error: { reason: string }) => error.reason,
    );
    return [output, reason] as [string, string];
  }, code);
}

for (const name of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${name} ${world}: Stop ends a loop, and where it is heard the interpreter lives on`, async () => {
      // Whether it is heard is asked, not how soon: the page does not lose its patience.
      const held = [STOP_GRACE_MS];
      const visited = await visit(name, await rootOf(world), LESSON, { held });
      const { page } = visited;
      const [output, reason] = await stopped(page, LOOP);
      assert.match(output, /^so far/);
      assert.equal(reason, "stopped");
      const { stdout } = await run(page, "import sys\nprint('mark' in sys.modules)");
      // Chromium lets no worker of a local page read what the page has made.
      assert.equal(stdout, name === "chromium" && world === "file" ? "False\n" : "True\n");
      await visited.finish();
    });
  }

  test(`${name}: what cannot be interrupted is ended, and the next run is whole`, async () => {
    const visited = await visit(name, await rootOf("http"), LESSON);
    const { page } = visited;
    await run(page, "print(1)");
    const calls = [
      "print(1, flush=True)\nimport time\ntime.sleep(60)",
      "print(1, flush=True)\nsum(range(10**10))",
    ];
    for (const call of calls) {
      const [output, reason] = await stopped(page, call);
      assert.match(output, /^1/);
      assert.equal(reason, "stopped", call);
      assert.deepEqual(await run(page, "print(2)"), { stdout: "2\n", error: "" });
    }
    const late = await run(page, "sum(range(10**10))", 1);
    assert.match(late.error, /limit/);
    assert.deepEqual(await run(page, "print(3)"), { stdout: "3\n", error: "" });
    await visited.finish();
  });
}

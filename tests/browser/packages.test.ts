// What a course brings of its own, in a course made for this: modules of its author, and a package
// with a dependency. Nothing of it is fetched before code imports it; then it works everywhere.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BROWSERS, rootOf, serve, type Visit, visit } from "./harness.ts";
import { grade, run } from "./python-page.ts";

const { COURSEWRIGHT_ROOT = "", COURSEWRIGHT_PYTHON = "" } = process.env;
const folder = mkdtempSync(join(tmpdir(), "coursewright-packages-"));
const builder = join(COURSEWRIGHT_ROOT, "tests/package_course.py");
execFileSync(COURSEWRIGHT_PYTHON, [builder, folder], { stdio: "inherit" });
const site = join(folder, "site");
after(() => rmSync(folder, { recursive: true }));

const LESSON = "lessons/one.html";
const OF_PACKAGES = /\/packages\//;
const HELLO = `
def greet(name):
    import robot
    return robot.hello(name)
print(greet("Ada"))`;

const CHECK = 'assert printed == "Grüß dich, Ada! (1)\\n", "it greets"';
const SPOIL = `
import robot, tools.words
tools.words.greeting = lambda: "Spoilt"
open(robot.__file__, "w").write("def hello(name): return 'Spoilt'")`;

for (const name of BROWSERS) {
  for (const world of ["http", "file"] as const) {
    test(`${name} ${world}: modules of the course come when code imports them`, async () => {
      const visited = await visit(name, await rootOf(world, site), LESSON);
      const { page } = visited;
      await run(page, "import csv");
      assert.equal(await fetched(visited), 0, "nothing is fetched that no code imports");

      const hello = { stdout: "Grüß dich, Ada! (1)\n", error: "" };
      assert.deepEqual(await run(page, HELLO), hello);
      assert.deepEqual(await run(page, HELLO), hello, "the module begins anew");
      assert.ok((await fetched(visited)) > 0);

      const size = "from graphs import name, size\nprint(name(), size)";
      assert.deepEqual(await run(page, size), { stdout: "graphs 4\n", error: "" });
      const beyond = "import graphs\nprint(graphs.ctypes.string_at(0))";
      assert.match((await run(page, beyond)).error, /^AttributeError/, "sizes, and no more");
      const version = "import importlib.metadata as m\nprint(m.version('paths'))";
      assert.deepEqual(await run(page, version), { stdout: "1.0\n", error: "" });

      await run(page, SPOIL);
      assert.equal(await grade(page, HELLO, CHECK), true, "a graded run has its own");
      await visited.finish();
    });
  }

  test(`${name}: a package that does not arrive is told, and the rest goes on`, async () => {
    const root = await serve(site, "", (path, body) => (OF_PACKAGES.test(path) ? undefined : body));
    const visited = await visit(name, root, LESSON, { expected: /404|Failed to load/ });
    const { page } = visited;
    const form = 'form[data-cw-question="greet"]';
    await page.waitForSelector(`${form} .cm-content`);
    await page.locator(`${form} [data-cw-action=run]`).click();
    await page.waitForFunction(
      (status) => /did not arrive/.test(document.querySelector(status)?.textContent ?? ""),
      {},
      `${form} [role=status]`,
    );
    assert.deepEqual(await run(page, "print(1)"), { stdout: "1\n", error: "" });
    await visited.finish();
  });
}

/** How often a file of a package was asked for. Firefox does not tell of scripts from a folder. */
function fetched({ page, root, requests }: Visit): Promise<number> | number {
  if (root.startsWith("http")) return requests.filter((url) => OF_PACKAGES.test(url)).length;
  return page.$$eval('script[src*="/packages/"]', (scripts) => scripts.length);
}

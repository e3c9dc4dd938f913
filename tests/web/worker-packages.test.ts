// What a course brings, on its way into the worker, and what the page shows meanwhile.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import type { FileName, PackageFacts } from "../../plugins/coursewright/web/src/protocol.ts";
import { reasonOf } from "../../plugins/coursewright/web/src/python-client.ts";
import { PackageError, Packages } from "../../plugins/coursewright/web/src/worker/packages.ts";
import { bootedWorker, REPORT, settle, trial } from "./fake-worker.ts";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

function facts(name: string, depends: string[] = [], own = false): PackageFacts {
  return { name, imports: [name, `${name}_more`], depends, bytes: 10, own };
}

const FACTS = [facts("top", ["middle"]), facts("middle", ["deep"], true), facts("deep", ["top"])];

/** A worker's packages; what code imports is whatever words it has. */
function packages(missing: FileName[] = []) {
  const seen: string[] = [];
  const made = new Packages({
    facts: [...FACTS, facts("other")],
    arrivals: {
      begin: (stage, bytes) => seen.push(`${stage} ${bytes}`),
      bytes: async (name) => {
        if (missing.includes(name)) throw new Error("404");
        return new ArrayBuffer(1);
      },
    },
    files: { writeFile: () => {} },
    bridge: {
      imports: (request) => JSON.stringify(JSON.parse(request).sources.join(" ").split(" ")),
      install: (_, own) => seen.push(`install ${own}`),
      modules: (request) => {
        const { sources, names } = JSON.parse(request);
        return names
          .filter((name: string) => sources.join(" ").split(" ").includes(name))
          .join(" ");
      },
      preload: (names) => seen.push(`preload ${names}`),
    },
  });
  return { made, seen };
}

test("a package comes with all that it needs, once", async () => {
  const { made, seen } = packages();
  await made.readyFor(["json", "re"]);
  assert.deepEqual(seen, []);
  await made.readyFor(["x", "top_more"]);
  const installs = ["install ", "install middle middle_more", "install "];
  assert.deepEqual(seen, ["packages 30", ...installs, "preload top_more"]);
  await made.readyFor(["deep middle"]);
  assert.deepEqual(seen.slice(5), ["preload deep"], "the author's own are left to the code");
  await made.readyFor(["other"]);
  assert.deepEqual(seen.slice(6), ["packages 10", "install ", "preload other"]);
});

test("a package that does not come is named, and asked for again", async () => {
  const missing: FileName[] = ["package:deep"];
  const { made, seen } = packages(missing);
  const named = (error: unknown) =>
    error instanceof PackageError && /deep.*404/.test(error.message);
  await assert.rejects(made.readyFor(["top"]), named);
  missing.length = 0;
  await made.readyFor(["top"]);
  assert.deepEqual(seen.slice(-3), ["packages 10", "install ", "preload top"]);
});

const PROGRESS = { type: "progress", stage: "packages", done: 1, total: 10 };

test("waiting for what code imports is shown, and does not count as its time", async () => {
  const page = trial();
  const running = page.client.request("run", { code: "import x" }, { limitS: 1 });
  const worker = await bootedWorker(page);
  worker.says(PROGRESS);
  const state = () => page.client.state;
  assert.deepEqual(state(), { name: "loading", stage: "packages", done: 1, total: 10 });
  mock.timers.tick(60_000);
  worker.says({ type: "started", id: worker.last().id, listens: true });
  assert.deepEqual(state(), { name: "running", id: 1 });
  mock.timers.tick(1999);
  worker.answers(REPORT);
  assert.deepEqual(await running, REPORT);
  assert.deepEqual(state(), { name: "ready" });
});

test("the next worker is told what the last code was, and gets what that imports", async () => {
  const page = trial({ maySpare: () => true });
  const running = page.client.request("run", { code: "import x" });
  (await bootedWorker(page)).answers(REPORT);
  await running;
  mock.timers.tick(1000);
  await settle();
  const [first, spare] = page.workers.map(({ heard }) => heard[0]);
  assert.deepEqual(first?.type === "boot" && first.sources, []);
  assert.deepEqual(spare?.type === "boot" && spare.sources, ["import x"]);
});

test("what does not come at all ends with its reason, and Stop ends the waiting", async () => {
  const page = trial();
  const reasons: string[] = [];
  const ask = (signal?: AbortSignal) =>
    page.client
      .request("run", { code: "import x" }, signal ? { signal } : {})
      .catch((error: unknown) => reasons.push(reasonOf(error)));
  ask();
  (await bootedWorker(page)).says(PROGRESS);
  mock.timers.tick(90_000);
  await settle();

  const stop = new AbortController();
  ask(stop.signal);
  const worker = await bootedWorker(page);
  worker.says(PROGRESS);
  stop.abort();
  worker.says(PROGRESS);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(reasons, ["packages", "stopped"]);
});

// Code that misbehaves: each kind gets clear words and takes nothing with it, neither the code, nor
// what it printed, nor other answers, nor the next run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { CodeQuestion } from "./code-question.ts";
import { BROWSERS, LESSON, rootOf, SITE, serve, type Visit, visit } from "./harness.ts";
import { ringTimers } from "./held-timers.ts";
import { comesTo } from "./patience.ts";
import { answerOne, PROGRESS, textOf } from "./question-page.ts";

/** Seconds after which code is stopped here; a reader has 10. */
const LIMIT_S = 2;
/**
 * After so many milliseconds the page ends a worker whose code was interrupted at the limit and has
 * not ended; see worker-client.ts. Here it does when the test says so, as a busy machine may need
 * longer to tell what the interrupt has done.
 */
const BY_FORCE_MS = LIMIT_S * 1000 + 1000;

type Case = [code: string, status: RegExp, output: RegExp];

const AT_LIMIT = /^Stopped in line \d after 2 seconds\. Is there a loop that never ends\?/;
const BY_FORCE = /^Stopped: the code did not end within 2 seconds\./;
const DONE = /^Finished without an error/;

const LOOPS: Case[] = [
  ["print('so far')\nwhile True:\n    pass", AT_LIMIT, /^so far\nTraceback/],
  [
    "while True:\n    try:\n        print(end='.')\n    except Exception:\n        pass",
    AT_LIMIT,
    /^\.{100}/,
  ],
  [
    "try:\n    while True:\n        pass\nexcept KeyboardInterrupt:\n    print('caught')",
    BY_FORCE,
    /^caught\n$/,
  ],
  [
    `while True:
    try:
        while True:
            pass
    except KeyboardInterrupt:
        print("caught")`,
    BY_FORCE,
    /^caught\ncaught\n/,
  ],
  [
    "while True:\n    try:\n        while True:\n            pass\n    except:\n        pass",
    BY_FORCE,
    /^$/,
  ],
  ["import time\nprint('a')\ntime.sleep(60)\nprint('b')", AT_LIMIT, /^a\nTraceback/],
  ["for i in range(5):\n    print(i)\nsum(range(10**9))", BY_FORCE, /^0\n1\n2\n3\n4\n$/],
  [
    "for i in range(10_000_000):\n    print(i)\n",
    /^(Stopped in line \d|Finished)/,
    /^0\n1\n2\n[\s\S]*\(The rest was left out: more than 64,000 characters\.\)/,
  ],
  [
    "import asyncio\nasync def main():\n    print('a')\n    await asyncio.sleep(60)\nasyncio.run(main())",
    AT_LIMIT,
    /^a\nTraceback/,
  ],
  [
    "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    AT_LIMIT,
    /^Traceback/,
  ],
];

const FAULTS: Case[] = [
  ["name = input('Who? ')", /^Line 1: The code asks for input/, /^Who\? \nTraceback/],
  ["def f():\n    f()\nf()", /^Line 2: The code goes deeper than Python can/, /RecursionError/],
  [
    "class A:\n    def __repr__(self):\n        return repr(self)\nprint('a')\nprint(A())",
    // How much C code may call itself differs between browsers.
    /^(The code went so deep that Python broke down|Line 3: The code goes deeper)/,
    /^a\n/,
  ],
  ["x = [0] * 2**28", /^Line 1: The code asked for more memory/, /MemoryError/],
  [
    "x = []\nwhile True:\n    x.append(bytes(2**27))",
    /^Line 3: The code asked for more memory than a page gives it/,
    /MemoryError/,
  ],
  [
    // Where it happened in the code, and no file of ours.
    "import sys\nclass A:\n    def __del__(self):\n        sys._getframe()\na = A()\ndel a",
    DONE,
    /^Exception ignored [^\n]*\nTraceback [^\n]*\n {2}File "main.py", line 4, in __del__\n[^/]*$/,
  ],
  ["import numpy", /^Line 1: ModuleNotFoundError.*standard library/s, /Traceback/],
  [
    "import threading\nprint('a')\nthreading.Thread(target=print).start()",
    /^Line 3: RuntimeError: can't start new thread\. .* starts no threads.* use asyncio\.$/,
    /^a\nTraceback/,
  ],
  [
    "import subprocess\nsubprocess.run(['ls'])",
    /^Line 2: OSError: .* no threads and no other programs/,
    /^Traceback/,
  ],
  [
    "import urllib.request\nurllib.request.urlopen('http://example.org')",
    /^Line 2: URLError: .* Code in this page has no network/,
    /Traceback/,
  ],
  [
    `import asyncio
async def count(n):
    await asyncio.sleep(0.2 - n / 10)
    print(n)
async def main():
    await asyncio.gather(count(1), count(2))
    return "done"
print(asyncio.run(main()))`,
    DONE,
    /^2\n1\ndone\n$/,
  ],
  [
    "import asyncio\nasync def main():\n    await asyncio.Queue().get()\nasyncio.run(main())",
    /^Line 4: RuntimeError: every task waits for another/,
    /Traceback/,
  ],
  ["import sys\nprint('bye')\nsys.exit()", DONE, /^bye\n$/],
  ["import sys\nprint('bye')\nsys.exit('no')", /^Line 3: SystemExit: no/, /^bye\nTraceback/],
  ["import builtins\ndel builtins.print, builtins.len", DONE, /^$/],
  ["print(len('abc'))", DONE, /^3\n$/],
  ["import os\nos._exit(1)", /^Python broke down/, /^$/],
  ["print('again')", DONE, /^again\n$/],
];

/** A site whose lesson has a shorter limit. */
async function root(): Promise<string> {
  const lesson = join(SITE, LESSON);
  const text = await readFile(lesson, "utf8");
  const shorter = text.replaceAll(/(limit_s&#34;: )10\.0/g, `$1${LIMIT_S}.0`);
  assert.notEqual(shorter, text);
  return serve(SITE, "", (path, body) => (path === lesson ? Buffer.from(shorter) : body));
}

for (const name of BROWSERS) {
  test(`${name}: an endless loop is stopped by hand and at its limit, and nothing is lost`, async () => {
    const visited = await visit(name, await root(), LESSON, { held: [BY_FORCE_MS] });
    const question = new CodeQuestion(visited);
    await question.open();
    const loop = "print('so far')\nwhile True:\n    pass\n";
    await question.fill(loop);

    await question.press("run");
    await question.python("running");
    await visited.page.waitForFunction(
      (form) => document.querySelector(`${form} [data-cw-output]`)?.textContent === "so far\n",
      {},
      question.form,
    );
    await question.press("stop");
    await question.python("stopped", "ready");
    assert.match(await question.status(), /^Stopped\./);
    assert.equal(await question.output(), "so far\n");
    assert.equal(await question.code(), loop);

    await question.python("ready");
    await question.pressAndWait("check");
    assert.equal(await question.state(), "incorrect");
    assert.match(await question.status(), /Stopped in line [23] after 2 seconds/);
    assert.match(await question.output(), /^so far\n/);
    await visited.finish();
  });

  // How loops end is told by Python alone: once is enough for most of them.
  const loops = name === "chromium" ? LOOPS : LOOPS.slice(0, 3);
  test(`${name}: ${loops.length} kinds of code without an end get clear words`, async () => {
    const visited = await visit(name, await root(), LESSON, { held: [BY_FORCE_MS] });
    await trySome(visited, loops);
    await visited.finish();
  });

  test(`${name}: ${FAULTS.length} kinds of code that misbehaves get clear words`, async () => {
    // Python's own maintainers are told in the console when C code has filled the stack.
    const expected = /fatal error|RangeError/;
    const visited = await visit(name, await rootOf("http"), LESSON, { expected });
    const question = await trySome(visited, FAULTS);
    await question.fill("class A:\n    def __repr__(self):\n        return repr(self)\nprint(A())");
    await question.pressAndWait("check");
    assert.equal(await question.state(), "incorrect", await question.status());
    await visited.finish();
  });
}

/** Let code print what it prints and live on past its limit, then end its worker. */
async function outlive(question: CodeQuestion, output: RegExp): Promise<void> {
  await question.python("running", "ready");
  const started = performance.now();
  await comesTo(true, async () => output.test(await question.output()));
  // It must have had its chance to end by the interrupt. Some ends there and hides it.
  await pause(started + LIMIT_S * 1000 + 500 - performance.now());
  await ringTimers(question.page, BY_FORCE_MS);
}

/** Run each; code, output and an answer given before stay. */
async function trySome(visited: Visit, cases: Case[]): Promise<CodeQuestion> {
  await visited.page.waitForSelector(".cw-quiz__step");
  await answerOne(visited.page);
  const question = new CodeQuestion(visited);
  await question.open();
  for (const [code, status, output] of cases) {
    await question.fill(code);
    await question.pressAndWait("run", async () => {
      if (status === BY_FORCE) await outlive(question, output);
    });
    assert.match(await question.status(), status, code);
    assert.match(await question.output(), output, code);
    assert.ok((await question.output()).length < 70_000, code);
    assert.equal(await question.code(), code);
  }
  assert.match(await textOf(visited.page, PROGRESS), /^1 of 15/);
  return question;
}

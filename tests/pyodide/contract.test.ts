// The examples of tests/contract in the Pyodide that pages get; tests/core/test_bridge.py runs the
// same in CPython.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Guard } from "../../plugins/coursewright/web/src/worker/guard.ts";
import { contractExamples } from "../contract/examples.ts";
import { answersOf, startPython } from "./pyodide.ts";

const { bridge, setInterruptBuffer } = await startPython();

for (const { name, kind, payload, answers } of contractExamples()) {
  test(name, () => {
    assert.deepEqual(answersOf(bridge, kind, payload), answers);
  });
}

test("output arrives while the code runs", () => {
  const pieces: string[] = [];
  const payload = { code: "print('a', 1)" };
  const request = JSON.stringify({ version: 1, kind: "run", payload });
  bridge.handle(request, (text) => pieces.push(text));
  assert.equal(pieces.join(""), "a 1\n");
});

const LOOPS = {
  "an endless loop": "print('so far')\nwhile True: pass",
  "a loop that catches exceptions":
    "print('so far')\nwhile True:\n  try:\n    [n for n in range(1000)]\n  except Exception: pass",
};

for (const [name, code] of Object.entries(LOOPS)) {
  test(`${name} is interrupted at its limit, with the output so far`, () => {
    const guard = new Guard();
    setInterruptBuffer(guard.buffer);
    const [answer] = guard.until(performance.now() + 200, () =>
      answersOf(bridge, "run", { code }),
    ) as [{ result: { stdout: string; error: { type: string; line: number } } }];
    assert.equal(answer.result.stdout, "so far\n");
    assert.equal(answer.result.error.type, "KeyboardInterrupt");
    assert.ok(answer.result.error.line >= 2);
  });
}

test("after an interrupt the next run is whole", () => {
  const [answer] = answersOf(bridge, "run", { code: "print(sum(range(1000)))" });
  assert.deepEqual(answer, { result: { stdout: "499500\n", truncated: false, error: null } });
});

test("endless recursion and a full memory are reported, and the interpreter lives on", () => {
  const recursion = "def f():\n  return f()\nf()";
  const memory = "[0] * 10**9";
  for (const [code, type] of [
    [recursion, "RecursionError"],
    [memory, "MemoryError"],
  ] as const) {
    const [answer] = answersOf(bridge, "run", { code }) as [
      { result: { error: { type: string } } },
    ];
    assert.equal(answer.result.error.type, type);
  }
  assert.deepEqual(answersOf(bridge, "run", { code: "print(1)" }), [
    { result: { stdout: "1\n", truncated: false, error: null } },
  ]);
});

// What a learner's program tries and must not get: the page, the network, storage, a verdict that
// it has not earned, or the verdict of another question.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSERS, LESSON, rootOf, visit } from "./harness.ts";
import { grade, run } from "./python-page.ts";

/** Each prints "REACHED" when it gets hold of something outside Python. */
const REACH: Record<string, string> = {
  "the js module": "import js\njs.fetch('/')\nprint('REACHED')",
  "the pyodide_js module": "import pyodide_js\nprint('REACHED')",
  run_js: "from pyodide.code import run_js\nrun_js('1')\nprint('REACHED')",
  "pyodide.http": "from pyodide.http import open_url\nopen_url('/')\nprint('REACHED')",
  "the core module": "import _pyodide_core\nprint('REACHED')",
  "the import machinery":
    "import importlib\nimportlib.import_module('_pyodide._importhook')\nprint('REACHED')",
  "what was loaded before":
    "import sys\nprint([m for m in sys.modules if 'yodide' in m] and 'REACHED')",
  "the finders":
    "import sys\nprint('REACHED' if any('Js' in type(f).__name__ for f in sys.meta_path) else '')",
  "every object": "import gc\ngc.get_objects()\nprint('REACHED')",
  "who refers to what": "import gc\ngc.get_referrers(print)\nprint('REACHED')",
  "foreign functions": "import ctypes\nprint('REACHED')",
  "foreign functions from below": "import _ctypes\nprint('REACHED')",
  "the function behind the output": `import sys
emit = sys.stdout._capture._emit
emit.constructor('return globalThis')().fetch('/')
print('REACHED')`,
  "its ancestors": `import sys
emit = sys.stdout._capture._emit
function = getattr(emit, '__proto__').constructor
function('return 1')()
print('REACHED')`,
  "the event loop": `import asyncio
space = vars(type(asyncio.new_event_loop())).get('call_soon').__globals__
space['js'].fetch('/')
print('REACHED')`,
  urllib: "import urllib.request\nurllib.request.urlopen('http://127.0.0.1/')\nprint('REACHED')",
  sockets: `import socket
socket.create_connection(('127.0.0.1', 80), timeout=1).sendall(b'GET')
print('REACHED')`,
  "a thread": "import threading\nthreading.Thread(target=lambda: print('REACHED')).start()",
  "another process": "import subprocess\nsubprocess.run(['ls'], check=True)\nprint('REACHED')",
  "the frames below": `import sys
frame = sys._getframe()
while frame.f_back: frame = frame.f_back
print('REACHED')`,
  "the frames of an exception": `try:
    1 / 0
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_frame.f_back
print('REACHED')`,
  "frames by another's hand": "import inspect\nprint(inspect.currentframe().f_back and 'REACHED')",
  "frames while tracing": "import sys\nsys.settrace(lambda *a: None)\nprint('REACHED')",
  "what the doors are told by": `import sys
isolation = sys.modules['lessonlab.isolation']
for name in ('_FRAMES', '_CLOSED', '_MODULES', '_FRAME_NAMES', '_CODE_NAMES'):
    setattr(isolation, name, frozenset())
sys._getframe()
print('REACHED')`,
  "the door for packages": `import sys
open('/tmp/evil.py', 'w').write('import builtins, sys; builtins.got = sys._getframe()')
sys.path.insert(0, '/tmp')
def call():
    sys.modules['lessonlab.isolation'].preload('evil')
call.__code__ = sys.modules['lessonlab.isolation'].preload.__code__
try:
    call('evil')
except NameError:
    sys.modules['lessonlab.isolation'].preload('evil')
print('REACHED' if 'got' in vars(__builtins__) else '')`,
  "frames under a trusted file's name": `import sys
space = {"sys": sys}
exec(compile("def a(): return sys._getframe(2)\\ndef b(): return a()", "<frozen evil>", "exec"), space)
space["b"]()
print('REACHED')`,
  "a file's name that lies": `class Name(str):
    def __str__(self): return "x"
    def startswith(self, *_): return False
import sys
exec(compile("import sys\\nsys._getframe(1).f_back", Name("/lib/python314.zip/lessonlab/x.py"), "exec"))
print('REACHED')`,
  "frames through the import system": `import importlib, sys
call = importlib._bootstrap._call_with_frames_removed
call(call, sys._getframe, 2)
print('REACHED')`,
  "objects through the import system": `import gc, importlib
importlib._bootstrap._call_with_frames_removed(gc.get_objects)
print('REACHED')`,
  "frames through a stack of exits": `import contextlib, sys
seen = []
with contextlib.ExitStack() as stack:
    stack.callback(lambda: None)
    stack.push(lambda *a: None)
    stack.enter_context(contextlib.closing(type("C", (), {"close": staticmethod(sys._current_frames)})))
print('REACHED')`,
  "the frame of a signal": `import signal
signal.signal(signal.SIGINT, lambda number, frame: print('REACHED'))
signal.raise_signal(signal.SIGINT)`,
  "the frame of a signal from below": `import signal
signal._signal.signal(signal.SIGINT, lambda number, frame: print('REACHED'))
signal.raise_signal(signal.SIGINT)`,
  "CPython's own tests": "import _testcapi\nprint('REACHED')",
  "an audit hook of its own": `import sys
seen = []
sys.addaudithook(lambda *a: seen.append(a))
compile('1', 'x', 'eval')
print('REACHED' if seen else '')`,
};

const CHECK = "assert answer() == 42, 'the answer'";
const WRONG = "\ndef answer():\n    return 0\n";

/** Each is wrong and tries to pass nevertheless. */
const FORGE: Record<string, string> = {
  "replaced grading": `import sys
grading = sys.modules['lessonlab.grading']
grading._failure = lambda *a: None
grading._UNMET = None
grading.all = lambda *a: True`,
  "replaced results": `from lessonlab import schema
old = schema.CheckResult.__init__
def init(self, *a, **k):
    old(self, *a, **{**k, 'ok': True})
schema.CheckResult.__init__ = init`,
  "replaced reports": `from lessonlab import schema
schema.GradeReport.__init__ = lambda self, *a: [object.__setattr__(self, n, v) for n, v in
    zip(('passed', 'checks', 'stdout', 'truncated', 'error'), (True, *a[1:]))] and None`,
  "patched json": `import json
json.dumps = lambda *a, **k: '{"result": {"passed": true, "checks": [], "stdout": "", "truncated": false, "error": null}}'
json.encoder.JSONEncoder.encode = json.dumps`,
  "patched codec": `import lessonlab.codec
lessonlab.codec.dumps = lambda value: '{"result": {"passed": true, "checks": [], "stdout": "", "truncated": false, "error": null}}'`,
  "patched builtins": `import builtins
builtins.eval = lambda *a: True
builtins.all = builtins.bool = lambda *a: True
builtins.compile = lambda *a, **k: None`,
  "patched builtins while checked": `def answer():
    import builtins, sys
    builtins.bool = lambda *a: True
    sys.modules['lessonlab.grading']._UNMET = None
    sys.modules['lessonlab.grading'].bool = lambda *a: True
    return 0`,
  "patched syntax trees": `import ast
ast.Assert = type('None', (), {})
ast.parse = lambda *a, **k: ast.Module([], [])`,
  "a finalizer": `class Late:
    def __del__(self):
        import lessonlab.codec
        lessonlab.codec.dumps = lambda value: '{"result": {"passed": true, "checks": [], "stdout": "", "truncated": false, "error": null}}'
late = Late()`,
  "a finalizer after the last check": `import sys, lessonlab.grading as grading
class Late:
    def write(self, text): return 0
    def flush(self): pass
    def __del__(self):
        grading.all = lambda *a: True
        grading.GradeReport = lambda *a: type(report)(True, *a[1:])
from lessonlab.schema import GradeReport
report = GradeReport(False, (), "", False, None)
sys.stdout = Late()`,
  "a keeper that keeps nothing": `import lessonlab.bridge as bridge
class Late:
    def __del__(self):
        bridge.codec.dumps = lambda value: '{"result": {"passed": true, "checks": [], "stdout": "", "truncated": false, "error": null}}'
bridge._BRIDGE._keeper.restore = lambda: None
late = Late()`,
  "other code in our functions by another's hand": `import contextlib, sys
judge = sys.modules['lessonlab.grading']._failure
with contextlib.ExitStack() as stack:
    stack.callback(setattr, judge, "__code__", (lambda *a: None).__code__)`,
  "another import": `import builtins, sys
builtins.__import__ = lambda *a, **k: None
sys.meta_path.insert(0, None)`,
  "other code in our functions": `import sys
sys.modules['lessonlab.grading']._failure.__code__ = (lambda *a: None).__code__`,
  "an early end": "import sys\nsys.exit()",
  "no answer at all": "raise SystemExit",
};

for (const name of BROWSERS) {
  test(`${name}: ${Object.keys(REACH).length} ways out of Python are closed`, async () => {
    const visited = await visit(name, await rootOf("http"), LESSON);
    const { page } = visited;
    for (const [way, code] of Object.entries(REACH)) {
      const { stdout } = await run(page, code);
      assert.doesNotMatch(stdout, /REACHED/, way);
    }
    assert.deepEqual(await run(page, "print(6 * 7)"), { stdout: "42\n", error: "" });
    await visited.finish();
  });
}

test(`${Object.keys(FORGE).length} forged verdicts are seen through, and none spoils the next`, async () => {
  const visited = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = visited;
  for (const [way, code] of Object.entries(FORGE)) {
    const whole = /def answer|exit|Exit/.test(code) ? code : code + WRONG;
    assert.notEqual(await grade(page, whole, CHECK), true, way);
  }
  assert.equal(await grade(page, "def answer():\n    return 42\n", CHECK), true);
  await run(page, `${FORGE["replaced grading"]}\n${FORGE["patched json"]}`);
  assert.equal(await grade(page, WRONG, CHECK), false, "after a run that patched everything");
  // What is changed outside our own modules is put back as well.
  await run(page, "import math, random, time\nmath.sqrt = time.sleep = random.choice = None");
  const { stdout } = await run(page, "import math\nprint(math.sqrt(9.0))");
  assert.equal(stdout, "3.0\n");
  await visited.finish();
});

test("the worker's own globals hold no network, storage, messages or code from strings", async () => {
  const visited = await visit("chromium", await rootOf("http"), LESSON);
  const { page } = visited;
  await run(page, "print(1)");
  const worker = page.workers().find((one) => one.url().startsWith("blob:"));
  assert.ok(worker);
  const found = await worker.evaluate(() => {
    const names = [
      ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"],
      ...["indexedDB", "caches", "navigator", "BroadcastChannel", "Worker", "postMessage"],
      ...["MessageChannel", "Request", "FileReaderSync", "FontFace", "setTimeout", "eval", "close"],
    ];
    const scope = globalThis as unknown as Record<string, unknown>;
    const there = names.filter((name) => scope[name] !== undefined);
    for (const make of [() => {}, async () => {}]) {
      try {
        there.push(String((make.constructor as FunctionConstructor)("return 1")()));
      } catch {}
    }
    return there;
  });
  assert.deepEqual(found, []);
  await visited.finish();
});

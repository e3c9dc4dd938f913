// The store on storages that work, fail, lie and are shared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lockWith, storeScope } from "../../plugins/coursewright/web/src/store/browser.ts";
import type { Trouble } from "../../plugins/coursewright/web/src/store/shelf.ts";
import type { Store } from "../../plugins/coursewright/web/src/store/store.ts";
import { resetLesson } from "../../plugins/coursewright/web/src/store/transfer.ts";
import { FakeClock, FakeLocks, FakeStorage, openStore } from "./fake-storage.ts";

const KEY = "coursewright:site:lesson:one";
const judged = { verdict: "incorrect", answer: '"x"', meaning: "m" } as const;

function troublesOf(store: Store): Trouble[] {
  const seen: Trouble[] = [];
  store.watchTrouble((trouble) => seen.push(trouble));
  return seen;
}

test("an attempt is there at once, in storage, and after a reload", async () => {
  const storage = new FakeStorage();
  const store = openStore(storage);
  const told: string[] = [];
  store.watch((lesson) => told.push(lesson));
  const attempt = store.attempt("one", "q", judged);
  assert.equal(attempt?.answer, '"x"');
  assert.deepEqual(told, ["one"]);
  await store.settled();
  assert.deepEqual(openStore(storage).lesson("one"), store.lesson("one"));
  assert.equal(openStore(storage).device, store.device, "the device keeps its name");
  assert.deepEqual([...storage.values.keys()].sort(), ["coursewright:site:course", KEY]);
});

test("two tabs that interleave reads and writes lose nothing", async () => {
  const storage = new FakeStorage();
  const locks = new FakeLocks();
  const clock = new FakeClock();
  const tabs = [0, 1].map(() => openStore(storage, { lock: locks.lock, now: clock.now }));
  for (let n = 0; n < 140; n += 1) {
    tabs[n % 2]?.attempt("one", n % 3 ? "q" : "r", { ...judged, answer: String(n) });
    if (n % 5 === 0) locks.release();
    if (n % 7 === 0) clock.ms += 1;
  }
  locks.release();
  for (const tab of tabs) await tab.settled();
  const fresh = openStore(storage).lesson("one");
  const total = Object.values(fresh.questions).reduce(
    (sum, { attempts, counts }) =>
      sum + attempts.length + Object.values(counts).reduce((n, one) => n + one.attempts, 0),
    0,
  );
  assert.equal(total, 140);
  assert.deepEqual(tabs[0]?.lesson("one"), fresh);
  assert.deepEqual(tabs[1]?.lesson("one"), fresh);
});

test("a write that waits for its lock reads what came between", async () => {
  const storage = new FakeStorage();
  const locks = new FakeLocks();
  const waiting = openStore(storage, { lock: locks.lock });
  const quick = openStore(storage);
  waiting.attempt("one", "q", judged);
  quick.attempt("one", "q", judged);
  locks.release();
  await waiting.settled();
  assert.equal(openStore(storage).question("one", "q").attempts.length, 2);
});

test("a page that goes away writes without waiting for its lock", () => {
  const storage = new FakeStorage();
  const store = openStore(storage, { lock: () => new Promise(() => {}) });
  store.draft("one", "q", '"half a thought"');
  store.flush();
  assert.equal(openStore(storage).question("one", "q").draft?.value, '"half a thought"');
});

test("a reset in one tab is not brought back by another that still holds the attempts", async () => {
  const storage = new FakeStorage();
  const clock = new FakeClock();
  const locks = new FakeLocks();
  const slow = openStore(storage, { now: clock.now, lock: locks.lock });
  const quick = openStore(storage, { now: clock.now });
  slow.attempt("one", "q", judged); // waits for its lock
  clock.ms += 10;
  quick.resetQuestion("one", "q");
  locks.release();
  await slow.settled();
  assert.deepEqual(openStore(storage).question("one", "q").attempts, []);
  clock.ms += 10;
  slow.attempt("one", "q", judged);
  locks.release();
  assert.equal(openStore(storage).question("one", "q").attempts.length, 1);
});

test("reset of question and lesson can be undone", () => {
  const store = openStore(new FakeStorage());
  store.attempt("one", "q", judged);
  store.attempt("one", "r", judged);
  const undoQuestion = store.resetQuestion("one", "q");
  assert.equal(store.question("one", "q").attempts.length, 0);
  assert.equal(store.question("one", "r").attempts.length, 1);
  undoQuestion();
  assert.equal(store.question("one", "q").attempts.length, 1);
  const undoLesson = resetLesson(store, "one");
  assert.deepEqual(store.lesson("one").questions, {});
  undoLesson();
  assert.deepEqual(Object.keys(store.lesson("one").questions), ["q", "r"]);
});

test("a full storage keeps everything in memory, says so once, and recovers", async () => {
  const storage = new FakeStorage();
  const store = openStore(storage);
  const seen = troublesOf(store);
  store.attempt("one", "q", judged);
  const stored = storage.getItem(KEY);
  storage.quota = 10;
  store.attempt("one", "q", judged);
  store.attempt("one", "q", judged);
  assert.deepEqual(seen, ["full"]);
  assert.equal(storage.getItem(KEY), stored, "what was stored stays");
  assert.equal(store.question("one", "q").attempts.length, 3);
  storage.quota = Number.POSITIVE_INFINITY;
  store.attempt("one", "q", judged);
  await store.settled();
  assert.equal(openStore(storage).question("one", "q").attempts.length, 4);
});

test("storage that throws on being opened leaves a store in memory", () => {
  const store = openStore(new FakeStorage(), {
    open: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });
  const seen = troublesOf(store);
  store.attempt("one", "q", judged);
  store.draft("one", "r", '"half"');
  assert.deepEqual(seen, ["unavailable"]);
  assert.equal(store.question("one", "q").attempts.length, 1);
  assert.equal(store.question("one", "r").draft?.value, '"half"');
  assert.equal(store.device, store.device);
});

for (const [name, text] of [
  ["no JSON", "{"],
  ["another shape", '{"version": 1}'],
  [
    "a foreign attempt",
    '{"version":1,"questions":{"q":{"attempts":[{"id":"x"}],"counts":{},"draft":null,"reset_at":0}},"labs":{},"visited":null,"reset_at":0}',
  ],
  ["a negative stamp", '{"version":1,"questions":{},"labs":{},"visited":null,"reset_at":-1}'],
] as const) {
  test(`a stored value that is ${name} is kept aside, told once, never overwritten`, async () => {
    const storage = new FakeStorage();
    const name = openStore(storage).device;
    storage.setItem(KEY, text);
    const store = openStore(storage);
    const seen = troublesOf(store);
    assert.deepEqual(store.lesson("one").questions, {});
    store.attempt("one", "q", judged);
    await store.settled();
    assert.deepEqual(seen, ["broken"]);
    assert.equal(storage.getItem(`${KEY}:broken`), text);
    assert.notEqual(store.device, name, "the lost log is not continued under its name");
    const again = openStore(storage);
    assert.equal(again.question("one", "q").attempts.length, 1);
    assert.equal(again.device, store.device);
    assert.deepEqual(troublesOf(again), []);
    storage.setItem(KEY, "broken again");
    openStore(storage).lesson("one");
    assert.equal(storage.getItem(`${KEY}:broken`), text);
    assert.equal(storage.getItem(`${KEY}:broken-2`), "broken again");
  });
}

test("a broken value that cannot be put aside is not overwritten", () => {
  const storage = new FakeStorage();
  storage.setItem(KEY, "not JSON, and long enough not to fit");
  storage.quota = 5;
  const store = openStore(storage);
  store.attempt("one", "q", judged);
  storage.quota = Number.POSITIVE_INFINITY;
  store.attempt("one", "q", judged);
  assert.equal(storage.getItem(KEY), "not JSON, and long enough not to fit");
  assert.equal(store.question("one", "q").attempts.length, 2);
});

test("the value of a newer version is left alone", () => {
  const storage = new FakeStorage();
  const newer = '{"version": 2, "something": "else"}';
  storage.setItem(KEY, newer);
  const store = openStore(storage);
  const seen = troublesOf(store);
  store.attempt("one", "q", judged);
  assert.deepEqual(seen, ["newer"]);
  assert.equal(storage.getItem(KEY), newer);
  assert.equal(store.question("one", "q").attempts.length, 1);
});

test("a broken course value costs the settings, not the lessons", () => {
  const storage = new FakeStorage();
  const first = openStore(storage);
  const name = first.device;
  first.set("theme", '"dark"');
  first.attempt("one", "q", judged);
  assert.equal(openStore(storage).course().settings.theme?.value, '"dark"');
  storage.setItem("coursewright:site:course", "[]");
  const second = openStore(storage);
  assert.equal(second.question("one", "q").attempts.length, 1);
  assert.match(second.device, /^[a-z0-9]{10}$/);
  assert.notEqual(second.device, name);
});

test("what another tab wrote is told to listeners; other keys are not", () => {
  const storage = new FakeStorage();
  const here = openStore(storage);
  const told: string[] = [];
  here.watch((lesson) => told.push(lesson));
  openStore(storage).attempt("one", "q", judged);
  here.heard(KEY);
  here.heard(`${KEY}:broken`);
  here.heard("coursewright:other:lesson:one");
  here.heard("coursewright:site:course");
  assert.deepEqual(told, ["one"]);
  assert.equal(here.question("one", "q").attempts.length, 1);
  here.heard(null);
  assert.deepEqual(told, ["one", "one"], "a cleared storage concerns every lesson held");
});

test("question ids that are names of object members are just ids", () => {
  const storage = new FakeStorage();
  const store = openStore(storage);
  for (const id of ["constructor", "__proto__", "toString"]) {
    assert.deepEqual(store.question("one", id).attempts, []);
    store.attempt("one", id, judged);
  }
  const again = openStore(storage);
  for (const id of ["constructor", "__proto__", "toString"])
    assert.equal(again.question("one", id).attempts.length, 1);
});

test("work runs once: under a lock, without a lock manager, and when it refuses", async () => {
  const managers = [
    { request: async (_name: string, _options: object, work: () => void) => work() },
    undefined,
    { request: () => Promise.reject(new DOMException("sandboxed", "SecurityError")) },
  ];
  for (const manager of managers) {
    let runs = 0;
    const lock = lockWith(manager as Parameters<typeof lockWith>[0], new EventTarget());
    await lock("name", () => {
      runs += 1;
    });
    assert.equal(runs, 1);
  }
});

test("a page that is left does not wait for its lock, and needs one again when it is back", async () => {
  const page = new EventTarget();
  const lock = lockWith(navigator.locks, page);
  const done: string[] = [];
  let release = () => {};
  const other = navigator.locks.request("held", () => new Promise<void>((end) => (release = end)));
  const left = lock("held", () => done.push("left"));
  page.dispatchEvent(new Event("pagehide"));
  await left;
  assert.deepEqual(done, ["left"], "written while another tab holds the lock");
  const back = lock("held", () => done.push("back"));
  await new Promise((turn) => setTimeout(turn, 0));
  assert.deepEqual(done, ["left"], "a page that came back waits for its turn");
  release();
  await Promise.all([other, back]);
  assert.deepEqual(done, ["left", "back"]);
});

test("only Firefox keeps a store for each page, and only from a folder", () => {
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
  const chromium =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  assert.equal(storeScope("file:", firefox), "page");
  assert.equal(storeScope("https:", firefox), "site");
  assert.equal(storeScope("file:", chromium), "site");
});

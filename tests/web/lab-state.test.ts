// A lab's state and scene, event by event.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  initial,
  isBusy,
  isCurrent,
  isSettled,
  type LabEvent,
  type LabState,
  next,
} from "../../plugins/coursewright/web/src/elements/lab/machine.ts";
import {
  agentCell,
  another,
  coinCell,
  initialScene,
  isOver,
  nextLevel,
  rolloutRequest,
  stepped,
  stepsOf,
  tellingCoin,
  withActor,
  withCoin,
  withLevel,
  withRollout,
} from "../../plugins/coursewright/web/src/elements/lab/scene.ts";
import { LEVEL, ROLLOUT, result, SPEC } from "./lab-examples.ts";

const POINT = { episode: 250, coin_rate: 0.5 };
const LOADING = { name: "loading", stage: "fetch", done: 1, total: 2 } as const;
const DONE = result({ settings: initial(SPEC).settings });

function after(...events: LabEvent[]): LabState {
  return events.reduce((state, event) => next(SPEC, state, event), initial(SPEC));
}

test("a run goes from idle over loading and running to ready", () => {
  assert.equal(after().phase, "idle");
  assert.equal(after({ type: "train" }).phase, "running");
  const loading = after({ type: "train" }, { type: "loading", loading: LOADING });
  assert.equal(loading.phase, "loading");
  assert.deepEqual(loading.loading, LOADING);
  const loaded = next(SPEC, loading, { type: "loaded" });
  assert.equal(loaded.phase, "running");
  assert.equal(loaded.loading, undefined);
  const done = next(SPEC, loaded, { type: "done", result: DONE });
  assert.equal(done.phase, "ready");
  assert.deepEqual(done.agent, DONE.settings);
});

test("Python loading for somebody else changes nothing here", () => {
  const state = after({ type: "loading", loading: LOADING }, { type: "loaded" });
  assert.deepEqual(state, initial(SPEC));
});

test("an episode asked for shows the loading and goes back to where it was", () => {
  const asked = after({ type: "ask" });
  assert.equal(asked.phase, "idle");
  const loading = next(SPEC, asked, { type: "loading", loading: LOADING });
  assert.equal(loading.phase, "loading");
  assert.equal(isBusy(loading), true);
  assert.equal(next(SPEC, loading, { type: "loaded" }).phase, "idle");
  assert.equal(next(SPEC, loading, { type: "answered" }).phase, "idle");
  assert.equal(next(SPEC, loading, { type: "stopped" }).phase, "idle");
});

test("Stop keeps the curve and the result before", () => {
  const stopped = after(
    { type: "train" },
    { type: "done", result: DONE },
    { type: "train" },
    { type: "point", point: POINT },
    { type: "stopped" },
  );
  assert.equal(stopped.phase, "stopped");
  assert.deepEqual(stopped.points, [POINT]);
  assert.deepEqual(stopped.shown.result, DONE);
});

test("a failure says why, and the next run clears it", () => {
  const failed = after({ type: "train" }, { type: "failed", reason: "boot" });
  assert.equal(failed.phase, "failed");
  assert.equal(failed.failure, "boot");
  assert.equal(next(SPEC, failed, { type: "train" }).failure, "");
});

test("a point of a run that was given up is dropped", () => {
  const state = after({ type: "train" }, { type: "stopped" }, { type: "point", point: POINT });
  assert.deepEqual(state.points, []);
});

test("without a prediction the outcome is withheld until one is made", () => {
  const done = after({ type: "train" }, { type: "done", result: DONE });
  assert.equal(done.shown.revealed, false);
  const predicted = next(SPEC, done, { type: "predict", outcome: "coin" });
  assert.equal(predicted.shown.revealed, true);
  assert.equal(predicted.shown.prediction, "coin");
  const peeked = next(SPEC, done, { type: "reveal" });
  assert.equal(peeked.shown.revealed, true);
  assert.equal(peeked.shown.prediction, undefined);
});

test("a prediction cannot be changed once its outcome is shown", () => {
  const settled = after(
    { type: "predict", outcome: "coin" },
    { type: "train" },
    { type: "done", result: DONE },
  );
  assert.equal(isSettled(settled), true);
  const again = next(SPEC, settled, { type: "predict", outcome: "old_place" });
  assert.equal(again.prediction, "coin");
  assert.equal(again.shown.prediction, "coin");
});

test("another setting asks for another prediction and leaves the old pair alone", () => {
  const settled = after(
    { type: "predict", outcome: "coin" },
    { type: "train" },
    { type: "done", result: DONE },
  );
  const changed = next(SPEC, settled, { type: "set", name: "seed", value: 2 });
  assert.equal(isCurrent(changed), false);
  assert.equal(changed.prediction, undefined);
  assert.equal(changed.shown.prediction, "coin");
  const same = next(SPEC, settled, { type: "set", name: "seed", value: 1 });
  assert.equal(same.prediction, "coin");
});

test("a sound entry takes the fault away", () => {
  const fault = { code: "range", low: 1, high: 9 } as const;
  const faulty = after({ type: "fault", name: "seed", fault });
  assert.deepEqual(faulty.faults, { seed: fault });
  assert.deepEqual(next(SPEC, faulty, { type: "set", name: "seed", value: 3 }).faults, {});
});

test("a kept result comes back with its settings; what the author holds stays", () => {
  const settings = { ...DONE.settings, seed: 9, entropy: true, gone: 1 };
  const kept = result({ settings });
  const state = after({ type: "recall", result: kept, prediction: "failed" });
  assert.equal(state.phase, "idle");
  assert.equal(state.settings.seed, 9);
  assert.equal(state.settings.entropy, false);
  assert.equal("gone" in state.settings, false);
  assert.equal(state.shown.from, "stored");
  assert.equal(state.shown.revealed, true);
});

test("nothing from outside interrupts a run", () => {
  const running = after({ type: "train" });
  assert.equal(
    next(SPEC, running, { type: "recall", result: undefined, prediction: undefined }),
    running,
  );
});

test("an episode plays to its end and stops there", () => {
  const start = { ...withRollout(initialScene(SPEC), ROLLOUT), playing: true };
  assert.deepEqual(agentCell(start), [1, 0]);
  const end = stepped(stepped(stepped(start)));
  assert.deepEqual(agentCell(end), [0, 1]);
  assert.equal(isOver(end), true);
  assert.equal(end.playing, false);
  assert.equal(stepped(end).at, 3);
});

test("who stays at the old place, or is stuck, is not watched until the time is up", () => {
  const walk = (columns: number[], outcome: "coin" | "old_place" | "failed") =>
    stepsOf({ ...ROLLOUT, outcome, cells: columns.map((column) => [1, column]) });
  assert.equal(walk([2, 3, 4, 4, 4], "old_place"), 2);
  assert.equal(walk([2, 3, 4, 3, 4, 4], "old_place"), 2, "a step aside is staying");
  assert.equal(walk([3, 4, 3, 2, 3, 4, 4], "old_place"), 5, "it came back");
  assert.equal(walk([0, 1, 1, 1], "failed"), 1);
  assert.equal(walk([2, 3, 4, 4, 3, 2], "coin"), 5, "the way to the coin is shown whole");
});

test("each telling level has a telling place for the coin", () => {
  const scene = initialScene(SPEC);
  assert.deepEqual(tellingCoin(SPEC, scene), [0, 0]);
  assert.deepEqual(tellingCoin(SPEC, withLevel(scene, 316)), [2, 3]);
  assert.equal(tellingCoin(SPEC, withLevel(scene, 317)), undefined);
});

test("the request says where the coin was put, or leaves it to the training", () => {
  const scene = initialScene(SPEC);
  const settings = { seed: 1 };
  assert.deepEqual(rolloutRequest(scene, "coinrun", settings), {
    experiment: "coinrun",
    settings,
    level: 64,
    coin: [],
    seed: 1,
    hidden: false,
    trained: false,
  });
  const moved = another(withActor(withCoin(scene, [2, 3]), { hidden: true, trained: true }));
  assert.deepEqual(rolloutRequest(moved, "coinrun", settings), {
    experiment: "coinrun",
    settings,
    level: 64,
    coin: [2, 3],
    seed: 2,
    hidden: true,
    trained: true,
  });
});

test("a moved coin is drawn where it was put, and back in the old place when put back", () => {
  const played = withRollout(initialScene(SPEC), {
    ...ROLLOUT,
    level: { ...LEVEL, coin: [2, 3] },
  });
  const moved = withCoin(played, [0, 0]);
  assert.deepEqual(coinCell(moved), [0, 0]);
  assert.equal(moved.rollout, undefined);
  assert.deepEqual(coinCell(withCoin(moved, undefined)), LEVEL.end);
});

test("after the telling levels come others", () => {
  const scene = initialScene(SPEC);
  assert.equal(nextLevel(scene), 316);
  const second = withLevel(withCoin(scene, [0, 0]), 316);
  assert.equal(second.coin, undefined);
  const third = withLevel(second, nextLevel(second));
  assert.deepEqual(third.levels, [64, 316, 317]);
  assert.equal(third.level, 317);
});

// Parts of a lab that turn data into what is drawn: outcomes, settings, curve, geometry, guards.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  curveData,
  finding,
  grow,
  tableRows,
} from "../../plugins/coursewright/web/src/elements/lab/curve.ts";
import {
  center,
  coinCells,
  ground,
  heading,
  moved,
  obstacle,
  thingsIn,
  trail,
  turn,
} from "../../plugins/coursewright/web/src/elements/lab/geometry.ts";
import {
  compare,
  dominant,
  percent,
  segments,
} from "../../plugins/coursewright/web/src/elements/lab/outcomes.ts";
import {
  bounds,
  defaults,
  exposed,
  hasSlider,
  read,
  sameSettings,
} from "../../plugins/coursewright/web/src/elements/lab/settings.ts";
import {
  parseRecord,
  parseResult,
  parseSpec,
} from "../../plugins/coursewright/web/src/elements/lab/spec.ts";
import type { ParamSpec, TrainPoint } from "../../plugins/coursewright/web/src/schema.ts";
import { LEVEL, ROLLOUT, result, SPEC } from "./lab-examples.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("a bar's pieces lie side by side and fill it", () => {
  fc.assert(
    fc.property(share, share, share, (coin, old_place, failed) => {
      fc.pre(coin + old_place + failed > 0.001);
      const pieces = segments({ coin, old_place, failed });
      let end = 0;
      for (const piece of pieces) {
        assert.ok(Math.abs(piece.start - end) < 1e-9);
        end = piece.start + piece.share;
      }
      assert.ok(Math.abs(end - 1) < 1e-9);
    }),
  );
});

test("a bar without any share is empty and not NaN", () => {
  const shares = segments({ coin: 0, old_place: 0, failed: 0 }).map((piece) => piece.share);
  assert.deepEqual(shares, [0, 0, 0]);
});

test("a prediction stands beside what happened most often", () => {
  assert.equal(dominant(result().outcomes), "old_place");
  assert.deepEqual(compare("coin", result()), {
    expected: "coin",
    share: 0.206,
    happened: "old_place",
    happenedShare: 0.777,
    right: false,
  });
  assert.equal(compare("old_place", result()).right, true);
  assert.equal(percent(0.206), "20.6");
  assert.equal(percent(1), "100.0");
  assert.equal(percent(0.2525), "25.3");
  assert.equal(percent(0.0025), "0.3");
});

test("controls come in the author's order, and unknown names make none", () => {
  assert.deepEqual(
    exposed({ ...SPEC, expose: ["seed", "nothing", "random_share"] }).map((param) => param.name),
    ["seed", "random_share"],
  );
});

test("settings are the defaults with what the author holds", () => {
  assert.deepEqual(defaults(SPEC.experiment, SPEC.fix), {
    random_share: 0,
    episodes: 6000,
    seed: 1,
    start: "any",
    entropy: false,
  });
});

test("an entry is read by its parameter's kind, or refused with the reason", () => {
  const [share, , seed, start, entropy] = SPEC.experiment.params as [
    ParamSpec,
    ParamSpec,
    ParamSpec,
    ParamSpec,
    ParamSpec,
  ];
  const verdicts: [ParamSpec, string | boolean, unknown][] = [
    [share, " 2.5 ", 2.5],
    [share, "", "number"],
    [share, "two", "number"],
    [share, "101", "range"],
    [share, "-0.1", "range"],
    [share, "1e400", "number"],
    [seed, "7", 7],
    [seed, "7.5", "whole"],
    [seed, "0", "range"],
    [start, "left", "left"],
    [start, "middle", "choice"],
    [entropy, true, true],
    [entropy, false, false],
  ];
  for (const [param, raw, wanted] of verdicts) {
    const entry = read(param, raw);
    assert.equal(entry.ok ? entry.value : entry.fault.code, wanted, `${param.name} ${raw}`);
  }
});

test("a slider stands only where it can reach every value", () => {
  const [share, episodes, seed, start] = SPEC.experiment.params as [
    ParamSpec,
    ParamSpec,
    ParamSpec,
    ParamSpec,
  ];
  assert.deepEqual([share, episodes, seed, start].map(hasSlider), [true, true, false, false]);
  assert.equal(bounds({ ...seed, step: 0 }).step, 1);
});

test("two runs have the same settings when every one is equal", () => {
  assert.equal(sameSettings({ a: 1, b: "x" }, { b: "x", a: 1 }), true);
  assert.equal(sameSettings({ a: 1 }, { a: 1, b: false }), false);
  assert.equal(sameSettings({ a: 1 }, { a: true }), false);
});

function curve(length: number): TrainPoint[] {
  return Array.from({ length }, (_, index) => ({
    episode: 250 * (index + 1),
    coin_rate: Math.min(1, index / 10),
  }));
}

test("a curve only grows, and says what it shows", () => {
  const points = curve(12).reduce<readonly TrainPoint[]>(grow, []);
  assert.equal(points.length, 12);
  assert.equal(grow(points, { episode: 250, coin_rate: 0 }), points);
  assert.deepEqual(curveData(curve(2)), { episodes: [250, 500], percent: [0, 10] });
  assert.equal(finding([]).code, "waiting");
  assert.deepEqual(finding(points), { code: "training", episode: 3000, rate: 1 });
  assert.equal(finding(points, "done").code, "learned");
  assert.equal(finding(curve(3), "done").code, "partly");
  assert.equal(finding(curve(3), "stopped").code, "stopped");
});

test("the table of a long curve is thinned and keeps both ends", () => {
  assert.equal(tableRows(curve(10)).length, 10);
  const rows = tableRows(curve(96), 24);
  assert.equal(rows.length, 24);
  assert.equal(rows[0]?.episode, 250);
  assert.equal(rows.at(-1)?.episode, 24_000);
});

test("cells have one order of coordinates: row from the top, column from the left", () => {
  assert.deepEqual(center([0, 0]), { x: 20, y: 20 });
  assert.deepEqual(center([2, 4]), { x: 180, y: 100 });
  assert.equal(ground(LEVEL, [0, 2]), "wall");
  assert.equal(ground(LEVEL, [2, 1]), "pit");
  assert.equal(ground(LEVEL, [1, 4]), "free");
  assert.deepEqual(thingsIn(LEVEL, [1, 4], [1, 4], [1, 4]), ["agent", "coin", "old_place"]);
  assert.deepEqual(thingsIn(LEVEL, [1, 0], [0, 0], [1, 4]), ["start"]);
});

test("the coin can lie in any free cell but the start", () => {
  const cells = [
    [0, 2],
    [2, 1],
    [1, 0],
    [1, 4],
    [0, 0],
  ] as const;
  assert.deepEqual(
    cells.map((cell) => obstacle(LEVEL, cell)),
    ["wall", "pit", "start", undefined, undefined],
  );
  const places = coinCells(LEVEL);
  assert.equal(places.length, 15 - 3);
  assert.deepEqual(places[0], [0, 0]);
  assert.deepEqual(places.at(-1), [2, 4]);
});

test("keys move inside the level and stay at its edges", () => {
  assert.deepEqual(moved(LEVEL, [1, 1], "ArrowUp"), [0, 1]);
  assert.deepEqual(moved(LEVEL, [0, 1], "ArrowUp"), [0, 1]);
  assert.deepEqual(moved(LEVEL, [1, 4], "ArrowRight"), [1, 4]);
  assert.deepEqual(moved(LEVEL, [1, 3], "Home"), [1, 0]);
  assert.deepEqual(moved(LEVEL, [1, 3], "PageDown"), [2, 3]);
  assert.equal(moved(LEVEL, [1, 1], "a"), undefined);
});

test("arrows and the agent's face turn clockwise from north", () => {
  assert.deepEqual([0, 1, 2, 3].map(turn), [0, 90, 180, 270]);
  assert.equal(heading(ROLLOUT.cells, 0), 90);
  assert.equal(heading(ROLLOUT.cells, 1), 90);
  assert.equal(heading(ROLLOUT.cells, 2), 90, "bumping turns nobody");
  assert.equal(heading(ROLLOUT.cells, 3), 0);
  assert.equal(trail(ROLLOUT.cells, 0), "");
  assert.equal(trail(ROLLOUT.cells, 1), "20,60 60,60");
});

test("what comes as JSON is read whole or not at all", () => {
  assert.deepEqual(parseSpec(JSON.stringify(SPEC)), SPEC);
  assert.deepEqual(parseResult(JSON.stringify(result())), result());
  for (const bad of [undefined, "", "{", "null", "[]", "7", JSON.stringify({ id: "x" })]) {
    assert.equal(parseSpec(bad), undefined);
    assert.equal(parseResult(bad), undefined);
  }
  const outside = result({ hidden: { coin: 1.5, old_place: 0, failed: 0 } });
  assert.equal(parseResult(JSON.stringify(outside)), undefined);
});

test("a stored result of another experiment is left", () => {
  const stamped = (value: unknown) => ({ value: JSON.stringify(value), at: 1, device: "d" });
  const record = { result: stamped(result()), prediction: stamped("coin"), reset_at: 0 };
  assert.deepEqual(parseRecord(record, "coinrun"), { result: result(), prediction: "coin" });
  assert.equal(parseRecord(record, "cheese").result, undefined);
  const odd = { result: stamped(null), prediction: stamped("gold"), reset_at: 0 };
  assert.deepEqual(parseRecord(odd, "coinrun"), { result: undefined, prediction: undefined });
});

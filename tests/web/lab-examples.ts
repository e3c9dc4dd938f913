// A small lab with known values, for the tests of its parts.
import type {
  LabResult,
  LabSpec,
  LevelView,
  RolloutView,
} from "../../plugins/coursewright/web/src/schema.ts";

export const LEVEL: LevelView = {
  height: 3,
  width: 5,
  walls: [[0, 2]],
  pits: [[2, 1]],
  start: [1, 0],
  coin: [1, 4],
  end: [1, 4],
};

export const ROLLOUT: RolloutView = {
  level: LEVEL,
  cells: [
    [1, 0],
    [1, 1],
    [1, 1],
    [0, 1],
  ],
  outcome: "failed",
  coin_hidden: false,
  arrows: [[1, 0, 1]],
};

export function result(changes: Partial<LabResult> = {}): LabResult {
  return {
    experiment: "coinrun",
    settings: { random_share: 0, episodes: 6000, seed: 1, start: "any" },
    seed: 1,
    episodes: 6000,
    n: 500,
    outcomes: { coin: 0.206, old_place: 0.777, failed: 0.017 },
    training_like: { coin: 0.994, old_place: 0, failed: 0.006 },
    hidden: { coin: 0.976, old_place: 0, failed: 0.024 },
    untrained: { coin: 0.1, old_place: 0.05, failed: 0.85 },
    weights_sha256: "0".repeat(64),
    ...changes,
  };
}

export const SPEC: LabSpec = {
  id: "lab-coinrun",
  experiment: {
    name: "coinrun",
    world: "run",
    params: [
      {
        name: "random_share",
        kind: "float",
        default: 0,
        label: "Share",
        low: 0,
        high: 100,
        step: 1,
        unit: "%",
      },
      {
        name: "episodes",
        kind: "int",
        default: 6000,
        label: "Episodes",
        low: 250,
        high: 24000,
        step: 250,
      },
      { name: "seed", kind: "int", default: 1, label: "Seed", low: 1, high: 1_000_000, step: 1 },
      { name: "start", kind: "choice", default: "any", label: "Start", choices: ["any", "left"] },
      { name: "entropy", kind: "bool", default: true, label: "Entropy bonus" },
    ],
    levels: [64, 316],
    coins: [
      [0, 0],
      [2, 3],
    ],
    first: LEVEL,
  },
  fix: { entropy: false },
  expose: ["seed", "random_share", "start"],
  measured: result(),
};

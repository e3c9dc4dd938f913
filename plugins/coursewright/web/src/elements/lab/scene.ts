// What the picture shows: a level, an agent on its way, where the coin lies, how fast it plays.
// Nothing here knows elements, Python or clocks.
import type { LabSpec, LevelView, RolloutRequest, RolloutView } from "../../schema.ts";
import { type Cell, sameCell } from "./geometry.ts";
import type { Settings } from "./settings.ts";

/** Milliseconds from one step to the next. */
export const SPEEDS = { slow: 600, normal: 300, fast: 150 } as const;

export type Speed = keyof typeof SPEEDS;

export interface Scene {
  /** Seeds on offer; the experiment's telling levels first. */
  levels: readonly number[];
  level: number;
  /** Where the learner put the coin; undefined: where training puts it. */
  coin: Cell | undefined;
  hidden: boolean;
  /** Whether the trained agent walks, or one with zero weights. */
  trained: boolean;
  /** Drives the chances of the next episode; each episode has its own. */
  seed: number;
  /** What is drawn while there is no episode. */
  view: LevelView | undefined;
  rollout: RolloutView | undefined;
  /** Steps of the episode that have been shown. */
  at: number;
  playing: boolean;
  speed: Speed;
  /** The cell that keys act on. */
  cursor: Cell;
}

export function initialScene(spec: LabSpec): Scene {
  const levels = spec.experiment.levels?.length ? spec.experiment.levels : [1];
  return {
    levels,
    level: levels[0] ?? 1,
    coin: undefined,
    hidden: false,
    trained: false,
    seed: 1,
    view: spec.experiment.first ?? undefined,
    rollout: undefined,
    at: 0,
    playing: false,
    speed: "normal",
    cursor: spec.experiment.first?.coin ?? [0, 0],
  };
}

/** Return the cell in which the coin is drawn. */
export function coinCell(scene: Scene): Cell | undefined {
  return scene.coin ?? scene.rollout?.level.coin ?? scene.view?.coin;
}

/** Return the cell in which the agent is drawn. */
export function agentCell(scene: Scene): Cell | undefined {
  return scene.rollout?.cells[scene.at] ?? scene.view?.start;
}

export function isOver(scene: Scene): boolean {
  return scene.rollout !== undefined && scene.at >= stepsOf(scene.rollout);
}

/**
 * Return how many steps of an episode are worth watching.
 *
 * Whoever has come to the old place without the coin, or is stuck, stays about there until the
 * time is up: after its last arrival nothing more is to be seen.
 */
export function stepsOf({ cells, outcome, level }: RolloutView): number {
  const last = cells.length - 1;
  const final = outcome === "old_place" ? level.end : cells[last];
  if (outcome === "coin" || !final) return last;
  const near = (cell: Cell) => Math.abs(cell[0] - final[0]) + Math.abs(cell[1] - final[1]) <= 1;
  const away = cells.map(near).lastIndexOf(false);
  const arrival = cells.findIndex((cell, step) => step > away && sameCell(cell, final));
  return arrival < 0 ? last : arrival;
}

/** Return a cell that shows well what moving the coin does, undefined for levels not known. */
export function tellingCoin(spec: LabSpec, { level }: Scene): Cell | undefined {
  const { levels = [], coins = [] } = spec.experiment;
  return coins[levels.indexOf(level)];
}

/** Return what to ask of Python for this scene. */
export function rolloutRequest(
  scene: Scene,
  experiment: string,
  settings: Settings,
): RolloutRequest {
  const { level, seed, hidden, trained } = scene;
  return { experiment, settings, level, coin: [...(scene.coin ?? [])], seed, hidden, trained };
}

/** Put an answer on show, at its first cell. */
export function withRollout(scene: Scene, rollout: RolloutView): Scene {
  const cursor = scene.view ? scene.cursor : rollout.level.coin;
  return { ...scene, rollout, view: rollout.level, cursor, at: 0, playing: false };
}

/** Show one step more; the last one ends the playing. */
export function stepped(scene: Scene): Scene {
  if (!scene.rollout) return scene;
  const last = stepsOf(scene.rollout);
  const at = Math.min(scene.at + 1, last);
  return { ...scene, at, playing: scene.playing && at < last };
}

/** Move the coin, or with undefined put it back; the episode on show was another one. */
export function withCoin(scene: Scene, coin: Cell | undefined): Scene {
  const view = viewOf(scene);
  const home = view && { ...view, coin: view.end };
  const cursor = coin ?? home?.coin ?? scene.cursor;
  return { ...scene, ...withoutEpisode(scene), view: home, coin, cursor };
}

/** Change who walks or what it sees; what was shown is another episode's. */
export function withActor(scene: Scene, change: Partial<Pick<Scene, "hidden" | "trained">>): Scene {
  return { ...scene, ...withoutEpisode(scene), ...change };
}

/** Go to a level, which is offered from then on; the coin goes back to its training place. */
export function withLevel(scene: Scene, level: number): Scene {
  const levels = scene.levels.includes(level) ? scene.levels : [...scene.levels, level];
  return { ...scene, ...withoutEpisode(scene), levels, level, coin: undefined };
}

/** Return the level after this one; beyond the last one on offer come levels not chosen by us. */
export function nextLevel({ levels, level }: Scene): number {
  return levels[levels.indexOf(level) + 1] ?? Math.max(...levels) + 1;
}

/** Begin another episode of the same scene, with chances of its own. */
export function another(scene: Scene): Scene {
  return { ...scene, seed: scene.seed + 1 };
}

function withoutEpisode(scene: Scene): Partial<Scene> {
  return { rollout: undefined, at: 0, playing: false, view: viewOf(scene) };
}

function viewOf({ rollout, view }: Scene): LevelView | undefined {
  return rollout?.level ?? view;
}

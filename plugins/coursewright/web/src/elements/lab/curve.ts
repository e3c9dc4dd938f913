// The training curve as data: what the chart draws, what its title states, what its table lists.
// Knows no elements and no chart library.
import type { TrainPoint } from "../../schema.ts";

/** Rows of the table, at most; a longer curve is thinned evenly and keeps both ends. */
export const TABLE_ROWS = 24;

/** Episodes on the horizontal axis, percent on the vertical one. */
export interface CurveData {
  episodes: number[];
  percent: number[];
}

/** What the curve shows so far. `code` ends a key of the strings table, `lab.curve.<code>`. */
export interface Finding {
  code: "waiting" | "training" | "learned" | "partly" | "stopped";
  episode: number;
  /** In [0, 1]. */
  rate: number;
}

const LEARNED = 0.9;

/** Add a point. Episodes only ever grow; a point that does not is of another run and is left. */
export function grow(points: readonly TrainPoint[], point: TrainPoint): readonly TrainPoint[] {
  const last = points.at(-1);
  return last && point.episode <= last.episode ? points : [...points, point];
}

export function curveData(points: readonly TrainPoint[]): CurveData {
  return {
    episodes: points.map((point) => point.episode),
    percent: points.map((point) => 100 * point.coin_rate),
  };
}

/**
 * Say what the curve shows.
 *
 * @param end - How the run ended; undefined while it goes on.
 */
export function finding(points: readonly TrainPoint[], end?: "done" | "stopped"): Finding {
  const last = points.at(-1);
  if (!last) return { code: "waiting", episode: 0, rate: 0 };
  const { episode, coin_rate: rate } = last;
  if (!end) return { code: "training", episode, rate };
  if (end === "stopped") return { code: "stopped", episode, rate };
  return { code: rate >= LEARNED ? "learned" : "partly", episode, rate };
}

/** Return the points that the table lists. */
export function tableRows(points: readonly TrainPoint[], rows = TABLE_ROWS): TrainPoint[] {
  if (points.length <= rows) return [...points];
  const stride = (points.length - 1) / (rows - 1);
  const chosen = new Set(Array.from({ length: rows }, (_, row) => Math.round(row * stride)));
  return points.filter((_, index) => chosen.has(index));
}

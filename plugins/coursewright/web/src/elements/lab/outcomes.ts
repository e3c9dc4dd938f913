// The three ways in which an episode ends, as numbers, words and marks. Knows no elements.
import type { LabResult, Outcomes, RolloutView } from "../../schema.ts";

export type OutcomeName = RolloutView["outcome"];

/** In the order in which bars, tables and predictions show them. */
export const OUTCOMES: readonly OutcomeName[] = ["coin", "old_place", "failed"];

/** The measured tests that a result holds, in the order in which they are shown. */
export const TESTS = ["training_like", "hidden", "outcomes", "untrained"] as const;

export type TestName = (typeof TESTS)[number];

/** One piece of a bar. `start` and `share` are in [0, 1]. */
export interface Segment {
  outcome: OutcomeName;
  start: number;
  share: number;
}

/** Lay the three shares side by side. Shares that do not sum to 1 are scaled so that they do. */
export function segments(outcomes: Outcomes): Segment[] {
  const total = OUTCOMES.reduce((sum, name) => sum + Math.max(0, outcomes[name]), 0);
  let start = 0;
  return OUTCOMES.map((outcome) => {
    const share = total > 0 ? Math.max(0, outcomes[outcome]) / total : 0;
    const segment = { outcome, start, share };
    start += share;
    return segment;
  });
}

/**
 * Write a share in [0, 1] as a percentage with one decimal and no sign, such as `20.6`. Halves go
 * up, by the same arithmetic as in the template: the build's table and the page agree.
 */
export function percent(share: number): string {
  return (Math.floor(1000 * share + 0.5) / 10).toFixed(1);
}

/** Return the most frequent outcome; of equals the one shown first. */
export function dominant(outcomes: Outcomes): OutcomeName {
  return OUTCOMES.reduce((best, name) => (outcomes[name] > outcomes[best] ? name : best));
}

/** What was expected of the moved coin, beside what happened. */
export interface Comparison {
  expected: OutcomeName;
  /** How often the expected outcome came, in [0, 1]. */
  share: number;
  happened: OutcomeName;
  happenedShare: number;
  right: boolean;
}

/** Compare a prediction with the test in which the coin was moved. */
export function compare(expected: OutcomeName, result: LabResult): Comparison {
  const happened = dominant(result.outcomes);
  return {
    expected,
    share: result.outcomes[expected],
    happened,
    happenedShare: result.outcomes[happened],
    right: happened === expected,
  };
}

export function isOutcome(value: unknown): value is OutcomeName {
  return OUTCOMES.some((name) => name === value);
}

// How two states of a lesson become one. Merging is commutative, associative and idempotent, so
// tabs, imports and other devices may meet in any order and as often as they like.
//
// A state is a set of attempts, each with a stamp, below a tombstone that only rises. Compaction
// replaces the oldest attempts of one device by a number that says up to which stamp it counts:
// whoever still has those attempts knows that they are counted already.
import type {
  Attempt,
  Compacted,
  CourseProgress,
  LabRecord,
  LessonProgress,
  QuestionRecord,
  Stamped,
} from "../schema.ts";
import { deviceOf, stampOf } from "./stamp.ts";

/** Version of the stored JSON. A value with a greater one is left alone. */
export const STORE_VERSION = 1;

type Settings = CourseProgress["settings"];

export const EMPTY_LESSON: LessonProgress = {
  version: STORE_VERSION,
  questions: {},
  labs: {},
  visited: null,
  reset_at: 0,
};

export const EMPTY_QUESTION: QuestionRecord = {
  attempts: [],
  counts: {},
  draft: null,
  reset_at: 0,
};

export const EMPTY_LAB: LabRecord = { result: null, prediction: null, reset_at: 0 };

/** Join two states of the same lesson. The result is in normal form. */
export function merge(a: LessonProgress, b: LessonProgress): LessonProgress {
  const reset = Math.max(a.reset_at, b.reset_at);
  return {
    version: STORE_VERSION,
    questions: mergeRecords(a.questions, b.questions, (x = EMPTY_QUESTION, y = EMPTY_QUESTION) =>
      mergeQuestion(x, y, reset),
    ),
    labs: mergeRecords(a.labs, b.labs, (x = EMPTY_LAB, y = EMPTY_LAB) => mergeLab(x, y, reset)),
    visited: alive(later(a.visited, b.visited), reset),
    reset_at: reset,
  };
}

/** Tell whether two states in normal form, or parts of such, are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Join two states of the course's settings; each setting on its own, the last writer wins. */
export function mergeSettings(a: Settings, b: Settings): Settings {
  return mergeRecords(a, b, later);
}

/** Return `record[key]` if it is the record's own: ids such as `constructor` are legal. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function mergeQuestion(a: QuestionRecord, b: QuestionRecord, lessonReset: number): QuestionRecord {
  const ownReset = Math.max(a.reset_at, b.reset_at);
  const reset = Math.max(ownReset, lessonReset);
  const counts = mergeRecords(a.counts, b.counts, further);
  return {
    attempts: mergeAttempts(a.attempts, b.attempts).filter(
      ({ id }) => stampOf(id) > reset && stampOf(id) > (own(counts, deviceOf(id))?.through ?? 0),
    ),
    counts: Object.fromEntries(
      Object.entries(counts).filter(([, counted]) => counted.through > reset),
    ),
    draft: alive(later(a.draft, b.draft), reset),
    // Below the lesson's tombstone the question's own says nothing: one normal form.
    reset_at: ownReset > lessonReset ? ownReset : 0,
  };
}

function mergeLab(a: LabRecord, b: LabRecord, lessonReset: number): LabRecord {
  const ownReset = Math.max(a.reset_at, b.reset_at);
  const reset = Math.max(ownReset, lessonReset);
  return {
    result: alive(later(a.result, b.result), reset),
    prediction: alive(later(a.prediction, b.prediction), reset),
    reset_at: ownReset > lessonReset ? ownReset : 0,
  };
}

function mergeRecords<T extends object>(
  a: Record<string, T>,
  b: Record<string, T>,
  join: (x: T | undefined, y: T | undefined) => T | undefined,
): Record<string, T> {
  const joined = keysOf(a, b).flatMap((key): [string, T][] => {
    const record = join(own(a, key), own(b, key));
    return !record || isNothing(record) ? [] : [[key, record]];
  });
  return Object.fromEntries(joined);
}

/** Tell whether a record says nothing, so that a forgotten question leaves no trace. */
function isNothing(record: object): boolean {
  return Object.values(record).every(
    (value) => !value || (typeof value === "object" && Object.keys(value).length === 0),
  );
}

function mergeAttempts(a: Attempt[], b: Attempt[]): Attempt[] {
  const byId = new Map<string, Attempt>();
  for (const attempt of [...a, ...b]) {
    const known = byId.get(attempt.id);
    if (!known || spelled(attempt) > spelled(known)) byId.set(attempt.id, attempt);
  }
  return [...byId.values()].sort((x, y) => stampOf(x.id) - stampOf(y.id) || order(x.id, y.id));
}

function spelled({ at, verdict, answer, meaning }: Attempt): string {
  return JSON.stringify([at, verdict, answer, meaning]);
}

function further(a?: Compacted, b?: Compacted): Compacted | undefined {
  if (!a || !b) return a ?? b;
  const difference =
    a.through - b.through || a.since - b.since || a.attempts - b.attempts || a.correct - b.correct;
  return difference > 0 ? a : b;
}

function later<T extends null | undefined>(a: Stamped | T, b: Stamped | T): Stamped | T {
  if (!a || !b) return a ?? b;
  const difference = a.at - b.at || order(a.device, b.device) || order(a.value, b.value);
  return difference > 0 ? a : b;
}

function order(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function alive(value: Stamped | null, reset: number): Stamped | null {
  return value && value.at > reset ? value : null;
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

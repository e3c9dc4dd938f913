// What can happen to a lesson, as functions from one state to the next. Nothing here reads a
// clock or a storage.
import type { Attempt, Compacted, LessonProgress, QuestionRecord, Stamped } from "../schema.ts";
import { EMPTY_LAB, EMPTY_QUESTION, merge, own } from "./merge.ts";
import { attemptId, deviceOf, nextStamp, stampOf, type Writer } from "./stamp.ts";

/** Attempts of one question that are kept in full; older ones are counted. */
export const KEPT_ATTEMPTS = 50;

/** An attempt as its question reports it. */
export type Judged = Pick<Attempt, "verdict" | "answer" | "meaning">;

/** Add an attempt. */
export function addAttempt(
  lesson: LessonProgress,
  question: string,
  judged: Judged,
  writer: Writer,
): LessonProgress {
  const id = attemptId(writer, nextStamp(lesson, writer.now));
  const record = own(lesson.questions, question) ?? EMPTY_QUESTION;
  const attempts = [...record.attempts, { id, at: Math.floor(writer.now), ...judged }];
  return withQuestion(lesson, question, { ...record, attempts });
}

/** Keep an answer that was not judged yet. `value` is JSON text. */
export function setDraft(
  lesson: LessonProgress,
  question: string,
  value: string,
  writer: Writer,
): LessonProgress {
  const record = own(lesson.questions, question) ?? EMPTY_QUESTION;
  return withQuestion(lesson, question, { ...record, draft: stamped(lesson, value, writer) });
}

/** Keep a lab's result or prediction. `value` is JSON text. */
export function setLab(
  lesson: LessonProgress,
  lab: string,
  field: "result" | "prediction",
  value: string,
  writer: Writer,
): LessonProgress {
  const record = {
    ...(own(lesson.labs, lab) ?? EMPTY_LAB),
    [field]: stamped(lesson, value, writer),
  };
  return { ...lesson, labs: { ...lesson.labs, [lab]: record } };
}

/** Note that the lesson was opened; `questions` are the ids of its quiz in order. */
export function setVisited(
  lesson: LessonProgress,
  questions: readonly string[],
  writer: Writer,
): LessonProgress {
  return { ...lesson, visited: stamped(lesson, JSON.stringify(questions), writer) };
}

/** Forget one question for good: whatever was written before cannot come back by merging. */
export function resetQuestion(
  lesson: LessonProgress,
  question: string,
  writer: Writer,
): LessonProgress {
  const reset_at = nextStamp(lesson, writer.now);
  return withQuestion(lesson, question, { ...EMPTY_QUESTION, reset_at });
}

/** Forget the whole lesson for good. */
export function resetLesson(lesson: LessonProgress, writer: Writer): LessonProgress {
  return merge(lesson, { ...lesson, reset_at: nextStamp(lesson, writer.now) });
}

/**
 * Bring back what a reset took away.
 *
 * A tombstone cannot be lowered, so everything is written anew above it, in its old order and
 * with its old times.
 *
 * @param before - What is to come back: a lesson as it was, or the part of it that was forgotten.
 * @param writer - Must have a device name that was never used: its attempts are a new log.
 */
export function restore(
  lesson: LessonProgress,
  before: LessonProgress,
  writer: Writer,
): LessonProgress {
  let stamp = nextStamp(merge(lesson, { ...before, reset_at: 0 }), writer.now);
  const renew = (value: Stamped | null) =>
    value && { ...value, at: stamp++, device: writer.device };
  const questions = mapRecord(before.questions, (record) => {
    const counts = renewCounts(record.counts, stamp++, writer.device);
    const early = (record.draft?.at ?? 0) < lastStamp(record) ? renew(record.draft) : null;
    const attempts = record.attempts.map((a) => ({ ...a, id: attemptId(writer, stamp++) }));
    return { attempts, counts, draft: early ?? renew(record.draft), reset_at: 0 };
  });
  const labs = mapRecord(before.labs, ({ result, prediction }) => ({
    result: renew(result),
    prediction: renew(prediction),
    reset_at: 0,
  }));
  return merge(lesson, { ...lesson, questions, labs, visited: renew(before.visited) });
}

/**
 * Replace old attempts by numbers where a question holds more than `keep`.
 *
 * Attempts of one device are counted from its oldest on, never with a gap, so that a copy of the
 * lesson that still has them merges to the same numbers.
 */
export function compact(lesson: LessonProgress, keep = KEPT_ATTEMPTS): LessonProgress {
  const questions = mapRecord(lesson.questions, (record) =>
    compactQuestion(record, lesson.reset_at, keep),
  );
  return { ...lesson, questions };
}

function compactQuestion(
  record: QuestionRecord,
  lessonReset: number,
  keep: number,
): QuestionRecord {
  const surplus = record.attempts.length - keep;
  if (surplus <= 0) return record;
  const since = Math.max(record.reset_at, lessonReset);
  const limits = new Map<string, number>();
  for (const { id } of record.attempts.slice(0, surplus)) limits.set(deviceOf(id), stampOf(id));
  // Two tabs may have written with one stamp: the limit then covers attempts beyond the surplus.
  const isOld = ({ id }: Attempt) => stampOf(id) <= (limits.get(deviceOf(id)) ?? 0);
  const counts = new Map(Object.entries(record.counts));
  for (const { id, verdict } of record.attempts.filter(isOld)) {
    const counted = counts.get(deviceOf(id)) ?? { attempts: 0, correct: 0, since, through: 0 };
    counts.set(deviceOf(id), {
      attempts: counted.attempts + 1,
      correct: counted.correct + (verdict === "correct" ? 1 : 0),
      since: counted.since,
      through: stampOf(id),
    });
  }
  return {
    ...record,
    attempts: record.attempts.filter((attempt) => !isOld(attempt)),
    counts: Object.fromEntries([...counts].sort(([x], [y]) => (x < y ? -1 : 1))),
  };
}

/** Join counts of all devices under one name, as a log that ends with `through`. */
export function renewCounts(
  counts: Record<string, Compacted>,
  through: number,
  device: string,
): Record<string, Compacted> {
  const all = Object.values(counts);
  if (all.length === 0) return {};
  const sum = (field: "attempts" | "correct") => all.reduce((n, one) => n + one[field], 0);
  return {
    [device]: { attempts: sum("attempts"), correct: sum("correct"), since: through - 1, through },
  };
}

function mapRecord<T>(record: Record<string, T>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function lastStamp({ attempts }: QuestionRecord): number {
  return stampOf(attempts.at(-1)?.id ?? "");
}

function stamped(lesson: LessonProgress, value: string, writer: Writer): Stamped {
  return { value, at: nextStamp(lesson, writer.now), device: writer.device };
}

function withQuestion(lesson: LessonProgress, id: string, record: QuestionRecord): LessonProgress {
  return { ...lesson, questions: { ...lesson.questions, [id]: record } };
}

// What a reset took from a lesson, found again in a copy of it, such as a saved file. A tombstone
// cannot be lowered, so it is written anew right above it: under the name of a device that follows
// from what comes back, so that two browsers that bring back the same have the same, once, and
// before everything that was done since.
import type { Attempt, LabRecord, LessonProgress, QuestionRecord, Stamped } from "../schema.ts";
import { EMPTY_LAB, EMPTY_LESSON, EMPTY_QUESTION, merge, own } from "./merge.ts";
import { renewCounts } from "./operations.ts";
import { attemptId, stampOf } from "./stamp.ts";
import { tries } from "./summary.ts";

/**
 * Return what `copy` holds of a lesson below the lesson's tombstones, and is not back yet.
 *
 * What was answered is known again by its time and content, for it comes back under a new id.
 */
export function lostOf(lesson: LessonProgress, copy: LessonProgress): LessonProgress {
  const now = merge(lesson, EMPTY_LESSON);
  const other = merge(copy, EMPTY_LESSON);
  const below = (value: Stamped | null, line: number) => (value && value.at <= line ? value : null);
  const questions = keep(other.questions, (record, id) => {
    const mine = own(now.questions, id) ?? EMPTY_QUESTION;
    const line = Math.max(now.reset_at, mine.reset_at);
    const counts = Object.entries(record.counts).filter(([, { through }]) => through <= line);
    const lost: QuestionRecord = {
      attempts: record.attempts.filter((it) => stampOf(it.id) <= line && !isBack(mine, it)),
      counts: Object.keys(mine.counts).length > 0 ? {} : Object.fromEntries(counts),
      draft: mine.draft ? null : below(record.draft, line),
      reset_at: 0,
    };
    return tries(lost) > 0 || lost.draft ? lost : undefined;
  });
  const labs = keep(other.labs, (record, id) => {
    const mine = own(now.labs, id) ?? EMPTY_LAB;
    const line = Math.max(now.reset_at, mine.reset_at);
    const result = mine.result ? null : below(record.result, line);
    const prediction = mine.prediction ? null : below(record.prediction, line);
    return result || prediction ? { result, prediction, reset_at: 0 } : undefined;
  });
  const visited = now.visited ? null : below(other.visited, now.reset_at);
  return { ...EMPTY_LESSON, questions, labs, visited };
}

/** Tell whether a lesson holds work, and not only tombstones and the note that it was opened. */
export function isWork({ questions, labs }: LessonProgress): boolean {
  return (
    Object.values(questions).some((record) => tries(record) > 0 || record.draft !== null) ||
    Object.values(labs).some(({ result, prediction }) => result !== null || prediction !== null)
  );
}

/** Put into a lesson what `lostOf` has found. Doing it again changes nothing. */
export function putBack(lesson: LessonProgress, lost: LessonProgress): LessonProgress {
  const lines: number[] = [];
  const above = (record?: QuestionRecord | LabRecord) => {
    let stamp = Math.max(lesson.reset_at, record?.reset_at ?? 0);
    lines.push(stamp);
    return () => {
      stamp += 1;
      return stamp;
    };
  };
  const write = (device: string) => {
    const renew = (value: Stamped | null, next: () => number) =>
      value && { ...value, at: next(), device };
    const questions = keep(lost.questions, ({ attempts, counts, draft }, id) => {
      const next = above(own(lesson.questions, id));
      const first = (draft?.at ?? 0) < stampOf(attempts.at(-1)?.id ?? "");
      const early = first ? renew(draft, next) : null;
      return {
        counts: renewCounts(counts, next(), device),
        attempts: attempts.map((it) => ({
          ...it,
          id: attemptId({ device, suffix: "back" }, next()),
        })),
        draft: early ?? renew(draft, next),
        reset_at: 0,
      };
    });
    const labs = keep(lost.labs, ({ result, prediction }, id) => {
      const next = above(own(lesson.labs, id));
      return { result: renew(result, next), prediction: renew(prediction, next), reset_at: 0 };
    });
    return { ...EMPTY_LESSON, questions, labs, visited: renew(lost.visited, above()) };
  };
  write("");
  return merge(lesson, write(nameOf(JSON.stringify([lines, lost]))));
}

/** Whether an answer is in a record already: as it is, or so old that it is counted there. */
function isBack({ attempts, counts }: QuestionRecord, attempt: Attempt): boolean {
  const isCounted = Object.keys(counts).length > 0 && attempt.at < (attempts[0]?.at ?? 0);
  return isCounted || attempts.some((one) => content(one) === content(attempt));
}

function content({ at, verdict, answer, meaning }: Attempt): string {
  return JSON.stringify([at, verdict, answer, meaning]);
}

/** Return a device's name that follows from a text (FNV-1a over its units, twice 32 bits). */
function nameOf(text: string): string {
  let [one, two] = [0x811c9dc5, 0x9e3779b9];
  for (let place = 0; place < text.length; place += 1) {
    one = Math.imul(one ^ text.charCodeAt(place), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(place), 0x85ebca6b);
  }
  return [one, two].map((value) => (value >>> 0).toString(36)).join("");
}

function keep<T, U>(
  record: Record<string, T>,
  map: (value: T, key: string) => U | undefined,
): Record<string, U> {
  const kept = Object.entries(record).flatMap(([key, value]): [string, U][] => {
    const mapped = map(value, key);
    return mapped === undefined ? [] : [[key, mapped]];
  });
  return Object.fromEntries(kept);
}

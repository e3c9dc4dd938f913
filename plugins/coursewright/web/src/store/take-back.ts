// Undoing an import. No tombstone is set: one would also forget the work of the device that the file
// came from, when the two meet again. So each part of a lesson goes back to what it was, except what
// was worked on since.
import type { LabRecord, LessonProgress, QuestionRecord } from "../schema.ts";
import { EMPTY_LESSON, isSame, merge, own } from "./merge.ts";
import { compact } from "./operations.ts";

/** A lesson before and right after something was merged into it, both in normal form. */
export interface Joined {
  before: LessonProgress;
  after: LessonProgress;
}

/** `isWhole` is false where something was done since and had to stay. */
export interface TakenBack {
  lesson: LessonProgress;
  isWhole: boolean;
}

/** Join a lesson with what comes from elsewhere. */
export function join(lesson: LessonProgress, other: LessonProgress): Joined {
  return { before: stored(lesson), after: stored(merge(lesson, other)) };
}

/**
 * Take back what a merge brought.
 *
 * @param now - The lesson as it is.
 * @returns A lesson that holds nothing but what `now` or `before` holds. A question or lab that was
 *   worked on since stays as it is, with what the merge brought to it; a lesson that was reset since
 *   stays altogether.
 */
export function takeBack(now: LessonProgress, { before, after }: Joined): TakenBack {
  const current = stored(now);
  if (current.reset_at !== after.reset_at) return { lesson: current, isWhole: false };
  const kept: string[] = [];
  const parts = <T extends QuestionRecord | LabRecord>(
    of: (it: LessonProgress) => Record<string, T>,
  ) => {
    const ids = new Set([...Object.keys(of(before)), ...Object.keys(of(current))]);
    return [...ids].flatMap((id): [string, T][] => {
      const record = own(of(current), id);
      if (isSame(record, own(of(after), id))) {
        const old = own(of(before), id);
        return old ? [[id, old]] : [];
      }
      kept.push(id);
      // What the lesson's tombstone said of it, its own has to say now.
      return record
        ? [[id, { ...record, reset_at: Math.max(record.reset_at, current.reset_at) }]]
        : [];
    });
  };
  const questions = Object.fromEntries(parts((it) => it.questions));
  const labs = Object.fromEntries(parts((it) => it.labs));
  const visited = isSame(current.visited, after.visited) ? before.visited : current.visited;
  const lesson = { ...before, questions, labs, visited };
  return { lesson: merge(lesson, EMPTY_LESSON), isWhole: kept.length === 0 };
}

/** The form in which a store writes a lesson. */
function stored(lesson: LessonProgress): LessonProgress {
  return merge(compact(lesson), EMPTY_LESSON);
}

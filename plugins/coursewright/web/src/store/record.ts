// What a reader has done in the whole course, in numbers: each lesson, each day, and what is kept
// of it. Pure: lessons and stored texts go in.
import type { LessonProgress } from "../schema.ts";
import { isLessonProgress, isNewer, parse } from "./guards.ts";
import { own } from "./merge.ts";
import { answeredOf, type LessonMark, markOf, missedOf, quizQuestions, tries } from "./summary.ts";
import { lessonsIn } from "./transfer.ts";

/** One lesson. `right` counts questions whose last answer was correct, `labs` those with a result. */
export interface LessonRecord {
  mark: LessonMark;
  questions: number;
  answered: number;
  right: number;
  labs: number;
}

/** Answers given on one day of the reader's calendar; `date` is `YYYY-MM-DD`. */
export interface Day {
  date: string;
  answers: number;
  right: number;
}

/** What lies in storage: sizes are in bytes as browsers count them, two for each character. */
export interface Kept {
  lessons: number;
  /** Lessons of which something could not be read, once for each value; "" for settings. */
  aside: string[];
  bytes: number;
}

/**
 * Sum up a lesson.
 *
 * @param questions - How many its quiz has now, for a lesson that was never opened.
 */
export function recordOf(lesson: LessonProgress, questions: number): LessonRecord {
  const ids = quizQuestions(lesson);
  return {
    mark: markOf(lesson),
    questions: ids.length || questions,
    answered: answeredOf(lesson, ids),
    right: ids.length - missedOf(lesson, ids).length,
    labs: Object.values(lesson.labs).filter(({ result }) => result !== null).length,
  };
}

/** Sum up many lessons. */
export function sumOf(records: readonly LessonRecord[]): Record<keyof LessonRecord, number> {
  const sum = { mark: 0, questions: 0, answered: 0, right: 0, labs: 0 };
  for (const record of records) {
    sum.mark += record.mark === "done" ? 1 : 0;
    for (const key of ["questions", "answered", "right", "labs"] as const) sum[key] += record[key];
  }
  return sum;
}

/** Return the days on which answers were given, the latest first. */
export function daysOf(lessons: Iterable<LessonProgress>): Day[] {
  const days = new Map<string, Day>();
  for (const lesson of lessons) {
    for (const { attempts } of Object.values(lesson.questions)) {
      for (const { at, verdict } of attempts) {
        const date = dateOf(at);
        const day = days.get(date) ?? { date, answers: 0, right: 0 };
        day.answers += 1;
        day.right += verdict === "correct" ? 1 : 0;
        days.set(date, day);
      }
    }
  }
  return [...days.values()].sort((a, b) => (a.date > b.date ? -1 : 1));
}

/** Return how many answers of a lesson are kept as a number only, without their day. */
export function undatedOf(lesson: LessonProgress): number {
  const records = Object.values(lesson.questions);
  return records.reduce((n, record) => n + tries(record) - record.attempts.length, 0);
}

/** Measure what is stored for a site. */
export function keptOf(entries: readonly (readonly [string, string])[], site: string): Kept {
  const prefix = `coursewright:${site}:`;
  const mine = entries.filter(([key]) => key.startsWith(prefix));
  return {
    lessons: lessonsIn(
      mine.map(([key]) => key),
      site,
    ).length,
    aside: mine.flatMap(([key]) => {
      const found = /^(?:lesson:(.*)|course):broken(?:-\d+)?$/.exec(key.slice(prefix.length));
      return found ? [found[1] ?? ""] : [];
    }),
    bytes: mine.reduce((n, [key, text]) => n + 2 * (key.length + text.length), 0),
  };
}

/** Return the stored lessons of a site that cannot be read, and those of a newer version. */
export function damagedIn(
  entries: readonly (readonly [string, string])[],
  site: string,
): { broken: string[]; newer: string[] } {
  const texts = new Map(entries);
  const damaged: { broken: string[]; newer: string[] } = { broken: [], newer: [] };
  for (const id of lessonsIn([...texts.keys()], site)) {
    const value = parse(texts.get(`coursewright:${site}:lesson:${id}`) ?? "");
    if (!isLessonProgress(value)) damaged[isNewer(value) ? "newer" : "broken"].push(id);
  }
  return damaged;
}

/**
 * Find the lesson that was opened last.
 *
 * @param texts - Lesson id and stored JSON; what cannot be read does not count.
 */
export function lastOpened(texts: Iterable<readonly [string, string]>): string | undefined {
  let last: { id: string; at: number } | undefined;
  for (const [id, text] of texts) {
    const at = openedAt(text);
    if (at > (last?.at ?? 0)) last = { id, at };
  }
  return last?.id;
}

/** Read one number without checking the rest: the store does that for the one that is chosen. */
function openedAt(text: string): number {
  try {
    const at: unknown = own(JSON.parse(text) as Record<string, { at?: unknown }>, "visited")?.at;
    return typeof at === "number" ? at : 0;
  } catch {
    return 0;
  }
}

function dateOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

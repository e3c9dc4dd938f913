// The whole course's progress as one JSON text, to be kept or carried to another browser. Reading
// one in merges: nothing that is here is lost, and what was reset comes back at a wish only.
import type { LessonProgress } from "../schema.ts";
import { isWork, lostOf, putBack } from "./bring-back.ts";
import { isLessonProgress, isNewer, isRecord, parse } from "./guards.ts";
import { EMPTY_LESSON, isSame, merge, own, STORE_VERSION } from "./merge.ts";
import { compact, resetLesson as reset } from "./operations.ts";
import { deviceOf, highestStamp, LATEST, stampOf } from "./stamp.ts";
import type { Store } from "./store.ts";
import { tries } from "./summary.ts";
import { type Joined, join, takeBack } from "./take-back.ts";

const FORMAT = "coursewright-progress";

/**
 * Why a file was not taken: it is no text of ours at all, one that breaks off, something else in
 * JSON, another course's, or of a version that this one does not know.
 */
export type Refusal = "unreadable" | "truncated" | "foreign" | "other-course" | "newer";

export type Lessons = readonly (readonly [id: string, progress: LessonProgress])[];

/** A lesson of a file that was not taken, and why. */
export interface Left {
  lesson: string;
  why: "unreadable" | "newer" | "older";
}

/** What was found in a file. */
export interface Reading {
  lessons: Lessons;
  left: readonly Left[];
}

/** What an import would change in a lesson. */
export interface Change {
  lesson: string;
  /** Answers that would come in. */
  added: number;
  /** Answers that would go, because they were reset where the file comes from. */
  removed: number;
  /** Answers of the file that were reset here, and come back at the reader's wish only. */
  lost: number;
  /** Whether joining changes anything, and whether anything was reset here. */
  kind: "joins" | "lost" | "both";
}

/**
 * Return the ids of the lessons that a storage holds for a site.
 *
 * @param keys - All keys of the storage.
 */
export function lessonsIn(keys: readonly string[], site: string): string[] {
  const prefix = `coursewright:${site}:lesson:`;
  const ids = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  return ids.filter((id) => !id.includes(":")).sort(); // what was kept aside is no lesson
}

/** Return lessons of a store as JSON text. The device's name stays here: it is not shared. */
export function exportCourse(store: Store, site: string, ids: readonly string[]): string {
  const lessons = Object.fromEntries(ids.map((id) => [id, store.lesson(id)]));
  return JSON.stringify({ format: FORMAT, version: STORE_VERSION, site, lessons }, null, 1);
}

/** Read a file's text. A lesson in it that is not right is left out. */
export function readCourse(site: string, text: string): Reading | Refusal {
  const file = parse(text);
  if (file === undefined) return text.includes(FORMAT) ? "truncated" : "unreadable";
  if (!isRecord(file) || file.format !== FORMAT) return "foreign";
  if (isNewer(file)) return "newer";
  if (file.site !== site) return "other-course";
  if (!isRecord(file.lessons)) return "unreadable";
  const lessons: [string, LessonProgress][] = [];
  const left: Left[] = [];
  for (const [lesson, progress] of Object.entries(file.lessons)) {
    if (!isLessonProgress(progress)) left.push({ lesson, why: faultOf(progress) });
    // A stamp that no clock can show would leave too little room for what comes after it.
    else if (highestStamp(progress) > LATEST) left.push({ lesson, why: "unreadable" });
    else lessons.push([lesson, progress]);
  }
  return { lessons, left };
}

/** Tell what `importCourse` would change, lesson by lesson; unchanged lessons are left out. */
export function previewImport(store: Store, lessons: Lessons): Change[] {
  return lessons.flatMap(([lesson, progress]): Change[] => {
    const before = merge(store.lesson(lesson), EMPTY_LESSON);
    const after = merge(before, progress);
    const part = lostOf(before, progress);
    const joins = !isSame(before, after);
    if (!joins && !isWork(part)) return [];
    const removed = removedFrom(before, after);
    const added = answers(after) - answers(before) + removed;
    const kind = !isWork(part) ? "joins" : joins ? "both" : "lost";
    return [{ lesson, added, removed, lost: isWork(part) ? answers(part) : 0, kind }];
  });
}

/** Return lessons of a file with what was reset here brought back, for `importCourse`. */
export function withLost(store: Store, lessons: Lessons): Lessons {
  return lessons.map(([id, progress]) => {
    const now = store.lesson(id);
    return [id, putBack(merge(now, progress), lostOf(now, progress))];
  });
}

/**
 * Merge lessons into a store.
 *
 * @param tell - Called with each lesson that is put back, to make other tabs hear of the lesson's key
 *   with `:back` behind it: what they have in memory would come back.
 * @returns What undoes it; resolves to the ids of lessons in which something was done since, and
 *   that was kept.
 */
export function importCourse(
  store: Store,
  lessons: Lessons,
  tell: (lesson: string) => void = () => {},
): () => Promise<string[]> {
  const joined = lessons.map(([id, progress]): [string, Joined] => {
    const both = join(store.lesson(id), progress);
    store.change(id, (now) => merge(now, progress));
    return [id, both];
  });
  return async () => {
    const kept: string[] = [];
    for (const [id, both] of joined) {
      const { lesson, isWhole } = takeBack(store.lesson(id), both);
      store.change(id, () => lesson);
      if (!isWhole) kept.push(id);
    }
    await store.settled();
    for (const [id] of joined) tell(id);
    return kept.sort();
  };
}

/** Forget a lesson. Returns what undoes it. */
export function resetLesson(store: Store, id: string): () => void {
  const before = store.lesson(id);
  store.change(id, reset);
  return () => store.restore(id, before);
}

/**
 * Return those of the lessons that are in memory only, because the storage is full or shut.
 *
 * @param stored - Reads the stored text of a lesson, null for none.
 */
export function unwritten(
  store: Store,
  ids: readonly string[],
  stored: (lesson: string) => string | null,
): string[] {
  return ids.filter((id) => {
    const kept = parse(stored(id) ?? "");
    const now = compact(store.lesson(id));
    return !isSame(merge(now, EMPTY_LESSON), isLessonProgress(kept) && merge(kept, EMPTY_LESSON));
  });
}

function faultOf(progress: unknown): Left["why"] {
  if (isNewer(progress)) return "newer";
  const version = isRecord(progress) ? progress.version : undefined;
  return typeof version === "number" && version < STORE_VERSION ? "older" : "unreadable";
}

function answers(lesson: LessonProgress): number {
  return Object.values(lesson.questions).reduce((n, record) => n + tries(record), 0);
}

/** Count the answers that are gone, and not only counted away. */
function removedFrom(before: LessonProgress, after: LessonProgress): number {
  let removed = 0;
  for (const [id, record] of Object.entries(before.questions)) {
    const left = own(after.questions, id);
    const kept = new Set(left?.attempts.map((attempt) => attempt.id));
    const through = (device: string) => own(left?.counts ?? {}, device)?.through ?? 0;
    removed += record.attempts.filter(
      (attempt) => !kept.has(attempt.id) && stampOf(attempt.id) > through(deviceOf(attempt.id)),
    ).length;
    for (const [device, counted] of Object.entries(record.counts))
      if (through(device) < counted.through) removed += counted.attempts;
  }
  return removed;
}

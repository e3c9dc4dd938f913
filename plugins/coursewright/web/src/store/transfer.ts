// The whole course's progress as one JSON text, to be kept or carried to another browser. Reading
// one in merges: nothing that is here is lost, and nothing that was reset comes back.
import type { LessonProgress } from "../schema.ts";
import { isLessonProgress, isNewer, isRecord, parse } from "./guards.ts";
import { EMPTY_LESSON, merge, own, STORE_VERSION } from "./merge.ts";
import * as operations from "./operations.ts";
import { deviceOf, highestStamp, LATEST, stampOf } from "./stamp.ts";
import type { Store } from "./store.ts";
import { tries } from "./summary.ts";
import { type Joined, join, takeBack } from "./take-back.ts";

const FORMAT = "coursewright-progress";

/**
 * Why a file was not taken: it is no text of ours at all, one that breaks off, something else in
 * JSON, another course's, or of a version that this one does not know.
 */
export type Refusal = "unreadable" | "truncated" | "foreign" | "other-course" | "newer" | "older";

export type Lessons = readonly (readonly [id: string, progress: LessonProgress])[];

/** What an import would change in a lesson. */
export interface Change {
  lesson: string;
  /** Answers that would come in. */
  added: number;
  /** Answers that would go, because they were reset where the file comes from. */
  removed: number;
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

/** Read a file's text. One that is not right in every part is refused as a whole. */
export function readCourse(site: string, text: string): Lessons | Refusal {
  const file = parse(text);
  if (file === undefined) return text.includes(FORMAT) ? "truncated" : "unreadable";
  if (!isRecord(file) || file.format !== FORMAT) return "foreign";
  if (isNewer(file)) return "newer";
  if (file.site !== site) return "other-course";
  if (!isRecord(file.lessons)) return "unreadable";
  const lessons: [string, LessonProgress][] = [];
  for (const [id, progress] of Object.entries(file.lessons)) {
    if (!isLessonProgress(progress)) return refusalOf(progress);
    // A stamp that no clock can show would leave too little room for what comes after it.
    if (highestStamp(progress) > LATEST) return "unreadable";
    lessons.push([id, progress]);
  }
  return lessons;
}

/** Tell what `importCourse` would change, lesson by lesson; unchanged lessons are left out. */
export function previewImport(store: Store, lessons: Lessons): Change[] {
  return lessons.flatMap(([lesson, progress]) => {
    const before = merge(store.lesson(lesson), EMPTY_LESSON);
    const after = merge(before, progress);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const removed = removedFrom(before, after);
    return [{ lesson, added: answers(after) - answers(before) + removed, removed }];
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
  store.change(id, operations.resetLesson);
  return () => store.restore(id, before);
}

/** Forget these lessons. Returns what undoes it. */
export function resetCourse(store: Store, ids: readonly string[]): () => void {
  const undo = ids.map((id) => resetLesson(store, id));
  return () => {
    for (const step of undo) step();
  };
}

function refusalOf(progress: unknown): Refusal {
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

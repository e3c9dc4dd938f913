// The whole course's progress as one JSON text, to be kept or carried to another browser. Reading
// one in merges: nothing that is here is lost, and nothing that was reset comes back.
import type { LessonProgress } from "../schema.ts";
import { isLessonProgress, isRecord, parse } from "./guards.ts";
import { highestStamp, LATEST } from "./stamp.ts";
import type { Store } from "./store.ts";

const FORMAT = "coursewright-progress";

/** Why a file was not taken: it is no such file, or belongs to another course. */
export type Refusal = "unreadable" | "other-course";

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
  const lessons = ids.map((id) => [id, store.lesson(id)]);
  return JSON.stringify({ format: FORMAT, site, lessons: Object.fromEntries(lessons) }, null, 1);
}

/**
 * Merge a file's lessons into a store. A file that is not right in every part changes nothing.
 *
 * @returns How many lessons were read, or why none.
 */
export function importCourse(store: Store, site: string, text: string): number | Refusal {
  const file = parse(text);
  if (!isRecord(file) || file.format !== FORMAT || !isRecord(file.lessons)) return "unreadable";
  if (file.site !== site) return "other-course";
  const lessons: [string, LessonProgress][] = [];
  for (const [id, progress] of Object.entries(file.lessons)) {
    // A stamp that no clock can show would leave too little room for what comes after it.
    if (!isLessonProgress(progress) || highestStamp(progress) > LATEST) return "unreadable";
    lessons.push([id, progress]);
  }
  for (const [id, progress] of lessons) store.absorb(id, progress);
  return lessons.length;
}

/** Forget these lessons. Returns what undoes it. */
export function resetCourse(store: Store, ids: readonly string[]): () => void {
  const undo = ids.map((id) => store.resetLesson(id));
  return () => {
    for (const step of undo) step();
  };
}

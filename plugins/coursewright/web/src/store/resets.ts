// Forgetting lessons so that it can be undone: also after a second press, and after a reload.
import type { LessonProgress } from "../schema.ts";
import { isWork, lostOf } from "./bring-back.ts";
import { isLessonProgress, isRecord, parse } from "./guards.ts";
import type { Store } from "./store.ts";
import { isAnswered } from "./summary.ts";
import { resetLesson } from "./transfer.ts";

/** A lesson that was reset: as it was before, and the stamp below which it was forgotten. */
export interface Forgotten {
  lesson: string;
  before: LessonProgress;
  reset_at: number;
}

/**
 * Forget lessons.
 *
 * @param known - What can be undone already. It stays so: a second reset finds nothing to forget.
 * @returns What can be undone now.
 */
export function forget(
  store: Store,
  ids: readonly string[],
  known: readonly Forgotten[] = [],
): Forgotten[] {
  const all = new Map(known.map((one) => [one.lesson, one]));
  for (const lesson of ids) {
    const before = store.lesson(lesson);
    if (!isWork(before) && !before.visited) continue;
    resetLesson(store, lesson);
    const { reset_at } = store.lesson(lesson);
    const kept = isWork(before) ? before : (all.get(lesson)?.before ?? before);
    all.set(lesson, { lesson, before: kept, reset_at });
  }
  return [...all.values()];
}

/** Return what can still be undone: lessons in which nothing was answered since. */
export function stillForgotten(store: Store, forgotten: readonly Forgotten[]): Forgotten[] {
  return forgotten.filter(({ lesson, reset_at }) => {
    const now = store.lesson(lesson);
    return now.reset_at === reset_at && !Object.values(now.questions).some(isAnswered);
  });
}

/** Undo what `forget` did. What another tab has brought back already does not come twice. */
export function bringBack(store: Store, forgotten: readonly Forgotten[]): void {
  for (const { lesson, before } of forgotten)
    store.restore(lesson, lostOf(store.lesson(lesson), before));
}

/** Read the JSON text of such a list; nothing where it is something else. */
export function readForgotten(text: string): Forgotten[] {
  const list = parse(text);
  return Array.isArray(list) ? list.filter(isForgotten) : [];
}

function isForgotten(value: unknown): value is Forgotten {
  return (
    isRecord(value) &&
    typeof value.lesson === "string" &&
    isLessonProgress(value.before) &&
    typeof value.reset_at === "number"
  );
}

// What lies in this page's storage, looked at beside the store: sizes, damage, other tabs.
import { getSite } from "../../site.ts";
import { lessonsIn } from "../../store/transfer.ts";
import { lessonOf } from "../dom.ts";

/** Return everything this page's storage holds, [] where it cannot be read. */
export function storedEntries(): [key: string, text: string][] {
  try {
    return Object.entries(window.localStorage);
  } catch {
    return [];
  }
}

/** Return the stored text of a lesson, null for none. */
export function storedText(lesson: string): string | null {
  try {
    return window.localStorage.getItem(keyOf(lesson));
  } catch {
    return null;
  }
}

/** Return the lessons in storage, and this page's own where nothing can be stored. */
export function storedLessons(): string[] {
  const here = [...document.querySelectorAll("[data-cw-lesson]")].map(lessonOf);
  const keys = storedEntries().map(([key]) => key);
  return [...new Set([...here, ...lessonsIn(keys, getSite().site.id)])];
}

/** Let other tabs forget what they have in memory of a lesson that was put back. */
export function tellPutBack(lesson: string): void {
  const key = `${keyOf(lesson)}:back`;
  try {
    window.localStorage.setItem(key, "");
    window.localStorage.removeItem(key); // they hear of it all the same
  } catch {
    // Where nothing can be stored, no other tab has read it from there.
  }
}

function keyOf(lesson: string): string {
  return `coursewright:${getSite().site.id}:lesson:${lesson}`;
}

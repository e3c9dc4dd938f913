// Changes of many lessons as one.
import { getSite } from "../../site.ts";

/** A reset of the whole course changes its lessons one after the other. */
const SETTLING_MS = 60;

/** Call `draw` after changes of any lesson, once for many that come together. Returns the end. */
export function afterChanges(draw: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = getSite().store.watch(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      draw();
    }, SETTLING_MS);
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}

/** Return everything this page's storage holds, [] where it cannot be read. */
export function storedEntries(): [key: string, text: string][] {
  try {
    return Object.entries(window.localStorage);
  } catch {
    return [];
  }
}

/** Let other tabs forget what they have in memory of a lesson that was put back. */
export function tellPutBack(site: string, lesson: string): void {
  const key = `coursewright:${site}:lesson:${lesson}:back`;
  try {
    window.localStorage.setItem(key, "");
    window.localStorage.removeItem(key); // they hear of it all the same
  } catch {
    // Where nothing can be stored, no other tab has read it from there.
  }
}

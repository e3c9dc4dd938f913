// What undoing a reset needs, kept for the visit: it outlasts a reload, and goes with the tab, for
// who resets may want it gone.
import { getSite } from "../../site.ts";
import { type Forgotten, readForgotten, stillForgotten } from "../../store/resets.ts";

/** Keep what can be undone in a place of this page, or forget it with an empty list. */
export function remember(place: string, forgotten: readonly Forgotten[]): void {
  try {
    if (forgotten.length === 0) sessionStorage.removeItem(keyOf(place));
    else sessionStorage.setItem(keyOf(place), JSON.stringify(forgotten));
  } catch {
    // Blocked or full: then it can be undone until the page is left.
  }
}

/** Return what can still be undone. */
export function recall(place: string): Forgotten[] {
  let text = "";
  try {
    text = sessionStorage.getItem(keyOf(place)) ?? "";
  } catch {
    // Blocked.
  }
  return stillForgotten(getSite().store, readForgotten(text));
}

function keyOf(place: string): string {
  return `coursewright:${getSite().site.id}:reset:${place}`;
}

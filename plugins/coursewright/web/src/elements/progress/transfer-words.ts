// What the panel for saving and loading says.
import { getSite } from "../../site.ts";
import type { Change, Left, Reading } from "../../store/transfer.ts";
import { t, tn } from "../../strings.ts";
import { counted } from "./counted.ts";

/** Lessons named in a sentence. */
const NAMED = 3;

/** Name lessons, the first few of many. */
export function namesOf(lessons: readonly string[]): string {
  const titles = new Map(getSite().lessons.map(({ id, title }) => [id, title]));
  const names = lessons.slice(0, NAMED).map((id) => titles.get(id) ?? id);
  const rest = lessons.length - NAMED;
  if (rest > 0) names.push(tn("transfer.more", rest));
  return names.join(", ");
}

/** Say what a file holds and what loading it would do. */
export function found({ lessons, left }: Reading, changes: readonly Change[]): string {
  const lost = changes.filter(({ kind }) => kind !== "joins");
  const answers = lost.reduce((n, change) => n + change.lost, 0);
  const joined = changes.filter(({ kind }) => kind !== "lost").length;
  const all = lessons.length;
  const words: string[] = [];
  if (joined > 0) words.push(counted("transfer.would", joined, { all }));
  else if (lost.length > 0) words.push(t("transfer.nothing_new"));
  else if (all > 0) words.push(counted("transfer.same", all));
  else if (left.length === 0) words.push(t("transfer.empty"));
  if (answers > 0) words.push(counted("transfer.lost", answers));
  else if (lost.length > 0) words.push(t("transfer.lost_other"));
  return [...words, ...leftOut(left), ...(all === 0 ? [t("transfer.dismissed")] : [])].join(" ");
}

/** Say in one line what would become of a lesson. */
export function wordsOf({ lesson, added, removed, lost, kind }: Change): string {
  const what = [
    ...(added ? [counted("transfer.added", added)] : []),
    ...(removed ? [counted("transfer.removed", removed)] : []),
    ...(kind !== "lost" && !added && !removed ? [t("transfer.other")] : []),
    ...(lost ? [counted("transfer.lost_in", lost)] : []),
    ...(kind !== "joins" && !lost ? [t("transfer.lost_other_in")] : []),
  ].join(", ");
  return t("transfer.change", { name: namesOf([lesson]), what });
}

/** Say what was loaded, and what of it this browser could not store. */
export function loaded(changed: number, unwritten: readonly string[]): string {
  if (unwritten.length === 0) return counted("transfer.loaded", changed);
  return t("transfer.unwritten", { names: namesOf(unwritten) });
}

/** Say that an import was undone, and where it was not because the reader has worked there since. */
export function takenBack(kept: readonly string[]): string {
  if (kept.length === 0) return t("transfer.taken_back");
  return t("transfer.kept", { names: namesOf(kept) });
}

function leftOut(left: readonly Left[]): string[] {
  return (["unreadable", "newer", "older"] as const).flatMap((why) => {
    const lessons = left.filter((one) => one.why === why).map(({ lesson }) => lesson);
    return lessons.length > 0 ? [t(`transfer.left.${why}`, { names: namesOf(lessons) })] : [];
  });
}

// Stamps and the ids that carry them. A stamp is the wall clock in milliseconds, pushed beyond
// every stamp its writer has seen, so that "later" also holds between devices whose clocks differ.
import type { LessonProgress } from "../schema.ts";

/** The last moment that a date can name; no file from elsewhere may hold a later stamp. */
export const LATEST = 8.64e15;

/** The last stamp a store may hold: from LATEST on there is room for 360 million million writes. */
export const LAST_STAMP = 9e15;

const ID = /^([a-z0-9]{1,32})-([a-z0-9]{1,11})-([a-z0-9]{1,8})$/;

/** Who writes, and when: everything an operation takes from outside. */
export interface Writer {
  /** Name of this device in this browser; lower-case letters and digits. */
  device: string;
  /** Wall clock in milliseconds since 1970-01-01 UTC. */
  now: number;
  /** Four random letters or digits, so that two tabs never make the same id. */
  suffix: string;
}

/** Make the id of an attempt. */
export function attemptId(writer: Pick<Writer, "device" | "suffix">, stamp: number): string {
  return `${writer.device}-${stamp.toString(36)}-${writer.suffix}`;
}

/** Tell whether a text is the id of an attempt. */
export function isAttemptId(id: string): boolean {
  return ID.test(id) && stampOf(id) <= LAST_STAMP;
}

/** Return the stamp inside an attempt's id, 0 for what is no id. */
export function stampOf(id: string): number {
  return Number.parseInt(ID.exec(id)?.[2] ?? "0", 36);
}

/** Return the device inside an attempt's id, "" for what is no id. */
export function deviceOf(id: string): string {
  return ID.exec(id)?.[1] ?? "";
}

/** Return a stamp for something that happens now, above all that the lesson holds. */
export function nextStamp(lesson: LessonProgress, now: number): number {
  return Math.min(Math.max(Math.floor(now), highestStamp(lesson) + 1), LAST_STAMP);
}

/** Return the greatest stamp anywhere in a lesson, 0 for an empty one. */
export function highestStamp(lesson: LessonProgress): number {
  let highest = Math.max(lesson.reset_at, lesson.visited?.at ?? 0);
  for (const { attempts, counts, draft, reset_at } of Object.values(lesson.questions)) {
    highest = Math.max(highest, reset_at, draft?.at ?? 0);
    for (const { id } of attempts) highest = Math.max(highest, stampOf(id));
    for (const { through } of Object.values(counts)) highest = Math.max(highest, through);
  }
  for (const { result, prediction, reset_at } of Object.values(lesson.labs)) {
    highest = Math.max(highest, reset_at, result?.at ?? 0, prediction?.at ?? 0);
  }
  return highest;
}

// Prints of questions, by which a question of a lesson is known away from the lesson's page. The
// build makes them (`prints.py`); tests/contract/tutor/prints.json holds both to the same.
import type { QuestionPrint } from "../schema.ts";
import { isCopyOf, normal, OF_CHOICE, OF_STEM } from "./quiz-guard.ts";
import { stems } from "./stems.ts";

const WORD_LENGTH = 3;
const TEXT_LENGTH = 6;

/** Tell whether a reader's text repeats one of the questions. */
export function isRepeated(text: string, asked: readonly QuestionPrint[]): boolean {
  const own = new Set(stems(text).map((stem) => printOf(stem, WORD_LENGTH)));
  const whole = printOf(normal(text), TEXT_LENGTH);
  return asked.some(
    ({ text: known, parts }) =>
      known === whole ||
      parts.some((part, place) => isCopyOf(own, wordsOf(part), place === 0 ? OF_STEM : OF_CHOICE)),
  );
}

/** Return as many letters and digits as asked for, made of a text (FNV-1a of its UTF-8, 32 bits). */
export function printOf(text: string, length: number): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text))
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  let print = "";
  for (; print.length < length; value = Math.floor(value / 36)) print += (value % 36).toString(36);
  return print;
}

function wordsOf(part: string): ReadonlySet<string> {
  return new Set(part.match(/.{3}/g));
}

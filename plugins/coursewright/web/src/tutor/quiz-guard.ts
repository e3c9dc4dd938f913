// Keeps the tutor from doing a quiz for its reader: knows a question of the quiz when it sees one.
import { stems } from "./stems.ts";

/**
 * What is open in the page's quizzes. `choices` are the texts of the answers to choose from;
 * `number` counts within the quiz from 1 and is 0 outside of one.
 */
export interface OpenQuestion {
  number: number;
  stem: string;
  choices: readonly string[];
}

const KEY =
  /\b(?:quiz(?:zes)?|exam|answer keys?|answers? (?:to|for|of) (?:the |this |your )?(?:quiz|questions?|exercise|check)|(?:correct|right) (?:answer|choice|option)s?|(?:answer|option|choice) [a-e]|(?:answer|option|choice)s? (?:is|are) (?:correct|right|true|wrong|false)|check question|question (?:number )?\d+|solutions?|model answer)\b/i;
/** A pasted text shares this part of its words, and of those that were asked. */
export interface Shares {
  ofText: number;
  ofAsked: number;
}

export const OF_STEM: Shares = { ofText: 0.6, ofAsked: 0.7 };
export const OF_CHOICE: Shares = { ofText: 0.8, ofAsked: 0.5 };
/** Fewer words than this are no sign of copying; they are what anyone would ask. */
const FEWEST = 4;

/** Whether a reader asks for the key itself. */
export function asksForKey(text: string): boolean {
  return KEY.test(text);
}

/** Return the number in "question 3", counted from 1; 0 for none. */
export function askedNumber(text: string): number {
  return Number(/\bquestion (?:number )?(\d{1,3})\b/i.exec(text)?.[1] ?? 0);
}

/** Return the open question of the quiz that the reader's repeats. */
export function repeated(text: string, open: readonly OpenQuestion[]): OpenQuestion | undefined {
  const asked = new Set(stems(text));
  return open.find(
    ({ stem, choices }) =>
      normal(stem) === normal(text) ||
      isCopyOf(asked, new Set(stems(stem)), OF_STEM) ||
      choices.some((choice) => isCopyOf(asked, new Set(stems(choice)), OF_CHOICE)),
  );
}

/** Tell whether what was asked is a copy of a text, both given as their words. */
export function isCopyOf(
  asked: ReadonlySet<string>,
  text: ReadonlySet<string>,
  { ofText, ofAsked }: Shares,
): boolean {
  const shared = [...asked].filter((word) => text.has(word)).length;
  return shared >= FEWEST && shared >= ofText * text.size && shared >= ofAsked * asked.size;
}

/** Return a text as it is compared: small letters, and one space for all between words. */
export function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

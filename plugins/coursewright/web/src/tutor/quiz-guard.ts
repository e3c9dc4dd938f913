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
/** A pasted stem shares this part of its words, and of the question's. */
const OF_STEM = 0.6;
const OF_QUESTION = 0.7;
const OF_CHOICE = 0.8;
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
      isCopy(asked, stem, OF_STEM, OF_QUESTION) ||
      choices.some((choice) => isCopy(asked, choice, OF_CHOICE, 0.5)),
  );
}

function isCopy(
  asked: ReadonlySet<string>,
  text: string,
  ofText: number,
  ofAsked: number,
): boolean {
  const own = new Set(stems(text));
  const shared = [...asked].filter((stem) => own.has(stem)).length;
  return shared >= FEWEST && shared >= ofText * own.size && shared >= ofAsked * asked.size;
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

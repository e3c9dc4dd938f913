// Judging the closed kinds of question: pure functions from a spec and an answer to a verdict.
import type { ChoiceSpec, QuestionSpec } from "../schema.ts";

type ClosedVerdict = "correct" | "partial" | "incorrect";

/** What a judged answer amounts to. */
export interface Judgement {
  verdict: ClosedVerdict;
  /** Ids of the choices whose feedback speaks of this answer. */
  feedback: string[];
  /** Right choices found, and how many there are; both 0 where nothing is chosen from a list. */
  found: number;
  total: number;
  /** Wrong choices that were chosen. */
  extra: number;
}

/**
 * Judge chosen choices of a `single` or `multiple` question.
 *
 * Partial means: more right choices found than wrong ones chosen, but not all or not only those.
 *
 * @param chosen - Ids of choices; unknown ones are left out.
 */
export function gradeChoices(spec: QuestionSpec, chosen: readonly string[]): Judgement {
  const choices = spec.choices ?? [];
  const taken = choices.filter(({ id }) => chosen.includes(id));
  const total = choices.filter(({ correct }) => correct).length;
  const found = taken.filter(({ correct }) => correct).length;
  const extra = taken.length - found;
  return {
    verdict: verdictOf(spec.kind === "multiple", found, total, extra),
    feedback: taken.map(({ id }) => id),
    found,
    total,
    extra,
  };
}

/** Judge a `text` answer: accepted, foreseen as a mistake, or neither. */
export function gradeText(spec: QuestionSpec, answer: string): Judgement {
  const folded = foldText(answer);
  const match = (spec.choices ?? []).find(({ text }) => foldText(text) === folded);
  return judged(match?.correct === true, match);
}

/** Judge the stated output of a `predict` question; white space at line ends does not count. */
export function gradeOutput(spec: QuestionSpec, answer: string): Judgement {
  return judged(foldOutput(answer) === foldOutput(spec.answer ?? ""));
}

/**
 * Fold what does not matter in a short answer: case, width of letters, runs of white space, and
 * punctuation around it. Signs with a meaning of their own (`-5`, `C++`, `50%`) stay.
 */
export function foldText(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
  const bare = plain
    .replace(/^[\s"'`“”‘’„«»([{.,;:!?…]+/u, "")
    .replace(/[\s"'`“”‘’„«»)\]}.,;:!?…]+$/u, "");
  return bare || plain;
}

/** Fold white space at the ends of lines and of the whole, and foreign line ends. */
export function foldOutput(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
}

function verdictOf(several: boolean, found: number, total: number, extra: number): ClosedVerdict {
  if (found === total && extra === 0) return "correct";
  return several && found > extra ? "partial" : "incorrect";
}

function judged(right: boolean, match?: ChoiceSpec): Judgement {
  return {
    verdict: right ? "correct" : "incorrect",
    feedback: match ? [match.id] : [],
    found: 0,
    total: 0,
    extra: 0,
  };
}

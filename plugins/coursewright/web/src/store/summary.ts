// What progress amounts to: the numbers that header, navigation and score show.
import type { Attempt, LessonProgress, QuestionRecord } from "../schema.ts";
import { textList } from "./guards.ts";
import { own } from "./merge.ts";

export type LessonMark = "none" | "started" | "done";

/** Tell whether a question was answered at least once, whatever came of it. */
export function isAnswered(record: QuestionRecord | undefined): boolean {
  return record !== undefined && tries(record) > 0;
}

/** Return how often a question was answered, compacted attempts included. */
export function tries(record: QuestionRecord): number {
  const counted = Object.values(record.counts).reduce((n, { attempts }) => n + attempts, 0);
  return counted + record.attempts.length;
}

/** Return how many of the questions named were answered. */
export function answeredOf(lesson: LessonProgress, questions: readonly string[]): number {
  return questions.filter((id) => isAnswered(own(lesson.questions, id))).length;
}

/** Return the questions named whose last attempt was not correct, in the order given. */
export function missedOf(lesson: LessonProgress, questions: readonly string[]): string[] {
  return questions.filter((id) => lastOf(lesson, id)?.verdict !== "correct");
}

/** Return the last attempt at a question, undefined when there is none. */
export function lastOf(lesson: LessonProgress, question: string): Attempt | undefined {
  return own(lesson.questions, question)?.attempts.at(-1);
}

/** Return the ids of the quiz's questions as the lesson had them when it was last opened. */
export function quizQuestions(lesson: LessonProgress): string[] {
  return lesson.visited ? textList(lesson.visited.value) : [];
}

/** Return the mark of a lesson: done when all questions of its quiz were answered. */
export function markOf(lesson: LessonProgress): LessonMark {
  const questions = quizQuestions(lesson);
  if (questions.length > 0 && answeredOf(lesson, questions) === questions.length) return "done";
  const used = lesson.visited !== null || Object.values(lesson.questions).some(isAnswered);
  return used ? "started" : "none";
}

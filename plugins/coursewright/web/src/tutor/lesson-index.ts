// Whether something that a script brought is the index of a lesson, and how its rows are written.
import type { LessonIndex, Passage, QuestionPrint, SectionHead } from "../schema.ts";

export function isLessonIndex(value: unknown): value is LessonIndex {
  if (!isRecord(value)) return false;
  const { lesson, sections, passages, near, asked } = value;
  return (
    typeof lesson === "string" &&
    Array.isArray(sections) &&
    sections.length > 0 &&
    sections.every(isSection) &&
    Array.isArray(passages) &&
    passages.every((it) => isPassage(it, sections.length)) &&
    isRecord(near) &&
    isTexts(Object.values(near)) &&
    Array.isArray(asked) &&
    asked.every(isPrint)
  );
}

/** Return the cells of a table's row. A cell may hold "; ", but no line end. */
export function cellsOf({ sentences }: Passage): string[] {
  return sentences.join(" ").split(";\n");
}

function isSection(value: unknown): value is SectionHead {
  return (
    isRecord(value) &&
    typeof value.anchor === "string" &&
    typeof value.title === "string" &&
    Number.isInteger(value.parent)
  );
}

function isPassage(value: unknown, sections: number): value is Passage {
  return (
    isRecord(value) &&
    typeof value.anchor === "string" &&
    typeof value.kind === "string" &&
    isPlace(value.section, sections) &&
    Number.isInteger(value.group) &&
    isTexts(value.sentences)
  );
}

function isPrint(value: unknown): value is QuestionPrint {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.text === "string" &&
    isTexts(value.parts)
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isPlace(value: unknown, length: number): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Whether what was parsed is what it should be. Storage and imported files are foreign input: a
// person, another version or another program may have written them.
import type {
  Attempt,
  Compacted,
  CourseProgress,
  LabRecord,
  LessonProgress,
  QuestionRecord,
  QuestionSpec,
  Stamped,
} from "../schema.ts";
import { STORE_VERSION } from "./merge.ts";
import { isAttemptId, LAST_STAMP } from "./stamp.ts";

type Guard<T> = (value: unknown) => value is T;
type Shape<T> = { [K in keyof Required<T>]: Guard<Required<T>[K]> };

const VERDICTS: readonly string[] = ["correct", "partial", "incorrect", "revealed"];
const KINDS: readonly string[] = ["single", "multiple", "text", "predict", "python"];

const isText = (value: unknown): value is string => typeof value === "string";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isNumber = (value: unknown): value is number => typeof value === "number" && value >= 0;
const isCount = (value: unknown): value is number =>
  isNumber(value) && Number.isInteger(value) && value <= LAST_STAMP;
const isVersion = (value: unknown): value is number => value === STORE_VERSION;
const isVerdict = (value: unknown): value is Attempt["verdict"] =>
  isText(value) && VERDICTS.includes(value);
const isKind = (value: unknown): value is QuestionSpec["kind"] =>
  isText(value) && KINDS.includes(value);
const isId = (value: unknown): value is string => isText(value) && isAttemptId(value);

const isSetting = shape<Stamped>({ value: isText, at: isCount, device: isText });
const isStamped = orNull(isSetting);
const isAttempt = shape<Attempt>({
  id: isId,
  at: isCount,
  verdict: isVerdict,
  answer: isText,
  meaning: isText,
});
const isCompacted = shape<Compacted>({
  attempts: isCount,
  correct: isCount,
  since: isCount,
  through: isCount,
});
const isQuestion = shape<QuestionRecord>({
  attempts: listOf(isAttempt),
  counts: recordOf(isCompacted),
  draft: isStamped,
  reset_at: isCount,
});
const isLab = shape<LabRecord>({ result: isStamped, prediction: isStamped, reset_at: isCount });

/** Tell whether a parsed value is the progress of a lesson in this version. */
export const isLessonProgress = shape<LessonProgress>({
  version: isVersion,
  questions: recordOf(isQuestion),
  labs: recordOf(isLab),
  visited: isStamped,
  reset_at: isCount,
});

/** Tell whether a parsed value is the progress of a course in this version. */
export const isCourseProgress = shape<CourseProgress>({
  version: isVersion,
  device: isText,
  settings: recordOf(isSetting),
});

/** Tell whether a parsed value is a question's `data-cw-spec`. */
export const isQuestionSpec = shape<QuestionSpec>({
  id: isText,
  kind: isKind,
  meaning: isText,
  shuffle: isFlag,
  choices: listOf(shape({ id: isText, correct: isFlag, text: isText })),
  hints: isCount,
  code: isText,
  answer: isText,
  starter: isText,
  checks: isText,
  hidden_checks: isText,
  limit_s: isNumber,
});

/** Tell whether a value was written by a newer version, which this one must not overwrite. */
export function isNewer(value: unknown): boolean {
  return isRecord(value) && isNumber(value.version) && value.version > STORE_VERSION;
}

/** Parse JSON, undefined for what is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Read JSON text that should be a list of texts, [] for anything else. */
export function textList(json: string): string[] {
  const value = parse(json);
  return listOf(isText)(value) ? value : [];
}

/** Read JSON text that should be one text, "" for anything else. */
export function oneText(json: string): string {
  const value = parse(json);
  return isText(value) ? value : "";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shape<T>(fields: Shape<T>): Guard<T> {
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    isRecord(value) &&
    guards.every(([key, guard]) => Object.hasOwn(value, key) && guard(value[key]));
}

function listOf<T>(guard: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(guard);
}

function recordOf<T>(guard: Guard<T>): Guard<Record<string, T>> {
  return (value): value is Record<string, T> =>
    isRecord(value) && Object.values(value).every(guard);
}

function orNull<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

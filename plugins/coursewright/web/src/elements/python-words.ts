// Sentences about how a run ended.
import type { PythonReason, PythonState } from "../python-client.ts";
import type { CheckResult, ErrorReport } from "../schema.ts";
import { getSite } from "../site.ts";
import { fill, t, tn } from "../strings.ts";

/** Errors that get a sentence of their own instead of Python's message alone. */
const EXPLAINED: Record<string, string> = {
  KeyboardInterrupt: "limit",
  EOFError: "input",
  MemoryError: "memory",
  RecursionError: "recursion",
  SyntaxError: "syntax",
  IndentationError: "syntax",
  TabError: "syntax",
  ModuleNotFoundError: "module",
};

/** The same, told by the message; what a page's Python lacks raises many types. */
const LACKING: readonly [RegExp, string][] = [
  [/can't start new thread|support processes|'_multiprocessing'/, "thread"],
  [/Host is unreachable|Name or service not known/, "network"],
];

/** Say what error ended the code. `limitS` is the limit of the run, in seconds. */
export function errorWords(error: ErrorReport, limitS: number): string {
  const { type, message, line } = error;
  const raised = message ? `${type}: ${message}` : type;
  const lacking = LACKING.find(([pattern]) => pattern.test(message))?.[1];
  // The limit comes without words; a program that raises the same may have its own.
  const known = type === "KeyboardInterrupt" && message ? undefined : EXPLAINED[type];
  const key = lacking ?? known ?? "other";
  const values = { raised: ended(raised), message: ended(message), line, seconds: limitS };
  const words = t(`python.error.${key}`, values);
  // The line of an endless loop is part of the sentence: any of its lines may be the one.
  return line > 0 && key !== "limit" ? `${t("python.line", { line })} ${words}` : words;
}

/** End a sentence of Python's, which may be a question. */
function ended(sentence: string): string {
  return /[.?!:]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Say why there is no report. */
export function reasonWords(reason: PythonReason, limitS: number): string {
  return t(`python.ended.${reason}`, { seconds: limitS });
}

/** Say how many checks passed. */
export function checkWords(checks: readonly CheckResult[]): string {
  const passed = checks.filter(({ ok }) => ok).length;
  return tn("python.checks_passed", checks.length, { passed });
}

/** Say what loads and how much of it is there; "" when nothing loads. */
export function loadingWords(state: PythonState): string {
  if (state.name !== "loading") return "";
  // At first nobody knows how much it is.
  if (state.stage === "fetch" && state.total === 0) return t("python.loading.title");
  // What a course brings is often small.
  const size = (bytes: number) =>
    state.stage === "packages" ? String(Math.ceil(bytes / 1e3)) : (bytes / 1e6).toFixed(1);
  const values = { done: size(state.done), total: size(state.total) };
  return fill(getSite().strings, `python.loading.${state.stage}`, values);
}

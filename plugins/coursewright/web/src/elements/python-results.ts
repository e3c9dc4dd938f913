// What a run printed and what its checks found. Learner output goes in as text only.
import type { CheckResult, ErrorReport, GradeReport } from "../schema.ts";
import { t, tn } from "../strings.ts";
import { make } from "./dom.ts";

export class PythonResults {
  readonly #output: HTMLElement;
  readonly #checks: HTMLElement;

  /** Uses the output area of the form where there is one; `after` is what results come below. */
  constructor(form: HTMLElement, after: Element) {
    const made = make("pre", { class: "cw-output", "data-cw-output": "" });
    this.#output = form.querySelector<HTMLElement>("[data-cw-output]") ?? made;
    this.#output.setAttribute("role", "region");
    this.#output.setAttribute("aria-label", t("python.output"));
    this.#output.tabIndex = 0; // long output scrolls, by keyboard too
    this.#checks = make("ul", { class: "cw-checks", "aria-label": t("python.checks") });
    if (!this.#output.isConnected) after.after(this.#output);
    this.#output.after(this.#checks);
    this.clear();
  }

  /** Forget the last run. */
  clear(): void {
    this.#output.replaceChildren();
    this.#output.hidden = true;
    this.#checks.replaceChildren();
    this.#checks.hidden = true;
  }

  /** Add a piece of output while the code runs. */
  append(text: string): void {
    const scrolled = this.#output.scrollHeight - this.#output.clientHeight;
    const follows = this.#output.scrollTop >= scrolled - 4;
    this.#output.append(text);
    this.#output.hidden = false;
    if (follows) this.#output.scrollTop = this.#output.scrollHeight;
  }

  /** Show everything a run printed, and its error. */
  showOutput(stdout: string, truncated: boolean, error: ErrorReport | null): void {
    this.#output.replaceChildren(stdout);
    if (truncated) this.#note("cw-output__note", t("python.truncated"));
    if (error) this.#note("cw-output__error", error.traceback);
    this.#output.hidden = this.#output.textContent === "";
  }

  /** Show each visible check, and how many of the hidden ones passed. */
  showChecks(report: GradeReport): void {
    const visible = report.checks.filter(({ hidden }) => !hidden);
    const hidden = report.checks.filter((check) => check.hidden);
    this.#checks.replaceChildren(...visible.map(checkItem));
    if (hidden.length > 0) this.#checks.append(hiddenItem(hidden));
    this.#checks.hidden = report.error !== null;
  }

  #note(className: string, text: string): void {
    const needsLine = this.#output.textContent !== "" && !this.#output.textContent.endsWith("\n");
    this.#output.append(needsLine ? "\n" : "", make("span", { class: className }, text), "\n");
  }
}

function checkItem(check: CheckResult): HTMLElement {
  const item = resultItem(check.ok, check.message);
  if (!check.detail) return item;
  const where = check.line ? `${t("python.line", { line: check.line })} ` : "";
  item.append(make("span", { class: "cw-checks__detail" }, `${where}${check.detail}`));
  return item;
}

function hiddenItem(checks: readonly CheckResult[]): HTMLElement {
  const passed = checks.filter(({ ok }) => ok).length;
  const words = tn("python.hidden_passed", checks.length, { passed });
  return resultItem(passed === checks.length, words);
}

/** A line with sign (by the style sheet), word and text. */
function resultItem(ok: boolean, text: string): HTMLElement {
  const item = make("li", { class: "cw-checks__item", "data-cw-check": ok ? "passed" : "failed" });
  const word = t(ok ? "python.check_passed" : "python.check_failed");
  item.append(make("strong", { class: "cw-checks__word" }, word), ` ${text}`);
  return item;
}

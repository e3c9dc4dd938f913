// The parts of a question's form: what the page was served with, put where a reader with scripts
// wants it. Feedback goes below its choice, hints and explanation come out of the closed answers.
import { t } from "../strings.ts";
import { make, makeButton, makeSpoken, moveFocus, setShown, setUsable } from "./dom.ts";
import type { Grade } from "./kinds.ts";

export type QuestionState =
  | "unanswered"
  | "answered"
  | "correct"
  | "partial"
  | "incorrect"
  | "revealed";

export type QuestionAction = "check" | "hint" | "retry" | "reveal" | "reset" | "undo" | "next";

const ACTIONS: readonly QuestionAction[] = [
  "check",
  "hint",
  "retry",
  "reveal",
  "next",
  "reset",
  "undo",
];

export class QuestionParts {
  readonly form: HTMLFormElement;
  readonly #status: HTMLElement;
  readonly #note: HTMLElement;
  readonly #answers: HTMLDetailsElement | null;
  readonly #explanation: HTMLElement | null;
  readonly #hints: HTMLElement[];
  readonly #feedback: HTMLElement[];
  readonly #row: HTMLElement;

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.#answers = form.querySelector<HTMLDetailsElement>("details[data-cw-answers]");
    this.#explanation = form.querySelector<HTMLElement>("[data-cw-explanation]");
    this.#hints = [...form.querySelectorAll<HTMLElement>("[data-cw-hint]")];
    this.#feedback = [...form.querySelectorAll<HTMLElement>("[data-cw-feedback]")];
    const row =
      form.querySelector<HTMLElement>("[data-cw-actions]") ??
      form.appendChild(make("div", { "data-cw-actions": "" }));
    this.#row = row;
    row.hidden = false;
    for (const action of ACTIONS) this.#button(action);
    this.#status =
      form.querySelector<HTMLElement>("[role=status]") ?? make("p", { role: "status" });
    this.#note =
      form.querySelector<HTMLElement>("[data-cw-note]") ?? make("p", { "data-cw-note": "" });
    this.#note.hidden = true;
    row.before(this.#note, ...this.#hints);
    row.after(this.#status, ...(this.#explanation ? [this.#explanation] : []));
    if (this.#answers) this.#answers.hidden = true;
    for (const feedback of this.#feedback) {
      const id = feedback.dataset.cwFeedback;
      const choice = this.#rows.find((row) => row.dataset.cwChoice === id);
      if (choice) choice.append(feedback);
      else this.#status.after(feedback);
    }
  }

  /** Ids of the choices that stand in rows. */
  get choiceIds(): string[] {
    return this.#rows.map((row) => row.dataset.cwChoice ?? "");
  }

  get hintCount(): number {
    return this.#hints.length;
  }

  set state(state: QuestionState) {
    this.form.dataset.cwState = state;
  }

  show(action: QuestionAction, shown: boolean): void {
    setShown(this.#button(action), shown);
  }

  use(action: QuestionAction, usable: boolean): void {
    setUsable(this.#button(action), usable);
  }

  /** Put an answer into the text area for which no editor has come yet, unless someone was there. */
  fill(text: string): void {
    const area = this.form.querySelector("textarea");
    if (area && text && area.value === area.defaultValue) area.value = text;
  }

  /** Put a sentence into the status line. */
  say(text: string): void {
    this.#status.replaceChildren(text);
  }

  /** Tell screen readers what others see elsewhere. */
  speak(text: string): void {
    this.#status.append(makeSpoken(` ${text}`));
  }

  /**
   * Show a verdict in word and, by the style sheet, sign; with the feedback that belongs to it, and
   * with explanation and answers where it opens them.
   *
   * @param isOld - The answer was changed since: the verdict is said, and opens nothing.
   */
  showGrade(grade: Grade, word: string, isOld: boolean): void {
    if (!isOld) this.#open(grade.verdict);
    this.#showFeedback(grade.feedback);
    const verdict = make("strong", { class: "cw-verdict", "data-cw-verdict": grade.verdict }, word);
    this.#status.replaceChildren(verdict, grade.message ? ` ${grade.message}` : "");
    for (const { hidden, textContent } of this.#feedback)
      if (!hidden) this.speak(textContent.trim());
  }

  /** Take the verdict away, with all that it has opened. */
  clearGrade(): void {
    this.say("");
    this.#showFeedback([]);
    this.#open("unanswered");
  }

  /** Show the feedback of these choices and hide all other. */
  #showFeedback(choices: readonly string[]): void {
    for (const feedback of this.#feedback) {
      feedback.hidden = !choices.includes(feedback.dataset.cwFeedback ?? "");
    }
  }

  /** Show the first `count` hints; returns the text of the last of them. */
  showHints(count: number): string {
    for (const [index, hint] of this.#hints.entries()) hint.hidden = index >= count;
    return this.#hints[count - 1]?.textContent.trim() ?? "";
  }

  /**
   * Show the explanation when nothing is left to find out, and the answers that the page was served
   * with: open once they were asked for, to be opened where a right answer may be compared with a
   * solution. Rows of choices show theirs themselves.
   */
  #open(state: QuestionState): void {
    const right = state === "correct";
    const revealed = state === "revealed";
    if (this.#explanation) this.#explanation.hidden = !right && !revealed;
    if (!this.#answers) return;
    const compares = right && this.form.querySelector("[data-cw-solution]") !== null;
    const asked = revealed && this.#rows.length === 0;
    this.#answers.hidden = !compares && !asked;
    this.#answers.open = asked;
  }

  showNote(text: string): void {
    this.#note.textContent = text;
    this.#note.hidden = !text;
  }

  /** Move the focus to the stem; `place` is the id of the words that say which question it is. */
  focusHeading(place: string): void {
    const heading = this.form.querySelector<HTMLElement>("[data-cw-heading]");
    const target = heading ?? this.form.querySelector<HTMLElement>("legend") ?? this.form;
    target.tabIndex = -1;
    target.setAttribute("aria-describedby", place);
    moveFocus(target);
  }

  get #rows(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-cw-choice]")];
  }

  /** Return the form's button for an action; one that it lacks is made. */
  #button(action: QuestionAction): HTMLElement {
    const found = this.form.querySelector<HTMLElement>(`[data-cw-action="${action}"]`);
    if (found) return found;
    const button = makeButton(action, t(`question.${action}`));
    if (action === "check") button.type = "submit";
    button.hidden = action !== "check";
    this.#row.append(button);
    return button;
  }
}

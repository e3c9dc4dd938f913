// What a quiz puts around its questions: where the reader is, a list of all questions, and the
// summary after a round.
import { t } from "../strings.ts";
import { make, makeButton, makeSpoken, moveFocus, setAttribute } from "./dom.ts";

interface Steps {
  goTo(question: number): void;
  next(): void;
  practise(): void;
}

/** What a summary says. `missed` counts questions that are worth another look. */
export interface Summary {
  lines: string[];
  missed: number;
  isLast: boolean;
}

export class QuizFrame {
  readonly #steps: Steps;
  readonly #place = make("p", { class: "cw-quiz__place", "data-cw-place": "" });
  readonly #list = make("ol", { class: "cw-quiz__list", "aria-label": t("quiz.list") });
  readonly #summary = make("div", { class: "cw-quiz__summary" });
  /** Id of the words that say where the reader is. */
  readonly placeId: string;

  /** @param questions - In order; the frame is put around them. */
  constructor(questions: readonly HTMLElement[], steps: Steps) {
    this.#steps = steps;
    this.placeId = `${questions[0]?.querySelector("form")?.id}-place`;
    this.#place.id = this.placeId;
    questions[0]?.before(this.#place);
    questions.at(-1)?.after(this.#summary, this.#list);
    for (const index of questions.keys()) {
      const button = make("button", { type: "button", class: "cw-quiz__step" });
      button.addEventListener("click", () => steps.goTo(index));
      const item = make("li");
      item.append(button);
      this.#list.append(item);
    }
  }

  remove(): void {
    this.#place.remove();
    this.#list.remove();
    this.#summary.remove();
  }

  drawPlace(words: string): void {
    this.#place.textContent = words;
  }

  /**
   * Mark the question shown and say how each was answered.
   *
   * @param verdicts - By question; undefined where there is none yet.
   */
  drawList(shown: number | undefined, verdicts: readonly (string | undefined)[]): void {
    for (const [index, button] of [...this.#list.querySelectorAll("button")].entries()) {
      const verdict = verdicts[index] ?? "unanswered";
      const words = t("quiz.step", { n: index + 1, verdict: t(`quiz.verdict.${verdict}`) });
      button.dataset.cwVerdict = verdict;
      button.replaceChildren(make("span", { "aria-hidden": "true" }, String(index + 1)));
      button.append(makeSpoken(words));
      setAttribute(button, "aria-current", index === shown ? "step" : null);
    }
  }

  drawSummary(summary: Summary | null): void {
    this.#summary.hidden = !summary;
    if (!summary) return;
    const had = this.#summary.contains(document.activeElement);
    const heading = make("h3", { class: "cw-quiz__heading", tabindex: "-1" }, t("quiz.summary"));
    const lines = summary.lines.map((line) => make("p", {}, line));
    this.#summary.replaceChildren(heading, ...lines, this.#buttons(summary));
    if (had) heading.focus();
  }

  focusSummary(): void {
    moveFocus(this.#summary.querySelector<HTMLElement>("h3"));
  }

  #buttons({ missed, isLast }: Summary): HTMLElement {
    const row = make("div", { class: "cw-quiz__actions" });
    if (!isLast) row.append(this.#button("next", t("quiz.next_round"), this.#steps.next));
    if (missed > 0) {
      row.append(this.#button("practise", t("quiz.practise", { n: missed }), this.#steps.practise));
    }
    return row;
  }

  #button(action: string, label: string, step: () => void): HTMLElement {
    const button = makeButton(action, label);
    button.addEventListener("click", step);
    return button;
  }
}

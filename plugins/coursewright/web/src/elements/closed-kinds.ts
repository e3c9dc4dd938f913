// Answer areas of the kinds that need no Python to be judged: single, multiple, text, predict.
import { gradeChoices, gradeOutput, gradeText, type Judgement } from "../questions/grade.ts";
import { shuffled } from "../questions/shuffle.ts";
import type { QuestionSpec } from "../schema.ts";
import { getSite } from "../site.ts";
import { oneText, textList } from "../store/guards.ts";
import { t, tn } from "../strings.ts";
import { make, makeButton, setShown } from "./dom.ts";
import type { Grade, KindFactory, KindView, QuestionHost } from "./kinds.ts";
import type { OutputRun } from "./output-run.ts";

/** The kinds that every page brings along. */
export const CLOSED_KINDS: Record<string, KindFactory> = {
  single: (host) => new ChoiceView(host),
  multiple: (host) => new ChoiceView(host),
  text: (host) => new TextView(host, gradeText),
  predict: (host) => new PredictView(host, gradeOutput),
};

class ChoiceView implements KindView {
  readonly #host: QuestionHost;
  readonly #isSingle: boolean;
  readonly #inputs: HTMLInputElement[];
  readonly #life = new AbortController();

  constructor(host: QuestionHost) {
    this.#host = host;
    const { form, spec } = host;
    this.#isSingle = spec.kind === "single";
    this.#inputs = [...form.querySelectorAll<HTMLInputElement>("[data-cw-choice] input")];
    const { signal } = this.#life;
    for (const input of this.#inputs)
      input.addEventListener("change", () => this.#changed(), { signal });
    if (spec.shuffle) this.#shuffle(`${getSite().store.device}:${spec.id}`);
  }

  answer(): string {
    const chosen = this.#inputs.filter(({ checked }) => checked).map(({ value }) => value);
    if (chosen.length === 0) return "";
    return JSON.stringify(this.#isSingle ? chosen[0] : chosen);
  }

  restore(answer: string): void {
    const chosen = this.#chosenIn(answer);
    for (const input of this.#inputs) input.checked = chosen.includes(input.value);
    this.#showMarks([]);
  }

  grade(): Grade {
    return this.recall(this.answer());
  }

  recall(answer: string): Grade {
    const judged = gradeChoices(this.#host.spec, this.#chosenIn(answer));
    this.#showMarks(judged.feedback);
    return { ...judged, message: this.#message(judged) };
  }

  clear(): void {
    this.restore("");
  }

  reveal(): void {
    this.#showMarks(this.#inputs.map(({ value }) => value));
  }

  dispose(): void {
    this.#life.abort();
  }

  #changed(): void {
    this.#showMarks([]);
    this.#host.edited();
  }

  #chosenIn(answer: string): string[] {
    return this.#isSingle ? [oneText(answer)] : textList(answer);
  }

  #message({ verdict, found, total, extra }: Judgement): string {
    if (this.#isSingle || verdict === "correct") return "";
    const missing = t("question.found", { found, total });
    return extra ? `${missing} ${tn("question.extra", extra)}` : missing;
  }

  /** Say in the row of each choice named whether it is right. */
  #showMarks(choices: readonly string[]): void {
    for (const input of this.#inputs) {
      const row = input.closest<HTMLElement>("[data-cw-choice]");
      row?.querySelector(".cw-choice__mark")?.remove();
      row?.removeAttribute("data-cw-right");
      const spec = this.#host.spec.choices?.find(({ id }) => id === input.value);
      if (!row || !spec || !choices.includes(input.value)) continue;
      row.dataset.cwRight = String(spec.correct);
      const word = t(spec.correct ? "choice.right" : "choice.wrong");
      input.closest("label")?.append(make("span", { class: "cw-choice__mark" }, word));
    }
  }

  #shuffle(seed: string): void {
    const rows = shuffled(this.#host.spec.choices ?? [], seed).flatMap(({ id }) =>
      [...this.#host.form.querySelectorAll<HTMLElement>("[data-cw-choice]")].filter(
        (row) => row.dataset.cwChoice === id,
      ),
    );
    rows[0]?.parentElement?.append(...rows);
  }
}

class TextView implements KindView {
  protected readonly host: QuestionHost;
  protected readonly life = new AbortController();
  readonly #field: HTMLInputElement | HTMLTextAreaElement | null;
  readonly #judge: (spec: QuestionSpec, answer: string) => Judgement;

  constructor(host: QuestionHost, judge: (spec: QuestionSpec, answer: string) => Judgement) {
    this.host = host;
    this.#judge = judge;
    this.#field = host.form.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      "textarea, input[type=text]",
    );
    const { signal } = this.life;
    this.#field?.addEventListener("input", () => host.edited(), { signal });
  }

  answer(): string {
    const text = this.#field?.value ?? "";
    return text.trim() ? JSON.stringify(text) : "";
  }

  restore(answer: string): void {
    if (this.#field) this.#field.value = oneText(answer);
  }

  grade(): Grade {
    return this.recall(this.answer());
  }

  recall(answer: string): Grade {
    return { ...this.#judge(this.host.spec, oneText(answer)), message: "" };
  }

  dispose(): void {
    this.life.abort();
  }
}

/** After an attempt the code may be run, so that the reader sees what it really prints. */
class PredictView extends TextView {
  #run: OutputRun | undefined;

  attempted(): void {
    const { form } = this.host;
    const found = form.querySelector<HTMLElement>("[data-cw-action=run]");
    const button = found ?? makeButton("run", t("question.run"));
    if (!found) form.querySelector("[data-cw-action=check]")?.after(button);
    setShown(button, true);
  }

  action(name: string): void {
    if (name === "run") void this.#start();
    if (name === "stop") this.#run?.stop();
  }

  async #start(): Promise<void> {
    const site = getSite();
    try {
      await site.load("python.js");
      this.#run ??= site.openOutput?.(this.host, this.life.signal);
      await this.#run?.start();
    } catch {
      this.host.say(t("python.ended.boot"));
    }
  }
}

// <cw-quiz>: shows one question at a time, in rounds, with the score after each. Without scripts
// the same questions stand below one another.
import {
  nextPlace,
  type Place,
  practicePlace,
  resumePlace,
  roundOf,
  roundsOf,
  shownAt,
} from "../questions/rounds.ts";
import { getSite } from "../site.ts";
import { stampOf } from "../store/stamp.ts";
import { lastOf, missedOf } from "../store/summary.ts";
import { t } from "../strings.ts";
import { LiveElement } from "./live-element.ts";
import { QuestionElement } from "./question.ts";
import { QuizFrame } from "./quiz-frame.ts";

const ROUND = 5;

export class QuizElement extends LiveElement {
  #questions: QuestionElement[] = [];
  #rounds: number[][] = [];
  #place: Place = { at: "question", question: 0 };
  #frame: QuizFrame | undefined;

  /** Ids of the questions in order. */
  get ids(): string[] {
    return this.#questions.map(({ question }) => question);
  }

  protected override open(signal: AbortSignal): void {
    const elements = [...this.querySelectorAll("cw-question")];
    this.#questions = elements.filter((element) => element instanceof QuestionElement);
    if (this.#questions.length === 0) return;
    this.#rounds = roundsOf(this.#questions.length, Number(this.dataset.cwRound) || ROUND);
    this.#place = resumePlace(this.#lastStamps());
    const next = () => this.#go(nextPlace(this.#place, this.#rounds));
    const frame = new QuizFrame(this.#questions, {
      goTo: (question) => this.#go({ at: "question", question }),
      next,
      practise: () => this.#practise(),
    });
    this.#frame = frame;
    signal.addEventListener("abort", () => frame.remove());
    this.addEventListener("cw:next", next, { signal });
    this.follow(signal, () => this.#draw());
    for (const question of this.#questions) question.showNext();
    this.#draw();
  }

  #go(place: Place): void {
    this.#place = place;
    if (place.at === "practice") this.#shown?.again();
    this.#draw();
    if (place.at === "summary") this.#frame?.focusSummary();
    else this.#shown?.focusHeading(this.#frame?.placeId ?? "");
  }

  #practise(): void {
    if (this.#place.at !== "summary") return;
    const { round } = this.#place;
    const missed = this.#missed(round).map((id) => this.ids.indexOf(id));
    this.#go(practicePlace(missed, round));
  }

  #draw(): void {
    const shown = shownAt(this.#place);
    for (const [index, question] of this.#questions.entries()) question.hidden = index !== shown;
    this.#frame?.drawPlace(this.#placeWords());
    this.#frame?.drawList(shown, this.#verdicts());
    this.#frame?.drawSummary(
      this.#place.at === "summary" ? this.#summary(this.#place.round) : null,
    );
  }

  #placeWords(): string {
    const place = this.#place;
    const rounds = this.#rounds.length;
    if (place.at === "practice") {
      return t("quiz.practice", { n: place.step + 1, total: place.questions.length });
    }
    if (place.at === "summary") return t("quiz.round_done", { n: place.round + 1, total: rounds });
    const words = t("quiz.question", { n: place.question + 1, total: this.#questions.length });
    const round = t("quiz.round", { n: roundOf(this.#rounds, place.question) + 1, total: rounds });
    return rounds > 1 ? `${words} · ${round}` : words;
  }

  /** What stands in the summary after a round: its score, and that of the whole after the last. */
  #summary(round: number) {
    const isLast = round === this.#rounds.length - 1;
    const lines = [this.#score("quiz.score_round", this.#idsOf(round))];
    if (isLast && round > 0) lines.push(this.#score("quiz.score_all", this.ids));
    return { lines, missed: this.#missed(round).length, isLast };
  }

  #score(key: string, ids: readonly string[]): string {
    const right = ids.length - missedOf(this.#progress, ids).length;
    return t(key, { right, total: ids.length });
  }

  /** Ids of the round's questions that are worth another look; after the last round of all. */
  #missed(round: number): string[] {
    const isLast = round === this.#rounds.length - 1;
    return missedOf(this.#progress, isLast ? this.ids : this.#idsOf(round));
  }

  #idsOf(round: number): string[] {
    return this.ids.filter((_, index) => this.#rounds[round]?.includes(index));
  }

  #verdicts(): (string | undefined)[] {
    const progress = this.#progress;
    return this.ids.map((id) => lastOf(progress, id)?.verdict);
  }

  #lastStamps(): number[] {
    const progress = this.#progress;
    return this.ids.map((id) => stampOf(lastOf(progress, id)?.id ?? ""));
  }

  get #progress() {
    return getSite().store.lesson(this.lesson);
  }

  get #shown(): QuestionElement | undefined {
    const shown = shownAt(this.#place);
    return shown === undefined ? undefined : this.#questions[shown];
  }
}

// <cw-lesson>: what a lesson shows of its reader's progress, and which step of its path is read.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { answeredOf, isAnswered } from "../store/summary.ts";
import { t } from "../strings.ts";
import { make } from "./dom.ts";
import { LiveElement } from "./live-element.ts";
import { markPath } from "./path.ts";

export class LessonElement extends LiveElement {
  protected override open(signal: AbortSignal): void {
    this.follow(signal, () => this.#changed());
    this.#warn(signal);
    markPath(this, signal);
    getSite().store.visit(this.lesson, this.#quizIds);
  }

  /** Ids of the questions that count: those inside a quiz. */
  get #quizIds(): string[] {
    const forms = this.querySelectorAll<HTMLElement>("cw-quiz form[data-cw-question]");
    return [...forms].map((form) => form.dataset.cwQuestion ?? "");
  }

  /** Say below the header what goes wrong with the store. */
  #warn(signal: AbortSignal): void {
    // A line that screen readers watch, there before anything is said in it.
    const line = make("p", { class: "cw-trouble", "data-cw-trouble": "", role: "status" });
    this.querySelector("header")?.after(line);
    const end = getSite().store.watchTrouble((trouble) => line.append(`${t(`store.${trouble}`)} `));
    signal.addEventListener("abort", () => {
      end();
      line.remove();
    });
  }

  #changed(): void {
    const { store } = getSite();
    const detail = store.lesson(this.lesson);
    const answers = Object.values(detail.questions).some(isAnswered);
    const ids = this.#quizIds;
    const line = this.querySelector("[data-cw-progress]");
    if (line && ids.length > 0) {
      const answered = answeredOf(detail, ids);
      const words = t("progress.answered", { answered, total: ids.length });
      line.textContent = storeScope() === "page" ? `${words}, ${t("progress.this_page")}` : words;
    }
    this.dispatchEvent(new CustomEvent("cw:progress", { bubbles: true, detail }));
    // A reset took the visit away; who answers again is here again.
    if (answers && !detail.visited) store.visit(this.lesson, ids);
  }
}

// <cw-lesson>: what a lesson shows of its reader's progress, and which step of its path is read.
import { getSite } from "../site.ts";
import { answeredOf, isAnswered } from "../store/summary.ts";
import { t } from "../strings.ts";
import { whenParsed } from "./dom.ts";
import { markPath } from "./path.ts";
import { ProgressTools, scope } from "./progress-tools.ts";

export class LessonElement extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    whenParsed(signal, () => this.#open(signal));
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #open(signal: AbortSignal): void {
    const { store } = getSite();
    const tools = new ProgressTools(this, this.#id);
    const ends = [
      store.watch((lesson) => {
        if (lesson === this.#id) this.#changed(tools);
      }),
      tools.open(),
      markPath(this),
    ];
    signal.addEventListener("abort", () => {
      for (const end of ends) end();
    });
    store.visit(this.#id, this.#quizIds);
  }

  get #id(): string {
    return this.dataset.cwLesson ?? "page";
  }

  /** Ids of the questions that count: those inside a quiz. */
  get #quizIds(): string[] {
    const forms = this.querySelectorAll<HTMLElement>("cw-quiz form[data-cw-question]");
    return [...forms].map((form) => form.dataset.cwQuestion ?? "");
  }

  #changed(tools: ProgressTools): void {
    const { store } = getSite();
    const detail = store.lesson(this.#id);
    const answers = Object.values(detail.questions).some(isAnswered);
    const ids = this.#quizIds;
    const line = this.querySelector("[data-cw-progress]");
    if (line && ids.length > 0) {
      const answered = answeredOf(detail, ids);
      const words = t("progress.answered", { answered, total: ids.length });
      line.textContent = scope() === "page" ? `${words}, ${t("progress.this_page")}` : words;
    }
    tools.draw(answers);
    this.dispatchEvent(new CustomEvent("cw:progress", { bubbles: true, detail }));
    // A reset took the visit away; who answers again is here again.
    if (answers && !detail.visited) store.visit(this.#id, ids);
  }
}

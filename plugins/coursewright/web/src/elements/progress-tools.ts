// Below a lesson: forgetting its progress and undoing that, how far the browser's store reaches,
// and what went wrong with it.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { t } from "../strings.ts";
import { make, makeButton, setShown } from "./dom.ts";

/** How far this page's store reaches. */
export const scope = () => storeScope(location.protocol, navigator.userAgent);

export class ProgressTools {
  readonly #lesson: HTMLElement;
  readonly #id: string;
  readonly #reset = makeButton("reset", t("lesson.reset"));
  readonly #back = makeButton("undo", t("question.undo"));
  readonly #more = makeButton("transfer", t("transfer.open"));
  readonly #status = make("p", { role: "status" });
  #undo: (() => void) | undefined;

  constructor(lesson: HTMLElement, id: string) {
    this.#lesson = lesson;
    this.#id = id;
    this.#reset.addEventListener("click", () => this.#forget());
    this.#back.addEventListener("click", () => this.#bringBack());
    this.#more.addEventListener("click", () => this.#openTransfer());
  }

  /** Put the tools into the page until the signal. */
  open(signal: AbortSignal): void {
    const place = this.#lesson.querySelector("[data-cw-progress-tools]");
    const reach = make("p", {}, scope() === "page" ? t("progress.page_scope") : "");
    place?.replaceChildren(reach, this.#status, this.#reset, this.#back, this.#more);
    // A line that screen readers watch, there before anything is said in it.
    const warning = make("p", { class: "cw-trouble", "data-cw-trouble": "", role: "status" });
    this.#lesson.querySelector("header")?.after(warning);
    const end = getSite().store.watchTrouble((trouble) => {
      warning.append(`${t(`store.${trouble}`)} `);
    });
    signal.addEventListener("abort", () => {
      end();
      warning.remove();
    });
  }

  /** @param answers - Whether there is anything to forget. */
  draw(answers: boolean): void {
    if (answers) this.#undo = undefined;
    setShown(this.#reset, answers);
    setShown(this.#back, this.#undo !== undefined);
  }

  #forget(): void {
    const undo = getSite().store.resetLesson(this.#id);
    this.#undo = undo;
    this.draw(false);
    this.#status.textContent = t("lesson.was_reset");
  }

  #bringBack(): void {
    this.#undo?.();
    this.#status.textContent = t("question.was_restored");
  }

  async #openTransfer(): Promise<void> {
    const site = getSite();
    try {
      await site.load("transfer.js");
    } catch {
      this.#status.textContent = t("question.not_loaded");
      return;
    }
    const panel = site.makeTransferPanel?.();
    if (!panel) return;
    this.#more.replaceWith(panel);
    panel.querySelector("button")?.focus();
  }
}

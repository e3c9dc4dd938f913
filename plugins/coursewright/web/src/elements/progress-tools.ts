// Below a lesson: forgetting its progress and undoing that, how far the browser's store reaches,
// and what went wrong with it.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { t } from "../strings.ts";
import { make, makeButton, setShown } from "./dom.ts";

export class ProgressTools {
  readonly #lesson: HTMLElement;
  readonly #id: string;
  readonly #reset = makeButton("reset", t("lesson.reset"));
  readonly #back = makeButton("undo", t("question.undo"));
  readonly #status = make("p", { role: "status" });
  #undo: (() => void) | undefined;

  constructor(lesson: HTMLElement, id: string) {
    this.#lesson = lesson;
    this.#id = id;
    this.#reset.addEventListener("click", () => this.#forget());
    this.#back.addEventListener("click", () => this.#bringBack());
  }

  /** Put the tools into the page. Returns what ends their listening. */
  open(): () => void {
    const place = this.#lesson.querySelector("[data-cw-progress-tools]");
    place?.replaceChildren(...this.#scope(), this.#status, this.#reset, this.#back);
    const warning = this.#warning();
    return getSite().store.watchTrouble((trouble) => {
      warning.append(make("span", {}, `${t(`store.${trouble}`)} `));
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

  #scope(): HTMLElement[] {
    const scope = storeScope(location.protocol, navigator.userAgent);
    return scope === "page" ? [make("p", {}, t("progress.page_scope"))] : [];
  }

  /** A line that screen readers watch, there before anything is said in it. */
  #warning(): HTMLElement {
    const found = this.#lesson.querySelector<HTMLElement>("[data-cw-trouble]");
    if (found) {
      found.replaceChildren();
      return found;
    }
    const made = make("p", { class: "cw-trouble", "data-cw-trouble": "", role: "status" });
    const header = this.#lesson.querySelector("header");
    if (header) header.after(made);
    else this.#lesson.prepend(made);
    return made;
  }
}

// Below a lesson: forgetting its progress and undoing that, how far the browser's store reaches,
// and the way to a file where the page with all progress cannot see the lesson.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { bringBack, type Forgotten, forget, stillForgotten } from "../store/resets.ts";
import { isAnswered } from "../store/summary.ts";
import { t } from "../strings.ts";
import { isUsable, lessonOf, make, makeButton, moveFocus, setShown, setUsable } from "./dom.ts";
import { markCards } from "./progress/card-marks.ts";
import { TransferPanel } from "./progress/transfer-panel.ts";
import { recall, remember } from "./progress/undo-memory.ts";

/** Put the tools into a host. Returns their end. */
export function mountTools(host: HTMLElement): () => void {
  const tools = new ProgressTools(host);
  const { store } = getSite();
  const draw = () => {
    tools.draw();
    markCards();
  };
  const end = store.watch(draw);
  draw();
  return end;
}

class ProgressTools {
  readonly #lesson: string;
  readonly #place: string;
  readonly #reset = makeButton("reset", t("lesson.reset"));
  readonly #back = makeButton("undo", t("question.undo"));
  readonly #status = make("p", { role: "status", tabindex: "-1" });
  #forgotten: readonly Forgotten[];

  constructor(host: HTMLElement) {
    this.#lesson = lessonOf(host);
    this.#place = `lesson:${this.#lesson}`;
    this.#forgotten = recall(this.#place);
    if (this.#forgotten.length > 0) this.#status.textContent = t("lesson.was_reset");
    const more = makeButton("transfer", t("transfer.open"));
    this.#reset.addEventListener("click", () => isUsable(this.#reset) && this.#forget());
    this.#back.addEventListener("click", () => this.#bringBack());
    more.addEventListener("click", () => {
      const { element } = new TransferPanel();
      more.replaceWith(element);
      moveFocus(element.querySelector("button"));
    });
    const isAlone = storeScope() === "page";
    const reach = make("p", {}, isAlone ? t("progress.page_scope") : "");
    more.hidden = host.hasAttribute("data-cw-elsewhere") && !isAlone;
    host.replaceChildren(reach, this.#status, this.#reset, this.#back, more);
  }

  draw(): void {
    const { store } = getSite();
    const answers = Object.values(store.lesson(this.#lesson).questions).some(isAnswered);
    this.#forgotten = stillForgotten(store, this.#forgotten);
    const canUndo = this.#forgotten.length > 0;
    // It keeps its place while there is nothing to reset, so that a second press meets it again.
    setShown(this.#reset, answers || canUndo);
    setUsable(this.#reset, answers);
    setShown(this.#back, canUndo);
  }

  #forget(): void {
    this.#forgotten = forget(getSite().store, [this.#lesson], this.#forgotten);
    remember(this.#place, this.#forgotten);
    this.draw();
    this.#status.textContent = t("lesson.was_reset");
  }

  #bringBack(): void {
    const forgotten = this.#forgotten;
    if (forgotten.length === 0) return;
    remember(this.#place, []);
    this.#forgotten = [];
    moveFocus(this.#status); // from a button that goes
    bringBack(getSite().store, forgotten);
    this.#status.textContent = t("question.was_restored");
  }
}

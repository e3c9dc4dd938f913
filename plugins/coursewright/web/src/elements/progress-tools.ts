// Below a lesson: forgetting its progress and undoing that, how far the browser's store reaches,
// and the way to a file where the page with all progress cannot see the lesson.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { isAnswered } from "../store/summary.ts";
import { resetLesson } from "../store/transfer.ts";
import { t } from "../strings.ts";
import { lessonOf, make, makeButton, moveFocus, setShown } from "./dom.ts";
import { TransferPanel } from "./progress/transfer-panel.ts";

/** Put the tools into a host. Returns their end. */
export function mountTools(host: HTMLElement): () => void {
  const tools = new ProgressTools(host);
  const { store } = getSite();
  const end = store.watch(() => tools.draw());
  tools.draw();
  return end;
}

class ProgressTools {
  readonly #lesson: string;
  readonly #reset = makeButton("reset", t("lesson.reset"));
  readonly #back = makeButton("undo", t("question.undo"));
  readonly #status = make("p", { role: "status" });
  #undo: (() => void) | undefined;

  constructor(host: HTMLElement) {
    this.#lesson = lessonOf(host);
    const more = makeButton("transfer", t("transfer.open"));
    this.#reset.addEventListener("click", () => this.#forget());
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
    const answers = Object.values(getSite().store.lesson(this.#lesson).questions).some(isAnswered);
    if (answers) this.#undo = undefined;
    setShown(this.#reset, answers);
    setShown(this.#back, this.#undo !== undefined);
  }

  #forget(): void {
    this.#undo = resetLesson(getSite().store, this.#lesson);
    this.draw();
    this.#status.textContent = t("lesson.was_reset");
  }

  #bringBack(): void {
    this.#undo?.();
    this.#status.textContent = t("question.was_restored");
  }
}

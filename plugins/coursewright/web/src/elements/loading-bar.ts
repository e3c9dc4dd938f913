// Python's loading in words and as a bar, for elements that wait for it.
import type { PythonState } from "../python-client.ts";
import { t } from "../strings.ts";
import { make } from "./dom.ts";
import { loadingWords } from "./python-words.ts";

export class LoadingBar {
  readonly #box: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #words: HTMLElement;

  /** Adds itself, hidden, after an element. */
  constructor(after: Element) {
    this.#box = make("div", { class: "cw-loading" });
    this.#bar = make("progress", {
      class: "cw-loading__bar",
      "aria-label": t("python.loading.title"),
    });
    this.#words = make("span", { class: "cw-loading__words" });
    this.#box.append(this.#bar, this.#words);
    this.#box.hidden = true;
    after.after(this.#box);
  }

  /** Show the state when it is one of loading, else hide. */
  show(state: PythonState): void {
    this.#box.hidden = state.name !== "loading";
    if (state.name !== "loading") return;
    this.#words.textContent = loadingWords(state);
    this.#bar.max = 1;
    const { stage } = state;
    if (stage === "fetch" || stage === "packages")
      this.#bar.value = state.total ? state.done / state.total : 0;
    else this.#bar.removeAttribute("value"); // how long the rest takes, nobody knows
  }

  hide(): void {
    this.#box.hidden = true;
  }

  dispose(): void {
    this.#box.remove();
  }
}

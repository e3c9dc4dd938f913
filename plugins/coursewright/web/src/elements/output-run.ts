// Running the code of a predict question after an attempt, so that the reader sees what it really
// prints instead of taking the page's word for it. Part of the bundle with the client of Python.
import { reasonOf } from "../python-client.ts";
import { getSite } from "../site.ts";
import { t } from "../strings.ts";
import { make, makeButton, setShown } from "./dom.ts";
import type { QuestionHost } from "./kinds.ts";
import { loadingWords, reasonWords } from "./python-words.ts";

export class OutputRun {
  readonly #host: QuestionHost;
  readonly #stop: HTMLElement;
  readonly #output: HTMLElement;
  #running: AbortController | undefined;

  /** @param signal - Ends a run whose question leaves the page. */
  constructor(host: QuestionHost, signal: AbortSignal) {
    this.#host = host;
    const { form } = host;
    this.#stop = part(form, "[data-cw-action=stop]", () => makeButton("stop", t("question.stop")));
    this.#output = part(form, "[data-cw-output]", () =>
      make("pre", { class: "cw-output", "data-cw-output": "", "aria-live": "polite" }),
    );
    this.#output.hidden = this.#output.textContent === "";
    setShown(this.#stop, false);
    signal.addEventListener("abort", () => this.stop());
  }

  async start(): Promise<void> {
    const { python } = getSite();
    if (this.#running) return;
    this.#running = new AbortController();
    const { code = "", limit_s: limitS = 10 } = this.#host.spec;
    this.#show(t("python.working"));
    setShown(this.#stop, true);
    const unwatch = python.watch((state) => {
      if (state.name !== "ready") this.#show(loadingWords(state) || t("python.working"));
    });
    const options = { limitS, signal: this.#running.signal };
    try {
      const { stdout, error } = await python.request("run", { code }, options);
      this.#show(`${stdout}${error?.traceback ?? ""}` || t("python.no_output"));
    } catch (error) {
      this.#show(reasonWords(reasonOf(error), limitS));
    } finally {
      unwatch();
      this.#running = undefined;
      setShown(this.#stop, false);
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  #show(text: string): void {
    this.#output.textContent = text;
    this.#output.hidden = false;
  }
}

function part(form: HTMLElement, selector: string, makePart: () => HTMLElement): HTMLElement {
  const found = form.querySelector<HTMLElement>(selector);
  if (found) return found;
  const made = makePart();
  const run = form.querySelector("[data-cw-action=run]");
  if (made instanceof HTMLButtonElement && run) run.after(made);
  else form.append(made);
  return made;
}

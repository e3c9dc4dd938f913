// One lab on the page: joins state, Python, storage and picture. Made for a section that the
// build wrote; everything it draws goes into the section's empty stage.
import { nothing, render } from "lit/html.js";
import type { PythonClient, PythonState } from "../../python-client.ts";
import type { LabRecord, LabSpec, ParamSpec, RolloutRequest, RolloutView } from "../../schema.ts";
import { setLab } from "../../store/operations.ts";
import type { Store } from "../../store/store.ts";
import { LabCalls } from "./calls.ts";
import { entry } from "./controls-view.ts";
import type { Cell } from "./geometry.ts";
import { type LabActions, LabView } from "./lab-view.ts";
import { initial, isBusy, type LabEvent, type LabState, next } from "./machine.ts";
import type { OutcomeName } from "./outcomes.ts";
import { Release } from "./release.ts";
import { exposed, read } from "./settings.ts";
import { parseRecord } from "./spec.ts";
import { Theatre } from "./theatre.ts";
import { LabWords } from "./words.ts";

/** What a lab needs from its page. */
export interface LabPage {
  python: PythonClient | undefined;
  store: Store;
  /** Id of the lesson under which the lab is kept, "" outside a lesson. */
  lesson: string;
}

export class Laboratory implements LabActions {
  readonly #section: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #status: HTMLElement | null;
  readonly #spec: LabSpec;
  readonly #page: LabPage;
  readonly #words: LabWords;
  readonly #calls: LabCalls;
  readonly #view: LabView;
  readonly #release: Release;
  readonly #ends: (() => void)[] = [];
  readonly theatre: Theatre;
  #state: LabState;
  /** What was last written to or read from the store, to tell another tab's change from ours. */
  #kept = "";
  #isKeeping = false;
  #isDrawing = false;

  constructor(section: HTMLElement, stage: HTMLElement, spec: LabSpec, page: LabPage) {
    this.#section = section;
    this.#stage = stage;
    this.#status = section.querySelector("[role=status]");
    this.#spec = spec;
    this.#page = page;
    this.#words = new LabWords(spec.experiment.name);
    this.#calls = new LabCalls(page.python);
    this.#state = initial(spec);
    this.theatre = new Theatre(spec, {
      agent: () => this.#state.agent,
      settings: () => this.#state.settings,
      ask: (request) => this.#rollout(request),
      changed: () => this.#draw(),
      say: (key, values) => this.#say(key, values),
      still: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
      focus: (cell) => this.#focus(cell),
    });
    this.#view = new LabView(spec, this.#words, this, this.#status, () => this.#draw());
    this.#release = new Release(stage);
    this.#connect();
  }

  /** Leave the page: ends what is under way. */
  dispose(): void {
    for (const end of this.#ends) end();
    this.#calls.stop();
    this.theatre.dispose();
    this.#view.dispose();
    this.#release.dispose();
    if (this.#status) this.#stage.after(this.#status);
    render(nothing, this.#stage);
  }

  readonly train = async (): Promise<void> => {
    if (this.#state.training || !this.#readControls()) return;
    this.theatre.pause();
    this.#apply({ type: "train" });
    this.#say("said.train", { episodes: this.#episodes() });
    if (this.#page.python) this.#heard(this.#page.python.state);
    const request = { experiment: this.#spec.experiment.name, settings: this.#state.settings };
    const answer = await this.#calls.train(request, (point) =>
      this.#apply({ type: "point", point }),
    );
    if (!answer.ok) return this.#ended(answer.reason);
    this.#apply({ type: "done", result: answer.value });
    this.#keep("result", answer.value);
    this.#keep("prediction", this.#state.prediction ?? null);
    this.#section.dataset.cwResult = JSON.stringify(answer.value);
    this.#say(this.#state.shown.revealed ? "said.done" : "said.predict");
    await this.theatre.trained();
  };

  readonly stop = (): void => {
    if (isBusy(this.#state)) this.#calls.stop();
  };

  readonly reset = (): void => {
    this.#calls.stop();
    this.#apply({ type: "reset" });
    this.theatre.reset();
    this.#keep("result", null);
    this.#keep("prediction", null);
    this.#syncPage();
    this.#say("said.reset");
  };

  readonly predicted = (outcome: OutcomeName): void => {
    this.#apply({ type: "predict", outcome });
    if (this.#state.prediction === outcome) this.#keep("prediction", outcome);
  };

  readonly revealed = (): void => this.#apply({ type: "reveal" });

  readonly left = (param: ParamSpec, raw: string | boolean): void => {
    this.#release.run(() => this.entered(param, raw));
  };

  readonly entered = (param: ParamSpec, raw: string | boolean): void => {
    const result = read(param, raw);
    const { name } = param;
    if (result.ok) this.#apply({ type: "set", name, value: result.value });
    else this.#apply({ type: "fault", name, fault: result.fault });
  };

  #connect(): void {
    const { python, store, lesson } = this.#page;
    if (python) this.#ends.push(python.watch((state) => this.#heard(state)));
    this.#ends.push(store.watch((id) => id === lesson && this.#recall()));
    const warm = () => python?.warm();
    for (const intent of ["pointerenter", "focusin"]) {
      this.#section.addEventListener(intent, warm, { once: true });
      this.#ends.push(() => this.#section.removeEventListener(intent, warm));
    }
    this.#say("said.idle");
    this.#recall();
    this.#draw();
  }

  #apply(event: LabEvent): void {
    this.#state = next(this.#spec, this.#state, event);
    if (!this.#state.agent) this.theatre.untrained();
    this.#draw();
  }

  #heard(state: PythonState): void {
    if (state.name === "loading") this.#apply({ type: "loading", loading: state });
    else if (state.name === "ready" || state.name === "running") this.#apply({ type: "loaded" });
  }

  /** A request came to nothing: given up by the learner, or failed. */
  #ended(reason: string): void {
    if (reason === "superseded") return;
    const { training } = this.#state;
    if (reason === "stopped") this.#apply({ type: "stopped" });
    else this.#apply({ type: "failed", reason });
    const episode = this.#state.points.at(-1)?.episode ?? 0;
    if (reason !== "stopped") this.#say(`failed.${reason}`);
    else if (training) this.#say("said.stopped", { episode, episodes: this.#episodes() });
    else this.#say("said.given_up");
  }

  async #rollout(request: RolloutRequest): Promise<RolloutView | undefined> {
    if (this.#state.training) return undefined;
    this.#apply({ type: "ask" });
    if (this.#page.python) this.#heard(this.#page.python.state);
    const answer = await this.#calls.rollout(request);
    if (answer.ok) this.#apply({ type: "answered" });
    else this.#ended(answer.reason);
    return answer.ok ? answer.value : undefined;
  }

  /** Take over what the store keeps, unless this lab wrote it itself. */
  #recall(): void {
    if (this.#isKeeping) return;
    const record = this.#record();
    const text = JSON.stringify(record);
    if (text === this.#kept || (!this.#kept && !record.result && !record.prediction)) return;
    this.#kept = text;
    const recalled = parseRecord(record, this.#spec.experiment.name);
    this.#apply({ type: "recall", ...recalled });
    if (recalled.result) this.theatre.recalled();
    this.#syncPage();
    this.#say(recalled.result ? "said.recalled" : "said.idle");
  }

  #keep(field: "result" | "prediction", value: unknown): void {
    const { store, lesson } = this.#page;
    if (!lesson) return;
    // The store tells of the write before `change` returns: it must not look like another tab's.
    this.#isKeeping = true;
    const text = JSON.stringify(value);
    store.change(lesson, (now, writer) => setLab(now, this.#spec.id, field, text, writer));
    this.#isKeeping = false;
    const detail = this.#record();
    this.#kept = JSON.stringify(detail);
    this.#section.dispatchEvent(new CustomEvent("cw:lab", { bubbles: true, detail }));
  }

  #record(): LabRecord {
    return this.#page.store.lab(this.#page.lesson, this.#spec.id);
  }

  /** Read every control as it stands; tell whether all are sound, else go to the first fault. */
  #readControls(): boolean {
    for (const param of exposed(this.#spec)) {
      const control = this.#control(param);
      if (control) this.entered(param, entry(control));
    }
    const faulty = exposed(this.#spec).find((param) => param.name in this.#state.faults);
    if (!faulty) return true;
    this.#say("said.fault");
    this.#control(faulty)?.focus();
    return false;
  }

  /** After settings came from elsewhere: controls keep their own text until told otherwise. */
  #syncPage(): void {
    this.#section.dataset.cwResult = JSON.stringify(this.#state.shown.result);
    for (const param of exposed(this.#spec)) {
      const control = this.#control(param);
      const value = this.#state.settings[param.name];
      if (control instanceof HTMLInputElement && control.type === "checkbox") {
        control.checked = value === true;
      } else if (control) control.value = String(value);
    }
  }

  #control(param: ParamSpec): HTMLInputElement | HTMLSelectElement | null {
    return this.#stage.querySelector(`[data-cw-param="${CSS.escape(param.name)}"]`);
  }

  #episodes(): number {
    const { episodes } = this.#state.settings;
    return typeof episodes === "number" ? episodes : this.#state.shown.result.episodes;
  }

  #focus([row, column]: Cell): void {
    const cell = `[data-cw-cell="${row},${column}"]`;
    this.#stage.querySelector<HTMLElement>(cell)?.focus();
  }

  #say(key: string, values?: Record<string, string | number>): void {
    if (this.#status) this.#status.textContent = this.#words.t(key, values);
  }

  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    // Once for all changes of a task.
    queueMicrotask(() => {
      this.#isDrawing = false;
      if (!this.#section.isConnected) return;
      this.#section.dataset.cwState = this.#state.phase;
      const model = { state: this.#state, scene: this.theatre.scene, episodes: this.#episodes() };
      render(this.#view.draw(model), this.#stage);
      this.#view.drawn(model);
    });
  }
}

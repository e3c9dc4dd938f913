// The parts of a lab in their places: picture, controls, curve, outcome. Keeps only what belongs
// to the view itself: which charts are shown as tables, and the canvas.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { LabSpec } from "../../schema.ts";
import { CurveChart } from "./chart.ts";
import { type ControlEvents, predictionView, runView, settingsView } from "./controls-view.ts";
import { curveData, finding } from "./curve.ts";
import { curveView } from "./curve-view.ts";
import { isCurrent, type LabState } from "./machine.ts";
import { testsView, verdictView } from "./outcome-view.ts";
import { playerView } from "./player-view.ts";
import type { Scene } from "./scene.ts";
import type { Theatre } from "./theatre.ts";
import type { LabWords } from "./words.ts";
import { worldView } from "./world-view.ts";

export interface LabActions extends ControlEvents {
  readonly theatre: Theatre;
}

/** All that is drawn. `episodes` is the length of the run under way or next. */
export interface LabModel {
  state: LabState;
  scene: Scene;
  episodes: number;
}

export class LabView {
  readonly #spec: LabSpec;
  readonly #words: LabWords;
  readonly #actions: LabActions;
  readonly #status: HTMLElement | null;
  readonly #changed: () => void;
  #curveAsTable = false;
  #outcomeAsTable = false;
  #canvas: HTMLElement | undefined;
  #chart: CurveChart | undefined;

  /** @param status - The section's status line: the view moves it beside the buttons. */
  constructor(
    spec: LabSpec,
    words: LabWords,
    actions: LabActions,
    status: HTMLElement | null,
    changed: () => void,
  ) {
    this.#spec = spec;
    this.#words = words;
    this.#actions = actions;
    this.#status = status;
    this.#changed = changed;
  }

  draw({ state, scene }: LabModel): TemplateResult {
    const { id, experiment } = this.#spec;
    const words = this.#words;
    const actions = this.#actions;
    const theatre = actions.theatre;
    return html`<div class="cw-lab__picture">
        ${worldView(id, experiment.world, scene, words, theatre)}
        <p class="cw-lab__note" id=${`${id}-keys`}>${words.t("world.keys")}</p>
        ${playerView(id, scene, state.agent !== undefined, words, theatre)}
      </div>
      <div class="cw-lab__controls">
        ${predictionView(id, state, words, actions)}
        ${settingsView(this.#spec, state, words, actions)} ${runView(state, words, actions)} ${this.#status}
      </div>
      <div class="cw-lab__curve" ?hidden=${!this.#hasCurve(state)}>
        ${curveView(
          id,
          state.points,
          finding(state.points, endOf(state)),
          words,
          this.#curveAsTable,
          {
            toggle: this.#toggleCurve,
            canvas: this.#setCanvas,
          },
        )}
      </div>
      ${this.#outcome(state)}`;
  }

  /** To be called when the page holds what `draw` returned. */
  drawn({ state, episodes }: LabModel): void {
    if (!this.#canvas || !this.#hasCurve(state)) return;
    const words = this.#words;
    this.#chart ??= new CurveChart(this.#canvas, { x: words.t("curve.x"), y: words.t("curve.y") });
    this.#chart.draw(curveData(state.points), episodes);
  }

  dispose(): void {
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  #hasCurve(state: LabState): boolean {
    return state.training || state.points.length > 0;
  }

  #outcome(state: LabState): TemplateResult {
    const words = this.#words;
    const { shown } = state;
    if (shown.from === "build") {
      return html`<div class="cw-lab__verdict">
        <p class="cw-lab__note">${words.t("outcome.none")}</p>
      </div>`;
    }
    if (!shown.revealed) {
      return html`<div class="cw-lab__verdict">
        <p>${words.t("outcome.withheld")}</p>
        <button type="button" class="cw-button" @click=${this.#actions.revealed}>
          ${words.t("outcome.reveal")}
        </button>
      </div>`;
    }
    const older = isCurrent(state)
      ? nothing
      : html`<p class="cw-lab__note">${words.t("outcome.older")}</p>`;
    return html`<div class="cw-lab__verdict">${verdictView(shown, words)} ${older}</div>
      <div class="cw-lab__tests">
        ${testsView(this.#spec.id, shown.result, words, this.#outcomeAsTable, this.#toggleOutcome)}
      </div>`;
  }

  readonly #toggleCurve = (): void => {
    this.#curveAsTable = !this.#curveAsTable;
    this.#changed();
  };

  readonly #toggleOutcome = (): void => {
    this.#outcomeAsTable = !this.#outcomeAsTable;
    this.#changed();
  };

  readonly #setCanvas = (element: Element | undefined): void => {
    this.dispose();
    this.#canvas = element instanceof HTMLElement ? element : undefined;
  };
}

function endOf(state: LabState): "done" | "stopped" | undefined {
  if (state.training) return undefined;
  return state.phase === "stopped" || state.phase === "failed" ? "stopped" : "done";
}

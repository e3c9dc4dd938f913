// The right-hand side of a lab: the prediction, a control for each exposed parameter, and the
// buttons of a run. Controls keep their own text; the lab reads them when it needs a value.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { LabSpec, ParamSpec } from "../../schema.ts";
import { t } from "../../strings.ts";
import { loadingWords } from "../python-words.ts";
import { isBusy, isSettled, type LabState } from "./machine.ts";
import { OUTCOMES, type OutcomeName } from "./outcomes.ts";
import { bounds, exposed, hasSlider, type Setting } from "./settings.ts";
import type { LabWords } from "./words.ts";

export interface ControlEvents {
  predicted(outcome: OutcomeName): void;
  revealed(): void;
  /** A control has another value. */
  entered(param: ParamSpec, raw: string | boolean): void;
  /** As `entered`, by leaving the field: perhaps with a click on its way to somewhere else. */
  left(param: ParamSpec, raw: string | boolean): void;
  train(): void;
  stop(): void;
  reset(): void;
}

export function predictionView(
  id: string,
  state: LabState,
  words: LabWords,
  events: ControlEvents,
): TemplateResult {
  const settled = isSettled(state);
  const choice = (outcome: OutcomeName) => html`<label class="cw-lab__choice">
    <input
      type="radio"
      name=${`${id}-prediction`}
      value=${outcome}
      data-cw-predict=${outcome}
      .checked=${state.prediction === outcome}
      @change=${() => events.predicted(outcome)}
    />
    <span class="cw-outcome__mark" data-cw-outcome=${outcome} aria-hidden="true"></span>
    ${words.t(`predict.${outcome}`)}
  </label>`;
  return html`<fieldset class="cw-lab__prediction" ?disabled=${settled}>
    <legend>${words.t("predict.legend")}</legend>
    ${OUTCOMES.map(choice)}
    <p class="cw-lab__note">${words.t(settled ? "predict.settled" : "predict.first")}</p>
  </fieldset>`;
}

export function settingsView(
  spec: LabSpec,
  state: LabState,
  words: LabWords,
  events: ControlEvents,
): TemplateResult | typeof nothing {
  const params = exposed(spec);
  if (params.length === 0) return nothing;
  return html`<fieldset class="cw-lab__settings" ?disabled=${state.training}>
    <legend>${words.t("settings")}</legend>
    ${params.map((param) => control(spec.id, param, state, words, events))}
  </fieldset>`;
}

function control(
  lab: string,
  param: ParamSpec,
  state: LabState,
  words: LabWords,
  events: ControlEvents,
): TemplateResult {
  const id = `${lab}-${param.name}`;
  const fault = state.faults[param.name];
  const value = state.settings[param.name] ?? param.default;
  const label = words.label(param.label);
  const field = { id, param, label, value, described: fault ? `${id}-fault` : "" };
  return html`<div class="cw-lab__setting">
    <label for=${id}>${label}</label>
    <div class="cw-lab__field">
      ${input(field, words, events)}
      ${param.unit ? html`<span class="cw-lab__unit">${words.label(param.unit)}</span>` : nothing}
    </div>
    ${
      fault
        ? html`<p class="cw-lab__fault" id=${`${id}-fault`}>
          ${words.t(`fault.${fault.code}`, { low: fault.low, high: fault.high })}
        </p>`
        : nothing
    }
  </div>`;
}

interface Field {
  id: string;
  param: ParamSpec;
  label: string;
  value: Setting;
  described: string;
}

function input(field: Field, words: LabWords, events: ControlEvents): TemplateResult {
  const { id, param, value } = field;
  if (param.kind === "bool") {
    return html`<input
      type="checkbox"
      id=${id}
      data-cw-param=${param.name}
      .checked=${value === true}
      @change=${(event: Event) => events.entered(param, entry(event.target))}
    />`;
  }
  if (param.kind === "choice") {
    return html`<select
      id=${id}
      data-cw-param=${param.name}
      .value=${String(value)}
      @change=${(event: Event) => events.entered(param, entry(event.target))}
    >
      ${param.choices?.map(
        (choice) =>
          html`<option value=${choice} ?selected=${choice === value}>
            ${words.label(`lab.choice.${param.name}.${choice}`, choice)}
          </option>`,
      )}
    </select>`;
  }
  return numberInput(field, words, events);
}

function numberInput(field: Field, words: LabWords, events: ControlEvents): TemplateResult {
  const { id, param, label, value, described } = field;
  const { low, high, step } = bounds(param);
  // The slider repeats the number, which carries the name, for those who point.
  const slider = html`<input
    type="range"
    aria-label=${words.t("slider", { label })}
    min=${low}
    max=${high}
    step=${step}
    .value=${String(value)}
    @input=${(event: Event) => events.entered(param, entry(event.target))}
  />`;
  return html`${hasSlider(param) ? slider : nothing}<input
      type="number"
      id=${id}
      data-cw-param=${param.name}
      min=${low}
      max=${high}
      step=${param.kind === "int" ? 1 : "any"}
      required
      aria-invalid=${described ? "true" : "false"}
      aria-describedby=${described || nothing}
      .value=${String(value)}
      @change=${(event: Event) => events.left(param, entry(event.target))}
    />`;
}

/** Return what stands in a control: its text, or for a checkbox whether it is ticked. */
export function entry(target: EventTarget | null): string | boolean {
  if (target instanceof HTMLInputElement && target.type === "checkbox") return target.checked;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement
    ? target.value
    : "";
}

export function runView(state: LabState, words: LabWords, events: ControlEvents): TemplateResult {
  const busy = isBusy(state);
  // Not `disabled` while it runs: a button that is disabled loses the keyboard's place.
  return html`<div class="cw-lab__buttons">
      <button
        type="button"
        class="cw-button cw-button--primary"
        data-cw-action="train"
        aria-disabled=${state.training ? "true" : "false"}
        @click=${events.train}
      >
        ${words.t("train")}
      </button>
      <button
        type="button"
        class="cw-button"
        data-cw-action="stop"
        aria-disabled=${busy ? "false" : "true"}
        @click=${events.stop}
      >
        ${words.t("stop")}
      </button>
      <button type="button" class="cw-button" data-cw-action="reset" @click=${events.reset}>
        ${words.t("reset")}
      </button>
    </div>
    ${progress(state, words)}`;
}

function progress({ phase, loading }: LabState, words: LabWords) {
  if (phase !== "loading" || !loading) return nothing;
  const { stage, done, total } = loading;
  // Only the network says how far it has come.
  const counted = stage === "fetch" || stage === "packages";
  const share = counted && total > 0 ? done / total : undefined;
  return html`<div class="cw-loading">
      <progress
        class="cw-loading__bar"
        aria-label=${t("python.loading.title")}
        value=${share ?? nothing}
      ></progress>
      <span class="cw-loading__words">${loadingWords(loading)}</span>
    </div>
    <p class="cw-lab__note">${words.t("meanwhile")}</p>`;
}

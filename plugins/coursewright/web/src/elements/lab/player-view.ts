// Below the picture: which level, which agent, what it sees, and how its walk plays.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { isOver, type Scene, SPEEDS, type Speed, stepsOf } from "./scene.ts";
import type { LabWords } from "./words.ts";

export interface PlayerEvents {
  play(): void;
  pause(): void;
  step(): void;
  speed(speed: Speed): void;
  level(seed: number): void;
  nextLevel(): void;
  agent(trained: boolean): void;
  hide(): void;
  moveCoin(): void;
  coinBack(): void;
}

/** @param canTrained - Whether Python holds a trained agent. */
export function playerView(
  id: string,
  scene: Scene,
  canTrained: boolean,
  words: LabWords,
  events: PlayerEvents,
): TemplateResult {
  return html`<div class="cw-player">
    <div class="cw-player__row">
      ${button("play", words, events.play, scene.playing)}
      ${button("pause", words, events.pause, !scene.playing)}
      ${button("step", words, events.step, false)} ${speeds(scene, words, events)}
    </div>
    <p class="cw-player__count">${count(scene, words)}</p>
    ${agents(id, scene, canTrained, words, events)}
    <button
      type="button"
      class="cw-lab__switch"
      role="switch"
      data-cw-action="hide"
      aria-checked=${scene.hidden ? "true" : "false"}
      @click=${events.hide}
    >
      ${words.t("hide")}
    </button>
    <div class="cw-player__row">
      ${button("move", words, events.moveCoin, scene.view === undefined)}
      ${button("coin_back", words, events.coinBack, scene.coin === undefined)}
    </div>
    <div class="cw-player__row">${levels(id, scene, words, events)}</div>
  </div>`;
}

/** @param resting - The button has nothing to do now; it can still be reached by the keyboard. */
function button(
  action: string,
  words: LabWords,
  act: () => void,
  resting: boolean,
): TemplateResult {
  return html`<button
    type="button"
    class="cw-button"
    data-cw-action=${action}
    aria-disabled=${resting ? "true" : "false"}
    @click=${act}
  >
    ${words.t(action)}
  </button>`;
}

function count(scene: Scene, words: LabWords): string {
  if (!scene.rollout) return words.t("play_first");
  const steps = { at: scene.at, steps: stepsOf(scene.rollout) };
  return words.t(isOver(scene) ? `ended.${scene.rollout.outcome}` : "step_of", steps);
}

function speeds(scene: Scene, words: LabWords, events: PlayerEvents): TemplateResult {
  const names = Object.keys(SPEEDS).filter((name): name is Speed => name in SPEEDS);
  const chosen = (event: Event) => names.find((name) => name === chosenIn(event));
  return html`<select
    aria-label=${words.t("speed")}
    @change=${(event: Event) => events.speed(chosen(event) ?? scene.speed)}
  >
    ${names.map(
      (name) =>
        html`<option value=${name} ?selected=${name === scene.speed}>
          ${words.t(`speed.${name}`)}
        </option>`,
    )}
  </select>`;
}

function agents(
  id: string,
  scene: Scene,
  canTrained: boolean,
  words: LabWords,
  events: PlayerEvents,
): TemplateResult {
  const choice = (trained: boolean) => html`<label>
    <input
      type="radio"
      name=${`${id}-agent`}
      value=${trained ? "trained" : "untrained"}
      .checked=${scene.trained === trained}
      ?disabled=${trained && !canTrained}
      @change=${() => events.agent(trained)}
    />
    ${words.t(trained ? "agent.trained" : "agent.untrained")}
  </label>`;
  return html`<fieldset class="cw-player__agents">
    <legend>${words.t("agent")}</legend>
    ${choice(true)} ${choice(false)}
    ${canTrained ? nothing : html`<p class="cw-lab__note">${words.t("agent.none")}</p>`}
  </fieldset>`;
}

function levels(id: string, scene: Scene, words: LabWords, events: PlayerEvents): TemplateResult {
  return html`<select
      id=${`${id}-level`}
      aria-label=${words.t("level")}
      @change=${(event: Event) => events.level(Number(chosenIn(event)))}
    >
      ${scene.levels.map(
        (seed) =>
          html`<option value=${seed} ?selected=${seed === scene.level}>${words.t("level.seed", { seed: String(seed) })}</option>`,
      )}
    </select>
    <button type="button" class="cw-button" @click=${events.nextLevel}>
      ${words.t("level.next")}
    </button>`;
}

function chosenIn({ target }: Event): string {
  return target instanceof HTMLSelectElement ? target.value : "";
}

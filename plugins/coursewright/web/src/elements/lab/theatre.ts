// Plays episodes: keeps the scene, asks Python for each new episode, and walks through it in time.
import type { LabSpec, RolloutView } from "../../schema.ts";
import { type Cell, coinCells, moved, obstacle, sameCell } from "./geometry.ts";
import {
  agentCell,
  another,
  coinCell,
  initialScene,
  isOver,
  nextLevel,
  rolloutRequest,
  type Scene,
  SPEEDS,
  type Speed,
  stepped,
  tellingCoin,
  withActor,
  withCoin,
  withLevel,
  withRollout,
} from "./scene.ts";
import type { Settings } from "./settings.ts";

/** What a theatre needs from its lab. */
export interface Stage {
  /** Settings of the trained agent, undefined while there is none. */
  agent(): Settings | undefined;
  settings(): Settings;
  /** Ask Python for an episode; undefined when there is none, which the lab has then said. */
  ask(request: ReturnType<typeof rolloutRequest>): Promise<RolloutView | undefined>;
  /** Draw again. */
  changed(): void;
  /** Say the words for `lab.<key>` in the lab's status line. */
  say(key: string, values?: Record<string, string | number>): void;
  /** Whether things may move by themselves. */
  still(): boolean;
  focus(cell: Cell): void;
}

export class Theatre {
  readonly #spec: LabSpec;
  readonly #stage: Stage;
  #scene: Scene;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pressed: Cell | undefined;
  /** Counts questions, so that a late answer to an older one is dropped. */
  #asked = 0;

  constructor(spec: LabSpec, stage: Stage) {
    this.#spec = spec;
    this.#stage = stage;
    this.#scene = initialScene(spec);
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** Go back to the first level, the coin in its training place. */
  reset(): void {
    this.#asked++;
    this.#show({
      ...initialScene(this.#spec),
      view: this.#spec.experiment.first ?? this.#scene.view,
    });
  }

  /** A new agent is there: show how it walks. */
  async trained(): Promise<void> {
    this.#show(withActor(this.#scene, { trained: true }));
    await this.#ask(true);
  }

  /** There is a trained agent from an earlier visit. */
  recalled(): void {
    this.#show(withActor(this.#scene, { trained: true }));
  }

  /** The trained agent is gone. */
  untrained(): void {
    if (this.#scene.trained) this.#show(withActor(this.#scene, { trained: false }));
  }

  readonly play = async (): Promise<void> => {
    if (this.#scene.playing) return;
    if (!(await this.#ready())) return;
    this.#stage.say("said.play");
    this.#show({ ...this.#scene, playing: true });
    this.#wait();
  };

  readonly pause = (): void => {
    this.#show({ ...this.#scene, playing: false });
  };

  readonly step = async (): Promise<void> => {
    this.pause();
    if (!(await this.#ready())) return;
    this.#step();
    const cell = agentCell(this.#scene);
    if (!cell || isOver(this.#scene)) return;
    this.#stage.say("said.step", { at: this.#scene.at, ...place(cell) });
  };

  readonly speed = (speed: Speed): void => {
    this.#show({ ...this.#scene, speed });
  };

  readonly level = async (seed: number): Promise<void> => {
    this.#show(withLevel(this.#scene, seed));
    this.#stage.say("said.level", { seed: String(seed) });
    await this.#ask(false);
  };

  readonly nextLevel = (): Promise<void> => this.level(nextLevel(this.#scene));

  readonly agent = async (trained: boolean): Promise<void> => {
    this.#show(withActor(this.#scene, { trained }));
    await this.#ask(true);
  };

  readonly hide = async (): Promise<void> => {
    const hidden = !this.#scene.hidden;
    this.#show(withActor(this.#scene, { hidden }));
    this.#stage.say(hidden ? "said.hidden" : "said.seen");
    await this.#ask(true);
  };

  /** Put the coin where the effect shows well; in a level not chosen for that, anywhere. */
  readonly moveCoin = async (): Promise<void> => {
    const level = this.#scene.view;
    if (!level) return;
    const others = coinCells(level).filter((cell) => !sameCell(cell, level.end));
    const cell = others[Math.floor(Math.random() * others.length)];
    const telling = tellingCoin(this.#spec, this.#scene);
    // Other settings may start the agent where the coin would lie.
    const chosen = telling && !obstacle(level, telling) ? telling : cell;
    if (chosen) await this.chosen(chosen);
  };

  readonly coinBack = async (): Promise<void> => {
    if (!this.#scene.coin) return;
    this.#show(withCoin(this.#scene, undefined));
    this.#stage.say("said.coin_back");
    await this.#ask(true);
  };

  /** Put the coin into a cell, if it can lie there. */
  readonly chosen = async (cell: Cell): Promise<void> => {
    const level = this.#scene.view;
    if (!level) return;
    const there = obstacle(level, cell);
    if (there) {
      this.#stage.say(`said.no_${there}`, place(cell));
      return;
    }
    this.#show(withCoin(this.#scene, cell));
    this.#stage.say("said.coin", place(cell));
    await this.#ask(true);
  };

  readonly focused = (cursor: Cell): void => {
    if (!sameCell(cursor, this.#scene.cursor)) this.#show({ ...this.#scene, cursor });
  };

  readonly key = (event: KeyboardEvent): void => {
    const level = this.#scene.view;
    if (!level || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = moved(level, this.#scene.cursor, event.key);
    const chooses = event.key === "Enter" || event.key === " ";
    if (!target && !chooses) return;
    event.preventDefault();
    if (target) this.#stage.focus(target);
    else void this.chosen(this.#scene.cursor);
  };

  readonly pressed = (event: PointerEvent): void => {
    this.#pressed = cellAt(event);
  };

  /** The end of a drag. Pressed and released in one cell is a click, which comes by itself. */
  readonly released = (event: PointerEvent): void => {
    const from = this.#pressed;
    const to = cellAt(event);
    const coin = coinCell(this.#scene);
    this.#pressed = undefined;
    if (from && to && coin && sameCell(from, coin) && !sameCell(from, to)) void this.chosen(to);
  };

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asked++;
  }

  /** See to it that there is an episode with steps left to show. */
  async #ready(): Promise<boolean> {
    if (this.#scene.rollout && !isOver(this.#scene)) return true;
    if (this.#scene.rollout) this.#scene = another(this.#scene);
    return this.#ask(false);
  }

  async #ask(plays: boolean): Promise<boolean> {
    const asked = ++this.#asked;
    const { trained } = this.#scene;
    const settings = trained ? this.#stage.agent() : this.#stage.settings();
    if (!settings) return false;
    const request = rolloutRequest(this.#scene, this.#spec.experiment.name, settings);
    const rollout = await this.#stage.ask(request);
    if (!rollout || asked !== this.#asked) return false;
    const playing = plays && !this.#stage.still();
    this.#show({ ...withRollout(this.#scene, rollout), playing });
    if (playing) this.#wait();
    return true;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#scene.playing) return;
      this.#step();
      if (this.#scene.playing) this.#wait();
    }, SPEEDS[this.#scene.speed]);
  }

  #step(): void {
    this.#show(stepped(this.#scene));
    const { rollout, at } = this.#scene;
    if (rollout && isOver(this.#scene)) this.#stage.say(`ended.${rollout.outcome}`, { at });
  }

  #show(scene: Scene): void {
    this.#scene = scene;
    this.#stage.changed();
  }
}

/** A cell in words: counted from 1, as readers do. */
function place([row, column]: Cell): { row: number; column: number } {
  return { row: row + 1, column: column + 1 };
}

function cellAt({ clientX, clientY }: PointerEvent): Cell | undefined {
  const element = document.elementFromPoint(clientX, clientY);
  const place = element?.closest<HTMLElement>("[data-cw-cell]")?.dataset.cwCell;
  const [row, column] = (place ?? "").split(",").map(Number);
  return row !== undefined && column !== undefined ? [row, column] : undefined;
}

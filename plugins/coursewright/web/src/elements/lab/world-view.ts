// The picture of a level: what it is made of, the policy's arrows, the agent on its way. Sizes
// are in units of the drawing, `CELL` to a cell; the page's style sheet gives colours and motion.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import type { LevelView, RolloutView } from "../../schema.ts";
import {
  CELL,
  type Cell,
  center,
  corner,
  heading,
  obstacle,
  sameCell,
  thingsIn,
  trail,
  turn,
} from "./geometry.ts";
import { agentCell, coinCell, type Scene } from "./scene.ts";
import type { LabWords } from "./words.ts";

/** What the picture tells its lab. */
export interface WorldEvents {
  /** A cell was chosen by click, by Enter, or by dragging the coin there. */
  chosen(cell: Cell): void;
  /** A key moved the focus to a cell. */
  focused(cell: Cell): void;
  key(event: KeyboardEvent): void;
  pressed(event: PointerEvent): void;
  released(event: PointerEvent): void;
}

/** Draw the scene, with a grid of focusable cells over it. */
export function worldView(
  id: string,
  world: string,
  scene: Scene,
  words: LabWords,
  events: WorldEvents,
): TemplateResult {
  const level = scene.view;
  if (!level) return html`<p class="cw-world__empty">${words.t("world.empty")}</p>`;
  return html`<div
    class="cw-world"
    style=${`--cw-columns:${level.width};--cw-rows:${level.height}`}
  >
    ${drawing(level, world, scene)} ${cells(id, level, scene, words, events)}
  </div>`;
}

function drawing(level: LevelView, world: string, scene: Scene): TemplateResult {
  const coin = coinCell(scene) ?? level.coin;
  const agent = agentCell(scene) ?? level.start;
  const width = level.width * CELL;
  const height = level.height * CELL;
  const walked = scene.rollout ? trail(scene.rollout.cells, scene.at) : "";
  return html`<svg class="cw-world__picture" viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    <rect class="cw-world__floor" width=${width} height=${height}></rect>
    ${level.pits.map(pit)} ${level.walls.map(wall)} ${start(level.start)} ${oldPlace(level.end, sameCell(level.end, coin))}
    ${scene.trained ? arrows(scene.rollout) : nothing}
    ${walked ? svg`<polyline class="cw-world__trail" points=${walked}></polyline>` : nothing}
    ${goal(world, coin, scene.hidden)} ${walker(agent, scene)}
  </svg>`;
}

function at(cell: Cell): string {
  const { x, y } = center(cell);
  return `translate(${x} ${y})`;
}

function wall(cell: Cell): TemplateResult {
  const { x, y } = corner(cell);
  return svg`<g class="cw-world__wall" transform=${`translate(${x} ${y})`}>
    <rect width="40" height="40"></rect>
    <path d="M0 13.3H40M0 26.6H40M20 0V13.3M10 13.3V26.6M30 13.3V26.6M20 26.6V40"></path>
  </g>`;
}

function pit(cell: Cell): TemplateResult {
  return svg`<g class="cw-world__pit" transform=${at(cell)}>
    <path d="M-17 15L-11 -9L-5 15ZM-6 15L0 -13L6 15ZM5 15L11 -9L17 15Z"></path>
  </g>`;
}

function start(cell: Cell): TemplateResult {
  return svg`<circle class="cw-world__start" transform=${at(cell)} r="16"></circle>`;
}

/** @param isTaken - The coin lies there: then it is no old place yet, and has no flag. */
function oldPlace(cell: Cell, isTaken: boolean): TemplateResult {
  const flag = svg`<path d="M-11 14V-14L3 -9.5L-11 -5"></path>`;
  return svg`<g class="cw-world__old-place" transform=${at(cell)}>
    <rect x="-17.5" y="-17.5" width="35" height="35" rx="3"></rect>
    ${isTaken ? nothing : flag}
  </g>`;
}

function arrows(rollout: RolloutView | undefined): TemplateResult {
  const one = ([row, column, action]: readonly [number, number, number]) =>
    svg`<path d="M0 9V-8M-4.5 -3.5L0 -8L4.5 -3.5"
      transform=${`${at([row, column])} rotate(${turn(action)})`}></path>`;
  return svg`<g class="cw-world__arrows">${rollout?.arrows.map(one) ?? nothing}</g>`;
}

/** What is sought, by world; a world without a shape of its own has a coin. */
const GOALS: Record<string, TemplateResult> = {
  maze: svg`<path d="M-14 9V1L8 -11A16 16 0 0 1 14 1V9Z"></path>
    <path class="cw-world__mark" d="M-14 1H14"></path>
    <circle class="cw-world__hole" cx="-4" cy="5" r="2.4"></circle>
    <circle class="cw-world__hole" cx="6" cy="5.5" r="1.8"></circle>`,
};
const COIN = svg`<circle r="14"></circle>
  <circle class="cw-world__mark" r="9.5"></circle>
  <path class="cw-world__mark" d="M0 -5V5"></path>`;

function goal(world: string, cell: Cell, hidden: boolean): TemplateResult {
  const state = hidden ? "cw-world__goal cw-world__goal--hidden" : "cw-world__goal";
  return svg`<g class=${state} transform=${at(cell)}>${GOALS[world] ?? COIN}</g>`;
}

function walker(cell: Cell, scene: Scene): TemplateResult {
  const { x, y } = center(cell);
  const face = heading(scene.rollout?.cells ?? [], scene.at);
  // A style and not an attribute: only a style moves smoothly.
  return svg`<g class="cw-world__agent" style=${`transform:translate(${x}px,${y}px)`}>
    <circle r="11"></circle>
    <g transform=${`rotate(${face})`}>
      <circle class="cw-world__eye" cx="-4" cy="-5" r="2.6"></circle>
      <circle class="cw-world__eye" cx="4" cy="-5" r="2.6"></circle>
    </g>
  </g>`;
}

function cells(
  id: string,
  level: LevelView,
  scene: Scene,
  words: LabWords,
  events: WorldEvents,
): TemplateResult {
  const rows = Array.from({ length: level.height }, (_, row) => row);
  const columns = Array.from({ length: level.width }, (_, column) => column);
  const cell = (row: number, column: number) => {
    const here: Cell = [row, column];
    return html`<div
      role="gridcell"
      class="cw-world__cell"
      data-cw-cell=${`${row},${column}`}
      data-cw-takes=${obstacle(level, here) ? "nothing" : "coin"}
      tabindex=${sameCell(here, scene.cursor) ? 0 : -1}
      aria-label=${cellName(level, here, scene, words)}
      @focus=${() => events.focused(here)}
      @click=${() => events.chosen(here)}
    ></div>`;
  };
  return html`<div
    role="grid"
    class="cw-world__cells"
    aria-label=${words.t("world.grid")}
    aria-describedby=${`${id}-keys`}
    @keydown=${events.key}
    @pointerdown=${events.pressed}
    @pointerup=${events.released}
  >
    ${rows.map(
      (row) =>
        html`<div role="row" class="cw-world__row">${columns.map((column) => cell(row, column))}</div>`,
    )}
  </div>`;
}

/** Name a cell by its place, counted from 1 as readers do, and by what is in it. */
export function cellName(level: LevelView, cell: Cell, scene: Scene, words: LabWords): string {
  const agent = agentCell(scene) ?? level.start;
  const coin = coinCell(scene) ?? level.coin;
  const things = thingsIn(level, cell, agent, coin).map((thing) => words.t(`cell.${thing}`));
  const place = { row: cell[0] + 1, column: cell[1] + 1 };
  const content = things.length ? things.join(", ") : words.t("cell.free");
  return words.t("cell", { ...place, content });
}

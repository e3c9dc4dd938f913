// A level on paper: cells, what stands in them, and the coordinates of what is drawn. A cell is
// [row, column], row 0 at the top, column 0 at the left. Coordinates are in units of the drawing.
import type { LevelView } from "../../schema.ts";

export type Cell = readonly [row: number, column: number];

/** Side of a cell, in units of the drawing. */
export const CELL = 40;

export interface Point {
  x: number;
  y: number;
}

/** Things that can share a cell, in the order in which they are named. */
export const THINGS = ["wall", "pit", "agent", "coin", "old_place", "start"] as const;

export type Thing = (typeof THINGS)[number];

export function sameCell(one: Cell, other: Cell): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Return the middle of a cell. */
export function center([row, column]: Cell): Point {
  return { x: (column + 0.5) * CELL, y: (row + 0.5) * CELL };
}

/** Return the upper left corner of a cell. */
export function corner([row, column]: Cell): Point {
  return { x: column * CELL, y: row * CELL };
}

export function isInside(level: LevelView, [row, column]: Cell): boolean {
  return row >= 0 && row < level.height && column >= 0 && column < level.width;
}

/** Return what a cell is made of. Nothing can be put on a wall or into a pit. */
export function ground(level: LevelView, cell: Cell): "wall" | "pit" | "free" {
  if (level.walls.some((wall) => sameCell(wall, cell))) return "wall";
  return level.pits.some((pit) => sameCell(pit, cell)) ? "pit" : "free";
}

/** Return what keeps the coin out of a cell, undefined where it can lie. */
export function obstacle(level: LevelView, cell: Cell): "wall" | "pit" | "start" | undefined {
  const made = ground(level, cell);
  if (made !== "free") return made;
  return sameCell(level.start, cell) ? "start" : undefined;
}

/** Return every cell in which the coin can lie, row by row. */
export function coinCells(level: LevelView): Cell[] {
  const cells = Array.from({ length: level.height * level.width }, (_, index): Cell => {
    return [Math.floor(index / level.width), index % level.width];
  });
  return cells.filter((cell) => obstacle(level, cell) === undefined);
}

/** Return everything in a cell, for words that name it. */
export function thingsIn(level: LevelView, cell: Cell, agent: Cell, coin: Cell): Thing[] {
  const made = ground(level, cell);
  const places: [Thing, boolean][] = [
    ["wall", made === "wall"],
    ["pit", made === "pit"],
    ["agent", sameCell(agent, cell)],
    ["coin", sameCell(coin, cell)],
    ["old_place", sameCell(level.end, cell)],
    ["start", sameCell(level.start, cell)],
  ];
  return places.filter(([, here]) => here).map(([thing]) => thing);
}

/** Return the cell to which a key leads, undefined when the key moves nothing. */
export function moved(level: LevelView, [row, column]: Cell, key: string): Cell | undefined {
  const targets: Record<string, Cell> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, level.width - 1],
    PageUp: [0, column],
    PageDown: [level.height - 1, column],
  };
  const target = targets[key];
  if (!target) return undefined;
  return isInside(level, target) ? target : [row, column];
}

/** Return the turn of an action in degrees clockwise from north; actions are 0 to 3 for N E S W. */
export function turn(action: number): number {
  return (((action % 4) + 4) % 4) * 90;
}

/**
 * Return where the agent looks after step `at`, in degrees clockwise from north: along its last
 * real move; bumping into a wall turns nobody. East before the first move.
 */
export function heading(cells: readonly Cell[], at: number): number {
  for (let step = Math.min(at, cells.length - 1); step > 0; step--) {
    const from = cells[step - 1];
    const to = cells[step];
    if (!from || !to || sameCell(from, to)) continue;
    if (to[0] !== from[0]) return to[0] < from[0] ? 0 : 180;
    return to[1] > from[1] ? 90 : 270;
  }
  return 90;
}

/** Return the way walked after step `at` as the points of a polyline, "" before the first step. */
export function trail(cells: readonly Cell[], at: number): string {
  const walked = cells.slice(0, at + 1);
  if (walked.length < 2) return "";
  return walked
    .map(center)
    .map(({ x, y }) => `${x},${y}`)
    .join(" ");
}

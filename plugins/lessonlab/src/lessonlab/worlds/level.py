"""A level as immutable data, and as a map that a person can read and write.

Does not know how levels come about or who plays them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lessonlab.worlds.grid import PIT, WALL, Board, frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonlab.worlds.grid import Cell

SIGNS = {"#": "wall", "~": "pit", ".": "free", "S": "start", "o": "coin", "e": "end", "O": "both"}
"""The letters of a map. `O` is the coin at the old place, `e` the old place without it."""


class WorldError(ValueError):
    """A level, placement or option that a world cannot have."""


@dataclass(frozen=True)
class Level:
    """One level. Cells are (row, column), row 0 at the top, column 0 at the left.

    `end` is the old place: where the coin lies in training when nothing is randomized. Start,
    coin and end are free cells; the start is neither of the other two.

    Raises:
        WorldError: A cell lies outside, or what may not share a cell does.
    """

    height: int
    width: int
    walls: frozenset[Cell]
    pits: frozenset[Cell]
    start: Cell
    coin: Cell
    end: Cell

    def __post_init__(self) -> None:
        inside = set(frame(self.height, self.width).cells.values())
        if outside := (self.walls | self.pits | {self.start, self.coin, self.end}) - inside:
            raise WorldError(f"cells outside of {self.height} rows x {self.width}: {outside}")
        if both := self.walls & self.pits:
            raise WorldError(f"cells both wall and pit: {set(both)}")
        for name, cell in (("start", self.start), ("coin", self.coin), ("end", self.end)):
            if not self.is_free(cell):
                raise WorldError(f"the {name} {cell} is a wall or a pit")
        if self.start in (self.coin, self.end):
            raise WorldError(f"the start {self.start} is the cell of the coin or of the old place")

    def is_free(self, cell: Cell) -> bool:
        """Tell whether a cell is neither wall nor pit; cells outside count as free."""
        return cell not in self.walls and cell not in self.pits

    def free_cells(self) -> tuple[Cell, ...]:
        """Return every cell that is neither wall nor pit, row by row."""
        return tuple(
            cell for cell in frame(self.height, self.width).cells.values() if self.is_free(cell)
        )

    def with_coin(self, coin: Cell) -> Level:
        """Return the level with the coin in another cell.

        Raises:
            WorldError: The cell is outside, not free, or the start.
        """
        return replace(self, coin=coin)

    def distance(self, origin: Cell, target: Cell) -> int | None:
        """Return the fewest steps between two free cells, or None when there is no way."""
        grid = frame(self.height, self.width)
        return grid.distances(self.to_board().kinds, grid.index(origin)).get(grid.index(target))

    def to_rows(self) -> tuple[str, ...]:
        """Return the map, one string for each row, in the letters of `SIGNS`."""
        return tuple(
            "".join(self._sign((row, column)) for column in range(self.width))
            for row in range(self.height)
        )

    def _sign(self, cell: Cell) -> str:
        if cell in self.walls:
            return "#"
        if cell in self.pits:
            return "~"
        if cell == self.start:
            return "S"
        if cell == self.coin:
            return "O" if cell == self.end else "o"
        return "e" if cell == self.end else "."

    @classmethod
    def from_rows(cls, rows: Sequence[str]) -> Level:
        """Read a map as `to_rows` writes it.

        Raises:
            WorldError: The rows differ in length, a letter is unknown, or start, coin or old
                place do not stand there exactly once.
        """
        width = len(rows[0]) if rows else 0
        cells: dict[str, list[Cell]] = {sign: [] for sign in SIGNS}
        for row, text in enumerate(rows):
            if len(text) != width:
                raise WorldError(f"row {row} has {len(text)} cells, row 0 has {width}")
            for column, sign in enumerate(text):
                if sign not in SIGNS:
                    raise WorldError(
                        f"row {row}, column {column}: {sign!r} is none of {' '.join(SIGNS)}"
                    )
                cells[sign].append((row, column))
        return cls(
            height=len(rows),
            width=width,
            walls=frozenset(cells["#"]),
            pits=frozenset(cells["~"]),
            start=_only("start", cells["S"]),
            coin=_only("coin", cells["o"] + cells["O"]),
            end=_only("old place", cells["e"] + cells["O"]),
        )

    def to_board(self) -> Board:
        """Return the flat form."""
        grid = frame(self.height, self.width)
        kinds = grid.blank()
        for kind, cells in ((WALL, self.walls), (PIT, self.pits)):
            for cell in cells:
                kinds[grid.index(cell)] = kind
        return Board(kinds, grid.index(self.start), grid.index(self.coin), grid.index(self.end))

    @classmethod
    def from_board(cls, board: Board, height: int, width: int) -> Level:
        """Return the level that a flat form stands for."""
        cells = frame(height, width).cells
        return cls(
            height=height,
            width=width,
            walls=frozenset(cell for i, cell in cells.items() if board.kinds[i] == WALL),
            pits=frozenset(cell for i, cell in cells.items() if board.kinds[i] == PIT),
            start=cells[board.start],
            coin=cells[board.coin],
            end=cells[board.end],
        )


def _only(name: str, cells: list[Cell]) -> Cell:
    if len(cells) != 1:
        raise WorldError(f"a map has one {name}, this one has {len(cells)}")
    return cells[0]

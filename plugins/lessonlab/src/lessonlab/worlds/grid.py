"""Cells, moves, and the flat form of a grid that training runs on.

A cell is (row, column), row 0 at the top, column 0 at the left. Inside a `Frame` a cell is also
one number, its index in a flat list with a margin of walls, so that a step is an addition and no
step needs a test for the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

type Cell = tuple[int, int]
"""(row, column)."""

NORTH, EAST, SOUTH, WEST = range(4)
"""The actions."""

MOVES: tuple[Cell, ...] = ((-1, 0), (0, 1), (1, 0), (0, -1))
"""What each action adds to row and column."""

NO_MOVE = 4
"""The last move of an agent that has not moved yet."""

FREE, WALL, PIT = 0, 1, 2
"""What a cell of a board can be."""


class Frame:
    """The arithmetic between cells and indices for one size of grid.

    The stride is twice the width. Rows are then so far apart that the difference of two indices
    names one offset only, which lets what depends on an offset be looked up by a subtraction.
    """

    def __init__(self, height: int, width: int) -> None:
        """Prepare for grids of `height` rows and `width` columns, 2 or more each."""
        self.height = height
        self.width = width
        self.stride = 2 * width
        self.moves = (-self.stride, 1, self.stride, -1)
        self.cells: dict[int, Cell] = {
            self.index((row, column)): (row, column)
            for row in range(height)
            for column in range(width)
        }
        self._blank = [WALL] * ((height + 2) * self.stride)
        for index in self.cells:
            self._blank[index] = FREE

    def index(self, cell: Cell) -> int:
        """Return the flat index of a cell."""
        return (cell[0] + 1) * self.stride + cell[1] + 1

    def blank(self) -> list[int]:
        """Return a fresh board: every cell free, the margin walls."""
        return self._blank.copy()

    def distances(self, kinds: Sequence[int], origin: int) -> dict[int, int]:
        """Return the steps from `origin` to each free index that can be reached, `origin` included.

        Walls and pits are not entered.
        """
        found = {origin: 0}
        queue = [origin]
        for index in queue:
            for move in self.moves:
                neighbor = index + move
                if kinds[neighbor] == FREE and neighbor not in found:
                    found[neighbor] = found[index] + 1
                    queue.append(neighbor)
        return found


@lru_cache
def frame(height: int, width: int) -> Frame:
    """Return the frame of this size; the same object each time."""
    return Frame(height, width)


@dataclass(slots=True)
class Board:
    """A level in flat form: `kinds` of each index, and the indices of start, coin and old place."""

    kinds: list[int]
    start: int
    coin: int
    end: int

"""From what an agent sees to the few inputs that are switched on.

Every input is 0 or 1, and only the indices of the ones are ever written down. Inputs come in
named groups that can be left out, to find out what each is good for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lessonlab.worlds.grid import MOVES, NO_MOVE, frame

if TYPE_CHECKING:
    from lessonlab.worlds.environment import Observation

GROUPS = (
    "bias",
    "walls",
    "pits",
    "column",
    "row",
    "coin_sharp",
    "coin_blurred",
    "coin_sign",
)
"""Every group, in the order in which their weights lie."""

DEFAULT_GROUPS = frozenset(GROUPS) - {"coin_sign"}

BLUR = 3
"""Side of a block of the blurred coin, in cells."""

LAST_MOVES = NO_MOVE + 1


class FeatureError(ValueError):
    """A group of inputs that does not exist."""


def group_sizes(height: int, width: int) -> dict[str, int]:
    """Return the number of inputs of each group for one size of grid.

    bias: 1, always on. walls: which of the four neighbors are walls (16) for each last move (5).
    pits: a pit in each direction. column, row: the agent's own. coin_sharp: one for each offset
    of the coin. coin_blurred: one for each block of 3 x 3 offsets, blocks being counted from the
    one around the agent. coin_sign: whether the coin lies above, level, below, and left, level,
    right (not used by default: with so easy a cue the wrong goal is harder to learn).

    The room of 7 rows and 11 columns has 411 by default, of which 6 to 8 are on.
    """
    return {
        "bias": 1,
        "walls": 16 * LAST_MOVES,
        "pits": len(MOVES),
        "column": width,
        "row": height,
        "coin_sharp": (2 * height - 1) * (2 * width - 1),
        "coin_blurred": (2 * _blocks(height) + 1) * (2 * _blocks(width) + 1),
        "coin_sign": 6,
    }


def _blocks(side: int) -> int:
    """Return how many blocks lie beyond the middle one in each direction."""
    return (side - 1 + BLUR // 2) // BLUR


def _block(offset: int) -> int:
    return (offset + BLUR // 2) // BLUR


class Features:
    """The inputs of one size of grid, and tables for looking them up by flat index.

    The tables serve training. They and `active` name the same inputs in the same order, on which
    the last bits of a sum depend.
    """

    def __init__(self, height: int, width: int, groups: frozenset[str]) -> None:
        """Number the inputs of these groups.

        Raises:
            FeatureError: A group does not exist.
        """
        if unknown := groups - set(GROUPS):
            raise FeatureError(f"there is no group {min(unknown)!r}, only {', '.join(GROUPS)}")
        self.height = height
        self.width = width
        self.groups = groups
        self.starts: dict[str, int] = {}
        self.size = 0
        for name, size in group_sizes(height, width).items():
            if name in groups:
                self.starts[name] = self.size
                self.size += size
        self._tabulate()

    def _tabulate(self) -> None:
        grid = frame(self.height, self.width)
        self.fixed: list[tuple[int, ...]] = [()] * len(grid.blank())
        """By the agent's index."""
        for index, (row, column) in grid.cells.items():
            self.fixed[index] = self._fixed(row, column)
        self.around = [
            self._one("walls", shape * LAST_MOVES + last)
            for shape in range(16)
            for last in range(LAST_MOVES)
        ]
        """By 5 x the shape of the walls (north 1, east 2, south 4, west 8) + the last move."""
        self.pits = [
            tuple(i for bit in range(4) if shape >> bit & 1 for i in self._one("pits", bit))
            for shape in range(16)
        ]
        """By the shape of the pits."""
        self.coin_origin = (self.height - 1) * grid.stride + self.width - 1
        self.coin: list[tuple[int, ...]] = [()] * (2 * self.coin_origin + 1)
        """By the coin's index - the agent's index + `coin_origin`."""
        for down in range(1 - self.height, self.height):
            for right in range(1 - self.width, self.width):
                place = self.coin_origin + down * grid.stride + right
                self.coin[place] = self._coin(down, right)

    def active(self, observation: Observation) -> tuple[int, ...]:
        """Return the indices of the inputs that are on."""
        coin = () if observation.coin is None else self._coin(*observation.coin)
        return (
            *self._fixed(*observation.cell),
            *self.around[_shape(observation.walls) * LAST_MOVES + observation.last_move],
            *coin,
            *self.pits[_shape(observation.pits)],
        )

    def group_of(self, index: int) -> str:
        """Return the name of the group an input belongs to."""
        return max((start, name) for name, start in self.starts.items() if start <= index)[1]

    def _one(self, group: str, number: int) -> tuple[int, ...]:
        return (self.starts[group] + number,) if group in self.starts else ()

    def _fixed(self, row: int, column: int) -> tuple[int, ...]:
        return self._one("bias", 0) + self._one("column", column) + self._one("row", row)

    def _coin(self, down: int, right: int) -> tuple[int, ...]:
        sharp = (down + self.height - 1) * (2 * self.width - 1) + right + self.width - 1
        high, wide = _blocks(self.height), _blocks(self.width)
        blurred = (_block(down) + high) * (2 * wide + 1) + _block(right) + wide
        return (
            *self._one("coin_sharp", sharp),
            *self._one("coin_blurred", blurred),
            *self._one("coin_sign", _sign(down) + 1),
            *self._one("coin_sign", _sign(right) + 4),
        )


def _shape(directions: tuple[bool, bool, bool, bool]) -> int:
    north, east, south, west = directions
    return north + 2 * east + 4 * south + 8 * west


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


@lru_cache
def features(height: int, width: int, groups: frozenset[str] = DEFAULT_GROUPS) -> Features:
    """Return the inputs of one size of grid; the same object each time."""
    return Features(height, width, groups)

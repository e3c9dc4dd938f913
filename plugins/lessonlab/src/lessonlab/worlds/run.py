"""The world `run`: a room with single walls and pits, after CoinRun."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from lessonlab.worlds.grid import PIT, WALL
from lessonlab.worlds.world import Region, World, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.worlds.chance import Draw
    from lessonlab.worlds.grid import Cell

WALLS = 6
PITS = 3
TRIES = 20
"""Cells tried for each wall and pit; one that finds no place is left out."""


class Run(World):
    """A room of 7 rows and 11 columns; the old place is the middle of the right edge.

    Description:
        Up to 6 walls and 3 pits, single cells of which no two touch, not even at a corner. Such
        cells cannot cut a room in two, so every level can be solved.
    Actions:
        0 to 3: north, east, south, west. Moving into a wall or the edge leaves the agent in place.
    Reward:
        1 for entering the coin's cell, else 0.
    End of episode:
        The coin or a pit is entered (terminated), or 40 steps were taken (truncated). The old
        place without the coin ends nothing, as in CoinRun.
    Source of the model:
        CoinRun with the coin moved: Langosco et al., 2022, arXiv:2105.14111.
    """

    name: ClassVar[str] = "run"
    height: ClassVar[int] = 7
    width: ClassVar[int] = 11
    end: ClassVar[Cell] = (3, 10)
    max_steps: ClassVar[int] = 40
    discount: ClassVar[float] = 0.95
    coin_regions: ClassVar[Mapping[str, Region]] = {
        "random": Region(0, 6, 0, 10),
        "far_left": Region(0, 6, 0, 1),
    }
    start_regions: ClassVar[Mapping[str, Region]] = {
        "any": Region(0, 6, 0, 10),
        "left": Region(0, 6, 0, 0),
    }

    def lay_out(self, kinds: list[int], draw: Draw) -> None:
        """Put single walls and pits, none touching another, none on the old place."""
        stride = self.frame.stride
        height, width = self.height, self.width
        taken = {self.frame.index(self.end)}
        for kind in (WALL,) * WALLS + (PIT,) * PITS:
            for _ in range(TRIES):
                i = (1 + int(draw() * height)) * stride + 1 + int(draw() * width)
                if i not in taken:
                    kinds[i] = kind
                    above, below = i - stride, i + stride
                    taken.update((above - 1, above, above + 1, i - 1, i, i + 1))
                    taken.update((below - 1, below, below + 1))
                    break


RUN = register(Run())

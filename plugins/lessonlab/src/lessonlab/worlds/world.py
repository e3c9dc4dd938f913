"""What every world has in common: a family of levels, drawn at random, each of which can be solved.

A world knows nothing of agents and learning. Course code adds one by subclassing `World` and
calling `register`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from lessonlab.worlds.chance import numbers
from lessonlab.worlds.grid import FREE, Board, Frame, frame
from lessonlab.worlds.level import Level, WorldError

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from lessonlab.worlds.chance import Draw
    from lessonlab.worlds.grid import Cell

END = "end"
DISTINGUISHING = "distinguishing"
PICK_TRIES = 200
LEVEL_TRIES = 1000


@dataclass(frozen=True)
class Region:
    """A block of cells: rows `top` to `bottom` and columns `left` to `right`, all inclusive."""

    top: int
    bottom: int
    left: int
    right: int


class World(ABC):
    """A family of levels of one size with the old place in one cell.

    A subclass sets the constants and lays out walls and pits. Whatever it lays out, every free
    cell must stay reachable from every other, and the old place free: then each level can be
    solved, wherever start and coin are put.

    Where the coin can be put (`coin`):
        `end`: the old place, as in training. `random`: any free cell but start and old place.
        `distinguishing`: as `random`, but not on the way to the old place: going from the start
        to the old place by way of the coin takes more steps than the shortest way, walls and pits
        counted. (A coin on any one of several shortest ways is on the way.) Levels are drawn as
        for `random` until one is of this kind. Or a name of `coin_regions`: a free cell of that
        region, never start or old place. Or a `Region`, in which the old place may be drawn.

    Where the agent can start (`start`): a name of `start_regions`; never on coin or old place.
    """

    name: ClassVar[str]
    height: ClassVar[int]
    width: ClassVar[int]
    end: ClassVar[Cell]
    max_steps: ClassVar[int]
    """Steps after which an episode is cut off."""
    discount: ClassVar[float]
    """Factor by which a reward counts less for each step that it comes later, in (0, 1)."""
    coin_regions: ClassVar[Mapping[str, Region]]
    start_regions: ClassVar[Mapping[str, Region]]

    @abstractmethod
    def lay_out(self, kinds: list[int], draw: Draw) -> None:
        """Put walls and pits into a blank board, in place."""

    @property
    def frame(self) -> Frame:
        """The flat form of this world's grid."""
        return frame(self.height, self.width)

    @property
    def placements(self) -> tuple[str, ...]:
        """The names that `coin` may have."""
        return (END, "random", DISTINGUISHING, *(n for n in self.coin_regions if n != "random"))

    def generate(self, rng: random.Random, coin: str | Region = END, start: str = "any") -> Level:
        """Draw a level.

        The layout is drawn first, then the start, then the coin. From the same state of `rng` the
        placements `end`, `random` and a region thus give the same room with the coin elsewhere.

        Args:
            rng: Only its `random()` is used, so that every Python draws the same.
            coin: Where the coin may be, see the class.
            start: Where the agent may start, see the class.

        Raises:
            WorldError: An unknown placement or start, or a region in which nothing is free.
        """
        return Level.from_board(self.draw(rng.random, coin, start), self.height, self.width)

    def draw(self, draw: Draw, coin: str | Region = END, start: str = "any") -> Board:
        """Draw a level in flat form; otherwise as `generate`."""
        starts = self._region(self.start_regions, start)
        coins = self._coins(coin)
        end = self.frame.index(self.end)
        barred = {end} if isinstance(coin, str) else set()
        for _ in range(LEVEL_TRIES):
            kinds = self.frame.blank()
            self.lay_out(kinds, draw)
            first = self._pick(kinds, starts, draw, {end})
            place = end if coins is None else self._pick(kinds, coins, draw, barred | {first})
            if first < 0 or place < 0:
                continue
            board = Board(kinds, first, place, end)
            if coin != DISTINGUISHING or self.detour(board) > 0:
                return board
        raise WorldError(f"world {self.name}: found no level with coin {coin} and start {start}")

    def detour(self, board: Board) -> int:
        """Return how many steps longer the way from start to old place is by way of the coin."""
        from_start = self.frame.distances(board.kinds, board.start)
        from_end = self.frame.distances(board.kinds, board.end)
        return from_start[board.coin] + from_end[board.coin] - from_start[board.end]

    def _coins(self, coin: str | Region) -> Region | None:
        if isinstance(coin, Region):
            return coin
        if coin == END:
            return None
        return self._region(self.coin_regions, "random" if coin == DISTINGUISHING else coin)

    def _region(self, regions: Mapping[str, Region], name: str) -> Region:
        if name not in regions:
            known = regions if regions is self.start_regions else self.placements
            raise WorldError(f"world {self.name} knows no {name!r}, only {', '.join(known)}")
        return regions[name]

    def _pick(self, kinds: list[int], region: Region, draw: Draw, taken: set[int]) -> int:
        """Return a free index of the region that is not taken, or -1 when none was met."""
        stride = self.frame.stride
        rows = region.bottom - region.top + 1
        columns = region.right - region.left + 1
        origin = (region.top + 1) * stride + region.left + 1
        for _ in range(PICK_TRIES):
            index = origin + int(draw() * rows) * stride + int(draw() * columns)
            if kinds[index] == FREE and index not in taken:
                return index
        return -1


_WORLDS: dict[str, World] = {}


def register(world: World) -> World:
    """Make a world known under its name, replacing an earlier one of that name."""
    _WORLDS[world.name] = world
    return world


def find(name: str) -> World:
    """Return a world by name.

    Raises:
        WorldError: No world has this name.
    """
    if name not in _WORLDS:
        raise WorldError(f"there is no world {name!r}, only {', '.join(names())}")
    return _WORLDS[name]


def names() -> tuple[str, ...]:
    """Return the names of all worlds, sorted."""
    return tuple(sorted(_WORLDS))


def level_from_seed(world: World, seed: int, coin: str | Region = END, start: str = "any") -> Level:
    """Return the level that a seed stands for, the same on every machine.

    For every placement but `distinguishing` a seed keeps its room and its start.
    """
    return Level.from_board(world.draw(numbers(seed), coin, start), world.height, world.width)

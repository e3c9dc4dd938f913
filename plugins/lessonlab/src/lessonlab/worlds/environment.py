"""A world as an environment with `reset` and `step`, in the manner of Gymnasium.

This is the form to read and to play with. Training uses the flat form of a level instead; that
both are the same game is tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from lessonlab.worlds.chance import numbers
from lessonlab.worlds.grid import MOVES, NO_MOVE
from lessonlab.worlds.level import Level, WorldError
from lessonlab.worlds.world import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.schema import OutcomeName
    from lessonlab.worlds.grid import Cell
    from lessonlab.worlds.world import World

OPTIONS = ("level", "coin", "start", "hidden")


@dataclass(frozen=True, slots=True)
class Observation:
    """What the agent sees. The order of the four directions is north, east, south, west.

    `coin` is how many rows and columns away the coin lies (down and right positive), or None
    when it is hidden. `last_move` is the action taken last, 4 at the start; it counts even when a
    wall stopped it. The edge of the grid is a wall.
    """

    cell: Cell
    walls: tuple[bool, bool, bool, bool]
    pits: tuple[bool, bool, bool, bool]
    coin: tuple[int, int] | None
    last_move: int


class Info(TypedDict, total=False):
    """What `reset` and `step` tell beside the observation.

    `level` comes with `reset`. `outcome` comes with the last step: `coin`, `old_place` (was there,
    never got the coin) or `failed`.
    """

    level: Level
    outcome: OutcomeName


class Environment:
    """Plays levels of one world. Actions, reward and end of an episode are the world's."""

    action_count = 4

    def __init__(self, world: World) -> None:
        self.world = world
        self._draw = numbers(0)
        self._level: Level | None = None
        self._hidden = False
        self._cell: Cell = world.end
        self._last_move = NO_MOVE
        self._steps = 0
        self._was_at_end = False
        self._over = True

    def reset(
        self, *, seed: int | None = None, options: Mapping[str, object] | None = None
    ) -> tuple[Observation, Info]:
        """Begin an episode.

        Args:
            seed: Restarts the random numbers; without it they go on.
            options: `level`, a `Level` of this world's size to play; or `coin` and `start`, how
                to draw one (default `end` and `any`, see `World`). `hidden`: the coin is there
                but not seen.

        Returns:
            The first observation, and a dict with `level`.

        Raises:
            WorldError: An unknown option or one of the wrong kind.
        """
        if seed is not None:
            self._draw = numbers(seed)
        level, self._hidden = self._read(dict(options or {}))
        self._level = level
        self._cell = level.start
        self._last_move = NO_MOVE
        self._steps = 0
        self._was_at_end = False
        self._over = False
        return self._look(level), {"level": level}

    def step(self, action: int) -> tuple[Observation, float, bool, bool, Info]:
        """Move once.

        Args:
            action: 0 to 3 for north, east, south, west.

        Returns:
            Observation, reward, terminated, truncated, and a dict that holds `outcome` when the
            episode is over.

        Raises:
            WorldError: No such action, or the episode is over or not begun.
        """
        if self._over or self._level is None:
            raise WorldError("the episode is over: call reset first")
        if action not in range(self.action_count):
            raise WorldError(f"there is no action {action!r}, only 0 to 3")
        level = self._level
        target = (self._cell[0] + MOVES[action][0], self._cell[1] + MOVES[action][1])
        if not _is_wall(level, target):
            self._cell = target
        self._last_move = action
        self._steps += 1
        self._was_at_end = self._was_at_end or self._cell == level.end
        found = self._cell == level.coin
        terminated = found or self._cell in level.pits
        truncated = not terminated and self._steps >= self.world.max_steps
        self._over = terminated or truncated
        info: Info = {"outcome": self._outcome(found=found)} if self._over else {}
        return self._look(level), float(found), terminated, truncated, info

    def _outcome(self, *, found: bool) -> OutcomeName:
        if found:
            return "coin"
        return "old_place" if self._was_at_end else "failed"

    def _read(self, options: dict[str, object]) -> tuple[Level, bool]:
        if unknown := [name for name in options if name not in OPTIONS]:
            raise WorldError(f"there is no option {unknown[0]!r}, only {', '.join(OPTIONS)}")
        level = options.get("level")
        if level is None:
            coin, start = str(options.get("coin", END)), str(options.get("start", "any"))
            board = self.world.draw(self._draw, coin, start)
            level = Level.from_board(board, self.world.height, self.world.width)
        if not isinstance(level, Level) or (level.height, level.width) != (
            self.world.height,
            self.world.width,
        ):
            raise WorldError(f"the option level is no level of the world {self.world.name}")
        return level, bool(options.get("hidden", False))

    def _look(self, level: Level) -> Observation:
        return observe(level, self._cell, self._last_move, hidden=self._hidden)


def observe(
    level: Level, cell: Cell, last_move: int = NO_MOVE, *, hidden: bool = False
) -> Observation:
    """Return what an agent sees in a cell of a level.

    Args:
        level: The level.
        cell: Where the agent is.
        last_move: Its last action, 4 if it has just begun.
        hidden: Whether the coin is kept out of sight.
    """
    row, column = cell
    north, east, south, west = ((row + down, column + right) for down, right in MOVES)
    walls = (
        _is_wall(level, north),
        _is_wall(level, east),
        _is_wall(level, south),
        _is_wall(level, west),
    )
    pits = (north in level.pits, east in level.pits, south in level.pits, west in level.pits)
    coin = None if hidden else (level.coin[0] - row, level.coin[1] - column)
    return Observation(cell, walls, pits, coin, last_move)


def _is_wall(level: Level, cell: Cell) -> bool:
    row, column = cell
    outside = not (0 <= row < level.height and 0 <= column < level.width)
    return outside or cell in level.walls

"""Single episodes to watch, and what an agent would do in each cell of a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab.schema import LevelView, RolloutView
from lessonlab.worlds import Environment, observe
from lessonlab.worlds.chance import numbers

if TYPE_CHECKING:
    from lessonlab.agents import Agent
    from lessonlab.schema import OutcomeName
    from lessonlab.worlds import Cell, Level


@dataclass(frozen=True)
class Rollout:
    """One played episode: the level, the cell after each step (the start first), how it ended."""

    level: Level
    cells: tuple[Cell, ...]
    outcome: OutcomeName


def rollout(agent: Agent, level: Level, seed: int, *, hidden: bool = False) -> Rollout:
    """Let an agent walk once through a level.

    Args:
        agent: Who walks, by its chances; trained or not.
        level: A level of the agent's world.
        seed: Decides among the moves; the same seed, agent and level give the same walk.
        hidden: Whether the coin is kept out of sight.

    Raises:
        WorldError: The level has another size than the world.
    """
    draw = numbers(seed)
    environment = Environment(agent.world)
    seen, info = environment.reset(options={"level": level, "hidden": hidden})
    cells = [seen.cell]
    while "outcome" not in info:
        seen, _, _, _, info = environment.step(agent.choose(seen, draw))
        cells.append(seen.cell)
    return Rollout(level, tuple(cells), info["outcome"])


def policy_arrows(
    agent: Agent, level: Level, *, hidden: bool = False
) -> tuple[tuple[int, int, int], ...]:
    """Return the action an agent prefers in each free cell but the coin's, as if it began there.

    Returns:
        (row, column, action) row by row; action 0 to 3 for north, east, south, west.
    """
    return tuple(
        (*cell, agent.best_action(observe(level, cell, hidden=hidden)))
        for cell in level.free_cells()
        if cell != level.coin
    )


def level_view(level: Level) -> LevelView:
    """Return a level as the page draws it."""
    return LevelView(
        height=level.height,
        width=level.width,
        walls=tuple(sorted(level.walls)),
        pits=tuple(sorted(level.pits)),
        start=level.start,
        coin=level.coin,
        end=level.end,
    )


def rollout_view(agent: Agent, level: Level, seed: int, *, hidden: bool = False) -> RolloutView:
    """Return an episode with the arrows of its level as the page draws it; as `rollout`."""
    played = rollout(agent, level, seed, hidden=hidden)
    return RolloutView(
        level=level_view(level),
        cells=played.cells,
        outcome=played.outcome,
        coin_hidden=hidden,
        arrows=policy_arrows(agent, level, hidden=hidden),
    )

"""Tests of an agent: many episodes under one condition, counted by how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab.agents.walk import walk
from lessonlab.schema import Outcomes
from lessonlab.worlds import WorldError
from lessonlab.worlds.chance import numbers

if TYPE_CHECKING:
    from lessonlab.agents import Agent
    from lessonlab.worlds import Region, World


@dataclass(frozen=True)
class Condition:
    """How test levels are made: where the coin lies, and whether the agent can see it."""

    coin: str | Region
    hidden: bool = False


def conditions(world: World) -> dict[str, Condition]:
    """Return the tests of a world by name.

    `training_like`: the coin at the old place. `hidden`: the same with the coin invisible.
    The other names are the world's placements: `random`, `distinguishing`, and `far_left` (the
    coin in the two columns at the left) or `south` (in the two rows at the bottom). What each
    means precisely is said in `World`.
    """
    placed = {name: Condition(name) for name in world.placements if name != "end"}
    return {
        "training_like": Condition("end"),
        "hidden": Condition("end", hidden=True),
        **placed,
    }


def evaluate(
    agent: Agent, condition: str | Condition, n: int, seed: int, start: str = "any"
) -> Outcomes:
    """Play `n` fresh levels with an agent, which acts by its chances as in training.

    Levels depend on world, condition, start and seed alone: two agents tested with the same seed
    meet the same ones.

    Args:
        agent: Who is tested, trained or not. It learns nothing.
        condition: A name of `conditions`, or a condition of one's own.
        n: Number of episodes, 1 or more.
        seed: An integer of 0 or more. Levels and moves have numbers of their own.
        start: One of the world's start regions.

    Raises:
        WorldError: The condition or start does not exist in the agent's world.
        ValueError: `n` is less than 1.
    """
    if n < 1:
        raise ValueError(f"n: expected 1 or more episodes, found {n}")
    known = conditions(agent.world)
    if isinstance(condition, str):
        if condition not in known:
            raise WorldError(f"there is no condition {condition!r}, only {', '.join(known)}")
        condition = known[condition]
    draw_level = numbers(2 * seed)
    draw_move = numbers(2 * seed + 1)
    counts = {"coin": 0, "old_place": 0, "failed": 0}
    for _ in range(n):
        board = agent.world.draw(draw_level, condition.coin, start)
        counts[walk(agent, board, draw_move, hidden=condition.hidden)] += 1
    return Outcomes(counts["coin"] / n, counts["old_place"] / n, counts["failed"] / n)

"""One episode on the flat form of a level: the place where nearly all of the time is spent.

The same game as `worlds.environment` played by `Agent.choose`, number for number, which a test
holds. Written for speed: local names, and inputs from tables by flat index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessonlab.agents.exponential import EXP_TABLE, STEPS
from lessonlab.worlds.grid import EAST, NO_MOVE, NORTH, PIT, SOUTH, WALL, WEST

if TYPE_CHECKING:
    from lessonlab.agents.agent import Agent
    from lessonlab.schema import OutcomeName
    from lessonlab.worlds.chance import Draw
    from lessonlab.worlds.grid import Board


type Step = tuple[tuple[int, ...], int, float, float, float, float, float, float, float, float]
"""Inputs that were on, the action, then for N E S W the odds and the scores."""


def walk(  # noqa: C901, PLR0912 - the inner loop of all training, kept free of calls
    agent: Agent,
    board: Board,
    draw: Draw,
    *,
    hidden: bool = False,
    steps: list[Step] | None = None,
) -> OutcomeName:
    """Let an agent walk until the episode ends.

    Args:
        agent: Who walks; its weights stay as they are.
        board: The level.
        draw: Decides among the actions, one number for each step.
        hidden: Whether the coin is kept out of sight; it counts nevertheless.
        steps: Takes what the learner needs of each step.

    Returns:
        How it ended: `coin`, `old_place` (was there, never got the coin) or `failed`.
    """
    kinds, coin, end = board.kinds, board.coin, board.end
    north_row, east_row, south_row, west_row = agent.policy
    inputs = agent.features
    fixed, around, pits, coins = inputs.fixed, inputs.around, inputs.pits, inputs.coin
    seen_from = coin + inputs.coin_origin
    north, _, south, _ = agent.world.frame.moves
    exp, reach = EXP_TABLE, len(EXP_TABLE)
    at, last = board.start, NO_MOVE
    was_at_end = False
    for _ in range(agent.world.max_steps):
        n, e, s, w = kinds[at + north], kinds[at + 1], kinds[at + south], kinds[at - 1]
        shape = (n == WALL) + 2 * (e == WALL) + 4 * (s == WALL) + 8 * (w == WALL)
        active = fixed[at] + around[shape * 5 + last]
        if not hidden:
            active += coins[seen_from - at]
        if PIT in (n, e, s, w):
            active += pits[(n == PIT) + 2 * (e == PIT) + 4 * (s == PIT) + 8 * (w == PIT)]
        z0 = z1 = z2 = z3 = 0.0
        for i in active:
            z0 += north_row[i]
            z1 += east_row[i]
            z2 += south_row[i]
            z3 += west_row[i]
        best = max(z0, z1, z2, z3)
        e0 = exp[k] if (k := int(STEPS * (best - z0))) < reach else 0.0
        e1 = exp[k] if (k := int(STEPS * (best - z1))) < reach else 0.0
        e2 = exp[k] if (k := int(STEPS * (best - z2))) < reach else 0.0
        e3 = exp[k] if (k := int(STEPS * (best - z3))) < reach else 0.0
        point = draw() * (e0 + e1 + e2 + e3)
        if point < e0:
            last, to, kind = NORTH, at + north, n
        elif point < e0 + e1:
            last, to, kind = EAST, at + 1, e
        elif point < e0 + e1 + e2:
            last, to, kind = SOUTH, at + south, s
        else:
            last, to, kind = WEST, at - 1, w
        if steps is not None:
            steps.append((active, last, e0, e1, e2, e3, z0, z1, z2, z3))
        if kind != WALL:
            at = to
            if at == end:
                was_at_end = True
        if at == coin:
            return "coin"
        if kind == PIT:
            break
    return "old_place" if was_at_end else "failed"

"""How weights change after an episode: an actor and a critic, updated step by step, backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab.agents.walk import walk
from lessonlab.worlds.grid import EAST, NORTH, SOUTH

if TYPE_CHECKING:
    from lessonlab.agents.agent import Agent
    from lessonlab.agents.walk import Step
    from lessonlab.schema import OutcomeName
    from lessonlab.worlds.chance import Draw
    from lessonlab.worlds.grid import Board


@dataclass(frozen=True)
class Rates:
    """How far one episode moves the weights.

    `policy` and `value` scale the two kinds of weights; `entropy` is the weight of the bonus for
    undecided policies, relative to a reward of 1. All are dimensionless and positive; `value`
    times the number of inputs that are on (up to 8) must stay below 2, or predictions explode.
    """

    policy: float = 0.3
    value: float = 0.1
    entropy: float = 0.01


def play_and_learn(agent: Agent, board: Board, draw: Draw, rates: Rates) -> OutcomeName:
    """Let an agent walk through one level and learn from it; return how it ended."""
    steps: list[Step] = []
    outcome = walk(agent, board, draw, steps=steps)
    update(agent, steps, 1.0 if outcome == "coin" else 0.0, rates)
    return outcome


def update(agent: Agent, steps: list[Step], reward: float, rates: Rates) -> None:
    """Change an agent's weights by one episode.

    From the last step to the first, with the reward discounted accordingly: the difference
    between it and the prediction is credited to the action taken (policy gradient) and to the
    prediction. The prediction is computed anew at each step; one kept from the walk would not
    see what the later steps have just taught, and diverges. The odds are those of the walk.

    The bonus is the gradient of the entropy. With p for the chances and z for the scores it is
    -p_i (z_i - sum of p z) for score i, which needs no logarithm.

    Args:
        agent: Whose weights change.
        steps: What `walk` wrote down.
        reward: What the last step paid; all others paid nothing.
        rates: How far to go.
    """
    north_row, east_row, south_row, west_row = agent.policy
    value = agent.value
    discount, rate, value_rate = agent.world.discount, rates.policy, rates.value
    bonus = rates.entropy
    target = reward
    for active, action, e0, e1, e2, e3, z0, z1, z2, z3 in reversed(steps):
        prediction = 0.0
        for i in active:
            prediction += value[i]
        surprise = target - prediction
        total = e0 + e1 + e2 + e3
        p0, p1, p2, p3 = e0 / total, e1 / total, e2 / total, e3 / total
        mean = p0 * z0 + p1 * z1 + p2 * z2 + p3 * z3
        g0 = -rate * p0 * (surprise + bonus * (z0 - mean))
        g1 = -rate * p1 * (surprise + bonus * (z1 - mean))
        g2 = -rate * p2 * (surprise + bonus * (z2 - mean))
        g3 = -rate * p3 * (surprise + bonus * (z3 - mean))
        if action == NORTH:
            g0 += rate * surprise
        elif action == EAST:
            g1 += rate * surprise
        elif action == SOUTH:
            g2 += rate * surprise
        else:
            g3 += rate * surprise
        correction = value_rate * surprise
        for i in active:
            north_row[i] += g0
            east_row[i] += g1
            south_row[i] += g2
            west_row[i] += g3
            value[i] += correction
        target *= discount

"""An agent: four rows of weights that score the moves, one that predicts the reward.

Everything it computes is a sum of weights in a fixed order, so that equal seeds give equal
weights, to the last bit, in every Python.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

from lessonlab.agents.exponential import exp_negative
from lessonlab.agents.features import DEFAULT_GROUPS, features

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lessonlab.worlds.chance import Draw
    from lessonlab.worlds.environment import Observation
    from lessonlab.worlds.world import World

ACTIONS = 4


class Agent:
    """A linear softmax policy with a linear prediction of the discounted reward.

    `policy[action][input]` and `value[input]` are zero at first: an untrained agent moves at
    random. `features` says which inputs there are.
    """

    def __init__(self, world: World, groups: frozenset[str] = DEFAULT_GROUPS) -> None:
        """Make an untrained agent.

        Args:
            world: Where it will live; its size decides the inputs.
            groups: The groups of inputs it has, see `features.GROUPS`.

        Raises:
            FeatureError: A group does not exist.
        """
        self.world = world
        self.features = features(world.height, world.width, frozenset(groups))
        size = self.features.size
        self.policy = tuple([0.0] * size for _ in range(ACTIONS))
        self.value = [0.0] * size

    def scores(self, observation: Observation) -> tuple[float, ...]:
        """Return the score of each action, north, east, south, west; the highest is preferred."""
        active = self.features.active(observation)
        return tuple(_total(row, active) for row in self.policy)

    def probabilities(self, observation: Observation) -> tuple[float, ...]:
        """Return the chance with which each action is chosen."""
        odds = self._odds(observation)
        total = odds[0] + odds[1] + odds[2] + odds[3]
        return tuple(odd / total for odd in odds)

    def predicted_reward(self, observation: Observation) -> float:
        """Return the discounted reward it expects from here on, about 0 to 1."""
        return _total(self.value, self.features.active(observation))

    def best_action(self, observation: Observation) -> int:
        """Return the action with the highest score, the first of equals."""
        scores = self.scores(observation)
        return scores.index(max(scores))

    def choose(self, observation: Observation, draw: Draw) -> int:
        """Return an action, drawn by its chances with one number from `draw`."""
        odds = self._odds(observation)
        point = draw() * (odds[0] + odds[1] + odds[2] + odds[3])
        bound = 0.0
        for action in range(ACTIONS - 1):
            bound += odds[action]
            if point < bound:
                return action
        return ACTIONS - 1

    def weights_sha256(self) -> str:
        """Return the SHA-256 of all weights, as 64 hexadecimal digits.

        The weights are hashed as little-endian doubles: the policy's rows, then the value row.
        """
        found = hashlib.sha256()
        for row in (*self.policy, self.value):
            found.update(struct.pack(f"<{len(row)}d", *row))
        return found.hexdigest()

    def _odds(self, observation: Observation) -> tuple[float, ...]:
        scores = self.scores(observation)
        best = max(scores)
        return tuple(exp_negative(best - score) for score in scores)


def _total(row: list[float], active: Iterable[int]) -> float:
    """Add up in order. Not `sum`, which has compensated for rounding since Python 3.12."""
    total = 0.0
    for index in active:
        total += row[index]
    return total

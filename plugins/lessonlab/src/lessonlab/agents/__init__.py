"""A small learning agent: linear, without memory, the same in every Python to the last bit.

Three rules keep it so: the exponential is a table, sums of floats are written as loops, and of
`random.Random` only `random()` is used.
"""

from lessonlab.agents.agent import Agent
from lessonlab.agents.features import DEFAULT_GROUPS, GROUPS, FeatureError, group_sizes
from lessonlab.agents.learner import Rates, play_and_learn

__all__ = [
    "DEFAULT_GROUPS",
    "GROUPS",
    "Agent",
    "FeatureError",
    "Rates",
    "group_sizes",
    "play_and_learn",
]

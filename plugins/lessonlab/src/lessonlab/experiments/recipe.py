"""What an experiment hands to training and testing: every choice, in one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lessonlab.agents import DEFAULT_GROUPS, Rates

if TYPE_CHECKING:
    from lessonlab.worlds import Region, World


@dataclass(frozen=True)
class Recipe:
    """How an agent is trained.

    `world` and `start` (one of the world's start regions) say where. In a share of `random_share`
    of the training levels, in [0, 1], the coin lies where `odd_coin` says, in all others at the
    old place. `groups` are the inputs the agent has. `episodes` counts from an untrained agent;
    each has a fresh level. `seed`, an integer, decides levels and moves.
    """

    world: World
    random_share: float = 0.0
    start: str = "any"
    episodes: int = 6000
    seed: int = 1
    rates: Rates = field(default_factory=Rates)
    groups: frozenset[str] = DEFAULT_GROUPS
    odd_coin: str | Region = "random"

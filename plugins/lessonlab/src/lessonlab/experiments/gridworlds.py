"""The experiments `coinrun` and `cheese`: one learner, two worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessonlab.agents import Rates
from lessonlab.experiments.experiment import Experiment, register
from lessonlab.experiments.recipe import Recipe
from lessonlab.schema import ParamSpec
from lessonlab.worlds import MAZE, RUN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.schema import Setting
    from lessonlab.worlds import World

RANDOM_SHARE = ParamSpec("random_share", "float", 0.0, "lab.param.random_share", 0.0, 1.0, 0.01)
START = ParamSpec("start", "choice", "any", "lab.param.start", choices=("any", "left"))
EPISODES = ParamSpec("episodes", "int", 6000, "lab.param.episodes", low=250, high=24_000, step=250)
LEARNING_RATE = ParamSpec(
    "learning_rate", "float", 0.3, "lab.param.learning_rate", low=0.05, high=0.6, step=0.05
)
SEED = ParamSpec("seed", "int", 1, "lab.param.seed", low=0, high=999_999, step=1)

RUN_LEVELS = (634, 246, 976, 831, 488)
"""Rooms in which an agent trained without random coins walks past the coin to the old place, and
one trained with random coins only gets it; with a start anywhere and at the left."""

MAZE_LEVELS = (931, 622, 543, 203, 359)
"""The same for mazes; the cheese of the first lies in the south."""


def _build(world: World, settings: Mapping[str, Setting]) -> Recipe:
    return Recipe(
        world=world,
        random_share=float(settings["random_share"]),
        start=str(settings.get("start", "any")),
        episodes=int(settings["episodes"]),
        seed=int(settings["seed"]),
        rates=Rates(policy=float(settings["learning_rate"])),
    )


COINRUN = register(
    Experiment(
        name="coinrun",
        world=RUN.name,
        params=(RANDOM_SHARE, START, EPISODES, LEARNING_RATE, SEED),
        build=lambda settings: _build(RUN, settings),
        levels=RUN_LEVELS,
    )
)

CHEESE = register(
    Experiment(
        name="cheese",
        world=MAZE.name,
        params=(RANDOM_SHARE, EPISODES, LEARNING_RATE, SEED),
        build=lambda settings: _build(MAZE, settings),
        levels=MAZE_LEVELS,
    )
)

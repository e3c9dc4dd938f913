"""A lab's long work in parts: training with its curve, and single episodes of what was trained.

The agent trained last is kept for each experiment. Training is repeatable, so an agent that is
gone (another interpreter, other settings since) is simply trained again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessonlab.agents import Agent
from lessonlab.codec import DecodeError
from lessonlab.experiments import (
    SettingsError,
    TrainingRun,
    UnknownExperimentError,
    UnknownSettingError,
    find,
    result_of,
    rollout_view,
)
from lessonlab.worlds import level_from_seed

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from lessonlab.experiments import Experiment, Recipe
    from lessonlab.schema import (
        LabResult,
        RolloutRequest,
        RolloutView,
        Setting,
        TrainPoint,
        TrainRequest,
    )
    from lessonlab.worlds import Level

    type Settings = Mapping[str, Setting]


class Lab:
    """Trains agents and lets them walk.

    Every method raises DecodeError for an unknown experiment, a setting that it cannot have, and
    a cell in which the coin cannot lie.
    """

    def __init__(self) -> None:
        self._trained: dict[str, tuple[Settings, Agent]] = {}

    def train(self, request: TrainRequest) -> Generator[TrainPoint | None, None, LabResult]:
        """Train and test an agent; yields a point of the curve after each chunk of episodes."""
        run = _run(request.experiment, request.settings)
        yield from self._finish(run)
        yield None  # the tests take a while, too
        return result_of(run)

    def rollout(self, request: RolloutRequest) -> Generator[TrainPoint | None, None, RolloutView]:
        """Play one episode; yields points when the agent has to be trained first."""
        run = _run(request.experiment, request.settings)
        level = _level(run.recipe, request)
        if request.trained:
            agent = self._kept(run.experiment, run.settings)
            if agent is None:
                yield from self._finish(run)
                agent = run.agent
        else:
            agent = Agent(run.recipe.world, run.recipe.groups)
        return rollout_view(agent, level, request.seed, hidden=request.hidden)

    def _finish(self, run: TrainingRun) -> Generator[TrainPoint | None]:
        while point := run.step():
            yield point
        self._trained[run.experiment.name] = run.settings, run.agent

    def _kept(self, experiment: Experiment, settings: Settings) -> Agent | None:
        known, agent = self._trained.get(experiment.name, ({}, None))
        return agent if known == settings else None


def _run(name: str, settings: Settings) -> TrainingRun:
    try:
        return TrainingRun(find(name), settings)
    except UnknownExperimentError as fault:
        raise DecodeError("experiment", f"one of {', '.join(fault.known)}", name) from fault
    except UnknownSettingError as fault:
        raise DecodeError(f"settings.{fault.name}", fault.allowed, fault.name) from fault
    except SettingsError as fault:
        raise DecodeError(f"settings.{fault.name}", fault.allowed, fault.found) from fault


def _level(recipe: Recipe, request: RolloutRequest) -> Level:
    """Return the level of a seed as in training, or with the coin in the cell asked for."""
    level = level_from_seed(recipe.world, request.level, start=recipe.start)
    if not request.coin:
        return level
    try:
        row, column = request.coin
        return level.with_coin((row, column))
    except ValueError as fault:  # a WorldError, or not two numbers
        expected = "[row, column] of a free cell that is not the start"
        raise DecodeError("coin", expected, request.coin) from fault

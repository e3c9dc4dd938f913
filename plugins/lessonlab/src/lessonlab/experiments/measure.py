"""The numbers a lab shows: what was trained, and how it did in four tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessonlab.agents import Agent
from lessonlab.experiments.testing import evaluate
from lessonlab.experiments.training import TrainingRun
from lessonlab.schema import LabResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.experiments.experiment import Experiment

TEST_EPISODES = 400
"""Episodes of each test."""

TEST_SEEDS = 1_000_000
"""Added to the seed of a training for its tests, so that no training level is a test level."""


def measure(experiment: Experiment, settings: Mapping[str, object]) -> LabResult:
    """Train an agent and test it. The page calls the same code, and shows the same digits.

    Raises:
        SettingsError: A setting is unknown, of the wrong kind, or out of range.
    """
    run = TrainingRun(experiment, settings)
    run.finish()
    return result_of(run)


def result_of(run: TrainingRun) -> LabResult:
    """Test the agent of a run as far as it has been trained.

    The untrained agent meets the levels of `outcomes`, the hidden coin those of `training_like`.
    """
    recipe = run.recipe
    seed = TEST_SEEDS + recipe.seed
    untrained = Agent(recipe.world, recipe.groups)
    return LabResult(
        experiment=run.experiment.name,
        settings=run.settings,
        seed=recipe.seed,
        episodes=run.episode,
        n=TEST_EPISODES,
        outcomes=evaluate(run.agent, "random", TEST_EPISODES, seed, recipe.start),
        training_like=evaluate(run.agent, "training_like", TEST_EPISODES, seed, recipe.start),
        hidden=evaluate(run.agent, "hidden", TEST_EPISODES, seed, recipe.start),
        untrained=evaluate(untrained, "random", TEST_EPISODES, seed, recipe.start),
        weights_sha256=run.agent.weights_sha256(),
    )

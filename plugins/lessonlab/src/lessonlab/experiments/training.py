"""Training in chunks, so that a curve can grow and Stop can be heard between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessonlab.agents import Agent, play_and_learn
from lessonlab.schema import TrainPoint
from lessonlab.worlds.chance import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lessonlab.experiments.experiment import Experiment
    from lessonlab.experiments.recipe import Recipe
    from lessonlab.schema import Setting

CHUNK = 250
"""Episodes of one step of training."""


class Training:
    """One agent being trained by a recipe, chunk by chunk.

    Levels and moves have random numbers of their own: with the same seed, agents that differ in
    their rates or inputs meet the same levels in the same order.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.agent = Agent(recipe.world, recipe.groups)
        self.episode = 0
        """Episodes finished so far."""
        self._draw_level = numbers(2 * recipe.seed)
        self._draw_move = numbers(2 * recipe.seed + 1)

    @property
    def done(self) -> bool:
        """Whether every episode has been played."""
        return self.episode >= self.recipe.episodes

    def step(self) -> TrainPoint | None:
        """Play the next chunk of 250 episodes, the last one shorter if need be.

        Returns:
            Where training stands now, or None when it was over already.
        """
        count = min(CHUNK, self.recipe.episodes - self.episode)
        if count <= 0:
            return None
        found = 0
        recipe, draw = self.recipe, self._draw_level
        for _ in range(count):
            coin = recipe.odd_coin if draw() < recipe.random_share else "end"
            board = recipe.world.draw(draw, coin, recipe.start)
            outcome = play_and_learn(self.agent, board, self._draw_move, recipe.rates)
            found += outcome == "coin"
        self.episode += count
        return TrainPoint(self.episode, found / count)

    def finish(self) -> Agent:
        """Play all episodes that are left and return the agent."""
        while self.step():
            pass
        return self.agent


class TrainingRun(Training):
    """The training that an experiment and its settings stand for."""

    def __init__(self, experiment: Experiment, settings: Mapping[str, object]) -> None:
        """Prepare the run.

        Args:
            experiment: What to run.
            settings: The settings chosen; the others have their defaults.

        Raises:
            SettingsError: A setting is unknown, of the wrong kind, or out of range.
        """
        self.experiment = experiment
        self.settings: dict[str, Setting] = experiment.settings(settings)
        super().__init__(experiment.build(self.settings))


def train(experiment: Experiment, settings: Mapping[str, object]) -> Iterator[TrainPoint]:
    """Yield the points of a training curve as they come about; raises as `TrainingRun`."""
    run = TrainingRun(experiment, settings)
    while point := run.step():
        yield point

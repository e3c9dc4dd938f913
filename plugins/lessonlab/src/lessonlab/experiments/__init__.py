"""Experiments that a lab can run: named, with declared parameters, the same in every host.

`find(name)` returns an experiment, `TrainingRun` trains it bit by bit, `measure` trains and tests.
`evaluate`, `rollout` and `policy_arrows` look at an agent from outside.
"""

from lessonlab.experiments.experiment import (
    Experiment,
    UnknownExperimentError,
    find,
    names,
    register,
)
from lessonlab.experiments.gridworlds import CHEESE, COINRUN
from lessonlab.experiments.measure import TEST_EPISODES, measure, result_of
from lessonlab.experiments.recipe import Recipe
from lessonlab.experiments.rollouts import (
    Rollout,
    level_view,
    policy_arrows,
    rollout,
    rollout_view,
)
from lessonlab.experiments.settings import SettingsError, UnknownSettingError
from lessonlab.experiments.testing import Condition, conditions, evaluate
from lessonlab.experiments.training import CHUNK, Training, TrainingRun, train
from lessonlab.schema import ExperimentSpec, Outcomes, TrainPoint
from lessonlab.schema import ParamSpec as Param

__all__ = [
    "CHEESE",
    "CHUNK",
    "COINRUN",
    "TEST_EPISODES",
    "Condition",
    "Experiment",
    "ExperimentSpec",
    "Outcomes",
    "Param",
    "Recipe",
    "Rollout",
    "SettingsError",
    "TrainPoint",
    "Training",
    "TrainingRun",
    "UnknownExperimentError",
    "UnknownSettingError",
    "conditions",
    "evaluate",
    "find",
    "level_view",
    "measure",
    "names",
    "policy_arrows",
    "register",
    "result_of",
    "rollout",
    "rollout_view",
    "train",
]

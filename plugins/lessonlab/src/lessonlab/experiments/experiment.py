"""What can be run in a lab, by name: a world, parameters, and how they become a recipe.

Course code adds its own with `register`; nothing else has to change, since controls are drawn
from the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab import worlds
from lessonlab.experiments.rollouts import level_view
from lessonlab.experiments.settings import complete
from lessonlab.schema import ExperimentSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lessonlab.experiments.recipe import Recipe
    from lessonlab.schema import ParamSpec, Setting


class UnknownExperimentError(LookupError):
    """No experiment has this name. `known` lists those that exist."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no experiment {name!r}, only {', '.join(known)}")
        self.name = name
        self.known = known


@dataclass(frozen=True)
class Experiment:
    """One kind of lab.

    `world` is a world's name. `params` are the settings in display order; among them must be
    `seed` and `episodes`, whole numbers. `build` turns complete settings into a recipe. `levels`
    are seeds of levels that show the effect well (coin `random`, start `any`).
    """

    name: str
    world: str
    params: tuple[ParamSpec, ...]
    build: Callable[[Mapping[str, Setting]], Recipe]
    levels: tuple[int, ...] = ()

    def settings(self, chosen: Mapping[str, object]) -> dict[str, Setting]:
        """Return all settings: those chosen, checked, and the defaults of the others.

        Raises:
            SettingsError: A setting is unknown, of the wrong kind, or out of range.
        """
        return complete(self.params, chosen)

    def recipe(self, chosen: Mapping[str, object]) -> Recipe:
        """Return the recipe for these settings; raises as `settings`."""
        return self.build(self.settings(chosen))

    def spec(self) -> ExperimentSpec:
        """Return what the page has to know."""
        world = worlds.find(self.world)
        moved = [worlds.level_from_seed(world, seed, "random") for seed in self.levels]
        coins = tuple(level.coin for level in moved)
        first = level_view(worlds.level_from_seed(world, (*self.levels, 1)[0]))
        return ExperimentSpec(self.name, self.world, self.params, self.levels, coins, first)


_EXPERIMENTS: dict[str, Experiment] = {}


def register(experiment: Experiment) -> Experiment:
    """Make an experiment known under its name, replacing an earlier one of that name.

    Raises:
        ValueError: It lacks one of the parameters `seed` and `episodes`.
    """
    missing = {"seed", "episodes"} - {p.name for p in experiment.params if p.kind == "int"}
    if missing:
        raise ValueError(f"experiment {experiment.name} lacks the parameter {min(missing)!r}")
    _EXPERIMENTS[experiment.name] = experiment
    return experiment


def find(name: str) -> Experiment:
    """Return an experiment by name.

    Raises:
        UnknownExperimentError: No experiment has this name.
    """
    if name not in _EXPERIMENTS:
        raise UnknownExperimentError(name, names())
    return _EXPERIMENTS[name]


def names() -> tuple[str, ...]:
    """Return the names of all experiments, sorted."""
    return tuple(sorted(_EXPERIMENTS))

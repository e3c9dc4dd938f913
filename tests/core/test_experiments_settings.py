"""Settings and the registry: what is refused, and how a course adds an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lessonlab.experiments import (
    CHEESE,
    COINRUN,
    Experiment,
    Param,
    Recipe,
    SettingsError,
    TrainingRun,
    UnknownExperimentError,
    UnknownSettingError,
    experiment,
    find,
    names,
    register,
)
from lessonlab.worlds import RUN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.schema import Setting


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"epochs": 5}, "epochs: expected one of random_share, start, episodes, "),
        ({"random_share": 1.5}, "random_share: expected a number from 0 to 1, found 1.5"),
        ({"random_share": -1}, "random_share: expected a number from 0 to 1, found -1"),
        ({"random_share": True}, "random_share: expected a number from 0 to 1, found True"),
        ({"random_share": "0.5"}, "random_share: expected a number from 0 to 1, found '0.5'"),
        ({"random_share": float("nan")}, "random_share: expected a number from 0 to 1, found nan"),
        ({"random_share": None}, "random_share: expected a number from 0 to 1, found None"),
        ({"episodes": 249}, "episodes: expected a whole number from 250 to 24000, found 249"),
        ({"episodes": 24001}, "episodes: expected a whole number from 250 to 24000, found 24001"),
        ({"episodes": 500.0}, "episodes: expected a whole number from 250 to 24000, found 500.0"),
        ({"seed": True}, "seed: expected a whole number from 0 to 999999, found True"),
        ({"seed": -1}, "seed: expected a whole number from 0 to 999999, found -1"),
        ({"start": "right"}, "start: expected one of any, left, found 'right'"),
        ({"start": 1}, "start: expected one of any, left, found 1"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_refused_with_name_and_range(
    settings: Mapping[str, object], message: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        TrainingRun(COINRUN, settings)
    assert str(refused.value).startswith(message)
    assert [refused.value.name] == list(settings)


def test_an_unknown_name_is_told_from_a_wrong_value() -> None:
    with pytest.raises(UnknownSettingError):
        CHEESE.settings({"start": "left"})


def test_defaults_are_filled_in_and_whole_numbers_taken_for_floats() -> None:
    found = COINRUN.settings({"random_share": 1})
    assert found == {
        "random_share": 1.0,
        "start": "any",
        "episodes": 6000,
        "learning_rate": 0.3,
        "seed": 1,
    }
    assert type(found["random_share"]) is float


def test_every_default_is_allowed() -> None:
    for name in ("coinrun", "cheese"):
        assert find(name).settings(find(name).settings({})) == find(name).settings({})


def test_an_unknown_experiment_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownExperimentError) as refused:
        find("coins")
    assert str(refused.value) == "there is no experiment 'coins', only cheese, coinrun"
    assert refused.value.known == names() == ("cheese", "coinrun")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(experiment._EXPERIMENTS)  # noqa: SLF001 - a copy, thrown away afterwards
    monkeypatch.setattr(experiment, "_EXPERIMENTS", known)


@pytest.mark.usefixtures("registry")
def test_a_course_can_add_an_experiment() -> None:
    def build(settings: Mapping[str, Setting]) -> Recipe:
        groups = frozenset({"bias", "column", "row", "walls"} if settings["blind"] else ())
        return Recipe(
            RUN, seed=int(settings["seed"]), episodes=int(settings["episodes"]), groups=groups
        )

    params = (
        Param("blind", "bool", default=True, label="Blind"),
        Param("episodes", "int", 300, "Episodes", 1, 1000, 1),
        Param("seed", "int", 1, "Seed", 0, 9, 1),
    )
    register(Experiment("blind", RUN.name, params, build))
    run = TrainingRun(find("blind"), {"blind": True})
    run.finish()
    assert run.agent.features.size == 1 + 80 + 11 + 7
    assert find("blind").spec().params == params
    with pytest.raises(SettingsError, match="blind: expected true or false, found 1"):
        find("blind").settings({"blind": 1})
    with pytest.raises(ValueError, match="lacks the parameter 'seed'"):
        register(Experiment("seedless", RUN.name, params[:2], build))

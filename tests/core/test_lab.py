"""A lab's work in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lessonlab.codec import DecodeError
from lessonlab.experiments import find, measure
from lessonlab.lab import Lab
from lessonlab.schema import RolloutRequest, TrainRequest

if TYPE_CHECKING:
    from collections.abc import Generator

    from lessonlab.schema import Setting, TrainPoint

SETTINGS: dict[str, Setting] = {"episodes": 600, "random_share": 0.1, "seed": 5}


def _done[T](work: Generator[TrainPoint | None, None, T]) -> tuple[list[int], T]:
    """Return the episodes at which points came, and the result."""
    episodes: list[int] = []
    while True:
        try:
            point = next(work)
        except StopIteration as end:
            return episodes, end.value
        if point:
            episodes.append(point.episode)


def _rollout(**changes: object) -> RolloutRequest:
    request: dict[str, object] = {
        "experiment": "coinrun",
        "settings": SETTINGS,
        "level": 3,
        "coin": (),
        "seed": 1,
        "hidden": False,
        "trained": True,
    }
    return RolloutRequest(**{**request, **changes})  # type: ignore[arg-type]  # a test's own shape


def test_training_gives_its_curve_and_what_measuring_gives() -> None:
    episodes, result = _done(Lab().train(TrainRequest("coinrun", SETTINGS)))
    assert episodes == [250, 500, 600]
    assert result == measure(find("coinrun"), SETTINGS)


def test_the_agent_trained_last_walks_without_new_training() -> None:
    lab = Lab()
    _done(lab.train(TrainRequest("coinrun", SETTINGS)))
    episodes, first = _done(lab.rollout(_rollout()))
    assert episodes == []
    _done(lab.train(TrainRequest("cheese", {"episodes": 250})))
    assert _done(lab.rollout(_rollout())) == ([], first), "each experiment keeps its own"


def test_an_agent_that_is_gone_is_trained_again_and_walks_the_same() -> None:
    lab = Lab()
    _done(lab.train(TrainRequest("coinrun", SETTINGS)))
    _, first = _done(lab.rollout(_rollout()))
    assert _done(Lab().rollout(_rollout())) == ([250, 500, 600], first)
    _done(lab.train(TrainRequest("coinrun", {**SETTINGS, "seed": 6})))
    assert _done(lab.rollout(_rollout())) == ([250, 500, 600], first)


def test_training_that_was_given_up_leaves_the_agent_before_it() -> None:
    lab = Lab()
    _done(lab.train(TrainRequest("coinrun", SETTINGS)))
    work = lab.train(TrainRequest("coinrun", {**SETTINGS, "seed": 6}))
    next(work)
    work.close()
    assert _done(lab.rollout(_rollout()))[0] == []


def test_the_untrained_agent_needs_no_training_and_the_coin_goes_where_it_is_put() -> None:
    episodes, view = _done(Lab().rollout(_rollout(trained=False)))
    assert episodes == []
    assert view.level.coin == view.level.end
    _, moved = _done(Lab().rollout(_rollout(trained=False, coin=(3, 4), hidden=True)))
    assert moved.level.coin == (3, 4)
    assert moved.coin_hidden
    assert (moved.level.walls, moved.level.start) == (view.level.walls, view.level.start)


@pytest.mark.parametrize("coin", [(0, 9), (0, 2), (99, 0), (1,), (1, 2, 3)])
def test_a_cell_where_no_coin_can_lie_is_refused(coin: tuple[int, ...]) -> None:
    with pytest.raises(DecodeError, match=r"^coin: "):
        _done(Lab().rollout(_rollout(coin=coin)))

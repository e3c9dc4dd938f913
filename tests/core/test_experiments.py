"""Experiments: training in chunks, tests of an agent, walks, and the lesson's effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lessonlab import codec
from lessonlab.agents import Agent
from lessonlab.experiments import (
    COINRUN,
    Recipe,
    Training,
    TrainingRun,
    TrainPoint,
    conditions,
    evaluate,
    find,
    measure,
    policy_arrows,
    result_of,
    rollout,
    rollout_view,
    train,
)
from lessonlab.schema import LabResult, Outcomes
from lessonlab.worlds import MAZE, RUN, Level, WorldError, level_from_seed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.worlds import World

BRIEF = {"episodes": 600, "seed": 3}


@pytest.fixture(scope="module")
def never_random() -> Training:
    training = Training(Recipe(RUN, random_share=0.0, seed=1))
    training.finish()
    return training


@pytest.fixture(scope="module")
def always_random() -> Training:
    training = Training(Recipe(RUN, random_share=1.0, seed=1))
    training.finish()
    return training


def test_training_goes_on_in_chunks_and_ends() -> None:
    run = TrainingRun(COINRUN, BRIEF)
    points = []
    while point := run.step():
        assert run.done == (point.episode == 600)
        points.append(point)
    assert [point.episode for point in points] == [250, 500, 600]
    assert all(0 <= point.coin_rate <= 1 for point in points)
    assert run.step() is None
    assert list(train(COINRUN, BRIEF)) == points
    assert isinstance(points[0], TrainPoint)


@pytest.mark.parametrize("name", ["coinrun", "cheese"])
def test_a_seed_decides_everything(name: str) -> None:
    one, same = measure(find(name), BRIEF), measure(find(name), BRIEF)
    other = measure(find(name), {**BRIEF, "seed": 4})
    assert one == same
    assert one.weights_sha256 != other.weights_sha256


@pytest.mark.parametrize(
    "change",
    [{"random_share": 0.5}, {"start": "left"}, {"episodes": 601}, {"learning_rate": 0.25}],
    ids=str,
)
def test_every_setting_changes_the_weights(change: Mapping[str, object]) -> None:
    base = TrainingRun(COINRUN, BRIEF).finish().weights_sha256()
    assert TrainingRun(COINRUN, {**BRIEF, **change}).finish().weights_sha256() != base


def test_a_result_says_what_was_run_and_travels_as_json() -> None:
    result = measure(COINRUN, BRIEF)
    run = TrainingRun(COINRUN, BRIEF)
    while run.step():
        pass
    assert result == result_of(run)
    data = json.loads(codec.dumps(result))
    assert codec.loads(LabResult, codec.dumps(result)) == result
    assert data["experiment"] == "coinrun"
    assert data["settings"]["episodes"] == data["episodes"] == 600
    assert data["seed"] == 3
    assert data["n"] == 400
    assert data["weights_sha256"] == run.agent.weights_sha256()
    for test in ("outcomes", "training_like", "hidden", "untrained"):
        assert set(data[test]) == {"coin", "old_place", "failed"}
        assert (
            round(400 * (data[test]["coin"] + data[test]["old_place"] + data[test]["failed"]))
            == 400
        )


def test_a_run_that_was_stopped_tells_how_far_it_came() -> None:
    run = TrainingRun(COINRUN, {"episodes": 6000})
    run.step()
    assert result_of(run).episodes == 250


@pytest.mark.parametrize("world", [RUN, MAZE], ids=lambda world: world.name)
def test_every_condition_counts_every_episode_once(world: World) -> None:
    for name in conditions(world):
        outcomes = evaluate(Agent(world), name, 40, 1)
        counts = [40 * outcomes.coin, 40 * outcomes.old_place, 40 * outcomes.failed]
        assert all(abs(count - round(count)) < 1e-9 for count in counts)
        assert round(counts[0]) + round(counts[1]) + round(counts[2]) == 40


def test_the_worlds_have_the_tests_of_the_lesson() -> None:
    assert list(conditions(RUN)) == [
        "training_like",
        "hidden",
        "random",
        "distinguishing",
        "far_left",
    ]
    assert list(conditions(MAZE)) == [
        "training_like",
        "hidden",
        "random",
        "distinguishing",
        "south",
    ]


def test_a_test_that_cannot_be_is_refused() -> None:
    with pytest.raises(WorldError, match="there is no condition 'south', only training_like"):
        evaluate(Agent(RUN), "south", 10, 1)
    with pytest.raises(ValueError, match="n: expected 1 or more episodes, found 0"):
        evaluate(Agent(RUN), "random", 0, 1)


def test_the_agent_learns_the_wrong_goal_well(never_random: Training) -> None:
    agent = never_random.agent
    assert evaluate(agent, "training_like", 400, 50).coin > 0.97
    assert evaluate(agent, "hidden", 400, 50).coin > 0.93
    moved = evaluate(agent, "random", 400, 50)
    assert moved.coin < 0.3
    assert moved.old_place > 0.65
    assert evaluate(agent, "far_left", 400, 50).coin < 0.1


def test_random_coins_in_training_mend_it(always_random: Training) -> None:
    moved = evaluate(always_random.agent, "random", 400, 50)
    assert moved.coin > 0.97
    assert moved.old_place < 0.01
    assert evaluate(always_random.agent, "hidden", 400, 50).coin < 0.8


def test_an_untrained_agent_fails_rather_than_goes_astray() -> None:
    outcomes = evaluate(Agent(RUN), "random", 400, 50)
    assert outcomes.failed > 0.6
    assert isinstance(outcomes, Outcomes)


def test_a_rollout_is_a_walk_through_the_level(never_random: Training) -> None:
    level = level_from_seed(RUN, 634, "random")
    played = rollout(never_random.agent, level, 5)
    assert played.cells[0] == level.start
    for one, other in zip(played.cells, played.cells[1:], strict=False):
        assert abs(one[0] - other[0]) + abs(one[1] - other[1]) <= 1
        assert other not in level.walls
    assert (played.outcome == "coin") == (played.cells[-1] == level.coin)
    assert len(played.cells) <= RUN.max_steps + 1
    assert played == rollout(never_random.agent, level, 5)
    assert any(rollout(never_random.agent, level, seed) != played for seed in range(6, 12))


def test_the_agent_walks_to_a_coin_it_cannot_see(never_random: Training) -> None:
    level = level_from_seed(RUN, 634)
    assert rollout(never_random.agent, level, 1, hidden=True).outcome == "coin"


def test_arrows_cover_the_free_cells_and_lead_to_the_coin(always_random: Training) -> None:
    level = Level.from_rows(
        [
            "...........",
            "...........",
            "...........",
            "o...S.....e",
            "...........",
            "...........",
            "...........",
        ]
    )
    arrows = {(row, column): a for row, column, a in policy_arrows(always_random.agent, level)}
    assert set(arrows) == set(level.free_cells()) - {level.coin}
    assert [arrows[3, column] for column in range(1, 11)] == [3] * 10
    view = rollout_view(always_random.agent, level, 1)
    assert view.outcome == "coin"
    assert {(row, column) for row, column, _ in view.arrows} == set(arrows)
    assert (view.level.height, view.level.width, view.level.coin) == (7, 11, (3, 0))


@pytest.mark.parametrize(
    ("name", "start"), [("coinrun", "any"), ("coinrun", "left"), ("cheese", "any")]
)
def test_the_offered_levels_show_the_effect(name: str, start: str) -> None:
    world = RUN if name == "coinrun" else MAZE
    wrong = [Training(Recipe(world, 0.0, start, seed=seed)).finish() for seed in (1, 2, 3)]
    right = Training(Recipe(world, 1.0, start, seed=1)).finish()
    assert len(find(name).levels) == 5
    for seed in find(name).levels:
        level = level_from_seed(world, seed, "random", start)
        for agent in wrong:
            ends = {rollout(agent, level, walk).outcome for walk in range(8)}
            assert ends == {"old_place"}, seed
        assert {rollout(right, level, walk).outcome for walk in range(20)} == {"coin"}, seed

"""The environment keeps to the manner of Gymnasium, and to the rules of the worlds."""

from __future__ import annotations

import pytest

from lessonlab.worlds import (
    MAZE,
    NO_MOVE,
    RUN,
    Environment,
    Level,
    Observation,
    World,
    WorldError,
    level_from_seed,
)
from lessonlab.worlds.chance import numbers

NORTH, EAST, SOUTH, WEST = range(4)

ROOM = Level.from_rows(
    [
        "...........",
        "...........",
        ".....#.....",
        "...~S.o...e",
        "...........",
        "...........",
        "...........",
    ]
)


def play(world: World, seed: int | None, environment: Environment | None = None) -> list[object]:
    """Play one random episode and return everything that was told."""
    environment = environment or Environment(world)
    draw = numbers(5)
    told: list[object] = [environment.reset(seed=seed, options={"coin": "random"})]
    while True:
        seen, reward, terminated, truncated, info = environment.step(int(draw() * 4))
        told.append((seen, reward, terminated, truncated, dict(info)))
        if terminated or truncated:
            return told


@pytest.mark.parametrize("world", [RUN, MAZE], ids=lambda world: world.name)
def test_reset_and_step_return_what_gymnasium_returns(world: World) -> None:
    environment = Environment(world)
    seen, info = environment.reset(seed=3)
    assert isinstance(seen, Observation)
    assert info == {"level": info["level"]}
    step = environment.step(EAST)
    assert [type(part) for part in step] == [Observation, float, bool, bool, dict]


@pytest.mark.parametrize("world", [RUN, MAZE], ids=lambda world: world.name)
def test_the_same_seed_gives_the_same_episode(world: World) -> None:
    assert play(world, 11) == play(world, 11)
    assert play(world, 11) != play(world, 12)


def test_without_a_seed_the_random_numbers_go_on() -> None:
    one, other = Environment(RUN), Environment(RUN)
    first = play(RUN, 4, one)
    second = play(RUN, None, one)
    assert first == play(RUN, 4, other)
    assert second == play(RUN, None, other)
    assert first != second


def test_walls_and_edges_stop_a_move() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM})
    environment.step(EAST)
    seen, reward, *_ = environment.step(NORTH)
    assert seen.cell == (3, 5)
    assert seen.last_move == NORTH
    assert reward == 0.0
    for _ in range(5):
        seen, *_ = environment.step(SOUTH)
    assert seen.cell == (6, 5)


def test_the_coin_pays_once_and_ends_the_episode() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM})
    environment.step(EAST)
    seen, reward, terminated, truncated, info = environment.step(EAST)
    assert (reward, terminated, truncated, info) == (1.0, True, False, {"outcome": "coin"})
    assert seen.coin == (0, 0)


def test_a_pit_ends_the_episode_without_reward() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM})
    _, reward, terminated, truncated, info = environment.step(WEST)
    assert (reward, terminated, truncated, info) == (0.0, True, False, {"outcome": "failed"})


def test_the_old_place_ends_nothing_but_is_remembered() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM.with_coin((0, 0))})
    for _ in range(6):
        _, _, terminated, truncated, info = environment.step(EAST)
        assert (terminated, truncated, info) == (False, False, {})
    for count in range(7, RUN.max_steps + 1):
        seen, _, terminated, truncated, info = environment.step(WEST if count == 7 else SOUTH)
        assert (terminated, truncated) == (False, count == RUN.max_steps)
    assert info == {"outcome": "old_place"}
    assert seen.cell == (6, 9)


def test_a_coin_found_after_the_old_place_counts() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM.with_coin((2, 10))})
    for _ in range(6):
        environment.step(EAST)
    *_, info = environment.step(NORTH)
    assert info == {"outcome": "coin"}


def test_the_last_allowed_step_may_find_the_coin() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM.with_coin((6, 5))})
    for _ in range(RUN.max_steps - 1):
        *_, info = environment.step(SOUTH)
    assert info == {}
    _, reward, terminated, truncated, _ = environment.step(EAST)
    assert (reward, terminated, truncated) == (1.0, True, False)


def test_what_is_seen_beside_the_agent() -> None:
    environment = Environment(RUN)
    seen, _ = environment.reset(options={"level": ROOM})
    assert seen == Observation(
        cell=(3, 4),
        walls=(False, False, False, False),
        pits=(False, False, False, True),
        coin=(0, 2),
        last_move=NO_MOVE,
    )
    corner = Level.from_rows(["S#.", "..O"])
    small = Environment(level_world(corner))
    seen, _ = small.reset(options={"level": corner, "hidden": True})
    assert seen.walls == (True, True, False, True)
    assert seen.coin is None


def level_world(level: Level) -> World:
    class Small(type(RUN)):  # type: ignore[misc]
        height, width, end = level.height, level.width, level.end

    return Small()


def test_a_hidden_coin_is_still_there() -> None:
    environment = Environment(RUN)
    environment.reset(options={"level": ROOM, "hidden": True})
    seen, *_ = environment.step(EAST)
    assert seen.coin is None
    _, reward, terminated, *_ = environment.step(EAST)
    assert (reward, terminated) == (1.0, True)


def test_what_cannot_be_done_is_refused() -> None:
    environment = Environment(RUN)
    with pytest.raises(WorldError, match="call reset first"):
        environment.step(EAST)
    with pytest.raises(WorldError, match="there is no option 'coins', only level, coin"):
        environment.reset(options={"coins": "end"})
    with pytest.raises(WorldError, match="no level of the world run"):
        environment.reset(options={"level": level_from_seed(MAZE, 1)})
    environment.reset(options={"level": ROOM})
    with pytest.raises(WorldError, match="there is no action 4"):
        environment.step(4)
    environment.step(WEST)
    with pytest.raises(WorldError, match="call reset first"):
        environment.step(WEST)

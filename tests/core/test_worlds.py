"""Levels: always solvable, where the coin may lie, maps, and the same from the same seed."""

from __future__ import annotations

import random
from collections import deque
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonlab.worlds import (
    MAZE,
    RUN,
    Level,
    Region,
    World,
    WorldError,
    find,
    level_from_seed,
    names,
    register,
)
from lessonlab.worlds import world as world_module

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessonlab.worlds import Cell
    from lessonlab.worlds.world import Draw

WORLDS = st.sampled_from([RUN, MAZE])
SEEDS = st.integers(min_value=0, max_value=2**32)


def steps(rows: Sequence[str], origin: Cell) -> dict[Cell, int]:
    """Breadth-first search on the map alone, sharing nothing with the worlds."""
    found = {origin: 0}
    waiting = deque([origin])
    while waiting:
        row, column = waiting.popleft()
        for cell in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            inside = 0 <= cell[0] < len(rows) and 0 <= cell[1] < len(rows[0])
            if inside and cell not in found and rows[cell[0]][cell[1]] not in "#~":
                found[cell] = found[row, column] + 1
                waiting.append(cell)
    return found


def cell_of(rows: Sequence[str], signs: str) -> Cell:
    (cell,) = [
        (row, column)
        for row, text in enumerate(rows)
        for column, sign in enumerate(text)
        if sign in signs
    ]
    return cell


@given(world=WORLDS, seed=SEEDS, data=st.data())
def test_every_free_cell_of_a_level_can_be_reached(
    world: World, seed: int, data: st.DataObject
) -> None:
    coin = data.draw(st.sampled_from(world.placements))
    start = data.draw(st.sampled_from(sorted(world.start_regions)))
    rows = level_from_seed(world, seed, coin, start).to_rows()
    reached = steps(rows, cell_of(rows, "S"))
    assert len(reached) == sum(sign not in "#~" for text in rows for sign in text)
    assert {cell_of(rows, "oO"), cell_of(rows, "eO"), world.end} <= set(reached)


@given(world=WORLDS, seed=SEEDS, data=st.data())
def test_start_and_coin_lie_where_they_may(world: World, seed: int, data: st.DataObject) -> None:
    coin = data.draw(st.sampled_from(world.placements))
    start = data.draw(st.sampled_from(sorted(world.start_regions)))
    level = level_from_seed(world, seed, coin, start)
    assert level.end == world.end
    assert level.start not in (level.coin, level.end)
    assert (level.coin == level.end) == (coin == "end")
    if start == "left":
        assert level.start[1] == 0
    if coin == "far_left":
        assert level.coin[1] in (0, 1)
    if coin == "south":
        assert level.coin[0] in (7, 8)


@given(world=WORLDS, seed=SEEDS)
def test_a_distinguishing_coin_is_not_on_the_way(world: World, seed: int) -> None:
    rows = level_from_seed(world, seed, "distinguishing").to_rows()
    from_start = steps(rows, cell_of(rows, "S"))
    from_end = steps(rows, cell_of(rows, "e"))
    coin = cell_of(rows, "o")
    assert from_start[coin] + from_end[coin] > from_start[cell_of(rows, "e")]


def test_random_coins_are_often_on_the_way() -> None:
    levels = [level_from_seed(RUN, seed, "random") for seed in range(200)]
    detours = [RUN.detour(level.to_board()) for level in levels]
    assert min(detours) == 0
    assert 10 < detours.count(0) < 70


@given(world=WORLDS, seed=SEEDS)
def test_a_seed_keeps_its_room_and_start_wherever_the_coin_is(world: World, seed: int) -> None:
    trained = level_from_seed(world, seed, "end")
    for coin in set(world.placements) - {"distinguishing"}:
        level = level_from_seed(world, seed, coin)
        assert level.with_coin(trained.coin) == trained


@given(seed=SEEDS)
def test_walls_and_pits_of_the_room_never_touch(seed: int) -> None:
    level = level_from_seed(RUN, seed)
    assert len(level.walls) <= 6
    assert len(level.pits) <= 3
    blocked = sorted(level.walls | level.pits)
    for i, (row, column) in enumerate(blocked):
        for other in blocked[i + 1 :]:
            assert max(abs(row - other[0]), abs(column - other[1])) > 1


def test_nearly_every_room_is_full() -> None:
    levels = [level_from_seed(RUN, seed) for seed in range(300)]
    assert sum(len(level.walls) == 6 and len(level.pits) == 3 for level in levels) > 290


@given(seed=SEEDS)
def test_the_maze_has_a_pillar_in_every_odd_cell(seed: int) -> None:
    level = level_from_seed(MAZE, seed)
    assert {(r, c) for r in range(1, 9, 2) for c in range(1, 9, 2)} <= level.walls
    assert not level.pits


def test_what_a_maze_cuts_off_is_filled() -> None:
    filled = [
        level
        for level in (level_from_seed(MAZE, seed) for seed in range(1500))
        if any(row % 2 == 0 and column % 2 == 0 for row, column in level.walls)
    ]
    assert filled


@given(world=WORLDS, seed=SEEDS)
def test_ways_are_as_long_as_the_map_says(world: World, seed: int) -> None:
    level = level_from_seed(world, seed, "random")
    ways = steps(level.to_rows(), level.start)
    assert {cell: level.distance(level.start, cell) for cell in level.free_cells()} == ways


@given(world=WORLDS, seed=SEEDS, data=st.data())
def test_a_map_can_be_read_back(world: World, seed: int, data: st.DataObject) -> None:
    level = level_from_seed(world, seed, data.draw(st.sampled_from(world.placements)))
    assert Level.from_rows(level.to_rows()) == level
    assert Level.from_board(level.to_board(), level.height, level.width) == level


def test_a_seed_gives_the_same_room_in_every_version() -> None:
    assert level_from_seed(RUN, 634, "random").to_rows() == (
        "....#..#...",
        "...........",
        "...........",
        "~.#.#.....e",
        ".S.........",
        ".#.o.~....~",
        "...#.......",
    )


def test_a_seed_gives_the_same_maze_in_every_version() -> None:
    assert level_from_seed(MAZE, 931).to_rows() == (
        "........O",
        ".#.#.#.#.",
        "...#.....",
        ".#.#.#.##",
        ".........",
        ".#.#.###.",
        ".....#...",
        ".#.#.#S#.",
        ".........",
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "a map has one start, this one has 0"),
        (["S.O", ".."], "row 1 has 2 cells, row 0 has 3"),
        (["S.O", ".x."], "row 1, column 1: 'x' is none of # ~ . S o e O"),
        (["S.o", "..."], "a map has one old place, this one has 0"),
        (["S.O", "o.."], "a map has one coin, this one has 2"),
        (["S.O", "S.."], "a map has one start, this one has 2"),
    ],
)
def test_a_wrong_map_is_refused_with_its_reason(rows: list[str], reason: str) -> None:
    with pytest.raises(WorldError) as refused:
        Level.from_rows(rows)
    assert str(refused.value) == reason


@pytest.mark.parametrize("coin", [(0, 0), (0, 1), (0, 3), (-1, 0), (2, 0), (0, 4)])
def test_a_coin_is_not_put_on_start_wall_or_pit_or_outside(coin: Cell) -> None:
    level = Level.from_rows(["S#o~", "...e"])
    with pytest.raises(WorldError):
        level.with_coin(coin)
    assert level.with_coin((1, 3)).to_rows() == ("S#.~", "...O")


def test_a_cell_is_not_wall_and_pit_at_once() -> None:
    cells = frozenset({(0, 1)})
    with pytest.raises(WorldError, match="both wall and pit"):
        Level(2, 3, cells, cells, (0, 0), (1, 2), (1, 2))


def test_unknown_placements_and_starts_are_named() -> None:
    with pytest.raises(WorldError, match="knows no 'south', only end, random, distinguishing"):
        level_from_seed(RUN, 1, "south")
    with pytest.raises(WorldError, match="knows no 'left', only any"):
        level_from_seed(MAZE, 1, start="left")


def test_a_region_without_a_free_cell_is_refused() -> None:
    with pytest.raises(WorldError, match="found no level"):
        level_from_seed(MAZE, 1, Region(1, 1, 1, 1))


@given(seed=SEEDS)
def test_a_region_may_hold_the_old_place(seed: int) -> None:
    assert level_from_seed(MAZE, seed, Region(0, 0, 8, 8)).coin == MAZE.end


class Corridor(World):
    name: ClassVar[str] = "corridor"
    height: ClassVar[int] = 2
    width: ClassVar[int] = 5
    end: ClassVar[Cell] = (0, 4)
    max_steps: ClassVar[int] = 9
    discount: ClassVar[float] = 0.9
    coin_regions: ClassVar[Mapping[str, Region]] = {"random": Region(0, 1, 0, 4)}
    start_regions: ClassVar[Mapping[str, Region]] = {"any": Region(0, 1, 0, 4)}

    def lay_out(self, kinds: list[int], draw: Draw) -> None:
        pass


def test_a_course_can_add_a_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_module, "_WORLDS", {"run": RUN, "maze": MAZE})
    world = register(Corridor())
    assert find("corridor") is world
    assert "corridor" in names()
    assert len(level_from_seed(world, 1, "random").free_cells()) == 10


def test_an_unknown_world_is_named_with_the_known_ones() -> None:
    with pytest.raises(WorldError, match=r"there is no world 'sea', only .*maze.*run"):
        find("sea")


def test_a_level_from_a_seed_is_the_first_of_its_numbers() -> None:
    rng = random.Random(7)  # noqa: S311 - repeatable on purpose
    first, second = RUN.generate(rng, "random"), RUN.generate(rng, "random")
    assert first == level_from_seed(RUN, 7, "random") != second

"""Related lessons: the author's first, then the most like, the same on every build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from coursewright.related import WANTED, Candidate, count_words, relate

if TYPE_CHECKING:
    import random

KEYS = [f"lessons/{letter}.md" for letter in "abcdefgh"]
WORDS = st.sampled_from(["coin", "maze", "reward", "agent", "filter", "attack", "probe", "judge"])


@st.composite
def courses(draw: st.DrawFn) -> list[Candidate]:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    names = st.lists(st.sampled_from(KEYS), max_size=5).map(tuple)
    counts = st.dictionaries(WORDS, st.integers(1, 9))
    groups = st.sampled_from(["", "first", "second"])
    return [
        Candidate(key, draw(counts), draw(names), draw(names), draw(groups)) for key in sorted(keys)
    ]


def lesson(key: str, text: str, group: str = "", near: tuple[str, ...] = ()) -> Candidate:
    return Candidate(key, count_words("", text), near=near, group=group)


@given(courses())
def test_the_authors_own_come_first_and_nothing_comes_twice(course: list[Candidate]) -> None:
    keys = {candidate.key for candidate in course}
    for candidate in course:
        found = relate(course)[candidate.key]
        own = [key for key in dict.fromkeys(candidate.named) if key in keys - {candidate.key}]
        far = [key for key in own if key not in candidate.near]
        assert list(found[: len(far)]) == far
        assert {*own} <= {*found}
        assert len(found) == len(set(found)) <= max(WANTED, len(own))
        assert candidate.key not in found


@given(courses())
def test_neighbours_come_last_and_only_make_a_row_whole(course: list[Candidate]) -> None:
    for candidate in course:
        found = relate(course)[candidate.key]
        near = [key in candidate.near for key in found]
        assert near == sorted(near)
        unasked = {*candidate.near} & {*found} - {*candidate.named}
        assert len(course) != WANTED + 1 or len(found) == WANTED
        assert not unasked or len(found) == WANTED


@given(courses(), st.randoms(use_true_random=False))
def test_the_order_of_lessons_and_words_decides_nothing(
    course: list[Candidate], chance: random.Random
) -> None:
    mixed = []
    for candidate in chance.sample(course, len(course)):
        words = chance.sample(list(candidate.counts.items()), len(candidate.counts))
        near, named, group = candidate.near, candidate.named, candidate.group
        mixed.append(Candidate(candidate.key, dict(words), named, near, group))
    assert relate(mixed) == relate(course)


def test_lessons_with_rare_words_in_common_are_related() -> None:
    course = [
        lesson("a", "the agent walks to the coin in the maze"),
        lesson("b", "the filter stops the attack"),
        lesson("c", "the maze holds a coin"),
        lesson("d", "the filter is probed by an attack"),
        lesson("e", "the judge reads"),
    ]
    assert relate(course) == {"a": ("c",), "b": ("d",), "c": ("a",), "d": ("b",), "e": ()}


def test_neighbours_stand_there_anyway() -> None:
    course = [lesson("a", "coin", near=("b",)), lesson("b", "coin"), lesson("c", "other")]
    found = relate(course)
    assert found["a"] == ()
    assert found["b"] == ("a",)


def test_every_lesson_of_a_course_of_four_has_a_whole_row() -> None:
    words = {"a": "coin maze", "b": "coin judge", "c": "maze judge", "d": "coin maze"}
    order = list(words)
    course = [
        lesson(key, text, near=(*order[at + 1 : at + 2], *order[max(0, at - 1) : at]))
        for at, (key, text) in enumerate(words.items())
    ]
    assert relate(course) == {
        "a": ("c", "d", "b"),
        "b": ("d", "c", "a"),
        "c": ("a", "d", "b"),
        "d": ("a", "b", "c"),
    }


def test_a_neighbour_that_its_author_names_comes_last() -> None:
    course = [lesson(key, "coin") for key in "bc"]
    first = Candidate("a", count_words("", "coin"), named=("b", "c"), near=("b",))
    assert relate([first, *course])["a"] == ("c", "b")


def test_equal_likeness_is_settled_by_the_path() -> None:
    course = [lesson(key, f"coin {'x' * 3}{key * 3}") for key in ("z", "m", "b")]
    course += [lesson(f"other/{n}", f"word{'abcdefghijkl'[n] * 4}") for n in range(12)]
    assert relate(course)["m"] == ("b", "z")


def test_one_track_gives_two_as_long_as_another_has_something() -> None:
    same = [lesson(f"same/{n}", "coin coin maze", "one") for n in range(4)]
    rest = [lesson(f"rest/{n}", "nothing else", "two") for n in range(21)]
    course = [*same, *rest]
    assert relate(course)["same/0"] == ("same/1", "same/2", "same/3")
    far = lesson("zz", "coin", "two")
    assert relate([*course, far])["same/0"] == ("same/1", "same/2", "zz")


def test_a_title_counts_more_than_the_text_and_a_plural_as_its_singular() -> None:
    counts = count_words("Coins and 2 Pits", "a coin, the pits; class")
    assert counts == {"coin": 9, "and": 8, "pit": 9, "the": 1, "class": 1}

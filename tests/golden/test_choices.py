"""The course's single choices: how long a choice is does not give the answer away."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import pytest
from sites import ROOT

from coursewright.blocks.page import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LESSONS = sorted((ROOT / "docs/lessons").glob("*.md"))
type Lengths = tuple[int, list[int]]


def lengths(path: Path) -> list[Lengths]:
    """Return, for each single choice, the length of the right one and of all others."""
    page = read_page(path.read_bytes(), path.name)
    return [
        (
            next(len(choice.text.text) for choice in question.choices if choice.correct),
            [len(choice.text.text) for choice in question.choices if not choice.correct],
        )
        for question in page.questions
        if question.kind == "single"
    ]


def is_given_away(questions: Sequence[Lengths]) -> bool:
    """Tell whether the right choice is the longest more often than chance makes likely.

    By chance it is in one of `n` where there are `n` choices; one standard deviation is allowed.
    """
    shares = [1 / (1 + len(others)) for _, others in questions]
    longest = sum(right > max(others) for right, others in questions)
    return longest > sum(shares) + sqrt(sum(share * (1 - share) for share in shares))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_right_choice_is_not_known_by_its_length(path: Path) -> None:
    questions = lengths(path)
    assert len(questions) >= 8
    assert not is_given_away(questions)


def test_six_longest_of_ten_give_away() -> None:
    others = [40, 41, 42]
    assert is_given_away([(50, others)] * 6 + [(30, others)] * 4)
    assert not is_given_away([(50, others)] * 3 + [(30, others)] * 7)

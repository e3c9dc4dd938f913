"""Problems of a course's arrangement: lessons that the navigation omits, lessons without a track.

Pure: what the navigation says comes as plain data. Does not import MkDocs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab.problems import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonlab.problems import Problem

COURSE_FILE = "mkdocs.yml"
"""Path of problems that belong to no page."""


@dataclass(frozen=True)
class Spot:
    """Where a lesson stands: its file, its track (may be empty), and its way into the navigation.

    `is_left_out` is True when the course has a navigation of its own, the lesson is not in it, and
    nobody said that this is meant.
    """

    path: str
    track: str
    is_left_out: bool


def check_outline(spots: Sequence[Spot], folder: str | None = None) -> list[Problem]:
    """Find lessons that readers cannot reach by the navigation, and lessons without a track.

    A lesson that the navigation omits has no track for that reason alone, which is not said twice.

    Args:
        spots: The lessons.
        folder: The folder that the author named for lessons; None when it is the default, so that
            a course need not have any.
    """
    if not spots and folder is not None:
        return [problem("course-no-lessons", 0, folder=folder).at(COURSE_FILE)]
    problems = [
        problem("lesson-not-in-nav", 1, file=spot.path).at(spot.path)
        for spot in spots
        if spot.is_left_out
    ]
    placed = [spot for spot in spots if not spot.is_left_out]
    if placed and not any(spot.track for spot in placed):
        return [*problems, problem("course-no-tracks", 0).at(COURSE_FILE)]
    problems += [problem("lesson-no-track", 1).at(spot.path) for spot in placed if not spot.track]
    return problems

"""Problems of a course's arrangement: what the navigation omits or misspells, missing tracks.

Pure: what the navigation says comes as plain data. Does not import MkDocs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonlab.problems import nearest, phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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


def check_outline(
    spots: Sequence[Spot],
    folder: str | None = None,
    *,
    names: Sequence[str] = (),
    pages: Collection[str] = (),
    lines: Mapping[str, Sequence[int]] | None = None,
) -> list[Problem]:
    """Find what is wrong with the navigation, and lessons without a track.

    A lesson that the navigation omits has no track for that reason alone, which is not said twice;
    nor is it said that a lesson is missing whose name is only misspelt.

    Args:
        spots: The lessons.
        folder: The folder that the author named for lessons; None when it is the default, so that
            a course need not have any.
        names: The files that the navigation names, in its order.
        pages: The pages that exist.
        lines: In which lines of `mkdocs.yml`, from 1, a name stands, where that is known.
    """
    if not spots and folder is not None:
        return [problem("course-no-lessons", 0, folder=folder).at(COURSE_FILE)]
    meant = {nearest(found, pages) for found in names if found not in pages}
    problems = _check_names(names, pages, lines or {})
    problems += [
        problem("lesson-not-in-nav", 1, file=spot.path).at(spot.path)
        for spot in spots
        if spot.is_left_out and spot.path not in meant
    ]
    placed = [spot for spot in spots if not spot.is_left_out]
    if placed and not any(spot.track for spot in placed):
        return [*problems, problem("course-no-tracks", 0).at(COURSE_FILE)]
    problems += [problem("lesson-no-track", 1).at(spot.path) for spot in placed if not spot.track]
    return problems


def _check_names(
    names: Sequence[str], pages: Collection[str], lines: Mapping[str, Sequence[int]]
) -> list[Problem]:
    problems: list[Problem] = []
    for name, count in Counter(names).items():
        *_, line = lines.get(name) or [0]
        if name not in pages:
            suggestion = suggest(name, pages, otherwise=phrase("no-such-page"))
            item = problem("nav-unknown", line, found=name, suggestion=suggestion)
            problems.append(item.at(COURSE_FILE))
        elif count > 1:
            item = problem("nav-repeated", line, found=name, count=count)
            problems.append(item.at(COURSE_FILE))
    return problems

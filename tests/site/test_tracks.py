"""The block `tracks` in a course too large to show every lesson as a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from coursewright.lessons import CARDS, CARDS_OF_TRACK, Card, tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]


def cards(count: int, tracks: int, minutes: int = 5) -> list[Card]:
    return [
        Card(
            f"l{n}", n + 1, f"Lesson {n}", f"l{n}.html", f"Track {n * tracks // count}", minutes, ""
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [(CARDS, 3, CARDS), (CARDS + 1, 3, CARDS_OF_TRACK), (2116, 12, 3), (2116, 176, 0)],
)
def test_a_page_shows_a_bounded_number_of_cards(count: int, of: int, shown: int) -> None:
    found = tracks(cards(count, of))
    assert len(found) == of
    assert {track.shown for track in found} == {shown}
    assert sum(len(track.cards) for track in found) == count
    assert sum(len(track.cards[: track.shown]) for track in found) <= CARDS


def test_many_minutes_are_told_as_hours() -> None:
    (long,) = tracks(cards(200, 1))
    (short,) = tracks(cards(4, 1, minutes=45))
    assert (long.hours, short.hours) == (17, 0)


def test_lessons_beyond_the_first_stand_in_a_closed_list(make_site: MakeSite) -> None:
    lesson = "---\ntitle: Lesson & {0}\n---\n\n## A\n\nText.\n"
    files = {f"docs/lessons/a/{n:02}.md": lesson.format(n) for n in range(CARDS)}
    last = {"docs/lessons/b/only.md": lesson.format("only")}
    site = make_site({**files, **last, "docs/index.md": "# Home\n\n/// tracks\n///\n"})
    html = site.read("index.html")
    assert html.count("data-cw-card=") == CARDS_OF_TRACK + 1
    (closed,) = re.findall(r"<details class=\"cw-track__rest\"[^>]*>.*?</details>", html, re.DOTALL)
    assert f"<summary>{CARDS - CARDS_OF_TRACK} more lessons</summary>" in closed
    values = range(CARDS_OF_TRACK + 1, CARDS + 1)
    assert re.findall(r'<li value="(\d+)">', closed) == [str(number) for number in values]
    numbers = re.findall(r'data-cw-card="[^"]*">\s*<p[^>]*><span>(.*?)</span>', html)
    assert numbers == [*(f"Lesson {n + 1}" for n in range(CARDS_OF_TRACK)), f"Lesson {CARDS + 1}"]
    links = re.findall(r'<a href="(lessons/a/\d+\.html)">Lesson &amp; \d+</a>', closed)
    assert links == [f"lessons/a/{n:02}.html" for n in range(CARDS_OF_TRACK, CARDS)]

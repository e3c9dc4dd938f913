"""Pages in course order become lessons: number, total, track, neighbours, and the frozen view.

A template reads nothing about a lesson but its `LessonView`, made by `view` alone, so that a hash
of the view can be the page's cache key. Knows MkDocs' pages; does not know blocks or templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursewright.identifiers import made_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.structure.pages import Page

    from coursewright.concepts import Cluster
    from coursewright.frontmatter import FrontMatter

WORDS_PER_MINUTE = 180
MINUTES_PER_QUESTION = 1
MINUTES_PER_LAB = 4

CARDS = 60
"""A course of no more lessons shows a card for each; of a larger one, so many at most."""
CARDS_OF_TRACK = 6
ROW = 3
"""A track shows whole rows of cards."""
HOURS_FROM = 600
"""So many minutes are told as hours."""


@dataclass(frozen=True)
class Neighbour:
    """Another lesson as a link. `url` is relative to the site's root."""

    title: str
    url: str


@dataclass(frozen=True)
class Card:
    """A lesson as other pages show it.

    `number` is its place in the course, from 1; `url` is relative to the site's root, `minutes`
    whole.
    """

    id: str
    number: int
    title: str
    url: str
    track: str
    minutes: int
    deck: str


@dataclass(frozen=True)
class Track:
    """Lessons that belong together, in course order. Without tracks the title is empty.

    The first `shown` lessons get cards, the others stand in a closed list.
    """

    title: str
    cards: tuple[Card, ...]
    shown: int

    @property
    def minutes(self) -> int:
        """How long all of its lessons take."""
        return sum(card.minutes for card in self.cards)

    @property
    def hours(self) -> int:
        """The same in hours, 0 for what is better told in minutes."""
        return round(self.minutes / 60) if self.minutes >= HOURS_FROM else 0


@dataclass(frozen=True)
class PathStep:
    """One main move of the lesson. `anchor` is the id of its heading, without `#`."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Entry:
    """A lesson page on its way into the order of the course."""

    page: Page
    meta: FrontMatter
    id: str
    title: str


@dataclass(frozen=True)
class Lesson:
    """A page with its place in the course. `number` counts from 1 to `total`."""

    page: Page
    meta: FrontMatter
    id: str
    number: int
    total: int
    track: str
    title: str
    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True)
class Content:
    """What was counted and found while a lesson's text was rendered.

    `words` are those of the running text; `questions` stand inside quizzes, `checks` outside;
    `headings` are the second-level headings in order; `cluster` is None without concepts; `index`
    is the address of the script with the lesson's passages, relative to the site's root.
    """

    words: int
    questions: int
    checks: int
    labs: int
    headings: tuple[PathStep, ...]
    cluster: Cluster | None
    index: str


@dataclass(frozen=True)
class LessonView:
    """Everything the lesson templates may read. `minutes` is a positive whole number.

    `questions` counts the questions inside quizzes, `checks` those between the sections.
    """

    id: str
    number: int
    total: int
    track: str
    title: str
    deck: str
    minutes: int
    questions: int
    checks: int
    labs: int
    path: tuple[PathStep, ...]
    cluster: Cluster | None
    previous: Neighbour | None
    next: Neighbour | None
    related: tuple[Card, ...]
    index: str


def is_lesson(page: Page, meta: FrontMatter, folder: str) -> bool:
    """Tell whether a page is a lesson: by its folder, unless its front matter says otherwise."""
    if meta.lesson is not None:
        return meta.lesson
    return page.file.src_uri.startswith(f"{folder.strip('/')}/")


def default_id(src_uri: str) -> str:
    """Return the lesson id made from the path: `lessons/a/b.md` -> `a-b`."""
    path = re.sub(r"(/(index|README))?\.(md|markdown)$", "", src_uri)
    parts = path.split("/")
    name = "-".join(parts[1:] if len(parts) > 1 else parts)
    return made_from(name, "lesson")


def in_order(entries: Sequence[Entry]) -> list[Lesson]:
    """Number the lesson pages, given in course order."""
    links = [Neighbour(entry.title, entry.page.url) for entry in entries]
    return [
        Lesson(
            page=entry.page,
            meta=entry.meta,
            id=entry.id,
            number=index + 1,
            total=len(entries),
            track=entry.meta.track or (entry.page.parent.title if entry.page.parent else ""),
            title=entry.title,
            previous=links[index - 1] if index else None,
            next=links[index + 1] if index + 1 < len(entries) else None,
        )
        for index, entry in enumerate(entries)
    ]


def minutes(lesson: Lesson, content: Content) -> int:
    """Return how long a lesson takes: as its author says, or counted from what it holds."""
    asked = content.questions + content.checks
    counted = (
        content.words / WORDS_PER_MINUTE
        + asked * MINUTES_PER_QUESTION
        + content.labs * MINUTES_PER_LAB
    )
    return lesson.meta.minutes or max(5, round(counted / 5) * 5)


def card(lesson: Lesson, content: Content) -> Card:
    """Return what other pages show of a lesson."""
    return Card(
        id=lesson.id,
        number=lesson.number,
        title=lesson.title,
        url=lesson.page.url,
        track=lesson.track,
        minutes=minutes(lesson, content),
        deck=lesson.meta.description or "",
    )


def view(lesson: Lesson, content: Content, related: Sequence[Card] = ()) -> LessonView:
    """Build the one frozen value that the templates read."""
    return LessonView(
        id=lesson.id,
        number=lesson.number,
        total=lesson.total,
        track=lesson.track,
        title=lesson.title,
        deck=lesson.meta.description or "",
        minutes=minutes(lesson, content),
        questions=content.questions,
        checks=content.checks,
        labs=content.labs,
        path=_path(lesson.meta.path, content.headings),
        cluster=content.cluster,
        previous=lesson.previous,
        next=lesson.next,
        related=tuple(related),
        index=content.index,
    )


def tracks(cards: Sequence[Card]) -> tuple[Track, ...]:
    """Group lessons, given in course order, by track; tracks come in the order of their first."""
    grouped: dict[str, list[Card]] = {}
    for each in cards:
        grouped.setdefault(each.track, []).append(each)
    limit = len(cards)
    if limit > CARDS:
        limit = min(CARDS_OF_TRACK, CARDS // len(grouped) // ROW * ROW)
    return tuple(Track(title, tuple(group), limit) for title, group in grouped.items())


def _path(wanted: Sequence[str], headings: Sequence[PathStep]) -> tuple[PathStep, ...]:
    if not wanted:
        return tuple(headings)
    entries = [entry.casefold().strip() for entry in wanted]
    return tuple(
        step
        for entry in entries
        for step in headings
        if entry in (step.anchor, step.title.casefold())
    )

"""What only the whole course knows, written into its pages once all of them are rendered.

Related lessons, tracks, the glossary, the page with the reader's progress.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs.utils import get_relative_url

from coursewright import glossary, page_toc
from coursewright.lessons import PathStep, tracks
from coursewright.related import Candidate, relate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.structure.pages import Page

    from coursewright.glossary import Explained
    from coursewright.lessons import Card, Lesson

TRACKS_PLACE = "<div data-cw-tracks></div>"
"""What the template of a block `tracks` leaves in a page."""


@dataclass(frozen=True)
class Fill:
    """Fills templates whose addresses become relative to a page."""

    env: Environment
    words: Callable[..., str]

    def __call__(self, template: str, page: Page, **data: object) -> str:
        """Return HTML for a place in `page`."""
        base = get_relative_url(".", page.url)
        return self.env.get_template(template).render(
            t=self.words, page=page, base_url=base, **data
        )


def related(
    lessons: Mapping[str, Lesson],
    cards: Mapping[str, Card],
    counts: Mapping[str, Mapping[str, int]],
) -> dict[str, tuple[Card, ...]]:
    """Return the cards of the lessons related to each lesson.

    Args:
        lessons: By `src_uri`, in course order.
        cards: Those of the lessons that were rendered: a draft is not.
        counts: The words of these lessons.
    """
    uris = {lesson.id: uri for uri, lesson in lessons.items()}
    order = list(lessons)
    candidates = [
        Candidate(
            key=uri,
            counts=counts[uri],
            named=tuple(uris[name] for name in lesson.meta.related if name in uris),
            near=(*order[at + 1 : at + 2], *order[max(0, at - 1) : at]),
            group=lesson.track,
        )
        for at, (uri, lesson) in enumerate(lessons.items())
        if uri in cards
    ]
    found = relate(candidates).items()
    return {uri: tuple(cards[other] for other in others) for uri, others in found}


def write_glossary(
    page: Page, fill: Fill, explained: Sequence[Explained], anchors: Mapping[str, str]
) -> None:
    """Write the terms of all lessons, given in course order, into the glossary."""
    letters = glossary.arrange(explained, anchors)
    count = sum(len(letter.entries) for letter in letters)
    html = fill("cw/glossary.html", page, letters=letters, count=count)
    page.content = f"{page.content}\n{html}"
    page_toc.add(page, [PathStep(letter.name, letter.anchor) for letter in letters])
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors.values()}


def write_progress(page: Page, fill: Fill) -> None:
    """Write the place where the reader's progress is drawn."""
    page.content = f"{page.content}\n{fill('cw/progress-page.html', page)}"


def place_tracks(page: Page, fill: Fill, cards: Iterable[Card]) -> None:
    """Put the tracks where the author wants them; a second block on a page stays empty."""
    before, place, after = (page.content or "").partition(TRACKS_PLACE)
    if place:
        html = fill("cw/tracks.html", page, tracks=tracks(tuple(cards)))
        page.content = f"{before}{html}{after.replace(TRACKS_PLACE, '')}"

"""A page's second-level headings: read as steps, and joined by those that templates write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs.structure.toc import AnchorLink

from coursewright.blocks.content import Quiz, Terms
from coursewright.lessons import PathStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.structure.pages import Page

    from coursewright.blocks.content import AnyContent

LEVEL = 2


def steps(page: Page) -> tuple[PathStep, ...]:
    """Return the second-level headings in order; titles are HTML text without tags."""
    items = list(page.toc)
    nested = [child for item in items for child in item.children]
    found = [item for item in [*items, *nested] if item.level == LEVEL]
    return tuple(PathStep(re.sub(r"<[^>]+>", "", item.title).strip(), item.id) for item in found)


def extend(page: Page, contents: Iterable[AnyContent], words: Callable[..., str]) -> None:
    """Add the headings that templates of blocks write to the page's table of contents."""
    for content in contents:
        if isinstance(content, Terms):
            page.toc.items.append(AnchorLink(words("terms.title"), "cw-terms-title", LEVEL))
        elif isinstance(content, Quiz):
            title = content.title.html if content.title else words("quiz.title")
            page.toc.items.append(AnchorLink(str(title), content.id, LEVEL))


def add(page: Page, headings: Iterable[PathStep]) -> None:
    """Add headings below the page's title."""
    items = page.toc.items[0].children if page.toc.items else page.toc.items
    items.extend(AnchorLink(heading.title, heading.anchor, LEVEL) for heading in headings)

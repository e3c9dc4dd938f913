"""What MkDocs' navigation says of a course: its pages in order, and the names in it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page

from coursewright.outline import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from coursewright.lessons import Lesson


def configure(config: MkDocsConfig) -> None:
    """Leave names that no page has to our own report, unless the author chose another level."""
    if config.validation.nav.not_found == logging.WARNING:
        config.validation.nav.not_found = logging.DEBUG


def listed(nav: Navigation) -> list[Page]:
    """Return the pages of the navigation in order, each once.

    MkDocs makes a page for every entry, and builds the last one that it made for a file.
    """
    found = {page.file.src_uri: page.file.page or page for page in nav.pages}
    return list(found.values())


def unlisted(files: Files, nav: Navigation, config: MkDocsConfig) -> list[Page]:
    """Return the pages that the navigation omits."""
    named = {page.file.src_uri for page in nav.pages}
    # MkDocs makes the pages under `not_in_nav` only later.
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    return [page for page in pages if page.file.src_uri not in named]


def names(nav: Navigation, config: MkDocsConfig) -> list[str]:
    """Return the files that the navigation names, those that do not exist included.

    Empty where the author allows names of files that do not exist.
    """
    pages = [page.file.src_uri for page in nav.pages]
    if config.validation.nav.not_found != logging.DEBUG:
        return pages
    return [*pages, *(link.url for link in _links(nav.items) if _is_file(link.url))]


def spots(lessons: Sequence[Lesson], left: Sequence[Page]) -> list[Spot]:
    """Return where each lesson stands; `left` are the pages that the navigation omits."""
    left_out = {id(page) for page in left if page.file.inclusion.is_in_nav()}
    return [
        Spot(lesson.page.file.src_uri, lesson.track, id(lesson.page) in left_out)
        for lesson in lessons
    ]


def _links(items: Iterable[StructureItem]) -> list[Link]:
    found: list[Link] = []
    for item in items:
        if isinstance(item, Link):
            found.append(item)
        elif isinstance(item, Section):
            found += _links(item.children)
    return found


def _is_file(url: str) -> bool:
    parts = urlsplit(url)
    return not (parts.scheme or parts.netloc or url.startswith("/"))

"""Puts a page into the navigation of `mkdocs.yml` as text, so that comments and layout stay.

The result is read again and compared with what was meant; when it differs, or the place cannot be
told, the text stays as it was. Pure: text in, text out. Does not import MkDocs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from coursewright.command_words import WORDS
from lessonlab.problems import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

type Tree = str | list[Tree] | list[tuple[Tree, Tree]]
"""A YAML node without its marks and tags."""


class UnknownTrackError(Exception):
    """The navigation has no section of that title. Its text is one sentence for the author."""


@dataclass(frozen=True)
class NavEdit:
    """The new text and the line (from 1) of the new entry; both None when nothing was changed."""

    text: str | None
    line: int | None
    has_nav: bool


@dataclass(frozen=True)
class _Section:
    """A list in the navigation. `title` is empty for the outermost one."""

    title: str
    items: yaml.SequenceNode


def add_to_nav(text: str, entry: str, *, folder: str, track: str | None = None) -> NavEdit:
    """Add a page behind the last lesson of the navigation, or of one of its sections.

    Args:
        text: The configuration file.
        entry: The page's path as the navigation names it.
        folder: The folder of lessons; a page below it is a lesson.
        track: Title of the section to use.

    Raises:
        UnknownTrackError: There is no such section.
    """
    nav = _nav(text)
    if nav is None:
        return NavEdit(None, None, has_nav=False)
    sections = list(_sections("", nav))
    if track is not None:
        sections = [item for item in sections if item.title.casefold() == track.casefold()]
        if not sections:
            known = listing(item.title for item in _sections("", nav) if item.title)
            raise UnknownTrackError(WORDS["no-track"].format(track=track, known=known))
    place = _last_lesson(sections, f"{folder}/")
    if place is None and track is not None:
        place = (sections[0], len(sections[0].items.value) - 1)
    empty = [item for item in sections if not item.items.value]
    if place is None and len(empty) == 1:
        place = (empty[0], -1)
    edited = _insert(text, entry, *place) if place else None
    return NavEdit(*edited, has_nav=True) if edited else NavEdit(None, None, has_nav=True)


def _nav(text: str) -> yaml.SequenceNode | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((value for key, value in pairs if key.value == "nav"), None)
    return found if isinstance(found, yaml.SequenceNode) else None


def _sections(title: str, items: yaml.SequenceNode) -> Iterator[_Section]:
    yield _Section(title, items)
    for item in items.value:
        if isinstance(item, yaml.MappingNode):
            for key, value in item.value:
                if isinstance(value, yaml.SequenceNode):
                    yield from _sections(str(key.value), value)


def _last_lesson(sections: list[_Section], folder: str) -> tuple[_Section, int] | None:
    """Return the section and the place in it of the lesson that stands last in the file."""
    found = [
        (_page(item), section, at)
        for section in sections
        for at, item in enumerate(section.items.value)
        if _page(item) is not None
    ]
    lessons = [
        (page.start_mark.index, section, at)
        for page, section, at in found
        if page is not None and str(page.value).startswith(folder)
    ]
    return max(lessons, key=lambda lesson: lesson[0])[1:] if lessons else None


def _page(item: yaml.Node) -> yaml.ScalarNode | None:
    """Return the node with the address of an entry `page.md` or `Title: page.md`."""
    if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
        item = item.value[0][1]
    return item if isinstance(item, yaml.ScalarNode) else None


def _insert(text: str, entry: str, section: _Section, at: int) -> tuple[str, int] | None:
    if not section.items.value:
        start, end = section.items.start_mark, section.items.end_mark
        changed = f"{text[: start.index]}[{entry}]{text[end.index :]}"
        is_meant = _is_as_meant(text, changed, entry, section, at)
        return (changed, start.line + 1) if is_meant else None
    item = section.items.value[at]
    last = _last_scalar(item)
    if section.items.flow_style:
        index = item.end_mark.index
        changed = f"{text[:index]}, {entry}{text[index:]}"
    else:
        end = re.compile(r"\r\n|\n|\r|$").search(text, last.end_mark.index)
        if end is None:
            return None
        newline = end.group() or _newline(text)
        indent = " " * section.items.start_mark.column
        tail = newline if end.group() else ""
        changed = f"{text[: end.start()]}{newline}{indent}- {entry}{tail}{text[end.end() :]}"
    if not _is_as_meant(text, changed, entry, section, at):
        return None
    line = last.end_mark.line + (1 if section.items.flow_style else 2)
    return changed, line


def _newline(text: str) -> str:
    first = re.search(r"\r\n|\n|\r", text)
    return first.group() if first else "\n"


def _last_scalar(node: yaml.Node) -> yaml.Node:
    while isinstance(node, yaml.CollectionNode) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _is_as_meant(before: str, after: str, entry: str, section: _Section, at: int) -> bool:
    """Tell whether the new text differs from the old one by the entry alone."""
    try:
        old = yaml.compose(before, Loader=yaml.SafeLoader)
        new = yaml.compose(after, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    start = section.items.start_mark.index
    wanted, found = _tree(old, start, (at + 1, entry)), _tree(new, -1, (0, ""))
    once = 1 + str(_tree(old, -1, (0, ""))).count(entry)  # more where an alias repeats the list
    return wanted == found and str(found).count(entry) == once


def _tree(node: yaml.Node | None, start: int, added: tuple[int, str]) -> Tree:
    """Return a node as plain data, with an entry added to the list that begins at `start`."""
    if isinstance(node, yaml.MappingNode):
        return [(_tree(key, start, added), _tree(value, start, added)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        items = [_tree(item, start, added) for item in node.value]
        if node.start_mark.index == start:
            items.insert(*added)
        return items
    return str(node.value) if node else ""

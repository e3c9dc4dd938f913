"""Every term of a course in one list: what it means, where it is explained, what to see with it.

Pure: terms as the lessons rendered them go in, letters with entries come out. Addresses are
relative to the site's root.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursewright.blocks.options import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coursewright.blocks.session import Rendered
    from coursewright.lessons import PathStep

ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
IDS = re.compile(r'\sid="[^"]*"')
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
OTHER_LETTERS = "#"


@dataclass(frozen=True)
class Link:
    """Words that lead to an address. `words` is plain text."""

    words: str
    url: str


@dataclass(frozen=True)
class Explained:
    """A term as one lesson explains it.

    `means` is HTML; `lesson` leads to the term's first use in the text, else to the list of key
    terms; `section` leads to the section that explains the term and is None where none does;
    `see` names other terms.
    """

    term: str
    means: str
    lesson: Link
    section: Link | None
    see: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What a term means, as HTML, and the places that say so."""

    means: str
    places: tuple[tuple[Link, Link | None], ...]


@dataclass(frozen=True)
class Entry:
    """A term with all its meanings. `see` leads to other entries."""

    term: str
    anchor: str
    meanings: tuple[Meaning, ...]
    see: tuple[Link, ...]


@dataclass(frozen=True)
class Letter:
    """The entries that begin with a letter."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


def explained(
    url: str, title: str, rendered: Rendered, headings: Iterable[PathStep]
) -> list[Explained]:
    """Return the key terms of a page.

    Args:
        url: The page's address, relative to the site's root.
        title: Its title.
        rendered: What its rendering yielded.
        headings: Its second-level headings.
    """
    titles = {heading.anchor: heading.title for heading in headings}
    found = []
    for term in rendered.terms:
        section = rendered.sections.get(term.term, "")
        to_section = Link(titles[section], f"{url}#{section}") if section in titles else None
        found.append(
            Explained(
                term=term.term,
                means=reroot(term.means.block, url),
                lesson=Link(title, f"{url}#{term.use or term.anchor}"),
                section=to_section,
                see=tuple(other for other, _ in term.see),
            )
        )
    return found


def fold(term: str) -> str:
    """Return what two spellings of one term share."""
    return " ".join(term.casefold().split())


def anchors(terms: Iterable[str]) -> dict[str, str]:
    """Give each term, folded, an id of its own within the glossary."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for term in terms:
        if fold(term) in found:
            continue
        anchor = base = f"term-{slug(term) or len(found) + 1}"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        found[fold(term)] = anchor
    return found


def arrange(explained: Sequence[Explained], ids: Mapping[str, str]) -> tuple[Letter, ...]:
    """Put the terms of all lessons into the order of the alphabet.

    Args:
        explained: In course order; a term may stand in several lessons.
        ids: The anchor of every term, folded.
    """
    by_term: dict[str, list[Explained]] = {}
    for item in explained:
        by_term.setdefault(fold(item.term), []).append(item)
    names = {key: items[0].term for key, items in by_term.items()}
    letters: dict[str, list[Entry]] = {}
    for key in sorted(by_term, key=lambda key: (_plain(key), key)):
        letters.setdefault(_letter(key), []).append(_entry(key, by_term[key], names, ids))
    return tuple(
        Letter(name, f"letter-{slug(name) or format(ord(name[0]), 'x')}", tuple(entries))
        for name, entries in sorted(letters.items())
    )


def reroot(html: str, url: str) -> str:
    """Make the links of a page's HTML work from the site's root; drop its ids.

    Args:
        html: A part of the page.
        url: The page's own address, relative to the site's root.
    """

    def replace(match: re.Match[str]) -> str:
        name, target = match.groups()
        if not target or ABSOLUTE.match(target):
            return match.group()
        path, mark, anchor = target.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(url), path)) if path else url
        return f'{name}="{whole}{mark}{anchor}"'

    return ADDRESS.sub(replace, IDS.sub("", html))


def _entry(
    key: str, items: Sequence[Explained], names: Mapping[str, str], ids: Mapping[str, str]
) -> Entry:
    meanings: dict[str, list[tuple[Link, Link | None]]] = {}
    for item in items:
        meanings.setdefault(item.means, []).append((item.lesson, item.section))
    others = dict.fromkeys(fold(other) for item in items for other in item.see)
    return Entry(
        term=items[0].term,
        anchor=ids[key],
        meanings=tuple(Meaning(means, tuple(places)) for means, places in meanings.items()),
        see=tuple(
            Link(names[other], f"#{ids[other]}")
            for other in others
            if other in names and other != key
        ),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text


def _letter(key: str) -> str:
    first = _plain(key)[0].upper()
    return first if first.isalpha() else OTHER_LETTERS

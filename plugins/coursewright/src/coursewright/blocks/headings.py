"""The headings of a page, from its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coursewright.blocks.options import slug
from coursewright.blocks.source import fold, outside_fences
from coursewright.scan import Line
from coursewright.tokens import UNDERLINE

if TYPE_CHECKING:
    from coursewright.scan import Document

ATX = re.compile(r" {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
ATTRIBUTES = re.compile(r"\s*\{:?\s*([^}]*)\}\s*$")
ID = re.compile(r"(?:^|\s)#([\w-]+)")
MARKS = re.compile(r"[*_`]+")


@dataclass(frozen=True)
class Heading:
    """A heading outside of blocks: its level from 1 to 6, text without marks, line from 1.

    `names` are the ways to refer to it, case folded: its text, its slug, its id if it has one.
    """

    level: int
    text: str
    line: int
    names: tuple[str, ...]


def read_headings(document: Document) -> tuple[Heading, ...]:
    """Return the headings of a page in order."""
    kept = outside_fences(document.outside())
    headings: list[Heading] = []
    for line, below in pairwise([*kept, Line(0, "")]):
        if atx := ATX.match(line.text):
            headings.append(_heading(len(atx.group(1)), atx.group(2), line.number))
        elif re.match(r"\w", line.text) and UNDERLINE.fullmatch(below.text.strip()):
            headings.append(_heading(1 if "=" in below.text else 2, line.text, line.number))
    return tuple(headings)


def _heading(level: int, written: str, line: int) -> Heading:
    attributes = ATTRIBUTES.search(written)
    text = fold(MARKS.sub("", ATTRIBUTES.sub("", written)))
    names = [text.casefold(), slug(text)]
    if attributes and (found := ID.search(attributes.group(1))):
        names.append(found.group(1).casefold())
    return Heading(level, text, line, tuple(names))

"""Where mistakes that lie in no block are shown in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.content import Broken
from coursewright.tokens import HEADING, TAB_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coursewright.blocks.page import Placed
    from coursewright.scan import Document
    from lessonlab.problems import Problem

REPLACING = frozenset({"block-stray-close"})
"""Problems whose line itself would show as literal text."""


def insertions(
    document: Document, placed: Sequence[Placed], problems: Sequence[Problem]
) -> Iterator[tuple[int, str, Broken, bool]]:
    """Yield where to put each error outside of blocks.

    Yields:
        The index (from 0) of the line before which it goes, the prefix of that line (quote marks
        and indentation), what to show, and whether it replaces that line.
    """
    first_line = document.lines[0].number
    for found in problems:
        if found.severity != "error" or any(item.covers(found) for item in placed):
            continue
        broken = Broken((found,), "", found.line)
        index = found.line - first_line
        if not 0 <= index < len(document.lines):
            yield _top(document), "", broken, False
            continue
        while index and document.rows[index].kind == "fence":
            index -= 1
            if document.rows[index].kind != "fence":
                index += 1
                break
        row = document.rows[index]
        in_item = row.indent >= TAB_COLUMNS
        prefix = "> " * row.quotes + " " * (row.indent if in_item else 0)
        yield index, prefix, broken, found.code in REPLACING


def _top(document: Document) -> int:
    """Return the index of the line below the page's title, or 0 when the page has none."""
    for index, row in enumerate(document.rows):
        if row.kind in {"blank", "comment"}:
            continue
        return index + 1 if HEADING.match(row.text) else 0
    return 0

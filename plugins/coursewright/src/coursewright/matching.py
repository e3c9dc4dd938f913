"""Second pass over a page: which closing line belongs to which opening line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursewright.rules import FOREIGN, RULES, is_allowed, name_of
from coursewright.tokens import TAB_COLUMNS, Row, leaves
from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from lessonlab.problems import Problem

MALFORMED = re.compile(r"(/+)\s*([A-Za-z][\w-]*)\s*([^\w\s-]?)\s*(.*)$")


@dataclass
class Span:
    """A block's rows: `start` to `end` (not part of it), `close` the closing row, if any."""

    start: int
    end: int
    close: int | None
    intact: bool
    ours: bool
    children: list[Span] = field(default_factory=list)


@dataclass
class _Open:
    index: int
    row: Row
    name: str | None  # of our block; None for a block of others
    known: bool
    strays: list[int] = field(default_factory=list)


def find_spans(
    rows: list[Row], first_line: int, foreign: frozenset[str]
) -> tuple[list[Span], list[Problem]]:
    """Match openings with closings.

    Malformed openings of our blocks are put right in `rows`, so that what follows is read as
    the author meant it.

    Returns:
        The outermost spans of our blocks, each with those inside it, and the problems found.
    """
    matcher = _Matcher(rows, first_line, FOREIGN | foreign)
    for index in range(len(rows)):
        matcher.take(index)
    matcher.finish()
    return _nest(matcher.spans), matcher.problems


class _Matcher:
    def __init__(self, rows: list[Row], first_line: int, foreign: frozenset[str]) -> None:
        self.rows = rows
        self.first_line = first_line
        self.foreign = foreign
        self.stack: list[_Open] = []
        self.spans: list[Span] = []
        self.problems: list[Problem] = []

    def take(self, index: int) -> None:
        """Read the next row."""
        row = self.rows[index]
        while self.stack and leaves(row, self.stack[-1].row):
            self._abandon(index)
        if row.kind == "close":
            self._close(index)
        elif row.kind == "open":
            self._open(index, well_formed=True)
        elif row.kind == "text" and row.text.startswith("/") and row.indent < TAB_COLUMNS:
            self._mend(index)

    def finish(self) -> None:
        """End what is still open."""
        while self.stack:
            self._abandon(len(self.rows))

    def _report(self, code: str, index: int, **values: object) -> None:
        self.problems.append(problem(code, self.first_line + index, **values))

    def _mend(self, index: int) -> None:
        """Recognize one of our names behind slashes in a line that opens no block as it stands."""
        row = self.rows[index]
        match = MALFORMED.match(row.text)
        if not match:
            return
        slashes, name, mark, rest = match.groups()
        enough = len(slashes) >= 3  # noqa: PLR2004 - the shortest opening
        if name not in RULES or (not enough and mark != "|"):
            return
        slashes = slashes if enough else "///"
        remedy = f"{slashes} {name}" + (f" | {rest}" if rest else "")
        self._report("block-opening", index, found=row.text, remedy=remedy)
        self.rows[index] = Row(
            "open", row.quotes, row.indent, remedy, len(slashes), name, rest.strip()
        )
        self._open(index, well_formed=False)

    def _open(self, index: int, *, well_formed: bool) -> None:
        row = self.rows[index]
        is_foreign = row.name in self.foreign and row.name not in RULES
        name = None if is_foreign else name_of(row.name)
        known = well_formed and (is_foreign or row.name in RULES)
        if well_formed and not known:
            names = phrase("known-blocks", names=listing(RULES))
            self._report(
                "block-unknown",
                index,
                name=row.name,
                suggestion=suggest(row.name, RULES, otherwise=names),
            )
        while self.stack and self._interrupts(name, row, self.stack[-1]):
            self._abandon(index)
        self.stack.append(_Open(index, row, name if name or is_foreign else row.name, known))

    def _interrupts(self, name: str | None, row: Row, top: _Open) -> bool:
        """Tell whether an opening shows that the block before it was forgotten open."""
        if top.name not in RULES or row.slashes < top.row.slashes:
            return False
        if name is None:
            return not RULES[top.name].has_text
        return not is_allowed(name, top.name)

    def _close(self, index: int) -> None:
        row = self.rows[index]
        mine = [entry.row.slashes == row.slashes for entry in self.stack]
        if not any(mine):
            if self.stack:
                self.stack[-1].strays.append(index)
            else:
                self._report("block-stray-close", index, found=row.text)
            return
        while self.stack[-1].row.slashes != row.slashes:
            self._abandon(index)
        entry = self.stack.pop()
        for stray in entry.strays:
            self._report("block-stray-close", stray, found=self.rows[stray].text)
        self._add(entry, index + 1, index, intact=entry.known)

    def _abandon(self, limit: int) -> None:
        """End the innermost block, which is not closed before row `limit`."""
        entry = self.stack.pop()
        if entry.strays:
            self._close_at_stray(entry)
            return
        if entry.known:
            slashes = "/" * entry.row.slashes
            self._report("block-unclosed", entry.index, opening=entry.row.text, slashes=slashes)
        self._add(entry, self._first_heading(entry, limit), None, intact=False)

    def _close_at_stray(self, entry: _Open) -> None:
        stray = entry.strays[0]
        self._report(
            "block-close-length",
            stray,
            found=self.rows[stray].text,
            opening=entry.row.text,
            first=self.first_line + entry.index,
            slashes="/" * entry.row.slashes,
        )
        for other in entry.strays[1:]:
            self._report("block-stray-close", other, found=self.rows[other].text)
        self._add(entry, stray + 1, stray, intact=False)

    def _first_heading(self, entry: _Open, limit: int) -> int:
        closed = [span for span in self.spans if span.close is not None]
        for index in range(entry.index + 1, limit):
            inner = any(span.start < index < span.end for span in closed)
            if self.rows[index].kind == "heading" and not inner:
                return index
        return limit

    def _add(self, entry: _Open, end: int, close: int | None, *, intact: bool) -> None:
        ours = entry.name is not None
        self.spans.append(Span(entry.index, end, close, intact, ours))


def _nest(spans: list[Span]) -> list[Span]:
    """Put each span of ours into the innermost span of ours around it."""
    outermost: list[Span] = []
    stack: list[Span] = []
    for span in sorted((span for span in spans if span.ours), key=lambda span: span.start):
        while stack and stack[-1].end <= span.start:
            stack.pop()
        (stack[-1].children if stack else outermost).append(span)
        stack.append(span)
    return outermost

"""Finds Coursewright's blocks in the source lines of a page.

Pure: lines in, a tree of blocks and a list of problems out. Every line keeps its number in the
author's file. Block names that belong to pymdown-extensions or Material are left to them. Does
not know what a block's body means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursewright import comments
from coursewright.matching import Span, find_spans
from coursewright.option_lines import Option, read_options
from coursewright.rules import RULES, is_allowed, name_of
from coursewright.tokens import QUOTE, TAB_COLUMNS, read_rows
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coursewright.tokens import Row
    from lessonlab.problems import Problem


@dataclass(frozen=True)
class Line:
    """A source line: its number from 1 in the author's file, and its text without line end.

    Inside a block the text lacks what belongs to the list item or quote around the block.
    """

    number: int
    text: str


@dataclass(frozen=True)
class Block:
    """One block as written.

    `line` and `end_line` are the numbers of its first and last line, both counted from 1 and
    both part of it. `opening` is the first line with the options, `body` what is in no child.
    `prefix` is the white space and quote marks before its first line. `name` is one of ours even
    if it was misspelt; `intact` is False when the block's first or last line, or its options,
    had a problem, `fenced` when a code fence in its body had. `comments` are lines of HTML
    comments in the block, which are in none of its parts.
    """

    name: str
    argument: str
    options: dict[str, Option]
    opening: tuple[Line, ...]
    body: tuple[Line, ...]
    children: tuple[Block, ...]
    closing: Line | None
    line: int
    end_line: int
    prefix: str
    slashes: int
    intact: bool
    fenced: bool
    comments: tuple[Line, ...]

    def all_lines(self) -> Iterator[Line]:
        """Yield every line of the block, children included, in no particular order."""
        yield from (*self.opening, *self.body, *self.comments)
        for child in self.children:
            yield from child.all_lines()
        if self.closing:
            yield self.closing


@dataclass(frozen=True)
class Document:
    """A page: its lines and what each is, its outermost blocks in order, its problems so far."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    def outside(self) -> tuple[Line, ...]:
        """Return the lines that are in no block and no comment."""
        taken = {line.number for block in self.blocks for line in block.all_lines()}
        return tuple(
            line
            for line, row in zip(self.lines, self.rows, strict=True)
            if line.number not in taken and row.kind != "comment"
        )


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Read a file's bytes as UTF-8, with or without a byte order mark.

    Returns:
        The text and no problem, or the text with replacement characters and one problem.
    """
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = len(split_lines(data[: error.start].decode("utf-8", "replace")))
        found = problem("file-not-utf8", line, byte=f"0x{data[error.start]:02X}")
        return data.decode("utf-8", "replace"), [found]


def split_lines(text: str) -> list[str]:
    """Split at the line ends that editors count: LF, CR LF and CR."""
    return re.split(r"\r\n|\n|\r", text)


def scan(text: str, first_line: int = 1, *, foreign: Iterable[str] = ()) -> Document:
    """Find the blocks of a page.

    Args:
        text: Markdown, without front matter.
        first_line: Number of its first line in the author's file, from 1.
        foreign: Names of further blocks that other Markdown extensions handle.

    Returns:
        The page's blocks. An unclosed block ends before the next heading, so that one mistake
        does not hide another.
    """
    texts = split_lines(text)
    rows, problems = read_rows(texts, first_line)
    spans, unmatched = find_spans(rows, first_line, frozenset(foreign))
    unfenced = frozenset(found.line for found in problems if found.code.startswith("fence-"))
    builder = _Builder(texts, rows, first_line, unfenced)
    blocks = builder.blocks(spans)
    problems += unmatched + builder.problems
    return Document(
        lines=tuple(Line(first_line + at, text) for at, text in enumerate(texts)),
        rows=tuple(rows),
        blocks=blocks,
        problems=tuple(sorted(problems, key=lambda found: found.line)),
    )


@dataclass
class _Builder:
    texts: list[str]
    rows: list[Row]
    first_line: int
    unfenced: frozenset[int]
    problems: list[Problem] = field(default_factory=list)

    def blocks(self, spans: list[Span]) -> tuple[Block, ...]:
        return tuple(self._block(span, None) for span in spans)

    def _block(self, span: Span, parent: Span | None) -> Block:
        row = self.rows[span.start]
        name = name_of(row.name) or row.name
        self._check_place(span, parent)
        last = span.end - 1 if span.close is not None else span.end
        written = self._lines(range(span.start + 1, last), row)
        inner = [line for line in written if not self._is_comment(line)]
        options = read_options(name, [(line.number, line.text) for line in inner])
        self.problems += options.problems
        children = tuple(self._block(child, span) for child in span.children)
        taken = {line.number for child in children for line in child.all_lines()}
        body = [line for line in inner[options.count :] if line.number not in taken]
        silent = [line for line in written if self._is_comment(line) and line.number not in taken]
        closing = self._lines(range(last, span.end), row)
        return Block(
            name=name,
            argument=row.argument,
            options=options.values,
            opening=(*self._lines(range(span.start, span.start + 1), row), *inner[: options.count]),
            body=tuple(body),
            children=children,
            closing=closing[0] if closing else None,
            line=self.first_line + span.start,
            end_line=self.first_line + span.end - 1,
            prefix=_prefix(self.texts[span.start], row),
            slashes=row.slashes,
            intact=span.intact and not options.problems,
            fenced=not any(line.number in self.unfenced for line in body),
            comments=tuple(silent),
        )

    def _is_comment(self, line: Line) -> bool:
        return self.rows[line.number - self.first_line].kind == "comment"

    def _check_place(self, span: Span, parent: Span | None) -> None:
        row = self.rows[span.start]
        if row.name not in RULES:
            return
        line = self.first_line + span.start
        outer = self.rows[parent.start] if parent else None
        outer_name = name_of(outer.name) if outer else ""
        if not is_allowed(row.name, outer_name):
            where = phrase("in-block" if outer_name else "on-the-page", outer=outer_name)
            has_own = row.name in {"quiz", "question", "hint", "explanation"}
            remedy = phrase(f"{row.name}-place" if has_own else "move-out")
            found = problem("block-misplaced", line, name=row.name, where=where, remedy=remedy)
            self.problems.append(found)
        elif outer and outer.slashes == row.slashes:
            self.problems.append(
                problem(
                    "block-same-length",
                    line,
                    opening=row.text,
                    outer=outer.text,
                    slashes="/" * (row.slashes + 1),
                )
            )

    def _lines(self, span: range, opening: Row) -> list[Line]:
        return [
            Line(self.first_line + at, _inner_text(self._text(at), opening))
            for at in span
            if at < len(self.texts)
        ]

    def _text(self, at: int) -> str:
        """Return a line without a comment that begins behind its text and goes on below."""
        row, text = self.rows[at], self.texts[at]
        is_cut = row.comment_to and row.kind != "comment"
        return text[: comments.opening(text)].rstrip() if is_cut else text


def _prefix(text: str, row: Row) -> str:
    quotes = QUOTE.match(text.expandtabs(TAB_COLUMNS)) if row.quotes else None
    return (quotes.group() if quotes else "") + " " * row.indent


def _inner_text(text: str, opening: Row) -> str:
    """Remove the quote marks and the indentation that `opening` has. Text without them stays."""
    for _ in range(opening.quotes):
        text = re.sub(r"^\s{0,3}> ?", "", text, count=1)
    if not opening.indent:
        return text
    white = len(text) - len(text.lstrip(" \t"))
    lead = text[:white].expandtabs(TAB_COLUMNS)
    return lead[min(len(lead), opening.indent) :] + text[white:]

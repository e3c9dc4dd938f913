"""First pass over a page: what each source line is, with code fences told apart from text.

Knows the shapes of lines (container prefix, fence, opening and closing slashes, heading), not
which blocks exist or how they nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coursewright import comments
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonlab.problems import Problem

TAB_COLUMNS = 4

QUOTE = re.compile(r"(?: {0,3}> ?)+")
OPENING = re.compile(r"(/{3,})[ ]*([A-Za-z][\w-]*)[ ]*(?:\|[ ]*(.*?)[ ]*)?$")
CLOSING = re.compile(r"(/{3,})[ ]*$")
FENCE = re.compile(r"(`{3,}|~{3,})[ ]*([^`]*)$")
CHOICE_FENCE = re.compile(r"[ \t]*[-*+][ \u00a0]\[[ xX]\][ ]+(?=`{3}|~{3})")
"""A choice of a question, up to the fence with which its text begins."""
HEADING = re.compile(r"#{1,6}(?:\s|$)")
UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
CONTAINER = re.compile(r"(?:[-+*]|\d+[.)])\s|:\s|\[\^[^\]]+\]:|(?:!!!|\?\?\?\+?|===[!+]?)\s")
"""Lines whose indented continuation is content: list items, definitions, footnotes, admonitions,
tabs. Below any other line, four spaces make indented code."""


@dataclass(frozen=True)
class Row:
    """One source line.

    `quotes` counts block-quote marks before `text`, `indent` the spaces after them (tabs count
    to the next multiple of four). `text` is the rest, without trailing white space. In a row of
    kind `open`, `name` is what the author wrote. A row of kind `comment` lies in an HTML comment,
    or holds nothing else; `comment_to` is the index of the last row of a comment that begins in
    this one and goes on below, else 0. Such a comment is no part of a `text` before it.
    """

    kind: Literal["blank", "text", "heading", "fence", "comment", "open", "close"]
    quotes: int
    indent: int
    text: str
    slashes: int = 0
    name: str = ""
    argument: str = ""
    comment_to: int = 0


def read_rows(lines: Sequence[str], first_line: int) -> tuple[list[Row], list[Problem]]:
    """Classify every line.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the author's file, from 1.
    """
    rows = [_shape(line) for line in lines]
    problems: list[Problem] = []
    index = inside = 0
    while index < len(rows):
        row = rows[index]
        if row.kind != "text" or _is_code(rows, index):
            index += 1
            continue
        if FENCE.match(row.text) or (inside and CHOICE_FENCE.match(row.text)):
            end, found = _close_fence(rows, index, first_line, inside=inside > 0)
            problems += found
            for inner in range(index, end):
                rows[inner] = replace(rows[inner], kind="fence")
            index = max(end, index + 1)
            continue
        end, found = _mark_comment(rows, index, first_line)
        problems += found
        if rows[index].kind == "text":
            rows[index] = _classify(rows, index)
        inside = max(0, inside + {"open": 1, "close": -1}.get(rows[index].kind, 0))
        index = end
    return rows, problems


def _mark_comment(rows: list[Row], index: int, first_line: int) -> tuple[int, list[Problem]]:
    """Mark the rows of a comment that begins in a row; return the index of the row after it."""
    if comments.is_alone(rows[index].text):
        rows[index] = replace(rows[index], kind="comment")
    column = comments.opening(rows[index].text)
    if column is None:
        return index + 1, []
    reach = comments.reach([row.text for row in rows], index)
    if reach.last is None:
        where = phrase("page-end")
        if reach.other is not None:
            where = phrase("next-comment", line=first_line + reach.other)
        return index + 1, [problem("comment-unclosed", first_line + index, where=where)]
    before = rows[index].text[:column].rstrip()
    rows[index] = replace(rows[index], text=before or rows[index].text, comment_to=reach.last)
    for inner in range(index + 1 if before else index, reach.last + 1):
        rows[inner] = replace(rows[inner], kind="comment")
    return reach.last + 1, []


def _shape(line: str) -> Row:
    text = line.expandtabs(TAB_COLUMNS).rstrip()
    quotes = QUOTE.match(text)
    rest = text[quotes.end() :] if quotes else text
    content = rest.lstrip(" ")
    return Row(
        kind="text" if content else "blank",
        quotes=quotes.group().count(">") if quotes else 0,
        indent=len(rest) - len(content),
        text=content,
    )


def _classify(rows: list[Row], index: int) -> Row:
    row = rows[index]
    if closing := CLOSING.match(row.text):
        return replace(row, kind="close", slashes=len(closing.group(1)))
    if opening := OPENING.match(row.text):
        slashes, name, argument = opening.groups(default="")
        return replace(row, kind="open", slashes=len(slashes), name=name, argument=argument)
    if HEADING.match(row.text) or _is_underlined(rows, index):
        return replace(row, kind="heading")
    return row


def _is_underlined(rows: list[Row], index: int) -> bool:
    if index + 1 == len(rows) or rows[index].text.startswith(("|", "-", "=", ">")):
        return False
    below = rows[index + 1]
    return below.quotes == rows[index].quotes and bool(UNDERLINE.match(below.text))


def _is_code(rows: list[Row], index: int) -> bool:
    """Tell whether a line is indented code and not the content of a list item or the like.

    Lines that would be plain text anyway are not looked into.
    """
    row = rows[index]
    if row.indent < TAB_COLUMNS:
        return False
    if row.text[0] not in "/`~" and comments.BEGIN not in row.text:
        return True
    for above in reversed(rows[:index]):
        if above.kind in {"blank", "comment"} or above.indent >= row.indent:
            continue
        if above.quotes != row.quotes:
            return True
        if CONTAINER.match(above.text):
            return False
        if above.indent == 0 or above.indent >= TAB_COLUMNS:
            return True
    return True


def _close_fence(
    rows: list[Row], start: int, first_line: int, *, inside: bool
) -> tuple[int, list[Problem]]:
    """Return the index after the fence that begins at `start`, or `start` if it never closes.

    A fence closes at the same characters alone on a line. Another fence as long with a language
    behind it cannot be meant to stand there: either it is nested, or the first was forgotten
    open, which is what we assume when a block begins or ends in between.
    """
    written = CHOICE_FENCE.sub("", rows[start].text)
    opening = FENCE.match(written)
    fence = opening.group(1) if opening else ""
    nested: list[Problem] = []
    depth = end = 0
    boundary = False
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if leaves(row, rows[start]) or (inside and CHOICE_FENCE.match(row.text)):
            break
        if row.text == fence:
            end = index + 1
            if depth == 0:
                return end, nested
            depth -= 1
        elif (other := FENCE.match(row.text)) and other.group(1) == fence:
            if boundary and inside:
                end = 0
                break
            depth += 1
            nested = nested or [_nested(row, fence, first_line + start, first_line + index)]
        elif row.indent < TAB_COLUMNS and (CLOSING.match(row.text) or OPENING.match(row.text)):
            boundary = True
    if nested and end:
        return end, nested
    found = problem("fence-unclosed", first_line + start, opening=written, fence=fence)
    return start, [found]


def _nested(row: Row, fence: str, first: int, line: int) -> Problem:
    return problem("fence-nested", line, found=row.text, first=first, longer=fence + fence[0])


def leaves(row: Row, opening: Row) -> bool:
    """Tell whether a line stands outside the quote or list item that holds `opening`."""
    if row.kind in {"blank", "comment"}:
        return False
    if row.quotes != opening.quotes:
        return row.quotes < opening.quotes
    return row.indent < opening.indent // TAB_COLUMNS * TAB_COLUMNS

"""Where HTML comments begin and end in the lines of a page. Pure text.

Whoever writes about comments puts `<!--` into a code span, which is looked past. What lies in a
code fence or in indented code must not be given to these functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN, END = "<!--", "-->"
CLOSED = r"<!--(?:-?>|.*?-->)"
ALONE = re.compile(rf"(?:{CLOSED}\s*)+$")
STEP = re.compile(rf"(`+)(?!`).+?(?<!`)\1(?!`)|{CLOSED}|{BEGIN}")


@dataclass(frozen=True)
class Reach:
    """How far a comment goes that does not end in the line where it begins.

    `last` is the index of its last line, or None when it never ends. It counts as never ended
    when another begins before its end, in the line with index `other`: comments do not nest.
    """

    last: int | None
    other: int | None = None


def is_alone(text: str) -> bool:
    """Tell whether a line holds whole comments and nothing else."""
    return bool(ALONE.match(text.lstrip()))


def opening(text: str) -> int | None:
    """Return the column, from 0, of a comment that begins in a line but does not end in it."""
    return next((match.start() for match in STEP.finditer(text) if match.group() == BEGIN), None)


def reach(texts: Sequence[str], index: int) -> Reach:
    """Follow the comment that `opening` found in `texts[index]`, and any that begins where it ends.

    The first line must not end the comment.
    """
    for at in range(index + 1, len(texts)):
        inside, end, rest = texts[at].partition(END)
        if BEGIN in inside:
            return Reach(None, at)
        if end and opening(rest) is None:
            return Reach(at)
    return Reach(None)


def cut(texts: Sequence[str]) -> list[str]:
    """Remove a comment from the lines from its first to its last; lines left empty are dropped."""
    before = texts[0][: opening(texts[0])]
    after = texts[-1].rpartition(END)[2].strip()
    prefix = re.match(r"[\s>]*", texts[-1])
    kept = [before.rstrip()] if before.strip(" \t>") else []
    return [*kept, f"{prefix.group() if prefix else ''}{after}"] if after else kept


def escape(text: str) -> str:
    """Make the beginning of a comment that does not end in its line into text for readers."""
    column = opening(text)
    return text if column is None else f"{text[:column]}&lt;{text[column + 1 :]}"

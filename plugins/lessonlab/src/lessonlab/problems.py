"""A mistake of an author as a value. What can be wrong, in words, is the table in `mistakes`.

Parsers return problems and never log, raise or print them. Knows nothing of where they are
shown: in the terminal, in the page, in an editor.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lessonlab.mistakes import TEMPLATES, WARNINGS
from lessonlab.phrases import PHRASES

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]

VALUE_CHARS = 72
"""Longest value quoted in a message, in characters; longer ones are cut."""

OURS = frozenset({"expected", "labels", "reason", "remedy", "suggestion", "where"})
"""Placeholders filled by our own words, which are never cut."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one place.

    `line` counts from 1 in the author's file, front matter included; 0 means the whole file.
    `path` is relative to the course's documents, or empty while only the text is known. A
    `warning` is advice: the page works without following it.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"

    def at(self, path: str) -> Problem:
        """Return the same problem, in the file `path`."""
        return replace(self, path=path)

    def format(self) -> str:
        """Return one line such as `lessons/page.md:41: [quiz-no-answer] question "…" has …`."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: [{self.code}] {self.message} {self.hint}".rstrip()


def problem(code: str, line: int, **values: object) -> Problem:
    """Fill in the templates of `code`.

    Args:
        code: A key of `mistakes.TEMPLATES`.
        line: Line in the author's file, from 1.
        values: The placeholders of both templates. White space in them is folded, so that a
            problem stays one line, and long ones that an author wrote are cut.

    Raises:
        KeyError: The code is unknown or a placeholder got no value.
    """
    message, hint = TEMPLATES[code]
    folded = {name: _fold(name, value) for name, value in values.items()}
    return Problem(
        path="",
        line=line,
        code=code,
        message=message.format(**folded),
        hint=hint.format(**folded),
        severity="warning" if code in WARNINGS else "error",
    )


def phrase(key: str, **values: object) -> str:
    """Return a part of a sentence from `phrases.PHRASES`, for a placeholder of a problem."""
    return PHRASES[key].format(**values)


def suggest(found: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Return `Did you mean "x"?` for the nearest known name, or `otherwise`."""
    name = nearest(found, known)
    return f'Did you mean "{name}"?' if name else otherwise


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `found`, or None when nothing is like it."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    close = difflib.get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def listing(names: Iterable[str]) -> str:
    """Return names for a sentence: `a, b or c`."""
    *head, last = list(names) or ["nothing"]
    return f"{', '.join(head)} or {last}" if head else last


def _fold(name: str, value: object) -> str:
    text = re.sub(r"\s+", " ", str(value)).strip()
    if len(text) <= VALUE_CHARS or name in OURS:
        return text
    return text[: VALUE_CHARS - 1].rstrip() + "…"

"""Which blocks there are, which options they take and where they may stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coursewright.block_options import option_names
from lessonlab.problems import nearest

PAGE = ""


@dataclass(frozen=True)
class Rule:
    """`inside` lists the blocks that may hold this one; the empty name is the page."""

    options: tuple[str, ...] = ()
    inside: tuple[str, ...] = (PAGE,)
    has_text: bool = True


RULES: dict[str, Rule] = {
    "quiz": Rule(options=option_names("quiz"), has_text=False),
    "question": Rule(options=option_names("question"), inside=(PAGE, "quiz")),
    "hint": Rule(inside=("question",)),
    "explanation": Rule(inside=("question",)),
    "lab": Rule(options=option_names("lab")),
    "compare": Rule(),
    "quote": Rule(),
    "big-idea": Rule(),
    "terms": Rule(has_text=False),
    "tracks": Rule(has_text=False),
}

PYMDOWN = "admonition caption define definition details figure-caption html tab table-caption"
ADMONITIONS = (
    "abstract attention bug caution danger error example failure important info note success tip "
    "warning"
)
FOREIGN = frozenset(f"{PYMDOWN} {ADMONITIONS}".split())
"""Blocks of others. Where a name is also ours (question, quote, hint), ours counts."""


@cache
def name_of(written: str) -> str | None:
    """Return the name of our block that was written, exactly or nearly; None for any other."""
    if written in RULES:
        return written
    return None if written in FOREIGN else nearest(written, RULES)


def is_allowed(name: str, outer: str | None) -> bool:
    """Tell whether our block `name` may stand in `outer` (empty: page; None: unknown block)."""
    return outer is None or outer in RULES[name].inside

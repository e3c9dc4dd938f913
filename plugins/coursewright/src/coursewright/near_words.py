"""Words that mean about the same as a lesson's own, so that a reader may ask in other words.

Reads `near_words.txt`: in each line a common word and those near it in meaning, nearest first.
Where the list comes from says `plugins/coursewright/words/`. Does not know MkDocs.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.stems import stem

if TYPE_CHECKING:
    from collections.abc import Container

FILE = Path(__file__).parent / "near_words.txt"

MOST = 2
"""A word stands for so many of the lesson's at most: with more, it would stand for anything."""


def near_words(known: Container[str]) -> dict[str, str]:
    """Find the common words that a lesson lacks and that are near to one of its own.

    Args:
        known: The stems of the lesson's words.

    Returns:
        Stems with spaces between them, by the lesson's stem that they stand for.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for word, near in _table():
        if word not in known:
            for other in [it for it in near if it in known][:MOST]:
                found[other].append(word)
    return {other: " ".join(sorted(found[other])) for other in sorted(found)}


@cache
def _table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    cut = cache(stem)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [[cut(word) for word in line.split()] for line in lines if not line.startswith("#")]
    return tuple((first, tuple(rest)) for first, *rest in rows)

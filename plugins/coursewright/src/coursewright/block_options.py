"""The options of blocks: their names, defaults and meaning, for the parser and for the guide.

A block without a class here takes no options. Values are read and checked in `blocks.options`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class QuizOptions:
    """Options of `quiz`."""

    id: str = "quiz"
    """Name of the quiz in addresses, such as `lesson.html#quiz`: small letters, digits, hyphens.
    Further quizzes of a page are `quiz-2`, `quiz-3` and so on."""

    round: int = 5
    """Number of questions in a round, from 1 to 20."""


@dataclass(frozen=True)
class QuestionOptions:
    """Options of `question`."""

    id: str = ""
    """Name under which answers are kept: small letters, digits, hyphens; no other question of the
    course may have it. Default: made from the question's text, so that an edit of the text
    loses the answers. Write one before you publish."""

    kind: str = ""
    """`single`, `multiple`, `text`, `predict` or `python`. Default: `single` with one `[x]`,
    `multiple` with several."""

    limit: float = 10.0
    """Longest run of its code, in seconds, from 0.1 to 60 (kinds `predict` and `python`)."""

    shuffle: bool = False
    """`true` shows the choices in another order each time."""


@dataclass(frozen=True)
class LabOptions:
    """Options of `lab`."""

    experiment: str = ""
    """Which experiment to run. Must be given."""

    expose: tuple[str, ...] = ()
    """Parameters that the reader may change, in this order. Default: all that are not fixed."""

    fix: Mapping[str, object] | None = None
    """Parameters with values that the reader cannot change, as `{seed: 1}`."""

    id: str = ""
    """Name of the lab in addresses and in links from a `compare` block. Default: `lab-` and the
    experiment's name."""


OPTIONS: dict[str, type] = {
    "quiz": QuizOptions,
    "question": QuestionOptions,
    "lab": LabOptions,
}


def option_names(block: str) -> tuple[str, ...]:
    """Return the options that a block takes, in the order of the alphabet."""
    kind = OPTIONS.get(block)
    return tuple(sorted(entry.name for entry in fields(kind))) if kind else ()

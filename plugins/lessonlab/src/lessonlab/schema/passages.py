"""What the tutor looks up: the passages of a lesson and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class SectionHead:
    """A heading of a lesson.

    `anchor` is its id in the page, without `#`. `parent` is the place of the heading above it in
    `LessonIndex.sections`. The first of all is the lesson's title: no anchor, and -1 for parent.
    """

    anchor: str
    title: str
    parent: int


@dataclass(frozen=True)
class Passage:
    """A block of a lesson that can be quoted: a paragraph, a list's item, a table's row.

    `anchor` is its id in the page, without `#`. `section` is a place in `LessonIndex.sections`.
    Blocks of one list or table share a `group`, counted from 0; -1 for none. The first sentence of
    a `term` is the term itself. A `row` is one sentence, with a line end after each cell's `;`.
    """

    anchor: str
    kind: Literal["text", "item", "row", "quote", "term"]
    section: int
    group: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class QuestionPrint:
    """What tells a question of the lesson when a reader repeats it, and cannot be read.

    `text` is the print of its whole wording. `parts` are the prints of the words of its wording
    and of each choice, in this order, one text each.
    """

    id: str
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class LessonIndex:
    """What can be asked of a lesson: its blocks, without quizzes and controls of labs.

    `near` maps the stem of a word of the lesson to stems, with spaces between them, of words that
    it lacks and that mean about the same. `asked` are the lesson's own questions, which are for the
    reader to answer.
    """

    lesson: str
    sections: tuple[SectionHead, ...]
    passages: tuple[Passage, ...]
    near: dict[str, str]
    asked: tuple[QuestionPrint, ...]

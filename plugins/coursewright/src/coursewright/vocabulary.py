"""Questions that use a term before any lesson has explained or used it. Advice, never an error.

Only terms that the course itself explains are looked for, and only those that come later: what
earlier lessons explained may be asked with, and common words are nobody's term.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coursewright.blocks.terms import pattern
from coursewright.scan import split_lines
from lessonlab.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coursewright.blocks.content import Question
    from coursewright.blocks.page import Page
    from lessonlab.problems import Problem

ASKING = frozenset({"quiz", "question"})


def check_stems(lessons: Sequence[Page]) -> Iterator[Problem]:
    """Find questions with a term that only a later lesson explains and this lesson never uses.

    Args:
        lessons: The lessons in course order.
    """
    first: dict[str, int] = {}
    for number, lesson in enumerate(lessons):
        for term in lesson.front.terms:
            first.setdefault(_folded(term), number)
    for number, lesson in enumerate(lessons):
        if not lesson.questions:
            continue
        text = _running_text(lesson)
        ahead = {term: at for term, at in first.items() if at > number and not _uses(text, term)}
        for question in lesson.questions:
            yield from (
                item.at(lesson.path)
                for item in _advise(question, ahead, lessons, lesson.front.terms)
            )


def _advise(
    question: Question, ahead: dict[str, int], lessons: Sequence[Page], own: Sequence[str]
) -> Iterator[Problem]:
    stem = question.stem.text
    for term in own:  # "reward hacking" is no use of "reward"
        stem = re.sub(pattern(term), "", stem, flags=re.IGNORECASE)
    for term, at in ahead.items():
        if _uses(stem, term):
            place = lessons[at].path
            yield problem("question-term-later", question.line, term=term, place=place)


def _running_text(page: Page) -> str:
    asked = {
        number
        for item in page.placed
        if item.block.name in ASKING
        for number in range(item.block.line, item.block.end_line + 1)
    }
    lines = enumerate(split_lines(page.body), start=page.first_line)
    means = [concept.means for concept in page.front.concepts]
    return "\n".join([*(line for number, line in lines if number not in asked), *means])


def _uses(text: str, term: str) -> bool:
    return bool(re.search(pattern(term), text, re.IGNORECASE))


def _folded(term: str) -> str:
    return " ".join(term.casefold().split())

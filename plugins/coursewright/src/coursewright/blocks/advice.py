"""What makes a question easy to guess or hard to learn from. Advice, never an error."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coursewright.blocks.content import Question
from coursewright.blocks.source import fold
from lessonlab.problems import problem

if TYPE_CHECKING:
    from coursewright.blocks.content import Quiz
    from lessonlab.problems import Problem

LONGER = 1.25
"""A right choice longer than the others by this factor is what guessers pick."""

SHORT_CHARS = 20
"""Below this length, in characters, a difference in length says nothing."""

FEW_QUESTIONS = 4
"""Fewest single-choice questions in which a skewed position can be seen."""


def advise_question(question: Question) -> list[Problem]:
    """Find choices without feedback and a right choice that its length gives away."""
    problems = [
        problem("choice-no-feedback", choice.line, text=choice.text.text)
        for choice in question.choices
        if choice.feedback is None and not (question.kind == "text" and choice.correct)
    ]
    if question.kind != "single":
        return problems
    lengths = {choice: len(fold(choice.text.text)) for choice in question.choices}
    key = next(choice for choice in question.choices if choice.correct)
    others = max((lengths[choice] for choice in question.choices if choice != key), default=0)
    if lengths[key] >= SHORT_CHARS and others and lengths[key] > LONGER * others:
        percent = round(100 * (lengths[key] / others - 1))
        problems.append(problem("choice-longest", key.line, percent=percent))
    return problems


def advise_quiz(quiz: Quiz) -> list[Problem]:
    """Find a quiz whose right choice stands mostly in the same place."""
    positions = [
        [choice.correct for choice in question.choices].index(True) + 1
        for question in quiz.questions
        if isinstance(question, Question)
        and question.kind == "single"
        and not question.spec.shuffle
    ]
    if len(positions) < FEW_QUESTIONS:
        return []
    position, count = Counter(positions).most_common(1)[0]
    if 2 * count <= len(positions):
        return []
    return [
        problem(
            "quiz-key-position", quiz.line, position=position, count=count, total=len(positions)
        )
    ]

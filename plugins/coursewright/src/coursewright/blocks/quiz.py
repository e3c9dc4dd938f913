"""`/// quiz | title`: questions asked in rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coursewright.block_options import QuizOptions
from coursewright.blocks import question
from coursewright.blocks.content import Broken, Question, Quiz
from coursewright.blocks.options import OptionReader
from coursewright.blocks.source import argument, source_of
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem

MOST_PER_ROUND = 20


def parse(block: Block) -> tuple[Quiz | None, list[Problem]]:
    """Read a quiz with its questions; a question with an error stands in it as `Broken`."""
    options = OptionReader(block)
    round_size = options.number("round", 1, MOST_PER_ROUND, QuizOptions.round, whole=True)
    problems = options.problems
    entries: list[Question | Broken] = []
    for child in block.children:
        if child.name != "question":
            continue
        content, found = question.parse(child)
        problems += found
        errors = tuple(item for item in found if item.severity == "error")
        entries.append(content or Broken(errors, source_of(child), child.line))
    problems += _check_text(block)
    if not entries and block.intact:
        problems.append(problem("quiz-empty", block.line))
        return None, problems
    quiz = Quiz(
        id=options.id(QuizOptions.id),
        title=argument(block),
        round_size=int(round_size),
        questions=_numbered(entries),
        line=block.line,
    )
    return quiz, problems


def _check_text(block: Block) -> list[Problem]:
    problems: list[Problem] = []
    last = -1
    for line in block.body:
        if not line.text.strip():
            continue
        if line.number != last + 1 and not problems:
            holds = phrase("quiz-holds")
            found = problem(
                "block-text", line.number, name="quiz", holds=holds, found=line.text.strip()
            )
            problems.append(found)
        last = line.number
    return problems


def _numbered(entries: list[Question | Broken]) -> tuple[Question | Broken, ...]:
    total = len(entries)
    return tuple(
        replace(entry, number=number, total=total) if isinstance(entry, Question) else entry
        for number, entry in enumerate(entries, start=1)
    )

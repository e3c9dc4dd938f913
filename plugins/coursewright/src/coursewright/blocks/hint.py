"""`/// hint` and `/// explanation` inside a question: Markdown that must not be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.source import piece
from lessonlab.problems import problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def check(block: Block) -> list[Problem]:
    """Find empty hints and explanations of a question, and a second explanation."""
    problems: list[Problem] = []
    explained = 0
    for child in block.children:
        if child.name not in {"hint", "explanation"}:
            continue
        if child.intact and not piece(child.body):
            problems.append(problem("hint-empty", child.line, name=child.name))
        if child.name == "explanation" and explained:
            found = problem("block-repeated", child.line, name=child.name, first=explained)
            problems.append(found)
        if child.name == "explanation":
            explained = child.line
    return problems

"""`/// big-idea | title`: the framed idea of a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.content import BigIdea
from coursewright.blocks.source import argument, piece
from lessonlab.problems import problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def parse(block: Block) -> tuple[BigIdea | None, list[Problem]]:
    """Read a big idea; None when it is empty."""
    text = piece(block.body)
    if text is None:
        return None, [problem("big-idea-empty", block.line)] * block.intact
    return BigIdea(argument(block), text, block.line), []

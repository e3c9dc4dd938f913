"""`/// quote | who`: the pull quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.content import Quote
from coursewright.blocks.source import argument, piece
from lessonlab.problems import problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def parse(block: Block) -> tuple[Quote | None, list[Problem]]:
    """Read a quote; None when it is empty."""
    text = piece(block.body)
    if text is None:
        return None, [problem("quote-empty", block.line)] * block.intact
    return Quote(text, argument(block), block.line), []

"""`/// tracks`: places the course's tracks with their lessons as cards, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.content import Tracks
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def parse(block: Block) -> tuple[Tracks | None, list[Problem]]:
    """Read the block; None when text stands in it."""
    stray = next((line for line in block.body if line.text.strip()), None)
    if stray and block.intact:
        holds = phrase("tracks-holds")
        text = stray.text.strip()
        found = problem("block-text", stray.number, name="tracks", holds=holds, found=text)
        return None, [found]
    return Tracks(block.line), []

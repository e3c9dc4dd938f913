"""`/// terms`: places the key terms, which come from the front matter's `concepts`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coursewright.blocks.content import Piece, Term, Terms
from coursewright.blocks.options import slug
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coursewright.frontmatter import Concept
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def parse(block: Block, concepts: Iterable[Concept]) -> tuple[Terms | None, list[Problem]]:
    """Read the block; None when there are no concepts to place, or text stands in it."""
    stray = next((line for line in block.body if line.text.strip()), None)
    if stray and block.intact:
        holds = phrase("terms-holds")
        text = stray.text.strip()
        found = problem("block-text", stray.number, name="terms", holds=holds, found=text)
        return None, [found]
    terms = make(concepts, block.line)
    if not terms.terms and block.intact:
        return None, [problem("terms-empty", block.line)]
    return terms, []


def make(concepts: Iterable[Concept], line: int) -> Terms:
    """Make the list of key terms from the front matter's concepts."""
    taken: set[str] = set()
    terms = []
    for concept in concepts:
        anchor = base = f"term-{slug(concept.term) or len(taken) + 1}"
        while anchor in taken:
            anchor = f"{base}-{len(taken)}"
        taken.add(anchor)
        means = Piece(concept.means, concept.means_line)
        terms.append(Term(concept.term, anchor, means, concept.see, concept.line))
    return Terms(tuple(terms), line)


def pattern(term: str) -> str:
    """Return a regular expression for a term in running text, singular or plural."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    return rf"(?<!\w){words}(?:s|es)?(?!\w)"

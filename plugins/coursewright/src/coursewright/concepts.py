"""The concept cluster of a lesson as a picture: terms in boxes, relations as labelled arrows.

Plain data for an SVG template. Lengths are in SVG units, which are CSS pixels at the picture's
own width; x grows to the right and y downwards. Boxes and labels never overlap one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursewright.sketch import Sketch
from coursewright.slots import arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coursewright.frontmatter import Concept
    from coursewright.text_boxes import Box


WIDTH = 500.0
"""The picture's width. A phone is too narrow for it and shows the relations in words."""

COLUMNS = 3
"""How many boxes stand in a row."""


@dataclass(frozen=True)
class Node:
    """A term. `href` leads to where it is explained; empty for no link."""

    term: str
    href: str
    box: Box


@dataclass(frozen=True)
class Edge:
    """How one term hangs together with another. `path` is SVG path data from one to the other."""

    source: str
    target: str
    relation: str
    path: str
    label: Box | None


@dataclass(frozen=True)
class Drawing:
    """A picture of a given width and height."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Relation:
    """A sentence for those who do not see the picture: term, relation, other term.

    `source_href` and `href` lead to where the two terms are explained; empty for no link.
    """

    source: str
    relation: str
    target: str
    source_href: str
    href: str


@dataclass(frozen=True)
class Cluster:
    """A lesson's concepts: a picture, and all of it in words.

    `relations` holds also those to terms of other lessons, which are not drawn.
    """

    terms: tuple[tuple[str, str], ...]
    relations: tuple[Relation, ...]
    drawing: Drawing

    @property
    def inside(self) -> tuple[Relation, ...]:
        """The relations among the lesson's own terms."""
        own = {term for term, _ in self.terms}
        return tuple(relation for relation in self.relations if relation.target in own)

    @property
    def outside(self) -> tuple[Relation, ...]:
        """The relations to terms of other lessons."""
        own = {term for term, _ in self.terms}
        return tuple(relation for relation in self.relations if relation.target not in own)


def cluster(concepts: Sequence[Concept], hrefs: Mapping[str, str]) -> Cluster | None:
    """Draw the concepts of a lesson; None when it has none.

    Args:
        concepts: From the front matter, in the author's order.
        hrefs: Where each term is explained, as a link, also those of other lessons; missing terms
            get none.
    """
    if not concepts:
        return None
    terms = [concept.term for concept in concepts]
    relations = tuple(
        Relation(concept.term, relation, other, hrefs.get(concept.term, ""), hrefs.get(other, ""))
        for concept in concepts
        for other, relation in concept.see
    )
    drawing = draw(terms, relations, hrefs)
    return Cluster(tuple((term, hrefs.get(term, "")) for term in terms), relations, drawing)


def draw(terms: Sequence[str], relations: Iterable[Relation], hrefs: Mapping[str, str]) -> Drawing:
    """Lay out terms and the relations among them in a picture."""
    numbers = {term: index for index, term in enumerate(terms)}
    inner = [
        item
        for item in relations
        if item.source != item.target and {item.source, item.target} <= numbers.keys()
    ]
    pairs = [(numbers[item.source], numbers[item.target]) for item in inner]
    grid, at = arrange(len(terms), pairs, min(COLUMNS, len(terms)))
    sketch = Sketch(grid, at, WIDTH, terms)
    for item, pair in zip(inner, pairs, strict=True):
        sketch.add_label(item.relation, pair)
    height, boxes, labels = sketch.finish()
    edges = tuple(
        Edge(item.source, item.target, item.relation, sketch.path(index), labels[index])
        for index, item in enumerate(inner)
    )
    nodes = tuple(
        Node(term, hrefs.get(term, ""), box) for term, box in zip(terms, boxes, strict=True)
    )
    return Drawing(WIDTH, height, nodes, edges)

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


@dataclass(frozen=True)
class Format:
    """The width of a picture, and how many boxes stand in a row of it."""

    name: str
    width: float
    columns: int


FORMATS = (Format("wide", 500.0, 3), Format("narrow", 328.0, 2))


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

    name: str
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Relation:
    """A sentence for those who do not see the picture: term, relation, other term."""

    source: str
    relation: str
    target: str
    href: str


@dataclass(frozen=True)
class Cluster:
    """A lesson's concepts: one picture for wide pages, one for phones, and all of it in words.

    `relations` holds also those to terms of other lessons, which are not drawn.
    """

    terms: tuple[tuple[str, str], ...]
    relations: tuple[Relation, ...]
    drawings: tuple[Drawing, ...]

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
        Relation(concept.term, relation, other, hrefs.get(other, ""))
        for concept in concepts
        for other, relation in concept.see
    )
    drawings = tuple(draw(terms, relations, hrefs, form) for form in FORMATS)
    return Cluster(tuple((term, hrefs.get(term, "")) for term in terms), relations, drawings)


def draw(
    terms: Sequence[str], relations: Iterable[Relation], hrefs: Mapping[str, str], form: Format
) -> Drawing:
    """Lay out terms and the relations among them in a picture of the given format."""
    numbers = {term: index for index, term in enumerate(terms)}
    inner = [
        item
        for item in relations
        if item.source != item.target and {item.source, item.target} <= numbers.keys()
    ]
    pairs = [(numbers[item.source], numbers[item.target]) for item in inner]
    grid, at = arrange(len(terms), pairs, min(form.columns, len(terms)))
    sketch = Sketch(grid, at, form.width, terms)
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
    return Drawing(form.name, form.width, height, nodes, edges)

"""The concept cluster: nothing overlaps, nothing leaves the picture, words say it all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from coursewright.concepts import Drawing, cluster
from coursewright.frontmatter import Concept
from coursewright.markup import default_renderer

if TYPE_CHECKING:
    from coursewright.text_boxes import Box

WORDS = st.sampled_from(["goal", "misgeneralization", "a", "test-set", "capability", "目標", "ünï"])
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
TERMS = st.lists(PHRASES, min_size=1, max_size=12, unique=True)


@st.composite
def graphs(draw: st.DrawFn) -> list[Concept]:
    terms = draw(TERMS)
    relation = st.tuples(st.sampled_from([*terms, "elsewhere"]), st.one_of(st.just(""), PHRASES))
    sees = st.lists(relation, max_size=3, unique_by=lambda pair: pair[0])
    return [Concept(term, "x", tuple(draw(sees)), 1, 1, ()) for term in terms]


def boxes(drawing: Drawing) -> list[Box]:
    labels = [edge.label for edge in drawing.edges if edge.label]
    return [node.box for node in drawing.nodes] + labels


def overlap(first: Box, second: Box) -> bool:
    return (
        abs(first.x - second.x) < (first.width + second.width) / 2 - 0.2
        and abs(first.y - second.y) < (first.height + second.height) / 2 - 0.2
    )


@given(graphs())
def test_boxes_and_labels_keep_apart_and_inside(concepts: list[Concept]) -> None:
    drawn = cluster(concepts, {})
    assert drawn is not None
    drawing = drawn.drawing
    for box in boxes(drawing):
        assert box.left >= 0
        assert box.left + box.width <= drawing.width
        assert box.top >= 0
        assert box.bottom <= drawing.height
    assert not any(overlap(one, other) for one, other in combinations(boxes(drawing), 2))


@given(graphs())
def test_every_relation_is_said_in_words_and_drawn_when_it_is_of_this_lesson(
    concepts: list[Concept],
) -> None:
    drawn = cluster(concepts, {})
    assert drawn is not None
    said = [(item.source, item.relation, item.target) for item in drawn.relations]
    assert said == [
        (concept.term, relation, other) for concept in concepts for other, relation in concept.see
    ]
    inner = [(a, b) for a, _, b in said if b not in {"elsewhere", a}]
    assert [(edge.source, edge.target) for edge in drawn.drawing.edges] == inner


def test_same_concepts_give_the_same_picture() -> None:
    concepts = [Concept(name, "x", (("b", "leads to"),), 1, 1, ()) for name in "abcdef"]
    assert cluster(concepts, {}) == cluster(concepts, {})


def test_no_concepts_give_no_cluster() -> None:
    assert cluster([], {}) is None


def test_phones_get_every_term_with_its_link_in_sentences() -> None:
    see = (("b & c", "leads to"), ("elsewhere", "is like"))
    concepts = [
        Concept("a", "x", see, 1, 1, ()),
        *(Concept(name, "x", (), 1, 1, ()) for name in NAMES),
    ]
    hrefs = {"a": "#see-a", "b & c": "#see-b", "alone": "#alone"}
    html = default_renderer()("cw/concepts.html", cluster=cluster(concepts, hrefs))
    phone = html.split('class="cw-concepts__phone">')[1].split("</ul>")[0]
    assert '<a href="#see-a">a</a> — <em>leads to</em> — <a href="#see-b">b &amp; c</a>' in phone
    assert '<li><a href="#alone">alone</a></li>' in phone
    assert "elsewhere" not in phone


def test_template_escapes_and_links() -> None:
    concepts = [Concept("a < b", "x", (("c", 'is "more" than'),), 1, 1, ()), *CONCEPTS]
    html = default_renderer()("cw/concepts.html", cluster=cluster(concepts, {"c": "#see-c"}))
    assert "a < b" not in html
    assert html.count('href="#see-c"') == 2
    assert "a &lt; b — is &#34;more&#34; than — c" in html


NAMES = ("b & c", "alone")
CONCEPTS = [Concept("c", "x", (), 1, 1, ())]

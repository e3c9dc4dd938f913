"""The glossary: every term once, in the order of the alphabet, with links that lead somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.glossary import Explained, Link, anchors, arrange, fold, reroot

TERMS = st.sampled_from(
    ["reward", "Reward", "reward  model", "Übung", "übung", "目標", "9 lives", "C++", "C", "agent"]
)
ONE, TWO = Link("One", "lessons/one.html#term-x"), Link("Two", "lessons/two.html#term-x")


@st.composite
def courses(draw: st.DrawFn) -> list[Explained]:
    sees = st.lists(TERMS, max_size=3).map(tuple)
    lessons = st.sampled_from([ONE, TWO])
    means = st.sampled_from(["<p>a</p>", "<p>b</p>"])
    one = st.builds(Explained, TERMS, means, lessons, st.just(None), sees)
    return draw(st.lists(one, max_size=12))


@given(courses())
def test_each_term_is_listed_once_and_links_meet_entries(course: list[Explained]) -> None:
    letters = arrange(course, anchors(item.term for item in course))
    entries = [entry for letter in letters for entry in letter.entries]
    assert {fold(entry.term) for entry in entries} == {fold(item.term) for item in course}
    ids = [entry.anchor for entry in entries] + [letter.anchor for letter in letters]
    assert len(ids) == len(set(ids))
    assert {link.url[1:] for entry in entries for link in entry.see} <= set(ids)
    places = [place for entry in entries for item in entry.meanings for place in item.places]
    assert len(places) == len(course)


def test_letters_and_terms_are_sorted_as_readers_look_them_up() -> None:
    terms = ["zoo", "Übung", "agent", "9 lives", "Usage"]
    course = [Explained(term, "", ONE, None, ()) for term in terms]
    letters = arrange(course, anchors(terms))
    assert [(letter.name, [entry.term for entry in letter.entries]) for letter in letters] == [
        ("#", ["9 lives"]),
        ("A", ["agent"]),
        ("U", ["Übung", "Usage"]),
        ("Z", ["zoo"]),
    ]


def test_two_lessons_may_say_the_same_or_something_else() -> None:
    course = [
        Explained("reward", "<p>a</p>", ONE, None, ("agent",)),
        Explained("Reward", "<p>a</p>", TWO, None, ("reward", "agent", "missing")),
        Explained("reward", "<p>b</p>", TWO, None, ()),
        Explained("agent", "<p>c</p>", TWO, None, ()),
    ]
    _, letter = arrange(course, anchors(item.term for item in course))
    (entry,) = letter.entries
    assert entry.term == "reward"
    assert [(item.means, len(item.places)) for item in entry.meanings] == [
        ("<p>a</p>", 2),
        ("<p>b</p>", 1),
    ]
    assert [link.words for link in entry.see] == ["agent"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<a href="other.html#x">', '<a href="lessons/other.html#x">'),
        ('<a href="../about.html">', '<a href="about.html">'),
        ('<a href="#here">', '<a href="lessons/one.html#here">'),
        ('<img src="p.png" alt="">', '<img src="lessons/p.png" alt="">'),
        ('<a href="https://example.org/x">', '<a href="https://example.org/x">'),
        ('<a href="/root">', '<a href="/root">'),
        ('<a href="mailto:a@b">', '<a href="mailto:a@b">'),
        ('<p id="twice">text</p>', "<p>text</p>"),
    ],
)
def test_links_of_a_lesson_work_from_the_root(written: str, expected: str) -> None:
    assert reroot(written, "lessons/one.html") == expected

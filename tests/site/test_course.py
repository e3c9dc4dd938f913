"""The real course, built: every element of the flagship lesson is in the HTML, with scripts off."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from sites import ROOT, Site

from coursewright.blocks.page import read_page

LESSON = "lessons/goal-misgeneralization.html"
PARTS = ("path", "concepts", "terms", "big-idea", "quote", "quiz", "progress")
KINDS = {"single", "multiple", "text", "predict", "python"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


class Reader(HTMLParser):
    """Collects elements and the text of the page, leaving out what scripts-off readers miss."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._hidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        is_hidden = "hidden" in found or tag in {"script", "style", "template"}
        if (self._hidden or is_hidden) and tag not in VOID:
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data

    def having(self, name: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.elements if name in attrs]


@pytest.fixture(scope="session")
def lesson(course: Site) -> Reader:
    return Reader(course.read(LESSON))


def test_the_header_counts_lessons(lesson: Reader) -> None:
    (header,) = lesson.having("data-cw-lesson")
    assert header["data-cw-lesson"] == "goal-misgeneralization"
    total = len(list((ROOT / "docs/lessons").glob("*.md")))
    assert (header["data-cw-number"], header["data-cw-total"]) == ("2", str(total))
    assert header["data-cw-track"] == "Creators"
    assert header["data-cw-minutes"] == "45"
    assert f"Lesson 2 of {total}" in lesson.text


def test_every_part_is_there(lesson: Reader) -> None:
    parts = {attrs["data-cw-part"] for attrs in lesson.having("data-cw-part")}
    assert parts >= set(PARTS)
    assert "Progress is kept in this browser" in lesson.text


def test_the_path_leads_to_sections(lesson: Reader) -> None:
    ids = {attrs["id"] for attrs in lesson.having("id")}
    links = {attrs["href"][1:] for attrs in lesson.having("href") if attrs["href"].startswith("#")}
    assert {
        "when-specification-is-not-enough",
        "goal-misgeneralization",
        "distributional-shift",
        "capability-generalization",
    } <= links
    assert links - {"", "__skip"} <= ids


def test_ids_are_unique(lesson: Reader) -> None:
    ids = [attrs["id"] for attrs in lesson.having("id")]
    assert sorted(ids) == sorted(set(ids))


def test_the_quiz_has_fifteen_questions_of_every_kind_and_three_checks(course: Site) -> None:
    html = course.read(LESSON)
    quiz = html[html.index("<cw-quiz") : html.index("</cw-quiz>")]
    every = re.findall(r'data-cw-question="([\w-]+)" data-cw-kind="(\w+)"', html)
    inside = re.findall(r'data-cw-question="([\w-]+)" data-cw-kind="(\w+)"', quiz)
    assert len(inside) == 15
    assert len(every) == 18
    assert {kind for _, kind in inside} == KINDS
    assert [kind for _, kind in inside].count("python") >= 2


def test_only_rows_with_a_lab_offer_to_run_it(course: Site) -> None:
    html = course.read(LESSON)
    table = html[html.index("cw-compare") :]
    table = table[: table.index("</table>")]
    rows = table.split("<tr")[2:]
    assert len(rows) == 4
    assert [re.findall(r'href="#(lab-\w+)"', row) for row in rows] == [
        ["lab-cheese"],
        ["lab-coinrun"],
        [],
        [],
    ]
    assert all(re.search(r'<th[^>]*scope="row"', row) for row in rows)


def test_labs_show_a_measured_result_with_scripts_off(lesson: Reader) -> None:
    labs = {attrs["data-cw-lab"]: attrs for attrs in lesson.having("data-cw-lab")}
    assert set(labs) == {"coinrun", "cheese"}
    for attrs in labs.values():
        result = json.loads(attrs["data-cw-result"])
        assert result["episodes"] == 6000
        assert sum(result["outcomes"].values()) == pytest.approx(1)
        assert result["training_like"]["coin"] > 0.95
        assert result["outcomes"]["coin"] < 0.35
        assert len(result["weights_sha256"]) == 64


def test_answers_hints_and_feedback_are_in_no_index(course: Site) -> None:
    path = ROOT / "docs/lessons/goal-misgeneralization.md"
    source = read_page(path.read_bytes(), path.name)
    for name in ("search/search_index.json", "search/search_index.js"):
        index = _fold(course.read(name))
        assert _fold("The agent's own column is an input at every step") in index
        for question in source.questions:
            secrets = [*question.hints, question.explanation]
            secrets += [choice.feedback for choice in question.choices]
            for piece in filter(None, secrets):
                words = _fold(piece.text)
                assert words not in index, f"{question.id}: {words!r} is in {name}"


def _fold(text: str) -> str:
    plain = re.sub(r"<[^>]+>|[*_`\\]", "", text)
    return re.sub(r"[^\w]+", " ", plain).lower().strip()

"""The real course, built: every element of the flagship lesson is in the HTML, with scripts off."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from sites import ROOT, Site

from coursewright.blocks.page import read_page

if TYPE_CHECKING:
    from coursewright.blocks.content import Question
    from coursewright.blocks.page import Page

LESSON_ID = "goal-misgeneralization"
LESSON = f"lessons/{LESSON_ID}.html"
LESSON_SOURCE = f"docs/lessons/{LESSON_ID}.md"
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


@pytest.fixture(scope="session")
def source() -> Page:
    path = ROOT / LESSON_SOURCE
    return read_page(path.read_bytes(), path.name)


def test_questions_and_measured_tables_can_be_read_and_printed(
    lesson: Reader, source: Page, course: Site
) -> None:
    text = _fold(lesson.text)
    inside = [question for question in source.questions if question.id in _quiz_ids(course)]
    assert len(inside) == 15
    for question in source.questions:
        pieces = [question.stem, question.body, *(choice.text for choice in question.choices)]
        for piece in filter(None, pieces if question.kind != "text" else pieces[:2]):
            assert _fold(piece.text) in text, f"{question.id}: {piece.text!r}"
        lines = question.spec.code.splitlines() + question.spec.starter.splitlines()
        assert all(_fold(line) in text for line in lines), question.id
    html = course.read(LESSON)
    labs = re.findall(
        r'data-cw-lab="(\w+)".*?<table class="cw-lab__table">(.*?)</table>', html, re.DOTALL
    )
    assert [name for name, _ in labs] == [lab.experiment for lab in source.labs]
    assert len(labs) == 2
    for name, table in labs:
        caption, *cells = re.findall(r"<(?:caption|th|td)[^>]*>(.*?)</", table, re.DOTALL)
        assert len(re.findall(r"<td>[\d.]+</td>", table)) == 12, name
        assert all(_fold(cell) in text for cell in (caption, *cells)), name


def test_answers_hints_feedback_and_solutions_are_in_no_index(course: Site, source: Page) -> None:
    folder = course.folder / "assets/coursewright/lessons"
    (passages,) = (path.relative_to(course.folder) for path in folder.glob(f"{LESSON_ID}.*.js"))
    for name in ("search/search_index.json", "search/search_index.js", str(passages)):
        written = course.read(name).replace("\\n", " ")
        written = re.sub(r"\\u20(?:18|19|1c|1d)", "'", written)
        index = _fold(written)
        assert _fold("The agent's own column is an input at every step") in index
        for question in source.questions:
            for words in map(_fold, _secrets(question)):
                assert words not in index, f"{question.id}: {words!r} is in {name}"
            if printed := question.spec.answer.split():
                # Not folded: figures of a table would read like these.
                pattern = rf"(?<![\w.]){r'\s+'.join(map(re.escape, printed))}(?![\w.])"
                assert not re.search(pattern, written), f"{question.id}: {printed} is in {name}"


def _secrets(question: Question) -> list[str]:
    """Return the texts of a question that nobody should find before answering it."""
    pieces = [*question.hints, question.explanation]
    pieces += [choice.feedback for choice in question.choices]
    given = question.spec.starter.splitlines()
    solved = [line for line in question.solution_code.splitlines() if line not in given]
    # Shorter lines, such as an import, say nothing.
    code = [line for line in solved if len(_fold(line).split()) > 2]
    return [*(piece.text for piece in filter(None, pieces)), *code]


def _quiz_ids(course: Site) -> list[str]:
    html = course.read(LESSON)
    quiz = html[html.index("<cw-quiz") : html.index("</cw-quiz>")]
    return re.findall(r'data-cw-question="([\w-]+)"', quiz)


def _fold(text: str) -> str:
    plain = re.sub(r"<[^>]+>|[*_`\\]", "", text)
    return re.sub(r"[^\w]+", " ", plain).lower().strip()

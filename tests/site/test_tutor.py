"""The tutor of the real course: its index holds the lesson and nothing of the quizzes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from sites import ROOT

from coursewright.blocks.content import Question, Quiz, pieces
from coursewright.blocks.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

LESSONS = sorted((ROOT / "docs/lessons").rglob("*.md"))


def page_of(course: Site, source: Path) -> str:
    return course.read(source.relative_to(ROOT / "docs").with_suffix(".html").as_posix())


def script_of(course: Site, html: str) -> str:
    (address,) = re.findall(r'data-cw-index="([^"]+)"', html)
    return course.read(address)


@pytest.mark.parametrize("source", LESSONS, ids=lambda path: path.stem)
def test_every_passage_can_be_reached(course: Site, source: Path) -> None:
    html = page_of(course, source)
    text = script_of(course, html)
    index = json.loads(text[text.index("]=") + 2 : text.rindex(";")])
    assert len(index["passages"]) > 20
    ids = re.findall(r'\sid="([^"]+)"', html)
    anchors = [item["anchor"] for item in [*index["passages"], *index["sections"][1:]]]
    assert [anchor for anchor in anchors if ids.count(anchor) != 1] == []


@pytest.mark.parametrize("source", LESSONS, ids=lambda path: path.stem)
def test_nothing_of_a_quiz_is_in_the_index(course: Site, source: Path) -> None:
    known = plain(script_of(course, page_of(course, source)))
    page = read_page(source.read_bytes(), source.name)
    contents = [item.content for item in page.placed]
    asked = [item for item in contents if isinstance(item, Quiz | Question)]
    # What is as short as a number or a term stands in the lesson, too.
    said = [plain(piece.text) for item in asked for piece in pieces(item)]
    told = [text for text in said if len(text.split()) > 4]
    assert len(told) > 20
    assert [text for text in told if text in known] == []


def test_the_panel_is_last_but_the_progress_and_says_what_it_needs(course: Site) -> None:
    html = page_of(course, ROOT / "docs/lessons/goal-misgeneralization.md")
    quiz, tutor, progress = (
        html.index(f'data-cw-part="{part}"') for part in ("quiz", "tutor", "progress")
    )
    assert quiz < tutor < progress
    assert re.search(r"<noscript><p>[^<]*needs scripts", html[tutor:progress])


def test_every_other_page_has_the_panel_and_can_reach_every_index(course: Site) -> None:
    others = ["index.html", "about.html", "progress.html", "glossary.html", "404.html"]
    addresses = set()
    for name in [*others, "labs/dial.html", "guide/quiz.html"]:
        html = course.read(name)
        assert html.count('data-cw-action="tutor"') == 1, name
        assert '<label for="cw-tutor-lesson">' in html
        addresses |= set(re.findall(r'data-cw-indexes="([^"]+)"', html))
    (address,) = addresses
    text = course.read(address)
    found = json.loads(text[text.index("=") + 1 : text.rindex(";")])
    scripts = {script_of(course, page_of(course, source)) for source in LESSONS}
    assert {course.read(script) for script in found.values()} == scripts
    for lesson, script in found.items():
        assert f'[{json.dumps(lesson)}]={{"lesson":{json.dumps(lesson)}' in course.read(script)


def test_a_course_without_lessons_has_no_tutor(make_site: MakeSite) -> None:
    site = make_site({"docs/other.md": "# Other\n"})
    for name in ("index.html", "other.html", "404.html"):
        assert "data-cw-tutor" not in site.read(name)


def plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%]+", re.sub(r"[*`_]", "", text)))

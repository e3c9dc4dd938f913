"""What authors write in titles, decks and tracks is text, whatever characters it has."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

TRACK = 'Say "hi" & <b>go</b>'
CONFIG = f"""\
site_name: Tiny
theme: {{name: material}}
plugins: [search, coursewright]
nav:
  - index.md
  - '{TRACK}': [lessons/one.md, lessons/two.md]
"""
ONE = "# The `<script>` tag & more\n\n## Start\n\nText that must show.\n"
TWO = "---\ntitle: 'Two: \"a\" < b'\ndescription: 'Is a < b & \"c\"?'\n---\n\n## Start\n\nText.\n"


class Lesson(HTMLParser):
    """The lesson's attributes, and its text as a browser would show it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] = {}
        self.text = ""
        self.tags: list[str] = []
        self.feed(html[html.index("<cw-lesson") : html.index("</cw-lesson>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "cw-lesson":
            self.attributes = dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_titles_decks_and_tracks_are_text(make_site: MakeSite) -> None:
    site = make_site({"mkdocs.yml": CONFIG, "docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO})
    first = Lesson(site.read("lessons/one.html"))
    second = Lesson(site.read("lessons/two.html"))
    assert "script" not in first.tags
    assert "The <script> tag & more" in first.text
    assert "Text that must show." in first.text
    assert first.attributes["data-cw-track"] == TRACK
    assert 'Is a < b & "c"?' in second.text
    assert "The <script> tag & more" in second.text, "as the previous lesson"
    assert '"a" < b' in first.text, "as the next lesson"

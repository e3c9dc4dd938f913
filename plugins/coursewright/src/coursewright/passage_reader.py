"""Reads rendered HTML for the blocks of text in it, with their places.

Follows the classes and attributes that our templates write; see `passages` for what comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from lessonlab.schema import SectionHead

type BlockKind = Literal["text", "item", "row", "quote", "term"]

_VOID = """
area base br col embed hr img input link meta source track wbr
"""
VOID = frozenset(_VOID.split())
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SKIPPED_TAGS = """
audio button canvas form head iframe math nav noscript object pre script select style
summary svg template textarea video
"""
SKIPPED_TAGS = frozenset(_SKIPPED_TAGS.split())
_SKIPPED_CLASSES = """
admonition-title cw-big-idea__label cw-compare__run cw-concepts cw-lab__measured cw-
lab__note cw-lab__stage cw-lab__status cw-problem cw-question cw-quiz cw-tutor footnote
footnote-ref headerlink highlight highlighttable
"""
SKIPPED_CLASSES = frozenset(_SKIPPED_CLASSES.split())
SKIPPED_ATTRIBUTES = frozenset({"data-search-exclude", "data-cw-question", "hidden"})
BLOCK_CLASSES: dict[str, BlockKind] = {
    "cw-big-idea": "text",
    "cw-lab__intro": "text",
    "cw-quote": "quote",
}
BLOCK_TAGS: dict[str, BlockKind] = {
    "p": "text",
    "li": "item",
    "tr": "row",
    "blockquote": "quote",
    "dt": "term",
    "dd": "term",
}
GROUPS = ("ul", "ol", "table")
BREAKS = frozenset({"p", "li", "br", "div", "dd", "figcaption", "ul", "ol", "blockquote", "table"})
CELL_END = ";\n"
"""Stands between the cells of a row. No cell holds a line end, so a row can be cut there again."""


@dataclass
class Found:
    """A block on its way. `insert_at` is where an id can be put into its opening tag."""

    tag: str
    kind: BlockKind
    anchor: str
    section: int
    group: int
    insert_at: int
    texts: tuple[str, ...] = ()


@dataclass
class _Open:
    """An element that is being read. `section` was the current one when it began."""

    tag: str
    is_skipped: bool
    section: int
    block: Found | None = None


class Reader(HTMLParser):
    """Collects `sections` and the blocks `found`, in the order of the page."""

    def __init__(self, title: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [SectionHead("", title, -1)]
        self.found: list[Found] = []
        self._section = 0
        self._levels = [1]  # of each of `sections`
        self._open: list[_Open] = []
        self._block: Found | None = None
        self._texts: list[str] = [""]
        self._heading = ""
        self._group = -1
        self._groups = 0
        self._names: list[str] = []  # of the columns of a table
        self._row: list[tuple[str, bool]] = []
        self._lines: list[int] = []

    def read(self, html: str) -> None:
        """Read a whole page."""
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    @property
    def _is_skipping(self) -> bool:
        return bool(self._open) and self._open[-1].is_skipped

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and a block with it."""
        given = {name: value or "" for name, value in attrs}
        if tag in VOID:
            if tag in BREAKS and not self._is_skipping:
                self._break()
            return
        classes = set(given.get("class", "").split())
        is_skipped = (
            self._is_skipping
            or tag in SKIPPED_TAGS
            or bool(classes & SKIPPED_CLASSES)
            or bool(given.keys() & SKIPPED_ATTRIBUTES)
        )
        element = _Open(tag, is_skipped, self._section)
        self._open.append(element)
        if is_skipped:
            return
        if tag in HEADINGS:
            self._heading = given.get("id", "")
            self._texts = [""]
        elif self._block is None and self._heading == "":
            self._begin(element, given, classes)
        if tag in BREAKS:
            self._break()
        elif tag in {"td", "th"}:
            self._texts = [""]

    def _begin(self, element: _Open, given: dict[str, str], classes: set[str]) -> None:
        if element.tag in GROUPS:
            self._group = self._groups
            self._groups += 1
            self._names = []
            return
        by_class = next((kind for name, kind in BLOCK_CLASSES.items() if name in classes), None)
        kind = by_class or BLOCK_TAGS.get(element.tag)
        if kind is None:
            return
        line, column = self.getpos()
        insert_at = self._lines[line - 1] + column + 1 + len(element.tag)
        in_group = self._group if kind in {"item", "row"} else -1
        anchor = given.get("id", "")
        self._block = Found(element.tag, kind, anchor, self._section, in_group, insert_at)
        element.block = self._block
        self._texts = [""]
        self._row = []

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those inside it that nobody closed."""
        if not any(element.tag == tag for element in self._open):
            return
        while True:
            element = self._open.pop()
            if not element.is_skipped:
                self._end(element)
            if element.tag == tag:
                return

    def _end(self, element: _Open) -> None:
        if element.tag in HEADINGS:
            self._add_section(int(element.tag[1]))
        elif element.tag in {"td", "th"} and self._block is not None and self._block.kind == "row":
            self._row.append((_joined(self._texts), element.tag == "th"))
        elif element.tag in GROUPS and self._block is None:
            self._group = -1
        elif element.tag == "section":
            self._section = element.section  # text after a part is not about the part
        elif element.tag in BREAKS:
            self._break()
        if element.block is not None:
            self._keep(element.block)
            self._block = None

    def _add_section(self, level: int) -> None:
        title, anchor = _joined(self._texts), self._heading
        self._heading = ""
        if level == 1 or not title or not anchor:
            return  # the lesson's own title heads what comes before the first section
        parent = self._section
        while self._levels[parent] >= level:
            parent = self.sections[parent].parent
        self.sections.append(SectionHead(anchor, title, parent))
        self._levels.append(level)
        self._section = len(self.sections) - 1

    def _keep(self, block: Found) -> None:
        if block.kind == "row":
            self._keep_row(block)
            return
        texts = tuple(text for part in self._texts if (text := " ".join(part.split())))
        if not texts:
            return
        if block.tag == "dd" and self.found and self.found[-1].kind == "term":
            self.found[-1].texts += texts  # the meaning of the term before it
        else:
            block.texts = texts
            self.found.append(block)

    def _keep_row(self, block: Found) -> None:
        cells = [text for text, _ in self._row]
        if all(is_head for _, is_head in self._row):
            self._names = cells
            return
        names = [*self._names, *[""] * len(cells)]
        parts = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip(names, cells, strict=False)
            if cell
        ]
        if parts:
            block.texts = (CELL_END.join(parts),)
            self.found.append(block)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._is_skipping:
            self._texts[-1] += data

    def _break(self) -> None:
        if self._block is not None and self._block.kind != "row":
            self._texts.append("")
        elif self._texts:
            self._texts[-1] += " "


def _joined(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())

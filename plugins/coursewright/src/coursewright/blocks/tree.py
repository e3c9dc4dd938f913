"""What happens to a page's element tree: comparison tables, and links from terms to meanings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from coursewright.blocks.terms import make, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from coursewright.blocks.content import Term
    from coursewright.blocks.session import Session

BLOCK = "data-cw-block"
SECTION = "h2"
TERM = "cw-term"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NO_LINKS = HEADINGS | {"a", "code", "pre", "kbd", "script", "style", "svg", "button", "summary"}
STASHED = re.compile("\x02[^\x03]*\x03")
"""What Markdown leaves in the tree for code and raw HTML that it has put aside."""

MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)")


class BlockTreeprocessor(Treeprocessor):
    """Prepares comparison tables and connects the first use of each concept with its meaning."""

    def __init__(self, md: Markdown, session: Session) -> None:
        super().__init__(md)
        self.session = session

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter("div"):
            if "data-cw-table" in element.attrib:
                for table in element.iter("table"):
                    _name_runs(table, self.session.words("compare.run"))
                    _label_cells(table)
        rendered = self.session.rendered
        rendered.text = STASHED.sub(" ", " ".join(_texts(root)))
        terms = make(self.session.front.concepts, 0).terms
        if terms:
            rendered.sections = _sections(root, terms)
            linker = _Linker(terms)
            linker.link(root)
            rendered.uses = linker.uses


def plain(markdown: str) -> str:
    """Return Markdown without its commonest marks, for a tooltip."""
    return " ".join(MARKS.sub(lambda match: match.group(1) or "", markdown).split())


def _name_runs(table: Element, name: str) -> None:
    """Give the last column its header when the author left it empty and it holds links."""
    rows = [list(row) for row in table.iter("tr")]
    last = [cells[-1] for cells in rows if cells]
    header = last[0]
    if not "".join(header.itertext()).strip() and any(cell.find("a") is not None for cell in last):
        header.text = name


def _label_cells(table: Element) -> None:
    """Make first cells row headers, name the column in every other, mark links to labs."""
    names = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        for index, cell in enumerate(cells):
            if index == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            elif index < len(names) and names[index]:
                cell.set("data-label", names[index])
        if cells:
            _mark_run(cells[-1])
        for cell in cells[1:]:
            if len(cell) and cell.find("a[@data-cw-run]") is None:
                _wrap(cell)
    for cell in table.iter("th"):
        if "scope" not in cell.attrib:
            cell.set("scope", "col")


def _wrap(cell: Element) -> None:
    """Keep a cell's content together: on a phone it stands in a grid, beside the column's name."""
    inner = Element("span")
    inner.text, cell.text = cell.text, None
    for child in list(cell):
        cell.remove(child)
        inner.append(child)
    cell.append(inner)


def _mark_run(cell: Element) -> None:
    if len(cell) == 0 and not (cell.text or "").strip():
        cell.set("class", "cw-compare__empty")
    for link in cell.iter("a"):
        target = link.get("href", "")
        if target.startswith("#"):
            link.set("class", "cw-compare__run")
            link.set("data-cw-run", target[1:])


def _texts(element: Element) -> Iterator[str]:
    """Yield the running text, blocks and code left out."""
    if BLOCK in element.attrib or element.tag in {"pre", "script", "style"}:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _sections(root: Element, terms: tuple[Term, ...]) -> dict[str, str]:
    """Find for each term the section whose heading names it, or the first that uses it."""
    by_heading: dict[str, str] = {}
    by_use: dict[str, str] = {}
    section = ""
    for element in root:
        if element.tag == SECTION:
            section = element.get("id", "")
        text = " ".join(_texts(element))
        if not section or not text.strip():
            continue
        names = by_heading if element.tag in HEADINGS else by_use
        for term in terms:
            if term.term not in names and re.search(pattern(term.term), text, re.IGNORECASE):
                names[term.term] = section
    return {term.term: found for term in terms if (found := _first(term.term, by_heading, by_use))}


def _first(term: str, *maps: dict[str, str]) -> str:
    return next((names[term] for names in maps if term in names), "")


def _link(term: Term, name: str, words: str) -> Element:
    """Return an element around a link from the term to its meaning; `name` is the link's id.

    The title is for readers without scripts.
    """
    element = Element(TERM)
    link = SubElement(element, "a", {"class": "cw-term", "id": name})
    link.set("href", f"#{term.anchor}")
    link.set("title", plain(term.means.text))
    link.set("aria-describedby", f"{term.anchor}-means")
    link.text = words
    return element


class _Linker:
    """Turns the first use of each term into a link to its meaning.

    `uses` maps the anchor of each term found to the id of that link.
    """

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.waiting = {" ".join(term.term.casefold().split()): term for term in terms}
        self.uses: dict[str, str] = {}

    def link(self, element: Element) -> None:
        """Link terms in an element's text and in what it holds, in reading order."""
        if BLOCK in element.attrib or element.tag in NO_LINKS or not self.waiting:
            return
        if element.get("class") == "footnote":
            return
        if element.text and not isinstance(element.text, AtomicString):
            element.text, links = self._split(element.text)
            for index, link in enumerate(links):
                element.insert(index, link)
        index = 0
        while index < len(element):
            child = element[index]
            if child.tag != TERM:
                self.link(child)
                if child.tail and not isinstance(child.tail, AtomicString):
                    child.tail, links = self._split(child.tail)
                    for offset, link in enumerate(links, start=1):
                        element.insert(index + offset, link)
                    index += len(links)
            index += 1

    def _split(self, text: str) -> tuple[str, list[Element]]:
        """Return the text before the first link, and the links, each with what follows it."""
        links: list[Element] = []
        before = rest = text
        while match := self._find(rest):
            name, start, end = match
            term = self.waiting.pop(name)
            self.uses[term.anchor] = f"{term.anchor}-use"
            link = _link(term, self.uses[term.anchor], rest[start:end])
            if links:
                links[-1].tail = rest[:start]
            else:
                before = rest[:start]
            link.tail = rest = rest[end:]
            links.append(link)
        return before, links

    def _find(self, text: str) -> tuple[str, int, int] | None:
        """Return the earliest waiting term in a text, the longest of several at one place."""
        found = [
            (match.start(), -match.end(), name)
            for name in self.waiting
            if (match := re.search(pattern(name), text, re.IGNORECASE))
        ]
        if not found:
            return None
        start, end, name = min(found)
        return name, start, -end

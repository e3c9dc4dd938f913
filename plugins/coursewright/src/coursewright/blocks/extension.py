"""The Markdown extension `coursewright.blocks`.

A preprocessor takes the blocks out of the source and leaves a token at the place of each. A block
processor turns a token into elements in which every piece of a block's Markdown is parsed on its
own, so that links, footnotes and highlighting are handled in the same run as the page's. A
postprocessor cuts the finished pieces out, fills the block's template and puts that in their place.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from coursewright import comments
from coursewright.blocks import terms
from coursewright.blocks.content import Compare, Lab, Question, Quiz, Terms, fill, pieces
from coursewright.blocks.places import insertions
from coursewright.blocks.session import Session
from coursewright.blocks.tree import BlockTreeprocessor
from coursewright.tokens import TAB_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from coursewright.blocks.content import AnyContent
    from coursewright.scan import Document

BEFORE_FENCES = 31.5
"""After snippets are included (32), before white space is normalized (30) and before SuperFences
takes code out (31.05 with preserved tabs, else 25)."""

BEFORE_LISTS = 110
"""Before every block processor of Markdown that could take a token for a paragraph."""

BEFORE_INDENTED_CODE = 85
"""After list items have taken what is indented below them (90), before the rest is code (80)."""

AFTER_TOC = 4
"""After inline patterns (20) and after headings have their ids (5)."""

AFTER_RAW_HTML = 8
"""After stashed HTML is back (30) and entities are (20)."""


@dataclass
class Entry:
    """A block on its way: its content, and the Markdown of its pieces, preprocessed."""

    content: AnyContent
    pieces: list[str]


class BlocksExtension(Extension):
    """Lesson blocks. Option `session`: the build's `Session`; a new one by default."""

    def __init__(self, **options: Any) -> None:
        # not None, which Markdown takes for a truth value
        self.config = {"session": ["", "what the build knows; see coursewright.blocks.session"]}
        super().__init__(**options)
        self.session: Session = self.getConfig("session") or Session()
        self.entries: dict[str, Entry] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the processors."""
        md.registerExtension(self)
        if "table" not in md.parser.blockprocessors:
            md.registerExtensions(["tables"], {})
        md.preprocessors.register(BlockPreprocessor(md, self), "cw-blocks", BEFORE_FENCES)
        md.parser.blockprocessors.register(TokenProcessor(md, self), "cw-blocks", BEFORE_LISTS)
        unclaimed = UnclaimedTokenProcessor(md, self)
        md.parser.blockprocessors.register(unclaimed, "cw-unclaimed", BEFORE_INDENTED_CODE)
        md.treeprocessors.register(BlockTreeprocessor(md, self.session), "cw-blocks", AFTER_TOC)
        md.postprocessors.register(BlockPostprocessor(md, self), "cw-blocks", AFTER_RAW_HTML)

    def reset(self) -> None:
        """Forget the blocks of the page before."""
        self.entries.clear()


class BlockPreprocessor(Preprocessor):
    """Replaces each outermost block by a token between blank lines."""

    def __init__(self, md: Markdown, extension: BlocksExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Take out the blocks."""
        session = self.extension.session
        document, placed = session.read("\n".join(lines))
        first_line = document.lines[0].number
        texts = _readable(document)
        salt = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:10]
        skipped: set[int] = set()
        before: dict[int, list[str]] = {}
        for item in placed:
            index = item.block.line - first_line
            skipped |= set(range(index, item.block.end_line - first_line + 1))
            token = self._keep(session.present(item), salt)
            before.setdefault(index, []).extend(_alone(token, item.block.prefix))
        for index, prefix, broken, replaces in insertions(
            document, placed, session.rendered.problems
        ):
            before.setdefault(index, []).extend(_alone(self._keep(broken, salt), prefix))
            skipped |= {index} if replaces else set()
        if session.front.concepts and not any(item.block.name == "terms" for item in placed):
            quizzes = [item.block for item in placed if item.block.name == "quiz"]
            at_end = not quizzes or bool(quizzes[0].prefix)
            index = len(texts) if at_end else quizzes[0].line - first_line
            content = terms.make(session.front.concepts, 0)
            before[index] = _alone(self._keep(content, salt), "") + before.get(index, [])
        result: list[str] = []
        for index in range(len(texts) + 1):
            result += before.get(index, [])
            if index < len(texts) and index not in skipped:
                result += texts[index]
        return result

    def _keep(self, content: AnyContent, salt: str) -> str:
        entries = self.extension.entries
        token = f"cwblock{salt}n{len(entries)}n"
        entries[token] = Entry(content, [self._preprocess(item.text) for item in pieces(content)])
        return token

    def _preprocess(self, text: str) -> str:
        """Do to a piece what is still to be done to the page: white space, fences, raw HTML."""
        lines = text.split("\n")
        is_after = False
        for processor in self.md.preprocessors:
            if is_after:
                lines = processor.run(lines)
            is_after = is_after or processor is self
        return "\n".join(lines)


def _readable(document: Document) -> list[list[str]]:
    """Return for each line the lines that Markdown gets: without comments over several lines.

    Markdown would take such a comment for text where it begins in a paragraph, a list or a quote,
    would look for fences in it, and would take one that is never closed for the rest of the page.
    """
    written = [line.text for line in document.lines]
    shown = [[text] for text in written]
    unclosed = {item.line for item in document.problems if item.code == "comment-unclosed"}
    for index, row in enumerate(document.rows):
        if document.lines[index].number in unclosed:
            shown[index] = [comments.escape(written[index])]
        elif row.comment_to:
            below = slice(index, row.comment_to + 1)
            ends_paragraph = row.kind == "comment" and not row.quotes and row.indent < TAB_COLUMNS
            kept = comments.cut(written[below])
            first = ["", *kept] if ends_paragraph else kept
            shown[below] = [first, *[[]] * (row.comment_to - index)]
    return shown


def _alone(token: str, prefix: str) -> list[str]:
    blank = prefix.rstrip() if ">" in prefix else ""
    return [blank, prefix + token, blank]


class TokenProcessor(BlockProcessor):
    """Turns a token into elements: one for the block, in it one for each piece."""

    def __init__(self, md: Markdown, extension: BlocksExtension) -> None:
        super().__init__(md.parser)
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Markdown's signature
        """Tell whether the text is a token of ours."""
        is_indented = block.lstrip("\n").startswith("    ")  # is for the list item around it
        return not is_indented and block.strip() in self.extension.entries

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Parse the pieces of one block."""
        token = blocks.pop(0).strip()
        entry = self.extension.entries[token]
        element = SubElement(parent, "div", {"data-cw-block": token})
        for name in _anchors(entry.content):
            SubElement(element, "span", {"id": name})
        if isinstance(entry.content, Compare):
            element.set("data-cw-table", "")
        self.parser.state.set("cw-block")  # else a list around us would make pieces tight
        for index, text in enumerate(entry.pieces):
            container = SubElement(element, "div", {"data-cw-piece": f"{token}p{index}"})
            self.parser.parseChunk(container, text)
            _unwrap(container)
            SubElement(container, "div", {"data-cw-end": f"{token}p{index}"})
        self.parser.state.reset()
        SubElement(element, "div", {"data-cw-end": token})


class UnclaimedTokenProcessor(TokenProcessor):
    """Takes tokens that are indented below what Markdown does not see as a list.

    A list right below a line of text is part of that paragraph.
    """

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Markdown's signature
        """Tell whether the text is a token of ours."""
        return block.strip() in self.extension.entries


def _anchors(content: AnyContent) -> list[str]:
    """Return the ids that the block's template will set, so that links to them are known."""
    if isinstance(content, Terms):
        return [term.anchor for term in content.terms]
    if isinstance(content, Question):
        return [f"question-{content.id}"]
    if isinstance(content, Quiz):
        inner = [item for item in content.questions if isinstance(item, Question)]
        return [content.id, *(f"question-{item.id}" for item in inner)]
    return [content.id] if isinstance(content, Lab) else []


def _unwrap(container: Element) -> None:
    """Make a piece that is a single paragraph fit into a label: drop the paragraph's tag."""
    if len(container) != 1 or container[0].tag != "p" or container[0].attrib:
        return
    paragraph = container[0]
    container.remove(paragraph)
    container.text = paragraph.text
    container.extend(list(paragraph))


class BlockPostprocessor(Postprocessor):
    """Cuts the finished pieces out of the page and puts filled templates in their place."""

    def __init__(self, md: Markdown, extension: BlocksExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        """Render every block, in the order in which blocks stand in the page."""
        for token, entry in self._in_order(text):
            start, end = _bounds(text, "block", token)
            inner = text[start:end]
            html = (_cut(inner, f"{token}p{index}") for index in range(len(entry.pieces)))
            rendered = self.extension.session.render(fill(entry.content, html))
            outer_start = text.rindex("<div", 0, start)
            outer_end = text.index("</div>", text.index("</div>", end) + 6) + 6
            text = text[:outer_start] + rendered + text[outer_end:]
        return text

    def _in_order(self, text: str) -> Iterator[tuple[str, Entry]]:
        found = re.findall(r'data-cw-block="(cwblock\w+)"', text)
        for token in found:
            if token in self.extension.entries:
                yield token, self.extension.entries[token]


def _bounds(text: str, kind: str, key: str) -> tuple[int, int]:
    """Return where the content of a marked element begins and ends."""
    start = text.index(f'data-cw-{kind}="{key}"')
    return text.index(">", start) + 1, text.index(f'<div data-cw-end="{key}">', start)


def _cut(text: str, key: str) -> str:
    start, end = _bounds(text, "piece", key)
    return text[start:end].strip()

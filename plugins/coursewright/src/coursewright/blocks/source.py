"""Reading a block's body: Markdown pieces, labelled code fences, headings and HTML in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursewright.blocks.content import Piece
from coursewright.tokens import CHOICE_FENCE, FENCE, TAB_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.scan import Block, Line

LABEL = re.compile(r"(?<![\w-])\.([A-Za-z][\w-]*)")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
TAG = re.compile(r"<(?:[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?|/[A-Za-z][A-Za-z0-9-]*\s*|!--.*?--)>")


@dataclass(frozen=True)
class Fence:
    """A code fence at the outermost level of a body.

    `language` is what stands first behind the fence, `labels` the classes in braces without
    their dots, `code` the lines between, joined. `line` is that of the opening.
    """

    opening: str
    language: str
    labels: tuple[str, ...]
    code: str
    lines: tuple[Line, ...]

    @property
    def line(self) -> int:
        """The line of the opening."""
        return self.lines[0].number


@dataclass(frozen=True)
class Body:
    """A body taken apart: each item is a fence or a line of text, in order."""

    items: tuple[Line | Fence, ...]

    @property
    def fences(self) -> tuple[Fence, ...]:
        """Only the fences."""
        return tuple(item for item in self.items if isinstance(item, Fence))


def read_body(lines: Sequence[Line]) -> Body:
    """Separate fences that are not indented from other lines.

    A fence that begins on the line of a choice belongs to the choice and stays lines.
    """
    items: list[Line | Fence] = []
    index = 0
    while index < len(lines):
        end = _fence_end(lines, index)
        of_choice = CHOICE_FENCE.match(lines[index].text) is not None
        if end and not of_choice:
            items.append(_fence(lines[index:end]))
        else:
            items += lines[index : end or index + 1]
        index = end or index + 1
    return Body(tuple(items))


def piece(lines: Sequence[Line | Fence]) -> Piece | None:
    """Join lines to Markdown without blank lines around it; None when nothing is left."""
    plain: list[Line] = []
    for item in lines:
        plain += item.lines if isinstance(item, Fence) else (item,)
    while plain and not plain[0].text.strip():
        plain.pop(0)
    while plain and not plain[-1].text.strip():
        plain.pop()
    if not plain:
        return None
    return Piece("\n".join(line.text for line in plain), plain[0].number)


def argument(block: Block) -> Piece | None:
    """Return the text behind the bar of the block's first line."""
    return Piece(block.argument, block.line) if block.argument else None


def source_of(block: Block) -> str:
    """Return the block as written."""
    lines = sorted(block.all_lines(), key=lambda line: line.number)
    return "\n".join(line.text for line in lines)


def fold(text: str) -> str:
    """Fold white space, so that a text's spelling in the file does not matter."""
    return " ".join(text.split())


def find_tag(text: str) -> str | None:
    """Return the first HTML tag in Markdown, code spans aside."""
    found = TAG.search(CODE_SPAN.sub("", text))
    return found.group() if found else None


def indentation(text: str) -> int:
    """Return the number of spaces at the beginning of a line."""
    return len(text) - len(text.lstrip(" "))


def outside_fences(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are in no code fence, indented, quoted or neither."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        end = _fence_end(lines, index, nested=True)
        if not end:
            kept.append(lines[index])
        index = end or index + 1
    return kept


def _fence_end(lines: Sequence[Line], start: int, *, nested: bool = False) -> int | None:
    """Return the index after the fence that begins in a line; None when none does."""
    text = lines[start].text.expandtabs(TAB_COLUMNS)
    opening = FENCE.match(_bare(text, nested=nested))
    if not opening or (text.startswith(" " * TAB_COLUMNS) and not nested):
        return None
    for index in range(start + 1, len(lines)):
        if _bare(lines[index].text, nested=nested) == opening.group(1):
            return index + 1
    return None


def _bare(text: str, *, nested: bool) -> str:
    """Remove the mark of a choice and indentation; with `nested` quote marks, too."""
    inner = text.lstrip(" \t>") if nested else text.strip()
    choice = CHOICE_FENCE.match(inner)
    return inner[choice.end() if choice else 0 :].strip()


def _fence(lines: Sequence[Line]) -> Fence:
    opening = lines[0].text.strip()
    info = opening.lstrip("`~").strip()
    braces = re.search(r"\{([^}]*)\}", info)
    word = re.match(r"[^\s{]+", info)
    labels = tuple(LABEL.findall(braces.group(1))) if braces else ()
    language = word.group() if word else ""
    if not language and labels:
        language, labels = labels[0], labels[1:]
    indent = indentation(lines[0].text)
    code = "\n".join(_dedent(line.text, indent) for line in lines[1:-1])
    return Fence(opening, language, labels, code, tuple(lines))


def _dedent(text: str, indent: int) -> str:
    return text[min(indent, indentation(text)) :]

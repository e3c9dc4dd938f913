"""A page's source read as a whole: front matter, blocks with their content, all problems.

Needs no Markdown: what is wrong is known before anything is rendered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coursewright import frontmatter
from coursewright.blocks import (
    advice,
    big_idea,
    compare,
    hint,
    lab,
    question,
    quiz,
    quote,
    terms,
    tracks,
)
from coursewright.blocks.content import AnyContent, Broken, Compare, Lab, Question, Quiz
from coursewright.blocks.headings import Heading, read_headings
from coursewright.blocks.source import source_of
from coursewright.scan import Block, decode, scan
from lessonlab.problems import phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coursewright.frontmatter import FrontMatter
    from lessonlab.problems import Problem


@dataclass(frozen=True)
class Placed:
    """An outermost block and what it says; `content` is None when it could not be read."""

    block: Block
    content: AnyContent | None

    def covers(self, found: Problem) -> bool:
        """Tell whether a problem lies in the block."""
        return self.block.line <= found.line <= self.block.end_line


@dataclass(frozen=True)
class Page:
    """A page as its author wrote it.

    `body` is the Markdown below the front matter, `first_line` the number of its first line in
    the file, from 1. `problems` are sorted by line and carry the page's path.
    """

    path: str
    front: FrontMatter
    body: str
    first_line: int
    placed: tuple[Placed, ...]
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every readable question, in quizzes or not, in order."""
        found: list[Question] = []
        for placed in self.placed:
            if isinstance(placed.content, Question):
                found.append(placed.content)
            elif isinstance(placed.content, Quiz):
                inner = placed.content.questions
                found += [item for item in inner if isinstance(item, Question)]
        return tuple(found)

    @property
    def labs(self) -> tuple[Lab, ...]:
        """Every readable lab, in order."""
        return tuple(item.content for item in self.placed if isinstance(item.content, Lab))

    @property
    def comparisons(self) -> tuple[Compare, ...]:
        """Every readable comparison, in order."""
        return tuple(item.content for item in self.placed if isinstance(item.content, Compare))


def read_page(data: bytes, path: str, *, foreign: Iterable[str] = ()) -> Page:
    """Read a page from its file's bytes.

    Args:
        data: The file.
        path: Its path, relative to the course's documents, for problems.
        foreign: Names of blocks that other Markdown extensions handle.
    """
    text, problems = decode(data)
    front, found = frontmatter.read(text)
    problems += found
    _, body, first_line = frontmatter.split(text)
    document = scan(body, first_line, foreign=foreign)
    problems += document.problems
    placed = read_blocks(document.blocks, front, problems)
    headings = read_headings(document)
    problems += _check_ids(placed)
    problems += _check_lab_links(placed)
    problems += _check_path(front, headings)
    unique = dict.fromkeys(item.at(path) for item in problems)
    located = sorted(unique, key=lambda item: item.line)
    return Page(path, front, body, first_line, placed, headings, tuple(located))


def read_blocks(
    blocks: Sequence[Block], front: FrontMatter, problems: list[Problem]
) -> tuple[Placed, ...]:
    """Read the content of outermost blocks; problems are added to the list."""
    placed = [Placed(block, _read(block, front, problems)) for block in blocks]
    unnamed = [
        at
        for at, item in enumerate(placed)
        if isinstance(item.content, Quiz) and "id" not in item.block.options
    ]
    for number, at in enumerate(unnamed[1:], start=2):
        content = placed[at].content
        if isinstance(content, Quiz):
            placed[at] = replace(placed[at], content=replace(content, id=f"{content.id}-{number}"))
    return tuple(placed)


def present(placed: Placed, problems: Iterable[Problem]) -> AnyContent:
    """Return what to show for a block: its content, with what is wrong at its place.

    Args:
        placed: The block.
        problems: All problems of the page, those found by running code included.
    """
    errors = [item for item in problems if placed.covers(item) and item.severity == "error"]
    content = placed.content
    if isinstance(content, Quiz):
        return _present_quiz(placed.block, content, errors)
    if content is None or errors:
        return Broken(tuple(errors), source_of(placed.block), placed.block.line)
    return content


def _present_quiz(block: Block, content: Quiz, errors: list[Problem]) -> Quiz:
    children = [child for child in block.children if child.name == "question"]
    shown: list[Question | Broken] = []
    rest = list(errors)
    for child, entry in zip(children, content.questions, strict=True):
        own = [item for item in errors if child.line <= item.line <= child.end_line]
        rest = [item for item in rest if item not in own]
        shown.append(Broken(tuple(own), source_of(child), child.line) if own else entry)
    return replace(content, questions=tuple(shown), problems=tuple(rest))


def _read(block: Block, front: FrontMatter, problems: list[Problem]) -> AnyContent | None:
    content: AnyContent | None = None
    found: list[Problem] = []
    if block.name == "quiz":
        content, found = quiz.parse(block)
    elif block.name == "question":
        content, found = question.parse(block)
    elif block.name == "lab":
        content, found = lab.parse(block)
    elif block.name == "compare":
        content, found = compare.parse(block)
    elif block.name == "quote":
        content, found = quote.parse(block)
    elif block.name == "big-idea":
        content, found = big_idea.parse(block)
    elif block.name == "terms":
        content, found = terms.parse(block, front.concepts)
    elif block.name == "tracks":
        content, found = tracks.parse(block)
    else:
        read_blocks(block.children, front, problems)
    problems += found + _extra(block, content)
    return content


def _extra(block: Block, content: AnyContent | None) -> list[Problem]:
    """Check hints, and advise on what could be read."""
    problems: list[Problem] = []
    if block.name == "quiz":
        for child in block.children:
            problems += hint.check(child)
    elif block.name == "question":
        problems += hint.check(block)
    if isinstance(content, Question):
        problems += advice.advise_question(content)
    elif isinstance(content, Quiz):
        problems += advice.advise_quiz(content)
        for item in content.questions:
            problems += advice.advise_question(item) if isinstance(item, Question) else []
    return problems


def ids(placed: Sequence[Placed]) -> list[tuple[str, int]]:
    """Return each id of quizzes, questions and labs with its line, in order."""
    found: list[tuple[str, int]] = []
    for item in placed:
        content = item.content
        if isinstance(content, Question | Lab):
            found.append((content.id, content.lines.get("id", content.line)))
        elif isinstance(content, Quiz):
            found.append((content.id, content.line))
            inner = [entry for entry in content.questions if isinstance(entry, Question)]
            found += [(entry.id, entry.lines.get("id", entry.line)) for entry in inner]
    return found


def _check_ids(placed: Sequence[Placed]) -> list[Problem]:
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for name, line in ids(placed):
        if name in first:
            place = phrase("line", line=first[name])
            problems.append(problem("id-duplicate", line, id=name, first=place))
        first.setdefault(name, line)
    return problems


def _check_lab_links(placed: Sequence[Placed]) -> list[Problem]:
    labs = [item.content.id for item in placed if isinstance(item.content, Lab)]
    labs += [
        item.block.options["id"].text
        for item in placed
        if item.block.name == "lab" and item.content is None and "id" in item.block.options
    ]
    return [
        problem(
            "compare-lab-unknown",
            line,
            found=target,
            suggestion=suggest(target, labs, otherwise=phrase("no-such-lab")),
        )
        for item in placed
        if isinstance(item.content, Compare)
        for target, line in item.content.labs
        if target not in labs
    ]


def _check_path(front: FrontMatter, headings: Sequence[Heading]) -> list[Problem]:
    names = {name for heading in headings for name in heading.names}
    texts = [heading.text for heading in headings]
    return [
        problem(
            "path-unknown",
            front.lines.get(f"path.{index}", front.lines.get("path", 1)),
            found=entry,
            suggestion=suggest(entry, texts, otherwise=phrase("write-heading")),
        )
        for index, entry in enumerate(front.path)
        if re.sub(r"\s+", " ", entry).strip().casefold() not in names
    ]

"""What the blocks of a page say, as plain data.

A `Piece` is Markdown that is rendered on its own. `pieces` and `fill` walk any of these
dataclasses, so that rendering needs no code per block. Knows neither Markdown nor templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessonlab.problems import Problem
    from lessonlab.schema import LabSpec, QuestionSpec, Setting
EMPTY = Markup()


@dataclass(frozen=True)
class Piece:
    """Markdown source, the line where it begins, and its HTML once rendered.

    `html` of a single paragraph lacks the paragraph's tag, so that it fits into a label.
    """

    text: str
    line: int
    html: Markup = EMPTY

    @property
    def is_inline(self) -> bool:
        """Whether `html` may stand in a label or legend."""
        start = self.html.lstrip()
        return not start.startswith(BLOCK_TAGS)

    @property
    def block(self) -> Markup:
        """`html` as it stands outside of labels: a single paragraph has its tag again."""
        return Markup("<p>{}</p>").format(self.html) if self.is_inline else self.html

    @property
    def copy(self) -> Markup:
        """`html` for a second place in the page: without ids, names and fields."""
        kept = FIELD.sub("", self.html)
        return Markup(TAG.sub(lambda tag: UNIQUE.sub("", tag.group()), kept))  # noqa: S704 - made of ours


FIELD = re.compile(r"<input\b[^>]*>")
TAG = re.compile(r"<[a-z][^>]*>")
UNIQUE = re.compile(r'\s(?:id|name|for|aria-labelledby)="[^"]*"')

BLOCK_TAGS = tuple(
    f"<{tag}"
    for tag in ("p>", "p ", "div", "pre", "ul", "ol", "table", "blockquote", "dl", "figure", "h")
)


@dataclass(frozen=True)
class Broken:
    """Stands where a block has mistakes, so that they show at their place in the page.

    `source` is the block as written.
    """

    problems: tuple[Problem, ...]
    source: str
    line: int


@dataclass(frozen=True)
class Choice:
    """A choice; in a `text` question, an accepted or a foreseen answer (`answer`, plain text)."""

    id: str
    correct: bool
    text: Piece
    feedback: Piece | None
    line: int
    answer: str = ""


@dataclass(frozen=True)
class Question:
    """A question of any kind.

    `code` is the shown program of `predict`, `solution` that of `python`, both as fences to be
    rendered; the exact texts are in `spec` and `solution_code`. `visible_checks` are the
    messages of the checks a learner may see. `number` and `total` count within the quiz, from 1,
    and are 0 outside of one.
    """

    id: str
    kind: str
    stem: Piece
    body: Piece | None
    choices: tuple[Choice, ...]
    hints: tuple[Piece, ...]
    explanation: Piece | None
    code: Piece | None
    solution: Piece | None
    solution_code: str
    visible_checks: tuple[str, ...]
    spec: QuestionSpec
    spec_json: str
    line: int
    lines: dict[str, int]
    number: int = 0
    total: int = 0

    @property
    def rows(self) -> int:
        """Height of the answer's text area, in lines."""
        if self.kind != "python":
            return 3  # more would tell how long the output is
        return min(24, max(6, self.spec.starter.count("\n") + 3))


@dataclass(frozen=True)
class Quiz:
    """Questions asked in rounds of `round_size`. `problems` are those outside its questions."""

    id: str
    title: Piece | None
    round_size: int
    questions: tuple[Question | Broken, ...]
    line: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Lab:
    """An experiment to run. `spec` is set once the experiment is known.

    With it come two texts for attributes: the JSON of `spec` and that of `spec.measured`.
    """

    id: str
    title: Piece | None
    intro: Piece | None
    experiment: str
    fix: dict[str, Setting]
    expose: tuple[str, ...] | None
    line: int
    lines: dict[str, int]
    spec: LabSpec | None = None
    spec_json: str = ""
    result_json: str = ""


@dataclass(frozen=True)
class Compare:
    """A comparison table. `labs` are the ids its rows link to, each with its line."""

    table: Piece
    caption: Piece | None
    labs: tuple[tuple[str, int], ...]
    line: int


@dataclass(frozen=True)
class Quote:
    """A pull quote and who said it."""

    text: Piece
    source: Piece | None
    line: int


@dataclass(frozen=True)
class BigIdea:
    """The framed idea of a lesson."""

    title: Piece | None
    text: Piece
    line: int


@dataclass(frozen=True)
class Term:
    """A concept in the list of key terms.

    `anchor` is the id of its definition in the page, `use` that of its first use in the text;
    empty when the text never uses it, and as long as that is not known.
    """

    term: str
    anchor: str
    means: Piece
    see: tuple[tuple[str, str], ...]
    line: int
    use: str = ""


@dataclass(frozen=True)
class Terms:
    """The list of key terms. `glossary` is the way to the course's whole list, if there is one."""

    terms: tuple[Term, ...]
    line: int
    glossary: str = ""


@dataclass(frozen=True)
class Tracks:
    """The place of the course's tracks; what stands there is known once all lessons are."""

    line: int


AnyContent = Broken | Question | Quiz | Lab | Compare | Quote | BigIdea | Terms | Tracks


def pieces(content: object) -> Iterator[Piece]:
    """Yield every piece in `content`, in an order that `fill` shares."""
    if isinstance(content, Piece):
        yield content
    elif isinstance(content, tuple):
        for item in content:
            yield from pieces(item)
    elif is_dataclass(content) and not isinstance(content, type):
        for entry in fields(content):
            yield from pieces(getattr(content, entry.name))


def fill[Content](content: Content, html: Iterator[str]) -> Content:
    """Return `content` with the HTML of its pieces, given in the order of `pieces`."""
    filled: Any = content
    if isinstance(content, Piece):
        filled = replace(content, html=Markup(next(html)))  # noqa: S704 - made by Markdown
    elif isinstance(content, tuple):
        filled = tuple([fill(item, html) for item in content])
    elif is_dataclass(content) and not isinstance(content, type):
        inner = {entry.name: getattr(content, entry.name) for entry in fields(content)}
        changed = {name: fill(value, html) for name, value in inner.items()}
        filled = replace(content, **changed)
    return filled  # type: ignore[no-any-return]

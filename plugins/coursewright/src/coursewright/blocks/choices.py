"""Choices of a question and the feedback below each, in any of the accepted spellings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursewright.blocks.content import Choice, Piece
from coursewright.blocks.source import Fence, find_tag, fold, indentation
from coursewright.tokens import FENCE, TAB_COLUMNS
from lessonlab.problems import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.blocks.source import Body
    from coursewright.scan import Line
    from lessonlab.problems import Problem

GAP = "[ \u00a0\u202f]"
"""A space, or one that looks like it; some keyboards type a no-break space all too easily."""

CHOICE = re.compile(rf"{GAP}{{0,3}}[-*+]{GAP}\[({GAP}|[xX])\](?:{GAP}+(.*))?$")
FEEDBACK = re.compile(rf"{GAP}{{0,7}}>{GAP}?(.*)$")
CONTINUED = re.compile(rf"{GAP}{{2,}}\S")

BULLET = r"(?:[-*+\u2022\u00b7\u2010-\u2015\u2212]+|\d+[.)])"
NEARLY = (
    re.compile(
        rf" {{0,3}}{BULLET} *[\[\u3010] ?([^\]\u3011]{{0,2}}?) ?[\]\u3011](?![(:\[]) *(.*)$"
    ),
    re.compile(r" {0,3}\[([ xX])\] +(.*)$"),
)
"""Spellings that can mean nothing else, in text with plain brackets and spaces."""

NEARLY_BELOW = (
    re.compile(rf" {{0,3}}{BULLET} *\( ?([xX]?) ?\) *(.*)$"),
    re.compile(rf" {{0,3}}{BULLET} *\[ ?([xX]?) (?!.*\])(.*)$"),
)
"""Spellings that may mean something else above the first choice."""

RIGHT = frozenset("xX\u0445\u0425\u00d7\u2713\u2714")
"""Marks of a right choice: x, in Cyrillic too, the sign for times, check marks."""


LISTED = re.compile(rf" {{0,3}}{BULLET}\s")
"""A line of a list, which below a choice can only be meant as another one."""


@dataclass
class _Draft:
    line: int
    correct: bool
    text: list[str]
    feedback: list[str] = field(default_factory=list)
    feedback_line: int = 0
    blanks: int = 0
    fence: str = ""
    code: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Continue the choice's text, or its feedback once that has begun."""
        target = self.feedback if self.feedback_line else self.text
        target += [""] * self.blanks + [text]
        self.blanks = 0

    def continue_fence(self, text: str) -> None:
        """Read a line of a fence; its end tells by how much all lines were indented."""
        self.code.append(text)
        if text.strip() == self.fence:
            margin = indentation(text)
            for line in self.code:
                self.add(line[min(margin, indentation(line)) :])
            self.fence, self.code = "", []


@dataclass
class Choices:
    """What stood before the first choice, the choices, and what is wrong with them."""

    before: list[Line | Fence] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_unclear: bool = False
    """Whether a line was no choice that may have been meant as the right one."""


def read_choices(body: Body) -> Choices:
    """Read the choices of a question.

    Feedback may be indented or not, with or without blank lines around it. A near miss, such as
    a missing space, is reported and read as meant.
    """
    result = Choices()
    drafts: list[_Draft] = []
    stray = 0
    for at, item in enumerate(body.items):
        line = item.line if isinstance(item, Fence) else item.number
        if not drafts and not _begins(item):
            result.before.append(item)
        elif isinstance(item, Fence) or not _take(item, drafts, result, body.items[at:]):
            text = item.opening if isinstance(item, Fence) else item.text
            is_listed = LISTED.match(text) is not None
            result.is_unclear |= is_listed
            if stray != line - 1:
                code = "choice-spelling" if is_listed else "choice-stray-text"
                result.problems.append(problem(code, line, found=text))
            stray = item.lines[-1].number if isinstance(item, Fence) else line
    _finish(drafts, result)
    return result


def is_choice(text: str) -> bool:
    """Tell whether a line begins a choice, as it should or nearly so."""
    wide = text.expandtabs(TAB_COLUMNS)
    return bool(CHOICE.match(wide) or _near(wide, below=False))


def _begins(item: Line | Fence) -> bool:
    return not isinstance(item, Fence) and is_choice(item.text)


def _near(text: str, *, below: bool) -> tuple[str, str] | None:
    """Return mark and text of a misspelt choice; None when it is something else."""
    plain = unicodedata.normalize("NFKC", text)  # brackets and letters of other widths
    for pattern in (*NEARLY, *(NEARLY_BELOW if below else ())):
        if match := pattern.match(plain):
            return match.group(1).strip(), match.group(2)
    return None


def _take(item: Line, drafts: list[_Draft], result: Choices, below: Sequence[Line | Fence]) -> bool:
    """Read one line at or below the first choice; False when it belongs nowhere."""
    text = item.text.expandtabs(TAB_COLUMNS).rstrip()
    if drafts and drafts[-1].fence:
        drafts[-1].continue_fence(text)
    elif not text:
        drafts[-1].blanks += 1
    elif match := CHOICE.match(text):
        drafts.append(_Draft(item.number, match.group(1) in "xX", []))
        _add(match.group(2) or "", drafts[-1], below)
    elif near := _near(text, below=bool(drafts)):
        mark, rest = near
        result.problems.append(problem("choice-spelling", item.number, found=text.strip()))
        result.is_unclear |= bool(mark) and not RIGHT & set(mark)
        drafts.append(_Draft(item.number, bool(RIGHT & set(mark)), [rest]))
    elif match := FEEDBACK.match(text):
        draft = drafts[-1]
        if not draft.feedback_line:
            draft.feedback_line, draft.blanks = item.number, 0
        draft.add(match.group(1))
    elif CONTINUED.match(text):
        _add(text[min(TAB_COLUMNS, indentation(text)) :], drafts[-1], below)
    else:
        return False
    return True


def _add(text: str, draft: _Draft, below: Sequence[Line | Fence]) -> None:
    """Add a line to a choice or its feedback; it may begin a fence that is closed below."""
    opening = FENCE.match(text.strip())
    texts = [item.text.strip() for item in below[1:] if not isinstance(item, Fence)]
    if opening and opening.group(1) in texts:
        draft.fence = opening.group(1)
        draft.continue_fence(text.strip())
    else:
        draft.add(text)


def _finish(drafts: list[_Draft], result: Choices) -> None:
    first: dict[str, int] = {}
    for draft in drafts:
        text = "\n".join(draft.text).strip()
        if not text:
            result.problems.append(problem("choice-empty", draft.line))
            continue
        if tag := find_tag(text):
            result.problems.append(problem("choice-html", draft.line, found=tag))
        folded = fold(text).casefold()
        name = hashlib.sha256(folded.encode()).hexdigest()[:8]
        if folded in first:
            found = problem("choice-repeated", draft.line, text=text, first=first[folded])
            result.problems.append(found)
            name = f"{name}-{draft.line}"
        first.setdefault(folded, draft.line)
        feedback = Piece("\n".join(draft.feedback), draft.feedback_line)
        result.choices.append(
            Choice(
                id=name,
                correct=draft.correct,
                text=Piece(text, draft.line),
                feedback=feedback if feedback.text.strip() else None,
                line=draft.line,
                answer=fold(text).strip("`"),
            )
        )

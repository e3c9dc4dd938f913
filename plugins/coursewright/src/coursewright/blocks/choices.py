"""Choices of a question and the feedback below each, in any of the accepted spellings."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursewright.blocks.content import Choice, Piece
from coursewright.blocks.source import Fence, find_tag, fold
from coursewright.tokens import FENCE, TAB_COLUMNS
from lessonlab.problems import problem

if TYPE_CHECKING:
    from coursewright.blocks.source import Body
    from coursewright.scan import Line
    from lessonlab.problems import Problem

CHOICE = re.compile(r" {0,3}[-*+] \[([ xX])\](?: +(.*))?$")
NEARLY = re.compile(r" {0,3}(?:[-*+]|\d+[.)]) ?\[([^\]]{0,2})\](?![(:\[])\s*(.*)$")
FEEDBACK = re.compile(r" {0,7}> ?(.*)$")
CONTINUED = re.compile(r" {2,}\S")


@dataclass
class _Draft:
    line: int
    correct: bool
    text: list[str]
    feedback: list[str] = field(default_factory=list)
    feedback_line: int = 0
    blanks: int = 0
    fence: str = ""

    def add(self, text: str) -> None:
        """Continue the choice's text, or its feedback once that has begun."""
        target = self.feedback if self.feedback_line else self.text
        target += [""] * self.blanks + [text]
        self.blanks = 0


@dataclass
class Choices:
    """What stood before the first choice, the choices, and what is wrong with them."""

    before: list[Line | Fence] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_choices(body: Body) -> Choices:
    """Read the choices of a question.

    Feedback may be indented or not, with or without blank lines around it. A near miss, such as
    a missing space, is reported and read as meant.
    """
    result = Choices()
    drafts: list[_Draft] = []
    stray = 0
    for item in body.items:
        line = item.line if isinstance(item, Fence) else item.number
        if not drafts and not _begins(item):
            result.before.append(item)
        elif isinstance(item, Fence) or not _take(item, drafts, result):
            if stray != line - 1:
                text = item.opening if isinstance(item, Fence) else item.text
                result.problems.append(problem("choice-stray-text", line, found=text))
            stray = item.lines[-1].number if isinstance(item, Fence) else line
    _finish(drafts, result)
    return result


def _begins(item: Line | Fence) -> bool:
    if isinstance(item, Fence):
        return False
    text = item.text.expandtabs(TAB_COLUMNS)
    return bool(CHOICE.match(text) or NEARLY.match(text))


def _take(item: Line, drafts: list[_Draft], result: Choices) -> bool:
    """Read one line at or below the first choice; False when it belongs nowhere."""
    text = item.text.expandtabs(TAB_COLUMNS).rstrip()
    if drafts and drafts[-1].fence:
        _continue_fence(text, drafts[-1])
    elif not text:
        drafts[-1].blanks += 1
    elif match := CHOICE.match(text):
        drafts.append(_Draft(item.number, match.group(1) != " ", [match.group(2) or ""]))
    elif match := NEARLY.match(text):
        result.problems.append(problem("choice-spelling", item.number, found=text.strip()))
        drafts.append(_Draft(item.number, "x" in match.group(1).lower(), [match.group(2)]))
    elif match := FEEDBACK.match(text):
        draft = drafts[-1]
        if not draft.feedback_line:
            draft.feedback_line, draft.blanks = item.number, 0
        draft.add(match.group(1))
    elif CONTINUED.match(text) and not (drafts[-1].feedback_line and drafts[-1].blanks):
        opening = FENCE.match(text.strip())
        if opening and not drafts[-1].feedback_line:
            drafts[-1].fence = text[: len(text) - len(text.lstrip())] + opening.group(1)
        drafts[-1].add(text.strip())
    else:
        return False
    return True


def _continue_fence(text: str, draft: _Draft) -> None:
    indent = len(draft.fence) - len(draft.fence.lstrip())
    draft.add(text[min(indent, len(text) - len(text.lstrip())) :])
    if text.strip() == draft.fence.strip():
        draft.fence = ""


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

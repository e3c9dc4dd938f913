"""Questions: what the page must know of one, and how a program is run and graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multiple", "text", "predict", "python"]


@dataclass(frozen=True)
class ChoiceSpec:
    """One choice as the grader needs it.

    `id` is a short hash of the choice's source text, so that moving a choice keeps stored answers.
    `text` is the accepted or foreseen answer of a `text` question and empty for other kinds.
    """

    id: str
    correct: bool
    text: str


@dataclass(frozen=True)
class QuestionSpec:
    """What `data-cw-spec` of a question holds. Words for readers are in the page's HTML instead.

    `meaning` is a hash of stem, choices and key: a stored attempt with another hash is marked
    "changed since". `code` and `answer` belong to `predict`; `starter`, `checks` and
    `hidden_checks` to `python`. `limit_s` bounds one run, in seconds (0.1 to 60).
    """

    id: str
    kind: Kind
    meaning: str
    shuffle: bool
    choices: tuple[ChoiceSpec, ...] = ()
    hints: int = 0
    code: str = ""
    answer: str = ""
    starter: str = ""
    checks: str = ""
    hidden_checks: str = ""
    limit_s: float = 10.0


@dataclass(frozen=True)
class ErrorReport:
    """An exception raised by learner code.

    `line` counts from 1 in the learner's code, 0 when no frame is the learner's. `traceback`
    holds only the learner's own frames.
    """

    type: str
    message: str
    line: int
    traceback: str


@dataclass(frozen=True)
class CheckResult:
    """One assertion of a check. `message` is what is expected; for a hidden check it may be empty.

    `detail` says what was raised instead when the check did not fail by its own assertion, and
    `line` (from 1) where in the learner's code, 0 when elsewhere.
    """

    ok: bool
    hidden: bool
    message: str
    detail: str
    line: int = 0


@dataclass(frozen=True)
class RunRequest:
    """Run code in a fresh namespace. `stdin` feeds `input()`, one item a call."""

    code: str
    stdin: tuple[str, ...] = ()


@dataclass(frozen=True)
class GradeRequest:
    """Run code, then its checks, in one fresh namespace."""

    code: str
    checks: str
    hidden_checks: str
    stdin: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunReport:
    """What a run printed and how it ended. `truncated` says that output was cut at the cap."""

    stdout: str
    truncated: bool
    error: ErrorReport | None


@dataclass(frozen=True)
class GradeReport:
    """A run with its checks. `passed` needs at least one check, none failed, and no error."""

    passed: bool
    checks: tuple[CheckResult, ...]
    stdout: str
    truncated: bool
    error: ErrorReport | None

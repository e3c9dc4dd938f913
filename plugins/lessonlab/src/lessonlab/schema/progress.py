"""What a browser keeps of its reader: values made to be merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["correct", "partial", "incorrect", "revealed"]


@dataclass(frozen=True)
class Attempt:
    """One answer given by the learner. `answer` is JSON text; `meaning` as in QuestionSpec.

    `id` is `<device>-<stamp>-<suffix>`, the stamp in base 36. A stamp is the wall clock in
    milliseconds, pushed beyond every stamp its writer had seen: it orders attempts and decides
    whether a reset covers them. `at` is when the answer was given and decides nothing.
    """

    id: str
    at: int
    verdict: Verdict
    answer: str
    meaning: str


@dataclass(frozen=True)
class Compacted:
    """The older attempts of one device, kept as numbers only.

    It stands for all attempts of the device with a stamp above `since` and up to `through`;
    `correct` of the `attempts` were correct.
    """

    attempts: int
    correct: int
    since: int
    through: int


@dataclass(frozen=True)
class Stamped:
    """A single value of which the last writer wins; `value` is JSON text, `at` a stamp.

    Ties on `at` are settled by `device`, then by `value`, so that merging is commutative.
    """

    value: str
    at: int
    device: str


@dataclass(frozen=True)
class QuestionRecord:
    """Everything kept of one question.

    `counts` maps a device to what was compacted away there. `reset_at` is a tombstone: whatever
    has a stamp not later than it is gone for good.
    """

    attempts: tuple[Attempt, ...]
    counts: dict[str, Compacted]
    draft: Stamped | None
    reset_at: int


@dataclass(frozen=True)
class LabRecord:
    """The last result and prediction of a lab."""

    result: Stamped | None
    prediction: Stamped | None
    reset_at: int


@dataclass(frozen=True)
class LessonProgress:
    """One lesson in storage, under `coursewright:<site id>:lesson:<lesson id>`.

    `visited` holds a JSON list: the ids of the quiz's questions when the lesson was last opened,
    so that other pages can mark it without knowing its questions. `reset_at` covers all of it.
    """

    version: int
    questions: dict[str, QuestionRecord]
    labs: dict[str, LabRecord]
    visited: Stamped | None
    reset_at: int


@dataclass(frozen=True)
class CourseProgress:
    """Settings of the whole course, under `coursewright:<site id>:course`."""

    version: int
    device: str
    settings: dict[str, Stamped]

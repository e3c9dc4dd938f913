"""The data that crosses a boundary: build to page, page to worker, page to storage.

Plain frozen dataclasses without behaviour. The build hook turns them into JSON Schema and then
into `schema.ts`, so a field exists once. JSON keys are the field names. Tuples become arrays.
Times are milliseconds since 1970-01-01 UTC; durations are seconds unless the name says `_ms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PROTOCOL_VERSION = 1

Kind = Literal["single", "multiple", "text", "predict", "python"]
Verdict = Literal["correct", "partial", "incorrect", "revealed"]
ParamKind = Literal["int", "float", "choice", "bool"]
OutcomeName = Literal["coin", "old_place", "failed"]
Setting = bool | int | float | str


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


@dataclass(frozen=True)
class ParamSpec:
    """A control of a lab, drawn from this declaration alone.

    `low`, `high` and `step` are for numbers (inclusive), `choices` for `choice`. `label` is a key
    of the strings table or plain text; `unit` likewise, empty when dimensionless.
    """

    name: str
    kind: ParamKind
    default: Setting
    label: str
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class ExperimentSpec:
    """An experiment as the page sees it: its world and its parameters in display order.

    `levels` are the seeds of levels that show the effect well, in the order in which a lab offers
    them; any other seed makes a level too. `coins` holds for each of them a telling [row, column]
    to move the coin to. `first` is the first of them with the coin where training puts it: what a
    page draws before Python has started.
    """

    name: str
    world: str
    params: tuple[ParamSpec, ...]
    levels: tuple[int, ...] = ()
    coins: tuple[tuple[int, int], ...] = ()
    first: LevelView | None = None


@dataclass(frozen=True)
class Outcomes:
    """Shares of test episodes, each in [0, 1], together 1.

    `coin`: touched the coin. `old_place`: reached the place where the coin lay in training,
    without the coin (goal failure). `failed`: died or got stuck (capability failure).
    """

    coin: float
    old_place: float
    failed: float


@dataclass(frozen=True)
class LabResult:
    """What `data-cw-result` of a lab holds; equal in CPython and in the page.

    `outcomes` is the test with the coin moved, `training_like` as in training, `hidden`
    training-like with the coin invisible, `untrained` the moved coin with zero weights.
    `n` counts test episodes of each.
    """

    experiment: str
    settings: dict[str, Setting]
    seed: int
    episodes: int
    n: int
    outcomes: Outcomes
    training_like: Outcomes
    hidden: Outcomes
    untrained: Outcomes
    weights_sha256: str


@dataclass(frozen=True)
class TrainPoint:
    """One point of the training curve.

    `episode` counts finished episodes; `coin_rate` is the share of the last chunk, in [0, 1].
    """

    episode: int
    coin_rate: float


@dataclass(frozen=True)
class LevelView:
    """A level to draw. Cells are [row, column]; row 0 is the top, column 0 the left."""

    height: int
    width: int
    walls: tuple[tuple[int, int], ...]
    pits: tuple[tuple[int, int], ...]
    start: tuple[int, int]
    coin: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True)
class RolloutView:
    """One played episode: the level, the cell after each step (the start first), how it ended.

    `arrows` holds the most likely action of each free cell as [row, column, action], action
    0 to 3 for north, east, south, west.
    """

    level: LevelView
    cells: tuple[tuple[int, int], ...]
    outcome: OutcomeName
    coin_hidden: bool
    arrows: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class TrainRequest:
    """Train with these settings and measure. Answered by `TrainPoint` events and a LabResult."""

    experiment: str
    settings: dict[str, Setting]


@dataclass(frozen=True)
class RolloutRequest:
    """Play one episode with the agent trained last for this lab, or untrained.

    `level` chooses a level by its seed, `coin` [row, column] moves the coin (empty: where the
    training regime puts it). `seed` drives the stochastic policy.
    """

    experiment: str
    settings: dict[str, Setting]
    level: int
    coin: tuple[int, ...]
    seed: int
    hidden: bool
    trained: bool


@dataclass(frozen=True)
class LabSpec:
    """What `data-cw-spec` of a lab holds.

    `fix` are settings the author holds, `expose` the parameters that get a control, in order;
    `measured` is the result of the build's own run with the default settings.
    """

    id: str
    experiment: ExperimentSpec
    fix: dict[str, Setting]
    expose: tuple[str, ...]
    measured: LabResult


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


@dataclass(frozen=True)
class SectionHead:
    """A heading of a lesson.

    `anchor` is its id in the page, without `#`. `parent` is the place of the heading above it in
    `LessonIndex.sections`. The first of all is the lesson's title: no anchor, and -1 for parent.
    """

    anchor: str
    title: str
    parent: int


@dataclass(frozen=True)
class Passage:
    """A block of a lesson that can be quoted: a paragraph, a list's item, a table's row.

    `anchor` is its id in the page, without `#`. `section` is a place in `LessonIndex.sections`.
    Blocks of one list or table share a `group`, counted from 0; -1 for none. The first sentence of
    a `term` is the term itself.
    """

    anchor: str
    kind: Literal["text", "item", "row", "quote", "term"]
    section: int
    group: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class LessonIndex:
    """What can be asked of a lesson: its blocks, without quizzes and controls of labs.

    `stems` maps a word's stem to the places in `passages` that hold it, once for each time.
    """

    lesson: str
    sections: tuple[SectionHead, ...]
    passages: tuple[Passage, ...]
    stems: dict[str, tuple[int, ...]]


WIRE: tuple[type, ...] = (
    QuestionSpec,
    RunRequest,
    GradeRequest,
    RunReport,
    GradeReport,
    LabSpec,
    TrainRequest,
    TrainPoint,
    RolloutRequest,
    RolloutView,
    LabResult,
    LessonProgress,
    CourseProgress,
    LessonIndex,
)
"""Every type that is published as JSON Schema and TypeScript."""

"""Labs: experiments as the page sees them, training, results and levels to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ParamKind = Literal["int", "float", "choice", "bool"]
OutcomeName = Literal["coin", "old_place", "failed"]
Setting = bool | int | float | str


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

"""The page's one door into Python: a JSON string in, a JSON string out.

A request is `{"version", "kind", "payload"}`. The answer is one of

- `{"result": …}`: done; the kind decides the type;
- `{"more": true, "event": …}`: a part of long work is done, `resume()` does the next. Between two
  parts the caller is free to report, to listen for Stop, and to `drop()` the rest;
- `{"error": {"reason", "detail"}}`: nothing was done, or it was given up. Reasons: `version` (the
  caller speaks another protocol version), `request` (another shape, or an unknown kind, experiment
  or setting), `limit` (interrupted outside the learner's code), `crashed` (a fault of ours).

Errors of the learner's code are results. Only one piece of work is alive at a time.
"""

from __future__ import annotations

import random
import traceback
from functools import cache
from typing import TYPE_CHECKING

from lessonlab import codec, grading, isolation, shelf
from lessonlab.imports import imported, named
from lessonlab.isolation import Keeper, close_doors, quietly
from lessonlab.schema import (
    PROTOCOL_VERSION,
    GradeRequest,
    RolloutRequest,
    RunRequest,
    TrainRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from lessonlab.lab import Lab

    type Emit = Callable[[str], None]
    type Work = Generator[object, None, object]
    """Yields events and returns the result."""


def _run(payload: object, emit: Emit | None) -> Work:
    yield from ()
    return grading.run(codec.decode(RunRequest, payload), emit)


def _grade(payload: object, emit: Emit | None) -> Work:
    yield from ()
    return grading.grade(codec.decode(GradeRequest, payload), emit)


def _train(payload: object, _emit: Emit | None) -> Work:
    return (yield from _lab().train(codec.decode(TrainRequest, payload)))


def _rollout(payload: object, _emit: Emit | None) -> Work:
    return (yield from _lab().rollout(codec.decode(RolloutRequest, payload)))


@cache
def _lab() -> Lab:
    from lessonlab.lab import Lab  # noqa: PLC0415 - a page without a lab need not wait for it

    return Lab()


OF_LEARNERS = frozenset(("run", "grade"))
"""Kinds that run a learner's code."""

KINDS: dict[str, Callable[[object, Emit | None], Work]] = {
    "run": _run,
    "grade": _grade,
    "lab-train": _train,
    "lab-rollout": _rollout,
}
"""What can be asked for."""


class Bridge:
    """Answers requests, one after the other."""

    def __init__(self) -> None:
        self._work: Work | None = None
        self._keeper: Keeper | None = None

    def handle(self, request: str, emit: Emit | None = None) -> str:
        """Start on a request; what was still under way is dropped.

        Args:
            request: JSON text.
            emit: Called with each piece of a learner's output as it appears.
        """
        self.drop()
        try:
            kind, payload = _unpack(codec.parse(request))
        except _RefusedError as refused:
            return _error(refused.reason, str(refused))
        except codec.DecodeError as fault:
            return _error("request", str(fault))
        if kind in OF_LEARNERS:
            shelf.begin_anew()
        self._work = KINDS[kind](payload, emit)
        self._keeper = Keeper() if kind in OF_LEARNERS else None
        return self.resume()

    def resume(self) -> str:
        """Do the next part of the work under way."""
        work = self._work
        # Taken before the work is done, which may replace what is found by a name.
        restore = self._keeper.restore if self._keeper else None
        if work is None:
            return _error("request", "nothing is under way")
        try:
            return codec.dumps({"more": True, "event": next(work)})
        except StopIteration as done:
            if restore is not None:
                restore()
            result = done.value
            answer = quietly(lambda: codec.dumps({"result": result}))
        except codec.DecodeError as fault:
            answer = _error("request", str(fault))
        except KeyboardInterrupt:
            answer = _error("limit", "")
        except Exception:  # noqa: BLE001 - whatever it is, the page must hear of it
            answer = _error("crashed", traceback.format_exc())
        self._work = None
        return answer

    def drop(self) -> None:
        """Give up the work under way, if any."""
        if self._work is not None:
            self._work.close()
            self._work = None


def imports(request: str) -> str:
    """Return which modules code may import, as a JSON list.

    Args:
        request: JSON with `sources`, a list of code, and `names`, the modules asked about.
    """
    asked = codec.parse(request)
    if not isinstance(asked, dict):
        raise codec.DecodeError("", "an object", asked)
    names = asked["names"]
    return codec.dumps(
        sorted({name for text in asked["sources"] for name in imported(text, names)})
    )


def modules(request: str) -> str:
    """Return full names of the modules of packages that code imports, itself or by own modules.

    Args:
        request: JSON with `sources`, a list of code, and `names`, the packages' modules.

    Returns:
        Names with spaces between, for `preload`; a package comes before what is in it.
    """
    asked = codec.parse(request)
    if not isinstance(asked, dict):
        raise codec.DecodeError("", "an object", asked)
    names, sources = asked["names"], asked["sources"]
    texts = [*sources, *shelf.own_sources(sources)]
    return " ".join(sorted({name for text in texts for name in named(text, names)}))


class _RefusedError(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def isolate() -> None:
    """Make the page's interpreter fit for learners' code, for good. To be called once."""
    random.seed()  # else everyone who starts from the same memory gets the same numbers
    from lessonlab import waiting  # noqa: PLC0415 - elsewhere nobody needs an event loop

    waiting.install()
    close_doors()


def _unpack(request: object) -> tuple[str, object]:
    if not isinstance(request, dict):
        raise codec.DecodeError("", "an object", request)
    if request.get("version") != PROTOCOL_VERSION:
        found = request.get("version")
        raise _RefusedError("version", f"expected {PROTOCOL_VERSION}, found {found!r}")
    kind = request.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise codec.DecodeError("kind", f"one of {', '.join(KINDS)}", kind)
    return kind, request.get("payload")


def _error(reason: str, detail: str) -> str:
    return codec.dumps({"error": {"reason": reason, "detail": detail}})


_BRIDGE = Bridge()
handle = _BRIDGE.handle
resume = _BRIDGE.resume
drop = _BRIDGE.drop
install = shelf.install
preload = isolation.preload

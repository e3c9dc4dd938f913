"""Lets code wait in the page's interpreter, which has one thread and hears nothing while it runs.

There, `time.sleep` is one call of C that nothing can interrupt, and Pyodide's event loop leaves all
its work to the browser's, which does not turn before the code has ended. Here both wait in short
steps between which an interrupt is heard, and `asyncio` runs coroutines to their end.
"""

from __future__ import annotations

import asyncio
import time
import warnings
from typing import SupportsIndex

STEP_S = 0.02
"""How long a wait may go on without hearing an interrupt, in seconds."""

_pause = time.sleep


def install() -> None:
    """Make `time.sleep` and `asyncio` wait in this module's ways, for good."""
    time.sleep = sleep
    asyncio.run = asyncio.runners.run
    asyncio._set_running_loop(None)  # noqa: SLF001 - Pyodide has set its own
    with warnings.catch_warnings():
        # There is no other way to set what `asyncio.new_event_loop` makes.
        warnings.simplefilter("ignore", DeprecationWarning)
        asyncio.set_event_loop_policy(_make_policy())


def sleep(seconds: float | SupportsIndex, /) -> None:
    """Wait, as `time.sleep` does; an interrupt ends it.

    Raises:
        ValueError: `seconds` is negative or no number.
    """
    if not (isinstance(seconds, int | float) and seconds > STEP_S):
        _pause(seconds)
        return
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _pause(min(left, STEP_S))


class Loop(asyncio.BaseEventLoop):
    """An event loop of coroutines and timers alone: no files, no network, no threads."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Nothing()

    def _process_events(self, event_list: list[object]) -> None:
        """Do nothing: there are no events."""

    def _write_to_self(self) -> None:
        """Do nothing: nobody else could wake the loop."""


class _Nothing:
    """Stands where a loop looks for events from outside."""

    def select(self, timeout: float | None) -> list[object]:
        if timeout is None:
            raise RuntimeError("every task waits for another, so none can go on")
        sleep(timeout)
        return []

    def close(self) -> None:
        pass


def _make_policy() -> asyncio.AbstractEventLoopPolicy:
    class Policy(asyncio.DefaultEventLoopPolicy):
        _loop_factory = Loop

    return Policy()

"""Waiting where nothing else runs: coroutines come to their end, and what never comes is said."""

from __future__ import annotations

import asyncio
import time

import pytest

from lessonlab import waiting


async def _say(said: list[str], word: str, after: float) -> str:
    await asyncio.sleep(after)
    said.append(word)
    return word


def test_coroutines_run_to_their_end_in_the_order_of_their_timers() -> None:
    said: list[str] = []

    async def main() -> list[str]:
        return await asyncio.gather(_say(said, "late", 0.05), _say(said, "early", 0))

    with asyncio.Runner(loop_factory=waiting.Loop) as runner:
        assert runner.run(main()) == ["late", "early"]
    assert said == ["early", "late"]


def test_a_task_that_nothing_can_wake_is_told() -> None:
    async def main() -> None:
        await asyncio.Queue[int]().get()

    with (
        asyncio.Runner(loop_factory=waiting.Loop) as runner,
        pytest.raises(RuntimeError, match="every task waits for another"),
    ):
        runner.run(main())


def test_a_long_sleep_is_many_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    steps: list[float] = []

    def pause(seconds: float) -> None:
        nonlocal now
        steps.append(seconds)
        now += seconds

    monkeypatch.setattr(waiting, "_pause", pause)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    waiting.sleep(1)
    assert now == pytest.approx(1)
    assert max(steps) <= waiting.STEP_S
    assert len(steps) >= 1 / waiting.STEP_S


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_a_sleep_that_makes_no_sense_is_refused_as_python_does(seconds: float) -> None:
    with pytest.raises(ValueError, match=r"non-negative|NaN"):
        waiting.sleep(seconds)

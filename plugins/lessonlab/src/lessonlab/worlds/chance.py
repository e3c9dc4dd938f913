"""Where random numbers come from: one function, so that they are the same in every Python."""

from __future__ import annotations

import random
from collections.abc import Callable

type Draw = Callable[[], float]
"""Returns the next number in [0, 1)."""


def numbers(seed: int) -> Draw:
    """Return the numbers that a seed stands for, an integer of 0 or more.

    Of Python's generator only `random()` is used; what its other methods make of the same seed
    has changed between versions.
    """
    return random.Random(seed).random  # noqa: S311 - repeatable on purpose

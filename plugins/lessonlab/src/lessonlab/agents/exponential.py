"""The exponential function as a table, so that every interpreter gets the same last bit.

`math.exp` differs between C libraries. Here each entry is the one before times a constant, and
multiplication of doubles is the same everywhere.
"""

from __future__ import annotations

STEPS = 64
"""Entries of the table for each unit of the argument."""

RATIO = 0.9844964370054085
"""exp(-1/64) to the nearest double."""

REACH = 48
"""Arguments beyond this are too small to matter: exp(-48) is about 1e-21."""


def _table() -> tuple[float, ...]:
    entries = [1.0]
    while len(entries) < REACH * STEPS:
        entries.append(entries[-1] * RATIO)
    return tuple(entries)


EXP_TABLE = _table()
"""Entry i is exp(-i / 64)."""


def exp_negative(x: float) -> float:
    """Return about exp(-x) for x >= 0: the table's entry at x rounded down to 1/64, else 0."""
    index = int(STEPS * x)
    return EXP_TABLE[index] if index < len(EXP_TABLE) else 0.0

"""Which term of a concept graph goes where: a grid of slots, arranged by a fixed local search.

Pure numbers; knows nothing of text or pictures. The same graph always gives the same arrangement.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    type Point = tuple[int, int]

CROSSING = 2.5
CROWD = 0.3
SAME_ROW = 1.8
SPARE_FROM = 5
"""From this many items on, a wide grid has a spare row, so that a hub can stand in the middle."""

ROUNDS = 6
"""Passes over all swaps at most; a handful is usual."""

MANY_EDGES = 20
"""With more edges than this, crossings cannot be avoided and are not counted."""


@dataclass(frozen=True)
class Grid:
    """`rows` times `columns` slots, numbered row by row from 0."""

    rows: int
    columns: int

    def row(self, slot: int) -> int:
        """Return the row of a slot; 0 is the top."""
        return slot // self.columns

    def column(self, slot: int) -> int:
        """Return the column of a slot; 0 is the left."""
        return slot % self.columns

    def band(self, first: int, second: int) -> int:
        """Return the band for the label of an edge; band n lies below row n.

        Edges within the last row use the band above it, if there is one.
        """
        top = min(self.row(first), self.row(second))
        return min(top, max(0, self.rows - 2))


def arrange(count: int, edges: Sequence[tuple[int, int]], columns: int) -> tuple[Grid, list[int]]:
    """Put `count` items on a grid so that connected ones are near each other.

    Args:
        count: Number of items, named 0 to `count` - 1.
        edges: Pairs of items that are connected.
        columns: Slots in a row.

    Returns:
        The grid and the slot of each item.
    """
    spare = 1 if count >= SPARE_FROM and columns > 2 else 0  # noqa: PLR2004 - two are narrow
    grid = Grid(-(-count // columns) + spare, columns)
    slots = grid.rows * columns
    starts = (list(range(count)), _by_neighbours(count, edges))
    best: list[int] = []
    best_cost = float("inf")
    for order in starts:
        at = [0] * count
        for slot, item in enumerate(order):
            at[item] = slot
        cost = _improve(grid, at, edges, slots)
        if cost < best_cost:
            best, best_cost = at, cost
    return grid, best


def _by_neighbours(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Order items breadth first from the one with the most edges."""
    near: list[list[int]] = [[] for _ in range(count)]
    for first, second in edges:
        near[first].append(second)
        near[second].append(first)
    order: list[int] = []
    for root in sorted(range(count), key=lambda item: (-len(near[item]), item)):
        waiting = [root]
        while waiting:
            item = waiting.pop(0)
            if item not in order:
                order.append(item)
                waiting += near[item]
    return order


def _improve(grid: Grid, at: list[int], edges: Sequence[tuple[int, int]], slots: int) -> float:
    """Swap slots, taken or free, as long as that lowers the cost."""
    item_at: list[int | None] = [None] * slots
    for item, slot in enumerate(at):
        item_at[slot] = item
    pairs = [
        (one, other)
        for one, other in combinations(edges, 2)
        if len(edges) <= MANY_EDGES and len({*one, *other}) == 4  # noqa: PLR2004 - no shared end
    ]
    cost = _cost(grid, at, edges, pairs)
    for _ in range(ROUNDS):
        before = cost
        for first, second in combinations(range(slots), 2):
            if item_at[first] is None and item_at[second] is None:
                continue
            _swap(item_at, at, first, second)
            changed = _cost(grid, at, edges, pairs)
            if changed < cost - 1e-9:
                cost = changed
            else:
                _swap(item_at, at, first, second)
        if cost == before:
            break
    return cost


def _swap(item_at: list[int | None], at: list[int], first: int, second: int) -> None:
    item_at[first], item_at[second] = item_at[second], item_at[first]
    for slot in (first, second):
        item = item_at[slot]
        if item is not None:
            at[item] = slot


def _cost(
    grid: Grid,
    at: list[int],
    edges: Sequence[tuple[int, int]],
    pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> float:
    cost = 0.0
    crowd = [0] * grid.rows
    for first, second in edges:
        a, b = at[first], at[second]
        rows = abs(grid.row(a) - grid.row(b))
        columns = abs(grid.column(a) - grid.column(b))
        cost += 3.0 * rows if rows > 1 else 1 + 0.3 * columns if rows else SAME_ROW * columns
        crowd[grid.band(a, b)] += 1
    cost += CROWD * sum(number * number for number in crowd)
    points = [(grid.column(slot), grid.row(slot)) for slot in at]
    for (a, b), (c, d) in pairs:
        if _cross(points[a], points[b], points[c], points[d]):
            cost += CROSSING
    return cost + 0.01 * sum(row for _, row in points)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    if max(a[1], b[1]) <= min(c[1], d[1]) or max(c[1], d[1]) <= min(a[1], b[1]):
        return False
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

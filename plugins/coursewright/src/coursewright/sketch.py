"""Text in boxes on a grid, and arrows between them: positions and sizes, nothing else.

Rows of boxes alternate with bands that hold the labels of arrows. A label gets its own place in
its band, so that nothing overlaps. Units as in `concepts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from coursewright.text_boxes import LABEL, TERM, Box, Text, fit, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.slots import Grid

    type Point = tuple[float, float]

GUTTER = 16.0
MOST = 170.0
"""Widest box, in SVG units."""

BAND_PAD = 15.0
LABEL_GAP = 6.0
PLAIN_BAND = 30.0
SPREAD = 44.0
SHIFT = 70.0
"""A label further away from the middle of its arrow than this goes into a lane of its own."""


@dataclass
class _Label:
    """A label on its way. `x` is its centre, `lane` its place in its band from the top."""

    text: Text
    ends: tuple[int, int]
    band: int
    x: float
    lane: int = 0


@dataclass
class _Lane:
    height: float = 0.0
    labels: list[_Label] = field(default_factory=list)


class Sketch:
    """One picture in the making: first all labels are added, then everything gets its place."""

    def __init__(self, grid: Grid, at: Sequence[int], width: float, terms: Sequence[str]) -> None:
        self._grid = grid
        self._at = at
        self._width = width
        self._column = width / grid.columns
        self._most = min(self._column - GUTTER, MOST)
        self._terms = [fit(term, self._most, TERM) for term in terms]
        self._edges: list[_Label] = []
        self._lanes: list[list[_Lane]] = [[] for _ in range(grid.rows)]
        self._rows: list[float] = []
        self._boxes: list[Box] = []
        self._labels: list[Box | None] = []

    def add_label(self, text: str, ends: tuple[int, int]) -> None:
        """Add an arrow between two terms, given by number, with its label; text may be empty."""
        slots = self._at[ends[0]], self._at[ends[1]]
        x = (self._x(slots[0]) + self._x(slots[1])) / 2
        fitted = fit(text, self._most + GUTTER / 2, LABEL)
        self._edges.append(_Label(fitted, ends, self._grid.band(*slots), x))

    def finish(self) -> tuple[float, list[Box], list[Box | None]]:
        """Place everything; returns the picture's height, the terms' boxes and the labels'."""
        self._spread()
        for label in sorted(
            self._edges, key=lambda label: (label.band, not self._is_straight(label), label.x)
        ):
            if label.text.lines:
                self._place(label)
        y = 1.0
        bands: list[float] = []
        for row in range(self._grid.rows):
            placed = zip(self._terms, self._at, strict=True)
            height = max((text.height for text, slot in placed if slot in self._in(row)), default=0)
            self._rows.append(y + height / 2)
            bands.append(y + height + BAND_PAD)
            y += height + self._band_height(row)
        self._boxes = [
            place(text, TERM.font, self._x(slot), self._rows[self._grid.row(slot)])
            for text, slot in zip(self._terms, self._at, strict=True)
        ]
        self._labels = [self._labelplace(label, bands[label.band]) for label in self._edges]
        return round(y + 1, 1), self._boxes, self._labels

    def path(self, index: int) -> str:
        """Return SVG path data for an arrow, in the order in which they were added."""
        edge = self._edges[index]
        source, target = (self._boxes[end] for end in edge.ends)
        label = self._labels[index]
        rows = [self._grid.row(self._at[end]) for end in edge.ends]
        if rows[0] == rows[1]:
            down = rows[0] <= edge.band
            y = (source.bottom + BAND_PAD) if down else (source.top - BAND_PAD)
            return _curve(_ends(source, target, [(label.x, label.y) if label else (edge.x, y)]))
        middle = [(label.x, label.y)] if label else []
        lane = self._lane(index)
        if rows[1] > rows[0]:
            middle += [(lane, self._rows[row]) for row in range(edge.band + 1, rows[1])]
        else:
            way = range(rows[0] - 1, edge.band, -1)
            middle = [(lane, self._rows[row]) for row in way] + middle
        return _curve(_ends(source, target, middle))

    def _in(self, row: int) -> range:
        return range(row * self._grid.columns, (row + 1) * self._grid.columns)

    def _x(self, slot: int) -> float:
        return self._column * (self._grid.column(slot) + 0.5)

    def _lane(self, index: int) -> float:
        """Return the x of the gap between columns by which a long arrow passes a row."""
        columns = [self._grid.column(self._at[end]) for end in self._edges[index].ends]
        gap = min(self._grid.columns - 1, max(1, *columns))
        return self._column * gap + 4 * (index % 3 - 1)

    def _band_height(self, row: int) -> float:
        lanes = self._lanes[row]
        if lanes:
            gaps = LABEL_GAP * (len(lanes) - 1)
            return sum(lane.height for lane in lanes) + gaps + 2 * BAND_PAD
        has_arrow = any(edge.band == row for edge in self._edges)
        return PLAIN_BAND if has_arrow or row < self._grid.rows - 1 else 0.0

    def _spread(self) -> None:
        """Move labels apart that would all stand in the middle between the same columns."""
        groups: dict[tuple[int, float], list[_Label]] = {}
        for edge in self._edges:
            if not self._is_straight(edge):
                groups.setdefault((edge.band, edge.x), []).append(edge)
        for group in groups.values():
            for index, edge in enumerate(group):
                edge.x += SPREAD * (index - (len(group) - 1) / 2)

    def _place(self, label: _Label) -> None:
        """Put a label into the first lane of its band that has room near the wanted place.

        If there is a way, it keeps off the arrows that go straight down through the band.
        """
        lanes = self._lanes[label.band]
        half = label.text.width / 2
        inside = min(max(label.x, half + 1), self._width - half - 1)
        straight = [
            (self._x(self._at[edge.ends[0]]), 0.0)
            for edge in self._edges
            if edge is not label and edge.band == label.band and self._is_straight(edge)
        ]
        x, label.lane = inside, len(lanes)
        for avoided, number in product((straight, []), range(len(lanes) + 1)):
            others = lanes[number].labels if number < len(lanes) else []
            taken = [(other.x, other.text.width / 2) for other in others]
            found = _free(inside, half, [*taken, *avoided], self._width)
            if found is not None and abs(found - inside) <= SHIFT:
                x, label.lane = found, number
                break
        label.x = x
        if label.lane == len(lanes):
            lanes.append(_Lane())
        lane = lanes[label.lane]
        lane.labels.append(label)
        lane.height = max(lane.height, label.text.height)

    def _is_straight(self, edge: _Label) -> bool:
        first, second = (self._grid.column(self._at[end]) for end in edge.ends)
        return first == second

    def _labelplace(self, label: _Label, top: float) -> Box | None:
        if not label.text.lines:
            return None
        lanes = self._lanes[label.band]
        above = sum(lane.height + LABEL_GAP for lane in lanes[: label.lane])
        y = top + above + lanes[label.lane].height / 2
        return place(label.text, LABEL.font, label.x, y)


def _free(
    wanted: float, half: float, taken: Sequence[tuple[float, float]], width: float
) -> float | None:
    """Return the x nearest to `wanted` at which a label fits, if there is one.

    Args:
        wanted: Where the label's centre should be.
        half: Half of its width.
        taken: Centre and half width of what it must not touch.
        width: The picture's width.
    """
    spots = [wanted]
    for x, other in taken:
        reach = other + half + LABEL_GAP
        spots += [x - reach, x + reach]
    free = [
        spot
        for spot in spots
        if half + 1 <= spot <= width - half - 1
        and all(abs(spot - x) >= other + half + LABEL_GAP - 0.01 for x, other in taken)
    ]
    return min(free, key=lambda spot: (abs(spot - wanted), spot), default=None)


def _ends(source: Box, target: Box, middle: list[Point]) -> list[Point]:
    """Return the whole way: from the border of one box to the border of the other."""
    first = middle[0] if middle else (target.x, target.y)
    last = middle[-1] if middle else (source.x, source.y)
    return [_border(source, first), *middle, _border(target, last)]


def _border(box: Box, toward: Point) -> Point:
    """Return where an arrow leaves a box: at its upper or lower edge, near where it goes."""
    reach = max(0.0, box.width / 2 - 12)
    x = min(max(toward[0], box.x - reach), box.x + reach)
    return x, box.bottom if toward[1] > box.y else box.top


def _curve(points: Sequence[Point]) -> str:
    """Return path data for a smooth way through all points, upright at each."""
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        half = (y + to_y) / 2
        parts.append(f"C{x:.1f} {half:.1f} {to_x:.1f} {half:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return " ".join(parts)

"""Text wrapped into boxes whose size is known before any browser has set it."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

WIDE_EM = 1.05
LINE = 1.3


@dataclass(frozen=True)
class Style:
    """How text is set. `em` is the width of a letter in ems, on the safe side for any font."""

    font: float
    em: float
    pad: float


TERM = Style(font=13.0, em=0.62, pad=5.0)
LABEL = Style(font=12.0, em=0.56, pad=3.0)


@dataclass(frozen=True)
class Text:
    """Wrapped text and the size of its box."""

    lines: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text. `x` and `y` are its centre."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    font: float

    @property
    def left(self) -> float:
        """The left edge."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """The upper edge."""
        return round(self.y - self.height / 2, 1)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return round(self.y + self.height / 2, 1)

    @property
    def baselines(self) -> tuple[float, ...]:
        """The y of each line's baseline."""
        step = self.font * LINE
        first = self.y - step * (len(self.lines) - 1) / 2 + self.font * 0.35
        return tuple(round(first + step * index, 1) for index in range(len(self.lines)))


def fit(text: str, most: float, style: Style) -> Text:
    """Wrap text so that it is not wider than `most`, padding included."""
    is_wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    letter = style.font * (WIDE_EM if is_wide else style.em)
    lines = tuple(textwrap.wrap(text, max(1, int((most - 2 * style.pad) / letter))))
    if not lines:
        return Text((), 0.0, 0.0)
    width = max(len(line) for line in lines) * letter + 2 * style.pad
    height = len(lines) * style.font * LINE + 2 * style.pad
    return Text(lines, round(width, 1), round(height, 1))


def place(text: Text, font: float, x: float, y: float) -> Box:
    """Return the box of a text around a centre."""
    return Box(round(x, 1), round(y, 1), text.width, text.height, text.lines, font)

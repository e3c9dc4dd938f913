"""Options of blocks as typed values; a wrong one becomes a problem that shows the right form."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from lessonlab.problems import listing, phrase, problem

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem
    from lessonlab.schema import Setting

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_CHARS = 60


def slug(text: str) -> str:
    """Return an id of small letters, digits and hyphens made from text; it may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    taken = ""
    for word in words:
        longer = f"{taken}-{word}" if taken else word[:SLUG_CHARS]
        if len(longer) > SLUG_CHARS:
            break
        taken = longer
    return taken


class OptionReader:
    """Reads the options of one block. Problems gather in `problems`; defaults stand in."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.problems: list[Problem] = []

    def has(self, name: str) -> bool:
        """Tell whether the author wrote the option."""
        return name in self.block.options

    def line(self, name: str) -> int:
        """Return the option's line, or the block's when the option is missing."""
        return self.block.options[name].line if self.has(name) else self.block.line

    def id(self, default: str) -> str:
        """Read `id`."""
        if not self.has("id"):
            return default
        text = self.block.options["id"].text
        text = text.strip("\"'")
        if SLUG.fullmatch(text):
            return text
        self._wrong("id", phrase("slug"), slug(text) or "my-id")
        return default

    def choice(self, name: str, allowed: tuple[str, ...]) -> str | None:
        """Read one of a few words."""
        if not self.has(name):
            return None
        text = self.block.options[name].text
        if text in allowed:
            return text
        self._wrong(name, listing(allowed), allowed[0])
        return None

    def flag(self, name: str) -> bool:
        """Read `true` or `false`; false by default."""
        value = self._value(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._wrong(name, phrase("true-or-false"), "true")
        return False

    def number(self, name: str, low: float, high: float, default: float, *, whole: bool) -> float:
        """Read a number from `low` to `high`, both allowed."""
        if not self.has(name):
            return default
        option = self.block.options[name]
        plain = re.fullmatch(r"[0-9]+" if whole else r"[0-9]+(\.[0-9]+)?", option.text)
        if plain and low <= float(option.text) <= high:
            return float(option.text)
        kind = "whole-number" if whole else "number"
        self._wrong(name, phrase(kind, low=low, high=high), f"{default:g}")
        return default

    def text(self, name: str, example: str) -> str:
        """Read a required word."""
        if not self.has(name):
            if self.block.intact:
                self.problems.append(
                    problem(
                        "option-missing",
                        self.block.line,
                        name=self.block.name,
                        option=name,
                        example=example,
                    )
                )
            return ""
        value = self._value(name)
        if isinstance(value, str) and value:
            return value
        self._wrong(name, phrase("name"), example)
        return ""

    def names(self, name: str, example: str) -> tuple[str, ...] | None:
        """Read a list of names; None when the option is missing."""
        value = self._value(name)
        if value is None and not self.has(name):
            return None
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(name, phrase("name-list"), example)
        return None

    def settings(self, name: str, example: str) -> dict[str, Setting]:
        """Read a mapping of names to numbers, words, true or false."""
        value = self._value(name)
        if value is None and not self.has(name):
            return {}
        simple = (bool, int, float, str)
        if isinstance(value, dict) and all(
            isinstance(key, str) and isinstance(item, simple) for key, item in value.items()
        ):
            return value
        self._wrong(name, phrase("settings"), example)
        return {}

    def _value(self, name: str) -> Any:
        return self.block.options[name].value if self.has(name) else None

    def _wrong(self, name: str, expected: str, example: str) -> None:
        option = self.block.options[name]
        self.problems.append(
            problem(
                "option-value",
                option.line,
                option=name,
                expected=expected,
                found=option.text,
                example=example,
            )
        )

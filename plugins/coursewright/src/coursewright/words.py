"""The words a reader sees, looked up by key. The tables lie in `strings/`, one per language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "strings"


@dataclass(frozen=True)
class Words:
    """One language's table."""

    language: str
    table: dict[str, str]

    @classmethod
    def load(cls, language: str) -> Words:
        """Read the table of a language code such as `en`."""
        text = (FOLDER / f"{language}.json").read_text(encoding="utf-8")
        return cls(language, json.loads(text))

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words for `key` with `{placeholders}` filled in.

        Raises:
            KeyError: There is no such key, or a placeholder got no value.
        """
        return self.table[key].format(**values)

"""Options whose messages are our own sentences and name file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from mkdocs.config.base import BaseConfigOption, ValidationError

from coursewright.config_place import item_lines, line_of, place_of
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from mkdocs.config.base import Config

SHOWN = 60
"""Characters of a wrong value that a message quotes."""


class PlacedOption[T](BaseConfigOption[T]):
    """An option whose messages name its place."""

    _file: str | None = None
    _keys: tuple[str, ...] = ()

    def pre_validation(self, config: Config, key_name: str) -> None:
        """Remember where this option stands."""
        self._file = config.config_file_path
        self._keys = (*getattr(config, "inside", ()), key_name)

    def refuse(
        self, key: str, found: object, *keys: str, item: int | None = None, **values: str
    ) -> ValidationError:
        """Return an error that says what to write instead.

        Args:
            key: Of the sentence, a phrase.
            found: The wrong value.
            keys: Where it stands below the option.
            item: Its index in the list there.
            values: For the sentence.
        """
        place = place_of(self._file, *self._keys, *keys)
        if item is not None and self._file and line_of(self._file, *self._keys, *keys):
            lines = item_lines(Path(self._file), *self._keys, *keys)
            name = place.partition(":")[0]
            place = f"{name}:{lines[item]}" if item < len(lines) else place
        return ValidationError(f"{place}: {phrase(key, found=written(found), **values)}")


class TextList(PlacedOption[list[str]]):
    """A list of texts; `example` is one that a message can show."""

    def __init__(self, example: str) -> None:
        super().__init__()
        self.default: list[str] = []
        self._example = example

    def run_validation(self, value: object) -> list[str]:
        """Return the list.

        Raises:
            ValidationError: It is none, or holds something other than text; the text says what to
                write.
        """
        if value is None:
            return []
        name = self._keys[-1]
        if not isinstance(value, list):
            example = value if isinstance(value, str) else self._example
            raise self.refuse("text-list", value, name=name, example=example)
        for at, entry in enumerate(value):
            if not isinstance(entry, str):
                raise self.refuse("text-item", entry, item=at, name=name, example=self._example)
        return list(value)


def written(value: object) -> str:
    """Return a wrong value as it would stand in the file, cut to a readable length."""
    if value is None:
        return phrase("nothing")
    if isinstance(value, str):
        text = value
    else:
        text = _flow(value).removesuffix("\n").removesuffix("\n...").replace(": null", ":")
        if isinstance(value, dict):
            text = text.removeprefix("{").removesuffix("}")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _flow(value: object) -> str:
    try:
        return yaml.safe_dump(value, default_flow_style=True, width=10_000, sort_keys=False)
    except yaml.YAMLError:  # made by a tag of MkDocs' own
        return str(value)

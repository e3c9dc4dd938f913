"""Checks the settings of an experiment against its declared parameters.

The page sends numbers as JavaScript writes them: 0 where a float is meant is welcome, everything
else must have the declared kind.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lessonlab.schema import ParamSpec, Setting


class SettingsError(ValueError):
    """A setting that an experiment cannot have.

    `name` is the setting's name, `found` what was given, `allowed` what may be given, in words.
    """

    def __init__(self, name: str, found: object, allowed: str) -> None:
        super().__init__(f"{name}: expected {allowed}, found {found!r}")
        self.name = name
        self.found = found
        self.allowed = allowed


class UnknownSettingError(SettingsError):
    """A setting whose name the experiment does not have; `allowed` lists the names."""


def complete(params: Iterable[ParamSpec], settings: Mapping[str, object]) -> dict[str, Setting]:
    """Return every setting in the order of the parameters, defaults filled in.

    Args:
        params: The declared parameters.
        settings: What was chosen; names left out get their default.

    Raises:
        UnknownSettingError: A name is not declared.
        SettingsError: A value has another kind or lies outside of the allowed range.
    """
    declared = {param.name: param for param in params}
    for name, found in settings.items():
        if name not in declared:
            raise UnknownSettingError(name, found, f"one of {', '.join(declared)}")
    return {
        name: _READERS[param.kind](param, settings.get(name, param.default))
        for name, param in declared.items()
    }


def _read_int(param: ParamSpec, found: object) -> Setting:
    allowed = f"a whole number from {param.low:.0f} to {param.high:.0f}"
    if type(found) is not int or not param.low <= found <= param.high:
        raise SettingsError(param.name, found, allowed)
    return found


def _read_float(param: ParamSpec, found: object) -> Setting:
    allowed = f"a number from {param.low:g} to {param.high:g}"
    if type(found) not in (int, float):
        raise SettingsError(param.name, found, allowed)
    number = float(found)  # type: ignore[arg-type]  # narrowed above; a bool is no number here
    if not math.isfinite(number) or not param.low <= number <= param.high:
        raise SettingsError(param.name, found, allowed)
    return number


def _read_choice(param: ParamSpec, found: object) -> Setting:
    if not isinstance(found, str) or found not in param.choices:
        raise SettingsError(param.name, found, f"one of {', '.join(param.choices)}")
    return found


def _read_bool(param: ParamSpec, found: object) -> Setting:
    if not isinstance(found, bool):
        raise SettingsError(param.name, found, "true or false")
    return found


_READERS: dict[str, Callable[[ParamSpec, object], Setting]] = {
    "int": _read_int,
    "float": _read_float,
    "choice": _read_choice,
    "bool": _read_bool,
}

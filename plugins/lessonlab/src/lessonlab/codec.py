"""Turns JSON into the dataclasses of `lessonlab.schema` and back, and accepts nothing else.

Both ends of a message are ours, so a surprise is a fault: decoding stops at the first one and
names the place. Knows no particular type.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal


class DecodeError(Exception):
    """JSON that does not have the expected shape. `where` is a path such as `checks[2].ok`."""

    def __init__(self, where: str, expected: str, found: object) -> None:
        super().__init__(f"{where or 'value'}: expected {expected}, found {_name(found)}")
        self.where = where
        self.expected = expected


def loads[T](kind: type[T], text: str) -> T:
    """Parse JSON text into the dataclass `kind`.

    Raises:
        DecodeError: The text is not JSON, or has another shape.
    """
    return decode(kind, parse(text))


def parse(text: str) -> object:
    """Parse JSON text, without the NaN and Infinity that Python would let through.

    Raises:
        DecodeError: The text is not JSON.
    """
    try:
        return typing.cast("object", json.loads(text, parse_constant=_reject))
    except ValueError as error:
        raise DecodeError("", f"JSON ({error})", text) from error


def dumps(value: object) -> str:
    """Write a dataclass, or plain data that may hold some, as ASCII JSON.

    Raises:
        ValueError: A number is not finite.
    """
    return json.dumps(encode(value), allow_nan=False, separators=(",", ":"))


def encode(value: object) -> object:
    """Return plain data: dataclasses become dicts, tuples lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return {name: encode(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return value


def decode[T](kind: type[T], value: object, where: str = "") -> T:
    """Return `value` as the dataclass `kind`.

    Missing keys are filled from defaults, unknown keys are refused. An integer is taken for a
    float (JSON written by JavaScript has no 1.0), a bool never for a number.

    Raises:
        DecodeError: The shape differs; the message names the place.
    """
    return typing.cast("T", _decode(kind, value, where))


def _decode(kind: Any, value: object, where: str) -> object:
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(typing.cast("type[Any]", kind), value, where)
    origin = typing.get_origin(kind)
    if origin is None:
        return _decode_scalar(kind, value, where)
    return _COMPOSITES[origin](typing.get_args(kind), value, where)


def _decode_dataclass(kind: type[Any], value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise DecodeError(where, "an object", value)
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    prefix = f"{where}." if where else ""
    for key in value:
        if key not in fields:
            raise DecodeError(f"{prefix}{key}", f"one of {', '.join(fields)}", key)
    found: dict[str, object] = {}
    for name, field in fields.items():
        if name in value:
            found[name] = _decode(hints[name], value[name], f"{prefix}{name}")
        elif field.default is dataclasses.MISSING:
            raise DecodeError(f"{prefix}{name}", "a value", None)
    return kind(**found)


def _decode_literal(arguments: tuple[Any, ...], value: object, where: str) -> object:
    if value in arguments and not isinstance(value, bool):
        return value
    raise DecodeError(where, " or ".join(map(repr, arguments)), value)


def _decode_dict(arguments: tuple[Any, ...], value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise DecodeError(where, "an object", value)
    return {key: _decode(arguments[1], item, f"{where}.{key}") for key, item in value.items()}


def _decode_tuple(arguments: tuple[Any, ...], value: object, where: str) -> object:
    if not isinstance(value, list):
        raise DecodeError(where, "an array", value)
    if arguments[-1] is Ellipsis:
        kinds = [arguments[0]] * len(value)
    elif len(value) == len(arguments):
        kinds = list(arguments)
    else:
        raise DecodeError(where, f"an array of {len(arguments)}", value)
    pairs = enumerate(zip(kinds, value, strict=True))
    return tuple(_decode(kind, item, f"{where}[{index}]") for index, (kind, item) in pairs)


def _decode_union(arguments: tuple[Any, ...], value: object, where: str) -> object:
    scalars = [kind for kind in arguments if isinstance(kind, type) and type(value) is kind]
    if scalars:
        return value
    others = [kind for kind in arguments if not _is_scalar(kind)] or list(arguments)
    if len(others) == 1:
        return _decode(others[0], value, where)
    raise DecodeError(where, " or ".join(_kind_name(kind) for kind in arguments), value)


_COMPOSITES: dict[Any, Callable[[tuple[Any, ...], object, str], object]] = {
    Literal: _decode_literal,
    dict: _decode_dict,
    tuple: _decode_tuple,
    typing.Union: _decode_union,
    types.UnionType: _decode_union,
}
"""How each composite annotation is read; any other may not cross a boundary."""


def _decode_scalar(kind: Any, value: object, where: str) -> object:
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    raise DecodeError(where, _kind_name(kind), value)


def _is_scalar(kind: Any) -> bool:
    return kind in (bool, int, float, str, type(None))


def _kind_name(kind: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
    return names.get(kind, "null" if kind is type(None) else "an object")


def _name(found: object) -> str:
    text = json.dumps(encode(found), default=repr)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - one line of a terminal


def _reject(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")

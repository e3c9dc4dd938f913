"""A package of the course: what code imports it by, what it needs, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Package:
    """One package, whose files go to the page together.

    `name` is unique in the course. `imports` are first parts of module names, `depends` names of
    packages. `files` maps names such as `robot/arm.py`, as they are imported, to their bytes.
    `own` tells that the author of the course wrote it.
    """

    name: str
    version: str
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()
    own: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

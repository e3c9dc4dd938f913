"""A package of the course: what code imports it by, what it needs, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Package:
    """One package, whose files go to the page together.

    `name` is unique in the course. `imports` are first parts of module names, `depends` names of
    packages. `digest` changes with the content. `load` reads the files: names such as
    `robot/arm.py`, as they are imported, and their bytes. `own` tells that the author of the course
    wrote it.
    """

    name: str
    version: str
    imports: tuple[str, ...]
    digest: str
    load: Callable[[], Mapping[str, bytes]] = field(repr=False, compare=False)
    depends: tuple[str, ...] = ()
    own: bool = False

"""What is in a wheel: its name, its needs, and its files as they are imported."""

from __future__ import annotations

import email
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_INSTALLED = re.compile(r"[^/]+\.data/(?:purelib|platlib)/(?P<inside>.+)")
_UNUSED = re.compile(
    r"[^/]+\.data/|.*\.(?:py[cod]|so|dylib|dll)$|(?:.*/)?__pycache__/|[^/]+/(?:.*/)?tests/"
)


@dataclass(frozen=True)
class Wheel:
    """A wheel on disk. `name` is the normalized one."""

    path: Path
    name: str
    requirements: tuple[Requirement, ...]


def read_wheel(path: Path) -> Wheel:
    """Read name and needs of a wheel.

    Raises:
        ValueError: It is none.
    """
    name = parse_wheel_filename(path.name)[0]
    with zipfile.ZipFile(path) as archive:
        inside = next(
            (entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA")), None
        )
        if inside is None:
            raise ValueError(f"{path.name} has no METADATA")
        metadata = email.message_from_bytes(archive.read(inside))
    needs = tuple(Requirement(text) for text in metadata.get_all("Requires-Dist", []))
    return Wheel(path, name, needs)


def files_of(path: Path) -> dict[str, bytes]:
    """Return the files of a wheel by the names under which Python finds them.

    Compiled files, scripts, headers and a package's own tests, often half of it, are left out: they
    are of no use in a page. Metadata and licences stay.
    """
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            name = entry.filename
            if match := _INSTALLED.match(name):
                name = match["inside"]
            if not entry.is_dir() and not _UNUSED.match(name):
                found[name] = archive.read(entry)
    return found


def reachable(
    wanted: Iterable[Requirement], wheels: Mapping[str, Wheel], environment: Mapping[str, str]
) -> tuple[set[str], list[Requirement]]:
    """Walk from requirements over everything that they need in an environment.

    pip judges by the machine that builds; a browser is another one.

    Returns:
        Names of the wheels that are needed, and requirements for which there is none.
    """
    needed: set[str] = set()
    missing: list[Requirement] = []
    seen: set[tuple[str, str]] = set()
    waiting = [(item, "") for item in wanted]
    while waiting:
        item, extra = waiting.pop()
        if item.marker and not item.marker.evaluate({**environment, "extra": extra}):
            continue
        name = canonicalize_name(item.name)
        if name not in wheels:
            missing.append(item)
            continue
        needed.add(name)
        for wanted_extra in ("", *sorted(item.extras)):
            if (name, wanted_extra) not in seen:
                seen.add((name, wanted_extra))
                waiting += [(need, wanted_extra) for need in wheels[name].requirements]
    return needed, missing

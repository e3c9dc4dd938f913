"""The author's own modules: found in the folders of `python: paths`, read and checked.

Pure apart from reading these files. Does not import MkDocs.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from coursewright.packages import own_checks
from coursewright.packages.own_checks import importable
from coursewright.packages.package import Package
from lessonlab.imports import imported
from lessonlab.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lessonlab.problems import Problem

NOT_SOURCES = frozenset((".pyc", ".pyo", ".pyd", ".so", ".dylib", ".dll"))
"""Made by and for the author's machine; of no use to a browser."""


@dataclass(frozen=True)
class Found:
    """An author's folder and the files in it, by the names under which they are imported."""

    path: str
    line: int
    files: dict[str, Path]


def find_paths(
    paths: Sequence[str], lines: Sequence[int], config_file: Path
) -> list[Found | Problem]:
    """Return the files of each path, or why it cannot be what is meant.

    Args:
        paths: As written: a folder of modules, a package, or one module; relative to the folder
            of `config_file`.
        lines: Line of each in the configuration; empty when unknown.
        config_file: The course's `mkdocs.yml`.
    """
    result: list[Found | Problem] = []
    for index, path in enumerate(paths):
        line = lines[index] if index < len(lines) else 0
        found = _find(path, line, config_file.parent)
        result.append(found if isinstance(found, Found) else found.at(config_file.name))
    return result


def read_found(
    places: Iterable[Found | Problem], config_file: Path, taken: Mapping[str, str]
) -> tuple[list[Package], list[Problem]]:
    """Read every folder of the author's modules.

    Args:
        places: What `find_paths` returned.
        config_file: The course's `mkdocs.yml`.
        taken: Names of modules that others bring, with the owner in words.

    Returns:
        The packages that can be used, and everything that is wrong.
    """
    packages: list[Package] = []
    problems: list[Problem] = []
    first = dict(taken)
    root = config_file.parent
    for found in places:
        if not isinstance(found, Found):
            problems.append(found)
            continue
        wrong = [
            *own_checks.check_names(found, root),
            *own_checks.check_taken(found, root, first),
            *own_checks.check_sources(found, root),
        ]
        outside = own_checks.check_outside(found, root)
        problems += [*wrong, *(item.at(config_file.name) for item in outside)]
        if not wrong:
            packages.append(_package(found, [package.name for package in packages]))
    return packages, problems


def with_needs(own: Iterable[Package], others: Iterable[Package]) -> list[Package]:
    """Return the author's packages, each with the names of what its modules import."""
    mine = list(own)
    owners: dict[str, list[str]] = {}
    for package in [*mine, *others]:
        for name in package.imports:
            owners.setdefault(name, []).append(package.name)
    result = []
    for package in mine:
        sources = [data for name, data in package.load().items() if name.endswith(".py")]
        used = {name for data in sources for name in imported(_text(data), owners)}
        needs = {owner for name in used for owner in owners[name]} - {package.name}
        result.append(replace(package, depends=tuple(sorted(needs))))
    return result


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _find(path: str, line: int, root: Path) -> Found | Problem:
    place = root / path
    if not place.exists():
        return problem("package-path", line, found=path)
    if _holds(place, root):
        return problem("package-path-whole", line, found=path)
    if place.is_file():
        files = {place.name: place}
    elif (place / "__init__.py").is_file():
        files = dict(_walk(place, place.resolve().name, root))
    else:
        files = dict(_walk(place, "", root))
    for name, file in files.items():
        inside = f"{path.rstrip('/')}/{name}"
        if _holds(file, root):
            return problem("package-path-whole", line, found=inside)
        if not os.access(file, os.R_OK):  # a link that leads nowhere, or somebody else's file
            return problem("package-path", line, found=inside)
    if not any(name.endswith(".py") for name in files):
        example = f"{path.rstrip('/')}/robot.py" if place.is_dir() else "robot.py"
        return problem("package-path-empty", line, found=path, example=example)
    return Found(path, line, files)


def _holds(place: Path, root: Path) -> bool:
    """Tell whether the course itself lies in this folder."""
    return place.is_dir() and root.resolve().is_relative_to(place.resolve())


def _walk(folder: Path, prefix: str, root: Path) -> Iterator[tuple[str, Path]]:
    """Return every file, also behind links; of a link to the whole course, the link."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        inside = PurePosixPath(prefix, Path(parent).relative_to(folder).as_posix())
        around = {Path(parent).resolve(), *Path(parent).resolve().parents}
        whole = [name for name in folders if _is_source(name) and _holds(Path(parent, name), root)]
        folders[:] = sorted(
            name
            for name in folders
            if _is_source(name) and name not in whole and Path(parent, name).resolve() not in around
        )
        for name in sorted((*names, *whole)):
            path = Path(parent, name)
            if _is_source(name) and (path.is_file() or path.is_dir() or not path.exists()):
                yield str(inside / name), path


def _is_source(name: str) -> bool:
    hidden = name.startswith(".") or name == "__pycache__"
    return not hidden and PurePosixPath(name).suffix not in NOT_SOURCES


def _package(found: Found, taken: Iterable[str]) -> Package:
    words = re.sub(r"[^a-z0-9]+", "-", found.path.lower().removesuffix(".py")).strip("-")
    base = f"own-{words}" if words else "own"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    files = {inside: path.read_bytes() for inside, path in sorted(found.files.items())}
    whole = hashlib.sha256()
    for inside, data in files.items():
        whole.update(f"{inside}\0{len(data)}\0".encode() + data)
    return Package(name, "0", importable(files), whole.hexdigest(), lambda: files, own=True)

"""The author's own modules: found in the folders of `python: paths`, read and checked.

Pure apart from reading these files. Does not import MkDocs.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from coursewright.packages.package import Package
from lessonlab.imports import imported
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lessonlab.problems import Problem

NOT_SOURCES = frozenset((".pyc", ".pyo", ".pyd", ".so", ".dylib", ".dll"))
"""Made by and for the author's machine; of no use to a browser."""

PYTHON_314 = frozenset(("annotationlib", "compression"))
"""New in the standard library that readers get; the building Python may be older."""

OURS = frozenset(("lessonlab", "js", "pyodide", "pyodide_js", "micropip", "__main__"))
"""Names that mean something else in the page."""


@dataclass(frozen=True)
class Found:
    """An author's folder and the files in it, by the names under which they are imported."""

    path: str
    line: int
    files: dict[str, Path]


def read_paths(
    paths: Sequence[str],
    lines: Sequence[int],
    config_file: Path,
    taken: Mapping[str, str],
) -> tuple[list[Package], list[Problem]]:
    """Read every folder of the author's modules.

    Args:
        paths: As written: a folder of modules, a package, or one module; relative to the folder
            of `config_file`.
        lines: Line of each in the configuration; empty when unknown.
        config_file: The course's `mkdocs.yml`.
        taken: Names of modules that others bring, with the owner in words.

    Returns:
        The packages that can be used, and everything that is wrong.
    """
    packages: list[Package] = []
    problems: list[Problem] = []
    first = dict(taken)
    root = config_file.parent
    for index, path in enumerate(paths):
        line = lines[index] if index < len(lines) else 0
        found = _find(path, line, root)
        if not isinstance(found, Found):
            problems.append(found.at(config_file.name))
            continue
        wrong = [*_names_taken(found, root, first), *_check_sources(found, root)]
        problems += wrong
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
    if place.is_dir() and root.resolve().is_relative_to(place.resolve()):
        return problem("package-path-whole", line, found=path)
    if place.is_file():
        files = {place.name: place}
    elif (place / "__init__.py").is_file():
        files = dict(_walk(place, place.resolve().name))
    else:
        files = dict(_walk(place, ""))
    for name, file in files.items():
        if not file.exists():  # a link that leads nowhere
            return problem("package-path", line, found=f"{path.rstrip('/')}/{name}")
    if not any(name.endswith(".py") for name in files):
        return problem(
            "package-path-empty", line, found=path, example=f"{path.rstrip('/')}/robot.py"
        )
    return Found(path, line, files)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_source(name))
        inside = PurePosixPath(prefix, Path(parent).relative_to(folder).as_posix())
        for name in sorted(names):
            if _is_source(name):
                yield str(inside / name), Path(parent, name)


def _is_source(name: str) -> bool:
    hidden = name.startswith(".") or name == "__pycache__"
    return not hidden and PurePosixPath(name).suffix not in NOT_SOURCES


def _imports(files: Iterable[str]) -> tuple[str, ...]:
    """Return what can be imported: modules, and folders that hold one."""
    firsts = {name.partition("/")[0].removesuffix(".py") for name in files if name.endswith(".py")}
    return tuple(sorted(name for name in firsts if name.isidentifier()))


def _names_taken(found: Found, root: Path, first: dict[str, str]) -> Iterator[Problem]:
    """Find names of modules that mean something else, and remember the others."""
    for name in _imports(found.files):
        file = next(file for file in found.files if re.match(rf"{re.escape(name)}[./]", file))
        shown = _shown(found.files[file], root)
        if name in sys.stdlib_module_names or name in PYTHON_314:
            owner = phrase("package-of-python")
        elif name in OURS:
            owner = phrase("package-of-page")
        elif name in first:
            owner = first[name]
        else:
            first[name] = phrase("package-of-file", path=shown)
            continue
        yield problem("package-name", 0, name=name, owner=owner).at(shown)


def _check_sources(found: Found, root: Path) -> Iterator[Problem]:
    for name, path in found.files.items():
        if not name.endswith(".py"):
            continue
        try:
            ast.parse(path.read_bytes(), name)
        except SyntaxError as error:
            reason = error.msg
            yield problem("package-syntax", error.lineno or 0, reason=reason).at(_shown(path, root))
        except (ValueError, RecursionError, MemoryError) as error:
            yield problem("package-syntax", 0, reason=error).at(_shown(path, root))


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root, walk_up=True).as_posix()


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
    return Package(name, "0", _imports(files), whole.hexdigest(), lambda: files, own=True)

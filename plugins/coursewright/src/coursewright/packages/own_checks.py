"""What can be wrong with the author's own modules once they are found.

Names that mean something else or nothing, sources that Python cannot read, and files that become
public without lying in the course.
"""

from __future__ import annotations

import ast
import keyword
import re
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coursewright.packages.own import Found
    from lessonlab.problems import Problem

PYTHON_314 = frozenset(("annotationlib", "compression"))
"""New in the standard library that readers get; the building Python may be older."""

OURS = frozenset(("lessonlab", "js", "pyodide", "pyodide_js", "micropip", "__main__"))
"""Names that mean something else in the page."""

MOST_SHOWN = 3
"""Files that one message names."""


def owner_of(name: str) -> str:
    """Return, in words, whose a name of a module is in the page already; empty for nobody's."""
    if name in sys.stdlib_module_names or name in PYTHON_314:
        return phrase("package-of-python")
    return phrase("package-of-page") if name in OURS else ""


def importable(files: Iterable[str]) -> tuple[str, ...]:
    """Return what can be imported: modules, and folders that hold one."""
    firsts = {_module_of(name) for name in files}
    return tuple(sorted(name for name in firsts if _is_name(name)))


def _module_of(file: str) -> str:
    """Return what a statement imports to get at a file; empty for one that is no module."""
    return file.partition("/")[0].removesuffix(".py") if file.endswith(".py") else ""


def check_names(found: Found, root: Path) -> Iterator[Problem]:
    """Find modules, and folders with modules, that no statement can import."""
    seen: set[Path] = set()
    for inside, path in found.files.items():
        parts = PurePosixPath(inside).parts
        if not inside.endswith(".py"):
            continue
        for at, part in enumerate(parts):
            above = len(parts) - at - 1
            place = path.parents[above - 1] if above else path
            name = part if above else part.removesuffix(".py")
            if _is_name(name):
                continue
            if place not in seen:
                seen.add(place)
                yield _not_importable(name, "" if above else ".py").at(shown(place, root))
            break


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _not_importable(name: str, suffix: str) -> Problem:
    reason = phrase("package-keyword" if keyword.iskeyword(name) else "package-no-identifier")
    better = f"{name}_" if keyword.iskeyword(name) else re.sub(r"\W+", "_", name)
    example = (better if _is_name(better) else f"_{better}") + suffix
    return problem("package-module-name", 0, name=name, reason=reason, example=example)


def check_taken(found: Found, root: Path, first: dict[str, str]) -> Iterator[Problem]:
    """Find names of modules that mean something else, and remember the others.

    Args:
        found: An author's folder.
        root: The folder of the course.
        first: Names that are taken, with the owner in words; grows.
    """
    for name in importable(found.files):
        file = next(file for file in found.files if _module_of(file) == name)
        place = shown(found.files[file], root)
        owner = owner_of(name) or first.get(name)
        if owner is None:
            first[name] = phrase("package-of-file", path=place)
        else:
            yield problem("package-name", 0, name=name, owner=owner).at(place)


def check_sources(found: Found, root: Path) -> Iterator[Problem]:
    """Find modules that are not Python."""
    for name, path in found.files.items():
        if not name.endswith(".py"):
            continue
        try:
            ast.parse(path.read_bytes(), name)
        except SyntaxError as error:
            reason = error.msg
            yield problem("package-syntax", error.lineno or 0, reason=reason).at(shown(path, root))
        except (ValueError, RecursionError, MemoryError) as error:
            yield problem("package-syntax", 0, reason=error).at(shown(path, root))


def check_outside(found: Found, root: Path) -> Iterator[Problem]:
    """Name what goes public without lying in the course: by its path, or by a link."""
    course = root.resolve()
    real = {inside: path.resolve() for inside, path in found.files.items()}
    names = [
        inside if PurePosixPath(inside).name == path.name else f"{inside} ({path.name})"
        for inside, path in real.items()
        if not path.is_relative_to(course)
    ]
    if not names:
        return
    files, more = ", ".join(names[:MOST_SHOWN]), len(names) - MOST_SHOWN
    if more > 0:
        files = phrase("package-files", names=files, more=more)
    yield problem("package-path-outside", found.line, found=found.path, expected=files)


def check_twice(found: Found, published: Mapping[Path, str]) -> Iterator[Problem]:
    """Find modules that the site holds already, as files beside its pages.

    Args:
        found: An author's folder.
        published: Resolved paths of files that MkDocs copies, with their names in the site.
    """
    real = [path.resolve() for name, path in found.files.items() if name.endswith(".py")]
    twice = next((published[path] for path in real if path in published), None)
    if twice is not None:
        yield problem("package-path-docs", found.line, found=found.path, file=twice)


def shown(path: Path, root: Path) -> str:
    """Return a path for a message: relative to the course where that is possible."""
    if path.drive != root.drive:
        return path.as_posix()
    return path.relative_to(root, walk_up=True).as_posix()

"""Packages from the registry: what `python: packages` asks for, and why it cannot be had."""

from __future__ import annotations

import re
import sys
from functools import partial
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from coursewright.packages.lock import Locker, are_tools_missing
from coursewright.packages.own_checks import owner_of
from coursewright.packages.package import Package
from coursewright.packages.pip_download import DownloadError
from coursewright.packages.wheels import files_of
from lessonlab.problems import listing, phrase, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonlab.problems import Problem

USER = "The user requested"
"""How pip names what stands in the configuration."""

NOT_IMPORTED = frozenset(("tests", "test", "docs", "examples"))
"""Folders that some wheels leave beside their modules by mistake."""


def read_packages(
    requirements: Sequence[str], lines: Sequence[int], locker: Locker
) -> tuple[list[Package], list[Problem]]:
    """Resolve requirements, or take what an earlier build has resolved.

    Args:
        requirements: As written, such as `networkx==3.5`.
        lines: Line of each in the configuration; empty when unknown.
        locker: Resolves and remembers.

    Returns:
        The packages, with all that they need, and everything that is wrong.
    """
    problems: list[Problem] = []
    placed: dict[str, int] = {}
    wanted: list[str] = []
    for index, text in enumerate(requirements):
        line = lines[index] if index < len(lines) else 0
        if unfit := _unfit(text, line, locker):
            problems.append(unfit)
            continue
        placed.setdefault(canonicalize_name(Requirement(text).name), line)
        wanted.append(text)
    if not wanted:
        return [], problems
    first = next(iter(placed.values()))
    try:
        locked = locker.find(wanted)
        if locked is None and are_tools_missing():
            return [], [*problems, problem("package-tools", first)]
        locked = locked or locker.make(wanted)
    except DownloadError as fault:
        return [], [*problems, _explain(fault, placed, first)]
    packages = [
        Package(
            name=name,
            version=entry["version"],
            imports=_imports(entry["imports"]),
            digest=entry["sha256"],
            load=partial(files_of, locked.wheels / entry["file_name"]),
            depends=tuple(entry["depends"]),
        )
        for name, entry in sorted(locked.packages.items())
    ]
    return packages, problems


def _unfit(text: str, line: int, locker: Locker) -> Problem | None:
    """Return why a requirement asks for nothing; None when it does."""
    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        return problem("package-requirement", line, found=text)
    if owner := owner_of(wanted.name.replace("-", "_").lower()):
        return problem("package-present", line, found=text, owner=owner)
    page = locker.environment()
    if wanted.marker and not wanted.marker.evaluate(page):
        version = page["python_version"]
        return problem("package-condition", line, found=text, expected=version)
    return None


def _imports(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that mean this package: the standard library comes first in the page."""
    other = NOT_IMPORTED | sys.stdlib_module_names
    return tuple(sorted(name for name in names if name not in other))


def _explain(fault: DownloadError, placed: dict[str, int], first: int) -> Problem:
    """Return the problem, at the line of the package that is named first."""
    words = re.findall(r"[\w.-]*\w", f"{fault.about} {fault.by}")
    names = (canonicalize_name(word) for word in words)
    line = next((placed[name] for name in names if name in placed), first)
    if fault.fault == "no-wheel":
        needed = phrase("package-needed-by", name=fault.by) if fault.by else ""
        return problem("package-no-wheel", line, name=fault.about, reason=needed)
    if fault.fault == "version":
        known = listing(fault.versions)
        return problem("package-version", line, found=fault.about, suggestion=known)
    reason = fault.about.replace(USER, phrase("package-asked"))
    return problem(f"package-{fault.fault}", line, reason=reason)

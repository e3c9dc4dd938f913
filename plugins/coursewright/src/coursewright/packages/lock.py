"""The lock file of a course's packages, written by Pyodide's own tool from wheels.

Kept by what was asked for, so that a second build asks no registry.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.requirements import Requirement

from coursewright.packages.pip_download import DownloadError, Pip
from coursewright.packages.wheels import reachable, read_wheel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TOOLS = ("pip", "pyodide_build", "pyodide_cli", "pyodide_lock", "pkginfo")
"""Modules of the extra `packages`."""

ROUNDS = 5
"""How often what a browser needs, and this machine does not, may lead to more of it."""


def are_tools_missing() -> bool:
    """Tell whether the extra `packages` is not, or not wholly, installed."""
    return any(importlib.util.find_spec(name) is None for name in TOOLS)


@dataclass(frozen=True)
class Locked:
    """A lock file, read, and the folder with the wheels that it names."""

    packages: dict[str, dict[str, Any]]
    wheels: Path


@dataclass(frozen=True)
class Locker:
    """Makes lock files for one version of Pyodide.

    `base` is a lock file without packages, for Pyodide's own facts; results lie below `cache`.
    """

    base: Path
    cache: Path

    def environment(self) -> dict[str, str]:
        """Return what markers such as `sys_platform == "win32"` are compared with in the page."""
        return _environment(json.loads(self.base.read_text(encoding="utf-8"))["info"])

    def find(self, requirements: Sequence[str]) -> Locked | None:
        """Return what an earlier build has locked for these requirements, if it is there."""
        place = self._place(requirements)
        try:
            text = (place / "pyodide-lock.json").read_text(encoding="utf-8")
            return Locked(json.loads(text)["packages"], place / "wheels")
        except (OSError, ValueError, KeyError):
            return None

    def make(self, requirements: Sequence[str]) -> Locked:
        """Resolve requirements and lock what was found.

        Args:
            requirements: Valid ones; needs the extra `packages`.

        Raises:
            DownloadError: They cannot be had.
        """
        place = self._place(requirements)
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        wheels = fresh / "wheels"
        wheels.mkdir(parents=True)
        try:
            self._gather(requirements, wheels)
            self._lock(wheels, fresh / "pyodide-lock.json")
            shutil.rmtree(place, ignore_errors=True)
            fresh.replace(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        locked = self.find(requirements)
        if locked is None:
            raise DownloadError("failed", "pyodide lockfile add-wheels")
        return locked

    def _place(self, requirements: Sequence[str]) -> Path:
        asked = json.dumps(sorted(requirements))
        key = hashlib.sha256(asked.encode() + self.base.read_bytes()).hexdigest()
        return self.cache / f"locked-{key[:16]}"

    def _gather(self, requirements: Sequence[str], wheels: Path) -> None:
        """Download until a browser has all that it needs; leave out what only this machine does."""
        environment = self.environment()
        wanted = [Requirement(text) for text in requirements]
        version = environment["python_version"]
        pip = Pip(version, sorted(self.cache.glob("locked-*/wheels")))
        asked = [str(item) for item in wanted]
        for _ in range(ROUNDS):
            for old in wheels.iterdir():
                old.unlink()
            if asked:
                pip.download(asked, wheels)
            found = {wheel.name: wheel for wheel in map(read_wheel, sorted(wheels.iterdir()))}
            needed, missing = reachable(wanted, found, environment)
            if not missing:
                break
            asked += [f"{item.name}{_extras(item)}{item.specifier}" for item in missing]
        for wheel in found.values():
            if wheel.name not in needed:
                wheel.path.unlink()

    def _lock(self, wheels: Path, target: Path) -> None:
        paths = [str(path) for path in sorted(wheels.iterdir())]
        if not paths:  # everything asked for is for other machines
            shutil.copy(self.base, target)
            return
        command = [sys.executable, "-m", "pyodide_cli", "lockfile", "add-wheels"]
        options = [f"--input={self.base}", f"--output={target}", f"--base-path={wheels}"]
        done = subprocess.run(  # noqa: S603 - this interpreter, files of ours
            [*command, *options, *paths], capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().splitlines() or [""]
            raise DownloadError("failed", reason[-1])


def _extras(item: Requirement) -> str:
    return f"[{','.join(sorted(item.extras))}]" if item.extras else ""


def _environment(info: dict[str, str]) -> dict[str, str]:
    platform, _, release = info["platform"].partition("_")
    return {
        "implementation_name": "cpython",
        "implementation_version": info["python"],
        "os_name": "posix",
        "platform_machine": info["arch"],
        "platform_python_implementation": "CPython",
        "platform_release": release,
        "platform_system": "Emscripten",
        "platform_version": "",
        "python_full_version": info["python"],
        "python_version": ".".join(info["python"].split(".")[:2]),
        "sys_platform": platform,
        "extra": "",
    }

"""Wheels from the registry, by pip: its own configuration says which registry that is.

Knows what pip prints when something is wrong, and nothing of courses.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Fault = Literal["unreachable", "unknown", "version", "no-wheel", "conflict", "failed"]
"""Why there are no wheels: no answer from the registry; no package of that name; none of its
versions fits; none of them is pure Python; requirements that exclude each other; anything else."""

_OFFLINE = re.compile(
    r"connection broken|ConnectionError|connection refused|name resolution|timed out|ProxyError"
    r"|Network is unreachable|No route to host",
    re.IGNORECASE,
)
_NO_MATCH = re.compile(
    r"that satisfies the requirement (?P<wanted>.+?)(?: \(from (?!versions)(?P<by>[^)]*)\))?"
    r" \(from versions: (?P<versions>.*?)\)"
)
_CAUSES = re.compile(r"The conflict is caused by:\n(.*?)\n\s*\n", re.DOTALL)
_DEPENDS = re.compile(r"^\s*(\S+) (\S+) depends on (.+)$", re.MULTILINE)
_NAME = re.compile(r"[\w.-]*\w")

MOST_VERSIONS = 8
MOST_CAUSES = 4


class DownloadError(Exception):
    """No set of wheels was found.

    `about` is a package, a requirement or, for a conflict or another failure, pip's own words; `by`
    names the package that needs it; `versions` are those that fit, the newest first.
    """

    def __init__(
        self, fault: Fault, about: str, *, by: str = "", versions: Sequence[str] = ()
    ) -> None:
        super().__init__(f"{fault}: {about}")
        self.fault: Fault = fault
        self.about = about
        self.by = by
        self.versions = versions


@dataclass(frozen=True)
class Pip:
    """Gets pure wheels for one version of Python, such as `3.14`.

    `kept` are folders with wheels of earlier builds, which do when the registry is out of reach.
    """

    python: str
    kept: Sequence[Path] = ()

    def download(self, requirements: Sequence[str], folder: Path) -> None:
        """Put wheels of the requirements, and of all they need, into a folder.

        Raises:
            DownloadError: They cannot be had.
        """
        done = self._run(requirements, folder)
        if done.returncode == 0:
            return
        said = done.stdout + done.stderr
        if _OFFLINE.search(said):
            kept = [f"--find-links={place}" for place in self.kept]
            if self._run(["--no-index", *kept, *requirements], folder).returncode:
                raise DownloadError("unreachable", ", ".join(requirements))
            return
        raise self._explained(said)

    def _explained(self, said: str) -> DownloadError:
        if causes := _CAUSES.search(said):
            return self._conflict(causes[1])
        if match := _NO_MATCH.search(said):
            return self._unmatched(match["wanted"], match["by"] or "", match["versions"])
        return DownloadError("failed", _reason(said))

    def _unmatched(self, wanted: str, by: str, versions: str) -> DownloadError:
        if versions != "none":
            return DownloadError("version", wanted, versions=_newest(versions.split(", ")))
        match = _NAME.match(wanted)
        name = match[0] if match else wanted
        asked = _pip("index", "versions", "--pre", name)
        if asked.returncode == 0:
            return DownloadError("no-wheel", name, by=by.rsplit(">", maxsplit=1)[-1].strip())
        fault: Fault = "unreachable" if _OFFLINE.search(asked.stderr) else "unknown"
        return DownloadError(fault, name)

    def _conflict(self, causes: str) -> DownloadError:
        """Tell requirements that exclude each other from one that nothing fulfils."""
        needs: dict[str, str] = {}
        for by, _, wanted in _DEPENDS.findall(causes):
            match = _NAME.match(wanted)
            needs.setdefault(match[0] if match else wanted, by)
        for name, by in needs.items():
            with tempfile.TemporaryDirectory() as folder:
                alone = self._run(["--no-deps", name], folder)
            match = _NO_MATCH.search(alone.stdout + alone.stderr)
            if match and match["versions"] == "none":
                return self._unmatched(name, by, "none")
        lines = [line.strip() for line in causes.splitlines() if line.strip()]
        return DownloadError("conflict", "; ".join(lines[:MOST_CAUSES]))

    def _run(
        self, arguments: Sequence[str], folder: Path | str
    ) -> subprocess.CompletedProcess[str]:
        target = [
            "--only-binary=:all:",
            f"--python-version={self.python}",
            "--implementation=py",
            "--abi=none",
            "--platform=any",
        ]
        return _pip("download", "--progress-bar=off", f"--dest={folder}", *target, *arguments)


def _reason(said: str) -> str:
    """Return the line that says most: pip's last error, or the end of its traceback."""
    lines = said.strip().splitlines() or [""]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return errors[-1] if errors and errors[-1] != "Exception:" else lines[-1]


def _newest(versions: Sequence[str]) -> list[str]:
    """Return a few versions, the newest first; early ones only where there are no others."""
    done = [text for text in versions if not Version(text).is_prerelease]
    return (done or list(versions))[: -MOST_VERSIONS - 1 : -1]


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Without a second try pip does not say that nobody answered.
    env = {"PIP_RETRIES": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return subprocess.run(  # noqa: S603 - this interpreter; requirements are checked by the caller
        [sys.executable, "-m", "pip", *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )

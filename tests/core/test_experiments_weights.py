"""One stored hash of the weights comes out of every Python there is on this machine.

tests/pyodide/weights.test.ts asks the browser's Python for the same.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lessonlab

STORED = Path(__file__).with_name("weights.json")
SOURCE = Path(lessonlab.__file__).parents[1]
OLDEST = (3, 12)
PROBE = "import sys, venv, ensurepip; print(*sys.version_info[:3], sys.base_prefix)"


def candidates() -> list[Path]:
    """Return what may be an interpreter: on PATH by its usual names, and pyenv's versions."""
    usual = ("python3", *(f"python3.{minor}" for minor in range(OLDEST[1], 20)))
    on_path = [Path(found) for name in usual if (found := shutil.which(name))]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [*on_path, *sorted(pyenv.glob("versions/*/bin/python3"))]


def interpreters() -> dict[str, Path]:
    """Return the interpreters that really run and are new enough, the current one included."""
    found = {}
    for path in [Path(sys.executable), *candidates()]:
        probe = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
        if probe.returncode == 0:
            *version, home = probe.stdout.split(maxsplit=3)
            if tuple(map(int, version)) >= OLDEST:
                found.setdefault(f"{'.'.join(version)} in {home.strip()}", path)
    return found


def report(interpreter: Path) -> object:
    printed = subprocess.check_output(
        [interpreter, "-m", "lessonlab.experiments.weights"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        text=True,
    )
    return json.loads(printed)


def test_every_python_computes_the_stored_weights() -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert set(stored["weights_sha256"]) == {"cheese", "coinrun"}
    found = {name: report(path) for name, path in interpreters().items()}
    assert found
    assert found == dict.fromkeys(found, stored)

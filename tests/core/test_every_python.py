"""Every Python there is on this machine: one stored hash of the weights, and the same verdicts.

tests/pyodide asks the browser's Python for the same.
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
CONTRACT = Path(__file__).parents[1] / "contract/grade.json"
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


def answers(module: str, stdin: str = "") -> dict[str, object]:
    """Return what each interpreter prints as JSON when it runs a module of the core."""
    pythons = interpreters()
    assert pythons
    printed = {
        name: subprocess.check_output(
            [path, "-m", module],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            input=stdin,
            text=True,
        )
        for name, path in pythons.items()
    }
    return {name: json.loads(text) for name, text in printed.items()}


def test_every_python_computes_the_stored_weights() -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert set(stored["weights_sha256"]) == {"cheese", "coinrun"}
    found = answers("lessonlab.experiments.weights")
    assert found == dict.fromkeys(found, stored)


def test_every_python_gives_the_verdicts_of_the_contract() -> None:
    for example in json.loads(CONTRACT.read_text(encoding="utf-8")):
        (answer,) = example["answers"]
        found = answers("lessonlab.grading", json.dumps(example["payload"]))
        assert found == dict.fromkeys(found, answer["result"]), example["name"]

"""`dev.py` on the oldest Python it promises, and what it says when something is missing."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_python_3_8_can_read_it() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_shim_that_fails_is_no_python(dev: ModuleType, tmp_path: Path) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert dev.runs(str(shim)) is None
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho 3 9\n")
    old.chmod(0o755)
    assert dev.runs(str(old)) is None


def test_missing_python_is_said_in_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "runs", lambda _path: None)
    with pytest.raises(SystemExit, match=r"Python 3\.12 or newer was not found .*pyenv install"):
        dev.find_python()


def test_missing_browsers_print_the_command_to_a_user(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install -y chromium firefox-esr"):
        dev.ensure_browsers()
    with pytest.raises(SystemExit, match=r"need WebKitWebDriver .*-y webkit2gtk-driver xvfb"):
        dev.ensure_browsers("webkit")


def test_the_stages_of_the_help_exist(dev: ModuleType) -> None:
    assert all(callable(getattr(dev, f"test_{stage}")) for stage in dev.STAGES)


def test_ci_runs_exactly_the_readme_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = (ROOT / ".ci/run").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert command == "python3 dev.py test"
    assert command in readme

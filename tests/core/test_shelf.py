"""What code imports, and how a course's packages come into the page's Python."""

from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from lessonlab import bridge, shelf
from lessonlab.imports import imported, named
from lessonlab.isolation import preload
from lessonlab.schema import PROTOCOL_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KNOWN = ("robot", "networkx", "tools")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import robot", {"robot"}),
        ("import os, networkx.algorithms as a", {"networkx"}),
        ("from tools.words import x", {"tools"}),
        ("def f():\n    if x:\n        import robot", {"robot"}),
        ("try:\n    import networkx\nexcept ImportError: pass", {"networkx"}),
        ("x = 'import robot'  # import tools", set()),
        ("from . import robot", set()),
        ("import importlib\nimportlib.import_module('tools.words')", {"tools"}),
        ("from importlib import import_module as load\nload('robot')", {"robot"}),
        ("__import__('robot')", {"robot"}),
        ("import builtins\nbuiltins.__import__('robot')", {"robot"}),
        ("exec('import robot; x = 1')", {"robot"}),
        ("eval('robots')", set()),
        ("import robot\ndef", set()),
        ("x = '\\0'\0", set()),
        ("(" * 1000, set()),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, expected: set[str]) -> None:
    assert imported(source, KNOWN) == expected


def test_modules_are_named_in_full() -> None:
    source = "import networkx.algorithms as a, os\nfrom tools import words\nfrom . import robot"
    assert named(source, KNOWN) == {"networkx.algorithms", "tools", "tools.words"}


def test_the_page_asks_by_json() -> None:
    request = {"sources": ["import robot", "import tools, os"], "names": list(KNOWN)}
    assert json.loads(bridge.imports(json.dumps(request))) == ["robot", "tools"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for packages; what is imported from it is forgotten."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr(shelf, "_OWN", set())
    before = set(sys.modules)
    yield tmp_path / "course"
    for name in set(sys.modules) - before:
        del sys.modules[name]


def put(folder: Path, own: str, **files: str) -> None:
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in files.items():
            file.writestr(f"{name}.py", text)
    shelf.install(str(archive), own, str(folder))
    assert not archive.exists()


def run(code: str) -> Any:
    payload = {"code": code}
    request = {"version": PROTOCOL_VERSION, "kind": "run", "payload": payload}
    return json.loads(bridge.handle(json.dumps(request)))["result"]


def test_the_authors_modules_begin_anew_with_each_run_and_packages_stay(folder: Path) -> None:
    counting = "count = 0\ndef call():\n    global count\n    count += 1\n    return count\n"
    put(folder, "cw_test_own", cw_test_own=counting)
    put(folder, "", cw_test_wheel=counting)
    code = "import cw_test_own, cw_test_wheel\nprint(cw_test_own.call(), cw_test_wheel.call())"
    assert [run(code)["stdout"] for _ in range(3)] == ["1 1\n", "1 2\n", "1 3\n"]


def test_packages_that_own_modules_import_are_named_too(folder: Path) -> None:
    put(folder, "cw_test_own", cw_test_own="import networkx.algorithms\n")
    sources = ["from cw_test_own import x", "import networkx"]
    assert shelf.own_sources(sources, str(folder)) == ["import networkx.algorithms\n"]
    assert shelf.own_sources(["import networkx"], str(folder)) == []


def test_preloading_imports_what_there_is(folder: Path) -> None:
    put(folder, "", cw_test_wheel="")
    preload("cw_test_wheel.x cw_test_wheel no_such_module")
    assert "cw_test_wheel" in sys.modules


def test_a_damaged_archive_is_refused_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(b"not a zip file")
    with pytest.raises(zipfile.BadZipFile):
        shelf.install(str(archive), "", str(folder))
    assert not archive.exists()
    assert str(folder) not in sys.path

"""Imports point one way. Every module is listed with what it may import of our own."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "plugins/lessonlab/src"
BUILD = ROOT / "plugins/coursewright/src"


def modules(source: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(source.rglob("*.py")):
        name = ".".join(path.relative_to(source).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found |= {node.module or ""}
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(("name", "path"), modules(CORE).items(), ids=str)
def test_the_core_imports_only_the_standard_library(name: str, path: Path) -> None:
    foreign = {
        module
        for module in imports(path)
        if module.split(".")[0] not in sys.stdlib_module_names | {"lessonlab"}
    }
    assert not foreign, f"{name} imports {foreign}"


MKDOCS_ALLOWED = {
    "coursewright.placed_option",
    "coursewright.plugin",
    "coursewright.config",
    "coursewright.theme",
    "coursewright.around",
    "coursewright.assets",
    "coursewright.generated",
    "coursewright.lessons",
    "coursewright.navigation",
    "coursewright.notebooks",
    "coursewright.page_toc",
    "coursewright.course",
    "coursewright.report",
    "coursewright.check",
    "coursewright.security.build",
    "coursewright.security.options",
}
"""The thin files that know MkDocs; everything else must survive its end."""


@pytest.mark.parametrize(("name", "path"), modules(BUILD).items(), ids=str)
def test_few_files_know_mkdocs(name: str, path: Path) -> None:
    known = {module for module in imports(path) if module.split(".")[0] in {"mkdocs", "material"}}
    assert not known or name in MKDOCS_ALLOWED, f"{name} imports {known}"


def test_nothing_imports_in_a_circle() -> None:
    every = {**modules(CORE), **modules(BUILD)}
    # A package's front door is passed on the way to each of its rooms and is no edge of its own.
    graph = {
        name: {target for target in imports(path) & set(every) if not name.startswith(target)}
        for name, path in every.items()
    }
    while leaves := {name for name, targets in graph.items() if not targets & set(graph)}:
        graph = {name: targets for name, targets in graph.items() if name not in leaves}
    assert not graph, f"a circle among {sorted(graph)}"


def test_nothing_imports_the_plugin() -> None:
    users = [
        name for name, path in modules(BUILD).items() if "coursewright.plugin" in imports(path)
    ]
    assert users == []

"""Each file in `mistakes/` holds pages and the exact lines an author is shown for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from wheels import Wheel, make_wheel, use_registry

from coursewright.assets import DIST
from coursewright.blocks.page import read_page
from coursewright.config_place import line_of, lines_in_nav
from coursewright.notebook_check import check_notebook
from coursewright.outline import Spot, check_outline
from coursewright.packages import lock
from coursewright.packages.collection import Collection, collect
from coursewright.runs import Runner
from coursewright.security.contents import read_contents
from coursewright.security.forbidden import check_place, find_forbidden
from coursewright.validate import check_course
from lessonlab.mistakes import TEMPLATES
from lessonlab.schema import ExperimentSpec, ParamSpec

FOLDER = Path(__file__).parent / "mistakes"
FILES = sorted(FOLDER.glob("*.yml"))
EXPERIMENTS = {
    "coinrun": ExperimentSpec(
        "coinrun",
        "run",
        (
            ParamSpec("episodes", "int", 6000, "lab.episodes", low=100, high=20000, step=100),
            ParamSpec("random_share", "float", 0.0, "lab.random_share", low=0, high=1, step=0.01),
            ParamSpec("start", "choice", "anywhere", "lab.start", choices=("anywhere", "left")),
            ParamSpec("cue", "bool", default=False, label="lab.cue"),
        ),
    ),
    "cheese": ExperimentSpec(
        "cheese",
        "maze",
        (ParamSpec("episodes", "int", 6000, "lab.episodes", low=100, high=20000, step=100),),
    ),
}
"""Fixed here, so that a change of the real experiments rewrites no expected line."""


@dataclass(frozen=True)
class Case:
    pages: dict[str, bytes]
    problems: list[str]
    is_run: bool
    nav: dict[str, list[str]] | None
    """Title of a section -> files in it; the empty title is the outermost level."""
    lessons: str | None
    """The folder that the author named, in a course without lessons."""
    built: dict[str, str]
    """Path of a page in the site -> its HTML, for what only the built page shows."""
    config: str
    """The course's configuration."""
    files: dict[str, str]
    """The author's files beside it."""
    registry: list[dict[str, Any]] | None
    """Wheels that pip finds; None when its registry does not answer."""
    has_tools: bool

    def spots(self) -> list[Spot]:
        if self.nav is None:
            return []
        tracks = {path: title for title, paths in self.nav.items() for path in paths}
        return [Spot(path, tracks.get(path, ""), path not in tracks) for path in self.pages]


def load(path: Path) -> Case:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    pages = data.get("pages") or {"page.md": data["page"]}
    encoding = data.get("encoding", "utf-8")
    ends = {"crlf": "\r\n", "cr": "\r", "lf": "\n"}[data.get("line_ends", "lf")]
    return Case(
        {name: text.replace("\n", ends).encode(encoding) for name, text in pages.items()},
        data["problems"],
        data.get("run", False),
        data.get("nav"),
        data.get("lessons"),
        data.get("built", {}),
        data.get("config", ""),
        data.get("files", {}),
        data.get("registry", []),
        data.get("tools", True),
    )


def lines_of(case: Case, cache: Path) -> list[str]:
    pages = [
        read_page(data, name) for name, data in case.pages.items() if not name.endswith(".ipynb")
    ]
    runner = Runner(cache) if case.is_run else None
    collection = brought(case, cache)
    docs = cache / "course/docs"
    copied = {path.resolve(): path.relative_to(docs).as_posix() for path in docs.rglob("*")}
    packages = [*collection.problems, *collection.twice(copied)]
    lines = lines_in_nav(str(cache / "course/mkdocs.yml"))
    names = [name for name, found in lines.items() for _ in found]
    outline = [
        *packages,
        *check_outline(case.spots(), case.lessons, names=names, pages=case.pages, lines=lines),
    ]
    found = check_course(pages, EXPERIMENTS, runner=runner, outline=outline)
    for name, data in case.pages.items():
        if name.endswith(".ipynb"):
            found += check_notebook(data, name, kernels={"python3", "julia-1.11"})
    place = plugin_options(case.config).get("security_policy")
    root = cache / "course"
    config_line = line_of(str(root / "mkdocs.yml"), "security_policy")
    advice = check_place(place, config_line, root, [docs, root / "site"])
    found += [item.at("mkdocs.yml") for item in advice]
    found += find_forbidden(
        {name: read_contents(text) for name, text in case.built.items()},
        {},
        source=lambda name: source_of(case, name),
        course=("mkdocs.yml", case.config),
    )
    return [item.format() for item in found]


def brought(case: Case, folder: Path) -> Collection:
    """What the course of a case brings beyond the standard library."""
    for name, text in {**case.files, "mkdocs.yml": case.config}.items():
        path = folder / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    python = plugin_options(case.config).get("python", {})
    with pytest.MonkeyPatch.context() as patch:
        use_registry(folder / "registry", patch)
        for wheel in case.registry or ():
            make_wheel(folder / "registry", Wheel(**wheel))
        if case.registry is None:
            patch.delenv("PIP_NO_INDEX")
            patch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
        if not case.has_tools:
            patch.setattr(lock, "TOOLS", ("no_such_module",))
        return collect(
            python.get("paths", []),
            python.get("packages", []),
            config_file=folder / "course/mkdocs.yml",
            cache=folder / "cache",
            pyodide=DIST / "pyodide-lock.json",
        )


def plugin_options(config: str) -> dict[str, Any]:
    plugins = (yaml.safe_load(config) or {}).get("plugins", [])
    entries = [plugins] if isinstance(plugins, dict) else plugins
    return next((item["coursewright"] for item in entries if "coursewright" in item), {})


def source_of(case: Case, page: str) -> tuple[str, str] | None:
    name = page.replace(".html", ".md")
    return (name, case.pages[name].decode()) if name in case.pages else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_author_is_shown_exactly_these_lines(path: Path, tmp_path: Path) -> None:
    case = load(path)
    assert lines_of(case, tmp_path) == case.problems


def test_every_code_has_a_golden_line() -> None:
    shown = {
        line.split("[", 1)[1].split("]", 1)[0] for path in FILES for line in load(path).problems
    }
    assert shown == set(TEMPLATES)

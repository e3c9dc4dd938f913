"""What a course brings beyond the standard library: in the site, and in the build's own runs."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from wheels import Wheel, make_wheel, use_registry

from coursewright.check import check
from coursewright.packages import lock
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

CONFIG = """\
site_name: Robots
theme: {name: material}
plugins:
  - coursewright:
      python:
        paths: [python, more/arm.py]
nav: [index.md, Robots: [lessons/one.md]]
"""
LESSON = """\
# One

/// question | Let the robot greet Ada.
    id: greet
    kind: python

```python {.starter}
print("?")
```

```python {.solution}
def f():
    import robot
    print(robot.greet("Ada"))
f()
```

```python {.check}
assert printed == "Grüß dich, Ada!\\n", "it greets Ada"
```
///
"""
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG,
    "docs/lessons/one.md": LESSON,
    "python/robot.py": "import arm\ndef greet(name): return f'{arm.wave()}, {name}!'\n",
    "python/tools/deep/words.py": "",
    "python/tools/words.txt": "Grüße",
    "python/.hidden.py": "",
    "python/__pycache__/robot.cpython-313.pyc": b"x",
    "python/fast.so": b"x",
    "more/arm.py": "def wave(): return 'Grüß dich'\n",
    "more/not_asked_for.py": "",
}


def facts(site: Site) -> list[dict[str, Any]]:
    text = site.read("assets/coursewright/site.js")
    found: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    packages: list[dict[str, Any]] = found["packages"]
    return packages


def names_in(site: Site, package: Mapping[str, Any]) -> list[str]:
    data = (site.folder / package["file"]).read_bytes()
    assert len(data) == package["bytes"]
    return zipfile.ZipFile(io.BytesIO(gzip.decompress(data))).namelist()


def test_a_course_without_any_says_so_and_ships_none(make_site: MakeSite) -> None:
    site = make_site({})
    assert facts(site) == []
    assert not (site.folder / "assets/coursewright/packages").exists()


def test_own_modules_are_shipped_as_sources_and_known_to_solutions(make_site: MakeSite) -> None:
    site = make_site(FILES)
    assert site.messages == ()
    arm, python = sorted(facts(site), key=lambda package: str(package["name"]))
    assert (arm["imports"], arm["depends"], arm["own"]) == (["arm"], [], True)
    assert (python["imports"], python["depends"]) == (["robot", "tools"], [arm["name"]])
    assert names_in(site, arm) == ["arm.py"]
    assert names_in(site, python) == ["robot.py", "tools/deep/words.py", "tools/words.txt"]
    for package in (arm, python):
        assert re.fullmatch(
            r"assets/coursewright/packages/[\w-]+\.[0-9a-f]{10}\.bin", package["file"]
        )
        script = site.read(f"{package['file']}.file.js")
        assert f'["{package["file"]}"]="' in script


def test_an_edit_of_a_module_changes_its_address_and_no_other(make_site: MakeSite) -> None:
    before = {package["name"]: package["file"] for package in facts(make_site(FILES))}
    edited = {**FILES, "more/arm.py": "def wave(): return 'Hallo'\n"}
    site = make_site(edited)
    after = {package["name"]: package["file"] for package in facts(site)}
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["own-more-arm"]
    (message,) = site.messages  # a solution that depends on it is run again
    assert "[solution-fails]" in message


def test_what_cannot_be_brought_ends_the_build_once_everything_is_said(
    make_site: MakeSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = CONFIG.replace("[python, more/arm.py]", "\n        - pyhton")
    lesson = "# One\n\n/// hint\nText.\n///\n"
    with pytest.raises(Abort):
        make_site({"mkdocs.yml": config, "docs/lessons/one.md": lesson})
    first, second, last = [record for record in caplog.records if record.levelname != "INFO"]
    assert first.message.startswith('coursewright: mkdocs.yml:7: [package-path] "pyhton"')
    assert "[block-misplaced]" in second.message
    assert (last.levelname, last.message) == ("ERROR", phrase("package-stop"))
    assert not (tmp_path / "site/index.html").exists()


def test_serving_says_it_and_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG.partition("nav:")[0])
    served = load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "served"))
    served.plugins.on_startup(command="serve", dirty=False)
    build(served, serve_url="http://127.0.0.1:8000/")
    assert "mkdocs.yml:6: [package-path]" in caplog.text
    assert (tmp_path / "served/index.html").exists()


def test_modules_in_the_pages_folder_are_public_twice(
    make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    config = CONFIG.replace("[python, more/arm.py]", "[docs/python]")
    files = {"docs/lessons/one.md": "# One\n", "docs/python/robot.py": "", "mkdocs.yml": config}
    assert make_site(files).messages == ()
    assert 'mkdocs.yml:6: [package-path-docs] "docs/python"' in caplog.text
    assert '"python/robot.py" is a file of the site' in caplog.text
    caplog.clear()
    assert make_site({**files, "mkdocs.yml": f"{config}exclude_docs: '*.py'\n"}).messages == ()
    assert "package-path-docs" not in caplog.text


def test_what_else_is_installed_here_is_not_there_for_programs(make_site: MakeSite) -> None:
    lesson = LESSON.replace("import robot", "import yaml")
    (message,) = make_site({"docs/lessons/one.md": lesson}).messages
    assert "[solution-fails]" in message
    assert "No module named 'yaml'" in message


REGISTRY = (
    Wheel("paths", "1.9"),
    Wheel("paths", "2.1", files={"paths/__init__.py": "length = 3", "paths/tests/big.py": ""}),
    Wheel(
        "graphs",
        requires=(
            "paths<3",
            'only-here; sys_platform != "emscripten"',
            'only-there; sys_platform == "emscripten"',
            'other-extra; extra == "more"',
        ),
        files={"graphs.py": "import paths\nsize = paths.length + 1", "dataclasses.py": ""},
    ),
    Wheel("only-here"),
    Wheel("only-there"),
)
WITH_WHEELS = {
    "mkdocs.yml": CONFIG.replace("[python, more/arm.py]", "[python]\n        packages: [graphs]"),
    "docs/lessons/one.md": LESSON,
    "python/robot.py": (
        "def greet(name):\n    import graphs\n    assert graphs.size == 4\n"
        "    return f'Grüß dich, {name}!'\n"
    ),
}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "registry"
    for wheel in REGISTRY:
        make_wheel(folder, wheel)
    use_registry(folder, monkeypatch)
    return folder


def test_a_registry_that_does_not_answer_is_not_taken_for_an_empty_one(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Abort):
        make_site(WITH_WHEELS)
    assert "[package-unreachable]" in caplog.text


@pytest.mark.usefixtures("registry")
def test_packages_come_with_what_a_browser_needs_of_them(make_site: MakeSite) -> None:
    site = make_site(WITH_WHEELS)
    assert site.messages == ()
    shipped = {package["name"]: package for package in facts(site)}
    assert sorted(shipped) == ["graphs", "only-there", "own-python", "paths"]
    assert shipped["own-python"]["depends"] == ["graphs"]
    assert sorted(shipped["graphs"]["depends"]) == ["only-there", "paths"]
    assert shipped["graphs"]["imports"] == ["graphs"]  # the standard library has the other name
    assert shipped["paths"]["version"] == "2.1"
    names = [name for name in names_in(site, shipped["paths"]) if "dist-info" not in name]
    assert names == ["paths/__init__.py"]


def test_a_second_build_needs_neither_registry_nor_tools(
    make_site: MakeSite, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = facts(make_site(WITH_WHEELS))
    shutil.rmtree(registry)
    monkeypatch.setattr(lock, "TOOLS", ("no_such_module",))
    site = make_site(WITH_WHEELS)
    assert site.messages == ()
    assert facts(site) == before


def test_what_was_fetched_once_does_for_other_requirements(
    make_site: MakeSite, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(WITH_WHEELS)
    shutil.rmtree(registry)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    config = WITH_WHEELS["mkdocs.yml"].replace("[graphs]", "[paths>=2]")
    site = make_site({"mkdocs.yml": config, "docs/lessons/one.md": "# One\n"})
    assert site.messages == ()
    assert [package["name"] for package in facts(site)] == ["own-python", "paths"]


@pytest.mark.usefixtures("registry")
def test_plugins_may_be_a_mapping_and_the_check_needs_no_site(
    make_site: MakeSite, tmp_path: Path
) -> None:
    config = "plugins:\n  coursewright:\n    python:\n      packages:\n        - pathz\n"
    theme = "site_name: Robots\ntheme: {name: material}\n"
    with pytest.raises(Abort):
        make_site({"mkdocs.yml": theme + config})
    (problem,) = check(tmp_path / "mkdocs.yml").problems
    assert (problem.path, problem.line, problem.code) == ("mkdocs.yml", 7, "package-unknown")


def test_a_course_is_built_from_what_is_kept(make_site: MakeSite, tmp_path: Path) -> None:
    make_site(FILES)
    kept = sorted((tmp_path / ".cache/coursewright/packages").rglob("*"))
    times = [path.stat().st_mtime_ns for path in kept]
    make_site(FILES)
    assert [path.stat().st_mtime_ns for path in kept if "__pycache__" not in str(path)] == [
        time for path, time in zip(kept, times, strict=True) if "__pycache__" not in str(path)
    ]

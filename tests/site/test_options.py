"""What the plugin says to options and names that it cannot take as they are."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

CONFIG = "site_name: {name}\ntheme: {{name: {theme}}}\nplugins: [coursewright: {options}]\n"


def config(name: str = "Tiny", theme: str = "material", options: str = "{}") -> str:
    return CONFIG.format(name=name, theme=theme, options=options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            config(options='{site_id: "My Co:urse!"}'),
            'letters, digits and hyphens, found "My Co:urse!". Write "site_id: my-co-urse".',
        ),
        (config(theme="mkdocs"), 'Write "theme: {name: material}" in mkdocs.yml.'),
    ],
    ids=["site_id", "theme"],
)
def test_a_wrong_option_ends_the_build_with_one_sentence(
    text: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(text)
    command = [sys.executable, "-m", "mkdocs", "build"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert expected in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "site/index.html").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{site: x}", 'There is no option "site". Did you mean "site_id"?'),
        ("{zzz: x}", 'There is no option "zzz". Its options are lessons, site_id, '),
    ],
)
def test_an_unknown_option_is_told_with_the_nearest(
    options: str, expected: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config(options=options))
    load_config(str(tmp_path / "mkdocs.yml"))
    assert expected in caplog.text


BELOW = "site_name: T\ntheme: {name: material}\nplugins:\n  - coursewright:\n      python:"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (" {path: [python]}", '5: There is no option "path". Did you mean "paths"?'),
        ("\n        path:\n          - a", '6: There is no option "path". Did you mean "paths"?'),
    ],
)
def test_an_unknown_option_of_python_is_told_with_its_line(
    options: str, expected: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(BELOW + options)
    load_config(str(tmp_path / "mkdocs.yml"))
    assert f"mkdocs.yml:{expected}" in caplog.text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            "\n        packages: networkx",
            '6: It should be a list, found "networkx". Write "packages: [networkx]".',
        ),
        (" {paths: {a: b}}", '5: It should be a list, found "a: b". Write "paths: [python]".'),
        (
            "\n        packages:\n          - a\n          - networkx: 3.5",
            '8: Each entry is text, found "networkx: 3.5". Write entries as in "packages: [netw',
        ),
        (" {packages: [a, 3]}", '5: Each entry is text, found "3". '),
        (" [python]", '5: It should be "paths" and "packages" with lists, found "[python]". '),
    ],
)
def test_a_value_of_python_of_another_kind_is_told_with_its_line(
    options: str, expected: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(BELOW + options)
    with pytest.raises(Abort):
        load_config(str(tmp_path / "mkdocs.yml"))
    assert f"mkdocs.yml:{expected}" in caplog.text


@pytest.mark.parametrize("options", ["", " {paths: , packages: }"])
def test_what_is_left_blank_asks_for_nothing(options: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(BELOW + options)
    python = load_config(str(tmp_path / "mkdocs.yml")).plugins["coursewright"].config.python
    assert (python.paths, python.packages) == ([], [])


def test_a_folder_without_lessons_is_named_when_it_was_asked_for(make_site: MakeSite) -> None:
    site = make_site(
        {"mkdocs.yml": config(options="{lessons: lesons}"), "docs/lessons/a.md": "# A"}
    )
    assert [message.split(" ")[1:3] for message in site.messages] == [
        ["mkdocs.yml:", "[course-no-lessons]"]
    ]
    assert make_site({"mkdocs.yml": config(), "docs/lessons/a.md": "# A"}).messages == ()


def ids(site: Site) -> list[str]:
    return re.findall(r'"id": "([^"]+)"', site.read("assets/coursewright/site.js"))


def test_names_in_any_script_give_ids_of_their_own(make_site: MakeSite) -> None:
    lessons = {"docs/lessons/第一课.md": "# 第一课\n", "docs/lessons/第二课.md": "# 第二课\n"}
    first = ids(make_site({"mkdocs.yml": config("课程"), **lessons}))
    assert len(set(first)) == 3
    assert all(re.fullmatch(r"(course|lesson)-[0-9a-f]{8}", name) for name in first)
    *same, other = ids(make_site({"mkdocs.yml": config("图书")}))
    assert same == first[:-1]
    assert other != first[-1]
    assert ids(make_site({"mkdocs.yml": config("Café 1")}))[-1] == "cafe-1"

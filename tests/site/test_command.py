"""The command `coursewright`, as an author types it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from sites import build_site

from coursewright.cli import main
from coursewright.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "//// question | Which?\n\n- [ ] One\n    > No.\n- [ ] Two\n    > No.\n////\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def course(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", "my-course"]) == 0
    capsys.readouterr()
    monkeypatch.chdir(here / "my-course")
    return here / "my-course"


def test_new_makes_a_course_and_says_what_to_type(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "my-course"]) == 0
    said = capsys.readouterr().out
    assert "cd my-course" in said
    assert "mkdocs serve" in said
    folder = here / "my-course"
    assert 'site_name: "My course"' in (folder / "mkdocs.yml").read_text()
    assert ".cache/" in (folder / ".gitignore").read_text()
    settings = json.loads((folder / ".vscode/settings.json").read_text())
    (schema,) = settings["yaml.schemas"]
    assert "concepts" in json.loads((folder / schema).read_text())["properties"]


def test_snippets_of_all_blocks_make_a_lesson_without_mistakes(course: Path) -> None:
    snippets = json.loads((course / ".vscode/coursewright.code-snippets").read_text("utf-8"))
    assert {item["scope"] for item in snippets.values()} == {"markdown"}
    texts = {item["prefix"]: expanded("\n".join(item["body"])) for item in snippets.values()}
    top, quiz = texts.pop("cw-top"), texts.pop("cw-quiz")
    asked = [texts.pop(f"cw-{name}") for name in ("question", "text", "predict", "python")]
    quiz = quiz.replace("\n\n\n", "\n\n".join(["", *asked, ""]))
    lesson = "\n\n".join([top, "## First", *texts.values(), quiz])
    (course / "docs/lessons/wrong-goal.md").write_text(lesson, "utf-8")
    assert build_site(course / "mkdocs.yml", course / "site").messages == ()
    used = set(re.findall(r"^/{3,5} ([a-z-]+)", lesson, re.MULTILINE))
    assert used >= set(RULES) - {"explanation", "hint"}


def expanded(body: str) -> str:
    """Return a snippet as VS Code writes it when its author changes nothing."""
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", body)
    return re.sub(r"\$\{\d+:([^}]*)\}|\$\d+", lambda match: match[1] or "", text)


def test_new_course_builds_without_a_warning(course: Path) -> None:
    site = build_site(course / "mkdocs.yml", course / "site")
    assert site.messages == ()
    first, second = site.read("lessons/fence-posts.html"), site.read("lessons/wrong-goal.html")
    for part in ('data-cw-part="quiz"', 'data-cw-kind="python"', 'data-cw-track="Basics"'):
        assert part in first
    assert 'data-cw-lab="coinrun"' in second
    assert "Key terms" not in first[first.index('data-cw-part="path"') : first.index("Posts and")]
    home = site.read("index.html")
    assert re.findall(r'data-cw-card="([\w-]+)"', home) == ["fence-posts", "wrong-goal"]
    assert 'data-md-color-scheme="slate"' in home


@pytest.mark.parametrize(
    ("name", "title"),
    [("my_first.course", "My first course"), ("2024", "2024"), ("čaj: & <b>", "Čaj b")],
)
def test_title_comes_from_the_name(here: Path, name: str, title: str) -> None:
    assert main(["new", name]) == 0
    assert yaml.safe_load((here / name / "mkdocs.yml").read_text("utf-8"))["site_name"] == title


def test_what_to_type_next_can_be_typed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "Mein zweiter Kurs"]) == 0
    line = capsys.readouterr().out.splitlines()[2]
    assert shlex.split(line) == ["cd", "Mein zweiter Kurs"]
    assert (here / "Mein zweiter Kurs/mkdocs.yml").is_file()


def test_new_overwrites_nothing(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = course / "docs/index.md"
    index.write_text("mine")
    assert main(["new", str(course)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert index.read_text() == "mine"
    assert main(["new", "docs/index.md"]) == 2


def test_new_lesson_is_a_lesson_in_the_navigation(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = 'What\'s "next": a look'
    assert main(["new", "lesson", title]) == 0
    assert "mkdocs.yml, line 20" in capsys.readouterr().out
    line = (course / "mkdocs.yml").read_text().splitlines()[19]
    assert line.strip() == "- lessons/whats-next-a-look.md"
    site = build_site(course / "mkdocs.yml", course / "site")
    assert site.messages == ()
    html = site.read("lessons/whats-next-a-look.html")
    assert 'data-cw-number="3" data-cw-total="3"' in html
    assert re.search(r"<h1[^>]*>What&#39;s &#34;next&#34;", html)

    again = (course / "docs/lessons/whats-next-a-look.md").read_text()
    assert main(["new", "lesson", title]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (course / "docs/lessons/whats-next-a-look.md").read_text() == again


def test_new_lesson_from_a_folder_inside_with_other_names(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(course / "docs/lessons")
    (course / "docs").rename(course / "text")
    options = "docs_dir: text\nplugins: [search, {coursewright: {lessons: units}}]\n"
    (course / "mkdocs.yml").write_text(f"site_name: Other\ntheme: material\n{options}")
    monkeypatch.chdir(course / "text")
    assert main(["new", "lesson", "目標"]) == 0
    said = capsys.readouterr().out
    assert "finds it by itself" in said
    assert "hence that name" in said
    assert 'title: "目標"' in (course / "text/units/lesson-1.md").read_text("utf-8")


def test_new_lesson_says_which_line_to_add_where_it_dares_not(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = course / "mkdocs.yml"
    text = config.read_text()
    config.write_text(text[: text.index("nav:")] + "nav: [index.md]\n")
    assert main(["new", "lesson", "Next"]) == 0
    assert "- lessons/next.md" in capsys.readouterr().out
    assert config.read_text().endswith("nav: [index.md]\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["new", "lesson"], "Give the lesson a title"),
        (["new", "two", "names"], "takes a name only"),
        (["new", "one", "--track", "A"], "takes a name only"),
        (["new", "lesson", "A", "--track", "None"], "Choose Basics"),
        (["check", "-f", "nowhere.yml"], "no file nowhere.yml"),
    ],
)
def test_refusals_say_what_to_type(
    course: Path, capsys: pytest.CaptureFixture[str], typed: list[str], said: str
) -> None:
    before = sorted(course.rglob("*"))
    assert main(typed) == 2
    assert said in capsys.readouterr().err
    assert sorted(course.rglob("*")) == before


def test_outside_of_a_course_the_first_command_is_named(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 2
    error = capsys.readouterr().err
    assert str(here) in error
    assert "coursewright new my-course" in error


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("site_name: A\ntheme: material\n", "does not use the plugin"),
        ("site_name: [\n", "cannot be read"),
        ("theme: material\nplugins: [coursewright]\n", "site_name"),
        ("site_name: A\nplugins: [coursewright, no-such]\n", "no-such"),
    ],
)
def test_check_of_a_broken_configuration_is_one_sentence(
    here: Path, capsys: pytest.CaptureFixture[str], config: str, said: str
) -> None:
    (here / "mkdocs.yml").write_text(config)
    (here / "docs").mkdir()
    assert main(["check"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("coursewright: ")
    assert said in error


def test_check_of_a_sound_course(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No problems. Pages read: 3.\n"
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert not (course / "site").exists()


def test_check_prints_the_lines_of_the_build_and_counts_them(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(course)
    assert main(["check"]) == 1
    lines, groups, total = capsys.readouterr().out.strip().split("\n\n")
    built = build_site(course / "mkdocs.yml", course / "site").messages
    errors = [line for line in lines.splitlines() if "[choice-no-feedback]" not in line]
    said = [line.removeprefix("mkdocs.yml: [mkdocs] ") for line in errors]
    assert sorted(said) == sorted(text.removeprefix("coursewright: ") for text in built)
    expected = (
        "nav-unknown 1 quiz-no-answer 1 related-unknown 1 solution-fails 1 choice-no-feedback 1"
    )
    assert " ".join(groups.split()) == f"{expected} (advice)"
    assert total == "To correct: 4. Advice: 1. Pages read: 3."


def test_a_misspelt_name_and_a_lesson_named_twice_are_one_line_each(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = course / "mkdocs.yml"
    text = config.read_text().replace("lessons/wrong-goal.md", "lessons/wrnog-goal.md")
    config.write_text(f"{text}  - Again: lessons/fence-posts.md\n")
    assert main(["check", "--no-run"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("]")[0] for line in lines[: lines.index("")]] == [
        "mkdocs.yml:19: [nav-unknown",
        "mkdocs.yml:20: [nav-repeated",
    ]
    assert lines[0].endswith('Did you mean "lessons/wrong-goal.md"?')
    site = build_site(config, course / "site")
    assert len(site.messages) == 2
    assert 'data-cw-total="2"' in site.read("lessons/fence-posts.html")


def test_check_names_notebooks_that_cannot_run(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = course / "mkdocs.yml"
    plugin = "  - coursewright\n  - mkdocs-jupyter: {execute: true}\n"
    config.write_text(config.read_text().replace("  - coursewright\n", plugin))
    (course / "docs/a.ipynb").write_text("no JSON")
    kernel = {"kernelspec": {"name": "no-such-kernel"}}
    (course / "docs/b.ipynb").write_text(json.dumps({"nbformat": 4, "metadata": kernel}))
    assert main(["check", "--no-run"]) == 1
    said = capsys.readouterr().out
    assert "a.ipynb: [notebook-broken]" in said
    assert 'b.ipynb: [notebook-kernel] the notebook asks for the kernel "no-such-kernel"' in said


def test_check_as_json_names_files_that_exist(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(course)
    assert main(["check", "--json", "--no-run"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert all((course / item["path"]).is_file() for item in problems)
    assert [item["code"] for item in problems].count("solution-fails") == 0
    (found,) = [item for item in problems if item["code"] == "related-unknown"]
    assert found == {
        "path": "docs/lessons/wrong-goal.md",
        "line": 4,
        "code": "related-unknown",
        "message": 'related lesson "fence-post" does not exist.',
        "hint": 'Did you mean "fence-posts"?',
        "severity": "error",
    }


def test_schema_is_what_a_new_course_gets(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    file = course / ".vscode/coursewright.schema.json"
    assert capsys.readouterr().out == file.read_text("utf-8")


def spoil(course: Path) -> None:
    first, second = course / "docs/lessons/fence-posts.md", course / "docs/lessons/wrong-goal.md"
    text = first.read_text().replace("gap + 1\n", "gap + 2\n")
    first.write_text(text.replace("    > One too many: count them on your fingers.\n", ""))
    second.write_text(second.read_text().replace("[fence-posts]", "[fence-post]"))
    index = course / "docs/index.md"
    index.write_text(index.read_text() + "\n" + WRONG)
    config = course / "mkdocs.yml"
    config.write_text(config.read_text() + "  - Lost: lost.md\n")

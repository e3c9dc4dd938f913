"""Which files of an author's folder are shipped, and what is said of links in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.packages.own import find_paths, read_found

if TYPE_CHECKING:
    from pathlib import Path

    from coursewright.packages.package import Package
    from lessonlab.problems import Problem


def read(tmp_path: Path, path: str) -> tuple[list[Package], list[Problem]]:
    config_file = tmp_path / "course/mkdocs.yml"
    return read_found(find_paths([path], [7], config_file), config_file, {})


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "course/python").mkdir(parents=True)
    (tmp_path / "course/python/robot.py").write_text("")
    (tmp_path / "course/python/gone.py").symlink_to(tmp_path / "nowhere.py")
    packages, (found,) = read(tmp_path, "python")
    assert packages == []
    assert (found.code, found.line) == ("package-path", 7)
    assert '"python/gone.py"' in found.message


def test_what_links_bring_from_elsewhere_is_named_and_loops_end(tmp_path: Path) -> None:
    (tmp_path / "course/python/tools").mkdir(parents=True)
    (tmp_path / "shared/arm").mkdir(parents=True)
    (tmp_path / "shared/arm/hand.py").write_text("")
    (tmp_path / "shared/secret.py").write_text("")
    (tmp_path / "course/python/tools/again").symlink_to(tmp_path / "course/python")
    (tmp_path / "course/python/arm").symlink_to(tmp_path / "shared/arm")
    (tmp_path / "course/python/open.py").symlink_to(tmp_path / "shared/secret.py")
    (package,), (found,) = read(tmp_path, "python")
    assert sorted(package.load()) == ["arm/hand.py", "open.py"]
    assert (found.code, found.line, found.severity) == ("package-path-outside", 7, "warning")
    assert found.message.endswith(": open.py (secret.py), arm/hand.py.")
    (absolute,), (found,) = read(tmp_path, str(tmp_path / "shared"))
    assert sorted(absolute.load()) == ["arm/hand.py", "secret.py"]
    assert found.message.endswith(": secret.py, arm/hand.py.")


def test_a_link_to_the_course_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "course/python").mkdir(parents=True)
    (tmp_path / "course/python/all").symlink_to(tmp_path)
    packages, (found,) = read(tmp_path, "python")
    assert packages == []
    assert (found.code, found.line) == ("package-path-whole", 7)
    assert '"python/all"' in found.message

"""Begins a course and adds lessons to it, from the files in `starter_files/`.

The files are a course and a lesson as they are, so that they can be built and checked; only the
titles and ids in them are replaced. Never overwrites anything. Does not import MkDocs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from coursewright.blocks.options import slug
from coursewright.command_words import WORDS
from coursewright.frontmatter import json_schema
from coursewright.nav_edit import add_to_nav

FILES = Path(__file__).parent / "starter_files"
DOT = "dot-"
"""Stands for the dot before names that version control or an editor would act on."""

SCHEMA_FILE = ".vscode/coursewright.schema.json"
TITLE, LESSON_TITLE, LESSON_ID = "My course", "A new lesson", "a-new-lesson"
"""What stands in the files for the real titles and ids."""


class StarterError(Exception):
    """Something is in the way. Its text is one sentence for the author."""


@dataclass(frozen=True)
class NewLesson:
    """A lesson's file, and in which line (from 1) of the navigation it stands.

    `line` is None when the navigation was left alone: `has_nav` says whether there is one.
    `is_named` tells whether the file's name could be made from the title.
    """

    path: Path
    entry: str
    line: int | None
    has_nav: bool
    is_named: bool


def new_course(folder: Path) -> None:
    """Make a course of two lessons.

    Args:
        folder: Where; made when it does not exist. Its name becomes the title.

    Raises:
        StarterError: The folder is a file or has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StarterError(WORDS["folder-taken"].format(folder=folder))
    source = FILES / "course"
    title = title_of(folder.resolve().name)
    for path in sorted(source.rglob("*")):
        if path.is_dir():
            continue
        parts = (re.sub(f"^{DOT}", ".", part) for part in path.relative_to(source).parts)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace(TITLE, title)
        target.write_text(text, encoding="utf-8")
    (folder / SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")


def new_lesson(
    title: str, *, config_file: Path, docs: Path, lessons: str, track: str | None = None
) -> NewLesson:
    """Add a lesson to a course and put it into the navigation, if that has lessons in it.

    Args:
        title: The lesson's title; file name and id are made from it.
        config_file: The course's `mkdocs.yml`.
        docs: The folder with its documents.
        lessons: The folder below `docs` with its lessons.
        track: Title of the section to put it into; by default the one with the last lesson.

    Raises:
        StarterError: The file exists already.
        UnknownTrackError: The navigation has no such section. Nothing was changed.
    """
    named = slug(title)
    name = named or f"lesson-{1 + len(list((docs / lessons).glob('*.md')))}"
    path = docs / lessons / f"{name}.md"
    if path.exists():
        raise StarterError(WORDS["file-taken"].format(file=path))
    entry = f"{lessons}/{path.name}"
    before = config_file.read_bytes().decode("utf-8")
    edit = add_to_nav(before, entry, folder=lessons, track=track)
    text = (FILES / "lesson.md").read_text(encoding="utf-8")
    text = text.replace(f'"{LESSON_TITLE}"', json.dumps(title, ensure_ascii=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(LESSON_ID, name), encoding="utf-8")
    if edit.text is not None:
        config_file.write_bytes(edit.text.encode("utf-8"))
    return NewLesson(path, entry, edit.line, edit.has_nav, is_named=bool(named))


def schema_text() -> str:
    """Return the JSON Schema of front matter as the text of a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def title_of(name: str) -> str:
    """Return a title made from the name of a folder: `my-course` -> `My course`."""
    words = " ".join(re.findall(r"\w+", name.replace("_", " ")))
    return words[:1].upper() + words[1:] or TITLE

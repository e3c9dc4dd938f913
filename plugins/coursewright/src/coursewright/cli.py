"""The command `coursewright`: reads what was typed, calls `starter` and `check`, prints."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright import check, starter
from coursewright.command_words import WORDS
from coursewright.nav_edit import UnknownTrackError

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED = 2
"""Exit code for a command that could not be carried out, as argparse uses it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: What was typed behind `coursewright`; by default what really was.

    Returns:
        The exit code: 0 for success, 1 when a check found errors, 2 for a refusal.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice would spoil the output
    options = _parser().parse_args(arguments)
    try:
        if options.command == "new":
            return _new(options)
        if options.command == "check":
            return _check(options)
    except (check.CourseError, starter.StarterError, UnknownTrackError) as error:
        print(f"coursewright: {error}", file=sys.stderr)  # noqa: T201 - a command's answer
        return REFUSED
    _say(starter.schema_text().rstrip())
    return 0


def _new(options: argparse.Namespace) -> int:
    if options.name != "lesson":
        if options.title or options.track:
            raise starter.StarterError(WORDS["title-for-course"])
        folder = Path(options.name)
        starter.new_course(folder)
        _say(WORDS["new-course"].format(folder=folder, typed=_typed(options.name)))
        return 0
    if not options.title:
        raise starter.StarterError(WORDS["no-title"])
    config_file = _config_file(options)
    layout = check.read_layout(config_file)
    made = starter.new_lesson(
        options.title,
        config_file=config_file,
        docs=layout.docs,
        lessons=layout.lessons,
        track=options.track,
    )
    _say(WORDS["new-lesson"].format(file=_shown(made.path)))
    if not made.is_named:
        _say(WORDS["plain-name"])
    key = "nav-edited" if made.line else "nav-by-hand" if made.has_nav else "nav-automatic"
    _say(WORDS[key].format(config=_shown(config_file), line=made.line, entry=made.entry))
    return 0


def _check(options: argparse.Namespace) -> int:
    config_file = _config_file(options)
    report = check.check(config_file, run=not options.no_run)
    root = config_file.resolve().parent
    _say(check.as_json(report, root) if options.json else check.as_text(report))
    return 1 if report.errors else 0


def _config_file(options: argparse.Namespace) -> Path:
    return options.config_file or check.find_config(Path.cwd())


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _typed(name: str) -> str:
    """Return a name as it is typed into a terminal."""
    if os.name == "nt":
        return f'"{name}"' if " " in name else name
    return shlex.quote(name)


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a command's answer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coursewright", description=WORDS["help"])
    commands = parser.add_subparsers(dest="command", required=True)
    course = argparse.ArgumentParser(add_help=False)
    course.add_argument("-f", "--config-file", type=Path, help=WORDS["help-config"])
    new = commands.add_parser(
        "new", parents=[course], help=WORDS["help-new"], description=WORDS["help-new-more"]
    )
    new.add_argument("name", help=WORDS["help-name"])
    new.add_argument("title", nargs="?", help=WORDS["help-title"])
    new.add_argument("--track", help=WORDS["help-track"])
    checking = commands.add_parser(
        "check", parents=[course], help=WORDS["help-check"], description=WORDS["help-check-more"]
    )
    checking.add_argument("--json", action="store_true", help=WORDS["help-json"])
    checking.add_argument("--no-run", action="store_true", help=WORDS["help-no-run"])
    commands.add_parser("schema", help=WORDS["help-schema"])
    return parser

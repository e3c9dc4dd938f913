"""Every problem of a course in one report, found without rendering or writing a page.

Goes through MkDocs' own steps up to the navigation, so that hooks and other plugins take part and
the report holds the same lines as a build.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from coursewright import notebooks
from coursewright.command_words import WORDS
from coursewright.outline import COURSE_FILE
from lessonlab.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

PLUGIN = "coursewright"
OTHERS = "mkdocs"
"""Code of what MkDocs itself, or another plugin, warns of."""


class CourseError(Exception):
    """A course that cannot be read at all. Its text is one sentence for the author."""


@dataclass(frozen=True)
class Layout:
    """Where a course keeps its files: `docs` is absolute, `lessons` a folder below it."""

    docs: Path
    lessons: str


@dataclass(frozen=True)
class Report:
    """What was found. `docs` is the folder that the problems' paths are relative to."""

    problems: tuple[Problem, ...]
    pages: int
    docs: Path

    @property
    def errors(self) -> int:
        """Number of problems that make a strict build fail."""
        return sum(item.severity == "error" for item in self.problems)


def find_config(folder: Path) -> Path:
    """Return the `mkdocs.yml` of the course that a folder belongs to.

    Raises:
        CourseError: Neither the folder nor one around it has that file.
    """
    for candidate in (folder, *folder.parents):
        for name in (COURSE_FILE, "mkdocs.yaml"):
            if (candidate / name).is_file():
                return candidate / name
    raise CourseError(WORDS["no-course"].format(folder=folder))


def read_layout(config_file: Path) -> Layout:
    """Return where a course keeps its files.

    Raises:
        CourseError: The configuration cannot be read or lacks the plugin.
    """
    with _warnings() as said:
        config = _load(config_file, said)
    return Layout(Path(config.docs_dir), config.plugins[PLUGIN].config.lessons.strip("/"))


def check(config_file: Path, *, run: bool = True) -> Report:
    """Find every problem of a course.

    Args:
        config_file: Its `mkdocs.yml`.
        run: Run solutions, starters and predicted outputs, unless the course switched that off.

    Raises:
        CourseError: The configuration cannot be read or lacks the plugin.
    """
    with _warnings() as said:
        config = _load(config_file, said)
        plugin: Any = config.plugins[PLUGIN]
        plugin.config.run_code = plugin.config.run_code and run
        try:
            pages, broken = _arrange(config)
        except (Abort, MkDocsException) as error:
            raise CourseError(str(error)) from error
    problems = [item for items in plugin.course.problems.values() for item in items]
    problems += broken
    others = [
        Problem(path=config_file.name, line=0, code=OTHERS, message=text, hint="")
        for text in said
        if text not in {f"{PLUGIN}: {item.format()}" for item in problems}
    ]
    return Report((*others, *problems), pages, Path(config.docs_dir))


def as_text(report: Report) -> str:
    """Return a line for each problem, how often each kind occurs, and the sum of it all."""
    lines = [item.format() for item in report.problems]
    counts = Counter((item.severity, item.code) for item in report.problems)
    width = max((len(code) for _, code in counts), default=0)
    groups = [
        f"  {code:{width}}  {count:4}  {WORDS[severity]}".rstrip()
        for (severity, code), count in sorted(counts.items(), key=lambda item: (item[0], -item[1]))
    ]
    total = WORDS["total" if report.problems else "no-problems"].format(
        errors=report.errors,
        advice=len(report.problems) - report.errors,
        pages=report.pages,
    )
    parts = ("\n".join(lines), "\n".join(groups), total)
    return "\n\n".join(part for part in parts if part)


def as_json(report: Report, root: Path) -> str:
    """Return the problems as a JSON list.

    `path` is relative to `root`, so that a tool can open the file.
    """
    folder = report.docs.relative_to(root, walk_up=True)
    values = [asdict(item) for item in report.problems]
    for value, item in zip(values, report.problems, strict=True):
        is_page = (report.docs / item.path).is_file()
        value["path"] = (folder / item.path).as_posix() if is_page else item.path
    return json.dumps(values, ensure_ascii=False, indent=2)


def _load(config_file: Path, said: Sequence[str]) -> MkDocsConfig:
    if not config_file.is_file():
        raise CourseError(WORDS["no-config"].format(file=config_file))
    try:
        config = load_config(str(config_file))
    except (Abort, MkDocsException) as error:
        reason = " ".join([*said, str(error)])
        raise CourseError(
            WORDS["bad-config"].format(file=config_file.name, reason=reason)
        ) from error
    if PLUGIN not in config.plugins:
        raise CourseError(WORDS["no-plugin"].format(file=config_file.name))
    return config


def _arrange(config: MkDocsConfig) -> tuple[int, list[Problem]]:
    """Do what a build does before it renders.

    Returns:
        The number of pages that people wrote, and what keeps notebooks from being run.
    """
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    config.plugins.on_nav(nav, config=config, files=files)
    config.plugins.on_shutdown()
    pages = sum(file.generated_by is None for file in files.documentation_pages())
    return pages, notebooks.check(config, files)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[Sequence[str]]:
    """Collect what is logged as a warning instead of printing it."""
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    before = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield collector.said
    finally:
        logger.propagate = before
        logger.removeHandler(collector)

"""Problems on their way to MkDocs' log. The only place that turns a problem into a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lessonlab.problems import Problem

log = get_plugin_logger("coursewright")


def report(problems: Iterable[Problem]) -> None:
    """Log each problem as one line.

    An error is logged as a warning: `serve` goes on and shows it in the page, `--strict` fails.
    Advice is logged as information and fails nothing.
    """
    for item in problems:
        if item.severity == "error":
            log.warning(item.format())
        else:
            log.info(item.format())


def stop_for(problems: Iterable[Problem]) -> None:
    """End the build where a program of a reader could not find what it imports.

    Raises:
        PluginError: One of the problems is an error.
    """
    if any(item.severity == "error" for item in problems):
        raise PluginError(phrase("package-stop"))

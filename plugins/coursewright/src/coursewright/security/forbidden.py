"""What the policy forbids in the pages, as problems at the places where authors wrote it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from coursewright.security.policy import allows
from coursewright.security.writing import IN_SITE, META
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from coursewright.security.contents import Contents, Finding
    from coursewright.security.policy import Hosts
    from lessonlab.problems import Problem

    type Written = tuple[str, str]
    """A file that an author wrote: its path and its text."""
    type Source = Callable[[str], Written | None]
    """Returns what a page of the site was made from, if an author wrote it."""

SPELLINGS = 3
"""As it is, with character references, and with those in the `srcdoc` of a frame."""


def find_forbidden(
    pages: Mapping[str, Contents], hosts: Hosts, *, source: Source, course: Written, own: str = ""
) -> list[Problem]:
    """Return a problem for each thing that the policy forbids.

    What stands in a page's source is reported there, in each page; what comes from somewhere else
    (a theme, another plugin) once, at the first page that has it.

    Args:
        pages: Path in the site -> what was found in it.
        hosts: What the author allows.
        source: Finds what a page was made from.
        course: The course's configuration.
        own: Scheme and host of the site's own address, if it is known.
    """
    found: dict[Problem, None] = {}
    elsewhere: set[Finding] = set()
    for path, contents in sorted(pages.items()):
        for finding in contents.findings:
            if _is_allowed(finding, hosts, own):
                continue
            for name, text in filter(None, (source(path), course)):
                if line := _line_of(finding.trace, text):
                    found[_problem(finding, line).at(name)] = None
                    break
            else:
                if finding not in elsewhere:
                    found[_problem(finding, 0).at(path)] = None
                elsewhere.add(finding)
    return list(found)


def check_place(place: str | None, line: int, root: Path, folders: Iterable[Path]) -> list[Problem]:
    """Return advice for a policy that is written to where it becomes public.

    Args:
        place: Where the author wants it, if anywhere.
        line: Where that is said in the configuration.
        root: The folder that paths are relative to.
        folders: Those of the pages and of the site.
    """
    if place is None or place in {META, *IN_SITE}:
        return []
    path = (root / place).resolve()
    inside = next((folder for folder in folders if path.is_relative_to(folder.resolve())), None)
    if inside is None:
        return []
    values = {"found": place, "expected": inside.name, "file": path.name}
    return [problem("policy-public", line, **values)]


def _line_of(trace: str, text: str) -> int:
    """Return the line that holds a trace, as such or with character references; 0 for none."""
    lines = text.split("\n")
    for _ in range(SPELLINGS):
        at = "\n".join(lines).find(trace)
        for number, line in enumerate(lines, 1):
            if 0 <= at <= len(line):
                return number
            at -= len(line) + 1
        lines = [html.unescape(line) for line in lines]
    return 0


def _is_allowed(finding: Finding, hosts: Hosts, own: str) -> bool:
    if not finding.source:
        return False
    if finding.kind == "refresh":
        return finding.source == own
    directive = "" if finding.kind == "script-host" else finding.directive
    return finding.source == own or allows(hosts, directive, finding.source)


def _problem(finding: Finding, line: int) -> Problem:
    values = {"found": finding.shown, "source": finding.source, "directive": finding.directive}
    if finding.kind == "element":
        values["remedy"] = phrase("policy-base" if finding.shown == "<base>" else "policy-object")
    return problem(f"policy-{finding.kind}", line, **values)

"""What the policy forbids in the pages, as problems at the places where authors wrote it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from coursewright.security.policy import allows
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coursewright.security.contents import Contents, Finding
    from coursewright.security.policy import Hosts
    from lessonlab.problems import Problem

    type Written = tuple[str, str]
    """A file that an author wrote: its path and its text."""
    type Source = Callable[[str], Written | None]
    """Returns what a page of the site was made from, if an author wrote it."""


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


def _line_of(trace: str, text: str) -> int:
    """Return the line that holds a trace, as such or with character references; 0 for none."""
    for spelling in (trace, html.escape(trace, quote=False)):
        at = text.find(spelling)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 0


def _is_allowed(finding: Finding, hosts: Hosts, own: str) -> bool:
    if not finding.source:
        return False
    directive = "" if finding.kind == "script-host" else finding.directive
    return finding.source == own or allows(hosts, directive, finding.source)


def _problem(finding: Finding, line: int) -> Problem:
    values = {"found": finding.shown, "source": finding.source, "directive": finding.directive}
    if finding.kind == "element":
        values["remedy"] = phrase("policy-base" if finding.shown == "<base>" else "policy-object")
    return problem(f"policy-{finding.kind}", line, **values)

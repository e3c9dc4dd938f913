"""Problems that only the whole course shows: ids, references, experiments, programs.

Pure apart from the runner it is given. Does not import MkDocs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coursewright.lessons import default_id
from coursewright.vocabulary import check_stems
from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from coursewright.blocks.content import Lab
    from coursewright.blocks.page import Page
    from coursewright.runs import Runner
    from lessonlab.problems import Problem
    from lessonlab.schema import ExperimentSpec, ParamSpec, Setting

MOST_NAMES = 8
"""Names listed in a suggestion at most."""


def lesson_id(page: Page) -> str:
    """Return the id of a page as a lesson: the author's, or one made from its path."""
    return page.front.id or default_id(page.path)


def check_course(
    pages: Sequence[Page],
    experiments: Mapping[str, ExperimentSpec],
    *,
    lessons: Collection[str] | None = None,
    runner: Runner | None = None,
    outline: Sequence[Problem] = (),
) -> list[Problem]:
    """Return every problem of a course, those of single pages included.

    Args:
        pages: Its pages, in course order.
        experiments: What a lab may name.
        lessons: Paths of those pages that are lessons; all of them by default. Only lessons have
            an id that others may name.
        runner: Runs solutions, starters and predicted outputs; None leaves them unchecked.
        outline: What `outline.check_outline` found.

    Returns:
        Problems in course order, then by line; first those that belong to no page.
    """
    chosen = [page for page in pages if lessons is None or page.path in lessons]
    names = {lesson_id(page) for page in chosen}
    terms = {term for page in pages for term in page.front.terms}
    entries = [("lesson", lesson_id(page), page, page.front.lines.get("id", 1)) for page in chosen]
    entries += [
        ("question", item.id, page, item.lines.get("id", item.line))
        for page in pages
        for item in page.questions
    ]
    found = [*outline, *_check_ids(entries), *check_stems(chosen)]
    for page in chosen:
        found += [item.at(page.path) for item in check_lesson(page)]
    for page in pages:
        own = [*page.problems, *check_labs(page.labs, experiments)]
        own += check_references(page, names, terms)
        found += [item.at(page.path) for item in own]
    if runner:
        found += runner.check((page.path, item) for page in pages for item in page.questions)
    order = {page.path: at for at, page in enumerate(pages)}
    return sorted(dict.fromkeys(found), key=lambda item: (order.get(item.path, -1), item.line))


def check_lesson(page: Page) -> list[Problem]:
    """Find a lesson without text, and one that is related to itself."""
    written = re.sub(r"<!--.*?-->", "", page.body, flags=re.DOTALL)
    problems = [] if written.strip() else [problem("lesson-empty", page.first_line)]
    name = lesson_id(page)
    for at, found in enumerate(page.front.related):
        if found == name:
            line = page.front.lines.get(f"related.{at}", 1)
            problems.append(problem("related-self", line, found=name))
    return problems


def _check_ids(entries: Iterable[tuple[str, str, Page, int]]) -> list[Problem]:
    """Find ids of one kind that stand in two pages.

    Args:
        entries: Kind, id, page and line of each, in course order.
    """
    first: dict[tuple[str, str], tuple[str, int]] = {}
    problems: list[Problem] = []
    for kind, name, page, line in entries:
        path, first_line = first.setdefault((kind, name), (page.path, line))
        if path != page.path:
            place = phrase("place", path=path, line=first_line)
            found = problem("id-duplicate", line, id=name, first=place)
            problems.append(found.at(page.path))
    return problems


def check_references(page: Page, lessons: Iterable[str], terms: Iterable[str]) -> list[Problem]:
    """Find related lessons and concepts that do not exist."""
    front = page.front
    problems = [
        problem(
            "related-unknown",
            front.lines.get(f"related.{index}", 1),
            found=name,
            suggestion=suggest(name, lessons, otherwise=_known(lessons)),
        )
        for index, name in enumerate(front.related)
        if name not in lessons
    ]
    problems += [
        problem(
            "concept-unknown",
            line,
            concept=concept.term,
            found=other,
            suggestion=suggest(other, terms, otherwise=_known(terms)),
        )
        for concept in front.concepts
        for (other, _), line in zip(concept.see, concept.see_lines, strict=True)
        if other not in terms
    ]
    return problems


def check_labs(labs: Iterable[Lab], experiments: Mapping[str, ExperimentSpec]) -> list[Problem]:
    """Find unknown experiments, unknown parameters, and values a parameter cannot take."""
    problems: list[Problem] = []
    for lab in labs:
        experiment = experiments.get(lab.experiment)
        if experiment is None:
            suggestion = suggest(lab.experiment, experiments, otherwise=_known(experiments))
            line = lab.lines.get("experiment", lab.line)
            found = problem(
                "lab-experiment-unknown", line, found=lab.experiment, suggestion=suggestion
            )
            problems.append(found)
            continue
        params = {param.name: param for param in experiment.params}
        for option, names in (("fix", tuple(lab.fix)), ("expose", lab.expose or ())):
            line = lab.lines.get(option, lab.line)
            problems += [
                problem(
                    "lab-param-unknown",
                    line,
                    experiment=lab.experiment,
                    found=name,
                    suggestion=suggest(name, params, otherwise=_known(params)),
                )
                for name in names
                if name not in params
            ]
        problems += _check_values(lab, params)
    return problems


def _check_values(lab: Lab, params: Mapping[str, ParamSpec]) -> list[Problem]:
    problems: list[Problem] = []
    for name, value in lab.fix.items():
        if name not in params or _fits(params[name], value):
            continue
        param = params[name]
        expected = {
            "bool": phrase("true-or-false"),
            "choice": phrase("one-of", names=listing(param.choices)),
        }.get(param.kind, phrase("setting-number", name=name, low=param.low, high=param.high))
        problems.append(
            problem(
                "option-value",
                lab.lines.get("fix", lab.line),
                option="fix",
                expected=expected,
                found=f"{name}: {value}",
                example=f"{{{name}: {str(param.default).lower()}}}",
            )
        )
    return problems


def _fits(param: ParamSpec, value: Setting) -> bool:
    if param.kind == "bool":
        return isinstance(value, bool)
    if param.kind == "choice":
        return value in param.choices
    if isinstance(value, bool | str) or (param.kind == "int" and not isinstance(value, int)):
        return False
    return param.low <= value <= param.high


def _known(names: Iterable[str]) -> str:
    found = sorted(names)
    if len(found) > MOST_NAMES:
        return phrase("known-many", names=", ".join(found[:MOST_NAMES]))
    return phrase("known-names", names=listing(found)) if found else phrase("nothing-known")

"""Labelled code fences of `predict` and `python` questions."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.blocks.source import Fence
    from lessonlab.problems import Problem

EXAMPLE = "example"
"""Label of code that belongs to the question's text."""

LABELS: dict[str, tuple[str, ...]] = {
    "predict": ("code", "answer"),
    "python": ("starter", "solution", "check", "hidden-check"),
}
CHECKS = ("check", "hidden-check")
NEEDED: dict[str, tuple[str, ...]] = {
    "predict": ("code", "answer"),
    "python": ("starter", "solution"),
}


@dataclass
class Programs:
    """Fences by label, and what is wrong with them."""

    by_label: dict[str, list[Fence]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def first(self, label: str) -> Fence | None:
        """Return the only fence with this label, if there is one."""
        return next(iter(self.by_label.get(label, ())), None)

    def code(self, label: str) -> str:
        """Return the code of all fences with this label."""
        return "\n\n".join(fence.code for fence in self.by_label.get(label, ()))


def read_programs(kind: str, stem: str, line: int, fences: Sequence[Fence]) -> Programs:
    """Sort the fences of a `predict` or `python` question by label and check them.

    Args:
        kind: `predict` or `python`.
        stem: The question, for messages.
        line: The question's line.
        fences: Its fences, those labelled `.example` left out.
    """
    programs = Programs()
    labels = LABELS[kind]
    for fence in fences:
        label = next((label for label in fence.labels if label in labels), None)
        if label is None:
            programs.problems.append(_bad_label(fence, labels))
        elif label in programs.by_label and label not in CHECKS:
            first = programs.by_label[label][0].line
            found = problem("question-fence-repeated", fence.line, label=f".{label}", first=first)
            programs.problems.append(found)
        else:
            programs.by_label.setdefault(label, []).append(fence)
    if not programs.problems:
        _check_needed(kind, stem, line, programs)
    for label in ("code", "solution", *CHECKS):
        for fence in programs.by_label.get(label, ()):
            _check_syntax(label, fence, programs)
    return programs


def messages(checks: str) -> tuple[str, ...]:
    """Return what each check of valid Python code expects, where that is plain text."""
    asserts = [node for node in ast.parse(checks).body if isinstance(node, ast.Assert)]
    texts = [node.msg.value for node in asserts if isinstance(node.msg, ast.Constant)]
    return tuple(str(text) for text in texts)


def _bad_label(fence: Fence, labels: tuple[str, ...]) -> Problem:
    known = [f".{label}" for label in (*labels, EXAMPLE)]
    choices = listing(known)
    first = next(iter(fence.labels), None)
    if first is None:
        return problem(
            "question-fence-unlabelled",
            fence.line,
            found=fence.opening,
            example=labels[0],
            labels=choices,
        )
    otherwise = phrase("known-labels", names=choices)
    suggestion = suggest(f".{first}", known, otherwise=otherwise)
    return problem("question-fence-label", fence.line, found=first, suggestion=suggestion)


def _check_needed(kind: str, stem: str, line: int, programs: Programs) -> None:
    needed = [(phrase("fence", label=label), label) for label in NEEDED[kind]]
    missing = [(what, label) for what, label in needed if label not in programs.by_label]
    if kind == "python" and not any(label in programs.by_label for label in CHECKS):
        missing.append((phrase("check-fence"), "check"))
    for what, label in missing:
        language = "text" if label == "answer" else "python"
        programs.problems.append(
            problem(
                "question-fence-missing",
                line,
                stem=stem,
                kind=kind,
                what=what,
                example=f"```{language} {{.{label}}}",
            )
        )


def _check_syntax(label: str, fence: Fence, programs: Programs) -> None:
    try:
        tree = ast.parse(fence.code)
    except (SyntaxError, ValueError) as error:
        line = fence.line + (getattr(error, "lineno", 0) or 0)
        reason = getattr(error, "msg", None) or str(error)
        found = problem("python-syntax", line, label=f".{label}", reason=reason)
        programs.problems.append(found)
        return
    if label not in CHECKS:
        return
    asserts = [node for node in tree.body if isinstance(node, ast.Assert)]
    if not asserts:
        programs.problems.append(problem("check-no-assert", fence.line))
    for node in asserts:
        if node.msg is None:
            text = ast.unparse(node)
            found = problem("check-no-message", fence.line + node.lineno, found=text)
            programs.problems.append(found)

"""`/// question | stem`: choices or labelled code, hints in steps, an explanation."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, get_args

from coursewright.block_options import QuestionOptions
from coursewright.blocks.choices import is_choice, read_choices
from coursewright.blocks.content import Piece, Question
from coursewright.blocks.options import OptionReader, slug
from coursewright.blocks.programs import EXAMPLE, LABELS, messages, read_programs
from coursewright.blocks.source import (
    CODE_SPAN,
    Fence,
    argument,
    fold,
    outside_fences,
    piece,
    read_body,
)
from coursewright.scan import Line
from lessonlab.problems import problem
from lessonlab.schema import ChoiceSpec, Kind, QuestionSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.blocks.choices import Choices
    from coursewright.blocks.content import Choice
    from coursewright.blocks.programs import Programs
    from coursewright.blocks.source import Body
    from coursewright.scan import Block
    from lessonlab.problems import Problem

KINDS: tuple[str, ...] = get_args(Kind)
CLOSED = ("single", "multiple")
HEADING = re.compile(r"\s{0,7}(?:>\s?)?\s{0,3}#{1,6}\s+\S")
UNDERLINED = re.compile(r"\s{0,3}(?:===+|---+)\s*$")
SCRIPT = re.compile(r"<\s*script\b", re.IGNORECASE)


def parse(block: Block) -> tuple[Question | None, list[Problem]]:
    """Read a question; None when an error makes it unusable."""
    options = OptionReader(block)
    written = options.choice("kind", KINDS)
    shuffle = options.flag("shuffle")
    limit = options.number("limit", 0.1, 60, QuestionOptions.limit, whole=False)
    body = read_body(block.body)
    choices = read_choices(body)
    kind = written or _kind(choices)
    problems = options.problems
    if not block.argument:
        found = problem("question-no-stem", block.line, slashes="/" * block.slashes)
        problems.append(found)
    programs = None
    if kind in LABELS:
        kept, fences = _without_labelled(choices.before)
        programs = read_programs(kind, block.argument, block.line, fences)
        if block.fenced:  # else what is in which fence is a guess
            problems += programs.problems
        problems += _needless_choices(kind, choices)
    else:
        kept = choices.before
        problems += choices.problems + _check_choices(kind, block, choices, body)
    problems += _check_text(block)
    hints, explanation = _children(block)
    name = options.id(slug(block.argument) or f"question-{_digest(block.argument)[:8]}")
    if not block.fenced or any(found.severity == "error" for found in problems):
        return None, problems
    question = _build(block, name, kind, choices.choices, programs)
    spec = replace(question.spec, shuffle=shuffle, hints=len(hints), limit_s=limit)
    body_piece = piece(kept)
    meaning = _meaning(question, spec, body_piece)
    spec = replace(spec, meaning=meaning)
    question = replace(
        question,
        body=body_piece,
        hints=hints,
        explanation=explanation,
        spec=spec,
        spec_json=json.dumps(asdict(spec), ensure_ascii=False),
        lines=question.lines | {"id": options.line("id")},
    )
    return question, problems


def _kind(choices: Choices) -> str:
    return "multiple" if sum(choice.correct for choice in choices.choices) > 1 else "single"


def _without_labelled(
    items: Sequence[Line | Fence],
) -> tuple[list[Line | Fence], list[Fence]]:
    """Split into what belongs to the question's text and the fences that need a label."""
    labelled = [item for item in items if isinstance(item, Fence) and EXAMPLE not in item.labels]
    kept = [item for item in items if not isinstance(item, Fence) or EXAMPLE in item.labels]
    return kept, labelled


def _needless_choices(kind: str, choices: Choices) -> list[Problem]:
    if not choices.choices:
        return []
    return [problem("question-choices-here", choices.choices[0].line, kind=kind)]


def _check_choices(kind: str, block: Block, choices: Choices, body: Body) -> list[Problem]:
    stem = block.argument
    found = choices.choices
    correct = sum(choice.correct for choice in found)
    for fence in body.fences:
        for other, labels in LABELS.items():
            label = next((label for label in fence.labels if label in labels), None)
            if label:
                shown = f".{label}"
                return [problem("question-kind", fence.line, label=shown, kind=other)]
    if not found:
        return [problem("question-no-choices", block.line, stem=stem)]
    if not correct and not choices.is_unclear:
        return [problem("quiz-no-answer", block.line, stem=stem)]
    if kind in CLOSED and len(found) == 1 and not choices.is_unclear:
        return [problem("question-one-choice", block.line, stem=stem)]
    if kind == "single" and correct > 1:
        return [problem("question-many-answers", block.line, stem=stem, count=correct)]
    return []


def _check_text(block: Block) -> list[Problem]:
    """Find headings and scripts in the question, its hints and its explanation."""
    problems: list[Problem] = []
    if SCRIPT.search(CODE_SPAN.sub("", block.argument)):
        problems.append(problem("question-script", block.line))
    for part in (block, *block.children):
        above = Line(0, "")
        for line in outside_fences(part.body):
            is_below = above.number == line.number - 1 and above.text.strip()
            underlined = is_below and UNDERLINED.match(line.text)
            if HEADING.match(line.text) or underlined:
                shown = above.text if underlined else line.text
                problems.append(problem("question-heading", line.number, found=shown.strip()))
            if not is_choice(line.text) and SCRIPT.search(CODE_SPAN.sub("", line.text)):
                problems.append(problem("question-script", line.number))
            above = line
    return problems


def _children(block: Block) -> tuple[tuple[Piece, ...], Piece | None]:
    bodies = {"hint": [], "explanation": []}  # type: dict[str, list[Piece]]
    for child in block.children:
        text = piece(child.body)
        if text and child.name in bodies:
            bodies[child.name].append(text)
    return tuple(bodies["hint"]), next(iter(bodies["explanation"]), None)


def _build(
    block: Block, name: str, kind: str, choices: Sequence[Choice], programs: Programs | None
) -> Question:
    is_text = kind == "text"
    specs = [
        ChoiceSpec(choice.id, choice.correct, choice.answer if is_text else "")
        for choice in choices
    ]
    code = programs.first("code") if programs else None
    solution = programs.first("solution") if programs else None
    spec = QuestionSpec(
        id=name,
        kind=kind,  # type: ignore[arg-type]  # one of KINDS, which are Kind's values
        meaning="",
        shuffle=False,
        choices=() if programs else tuple(specs),
        code=programs.code("code") if programs else "",
        answer=programs.code("answer").rstrip("\n") if programs else "",
        starter=programs.code("starter") if programs else "",
        checks=programs.code("check") if programs else "",
        hidden_checks=programs.code("hidden-check") if programs else "",
    )
    lines = {} if not programs else {key: of[0].line for key, of in programs.by_label.items()}
    return Question(
        id=name,
        kind=kind,
        stem=argument(block) or Piece("", block.line),
        body=None,
        choices=() if programs else tuple(choices),
        hints=(),
        explanation=None,
        code=_shown(code),
        solution=_shown(solution),
        solution_code=solution.code if solution else "",
        visible_checks=messages(spec.checks),
        spec=spec,
        spec_json="",
        line=block.line,
        lines=lines,
    )


def _shown(fence: Fence | None) -> Piece | None:
    """Return a fence as Markdown that any highlighter takes, without our label."""
    if fence is None:
        return None
    marks = re.match(r"`+|~+", fence.opening)
    bars = marks.group() if marks else "```"
    return Piece(f"{bars}{fence.language}\n{fence.code}\n{bars}", fence.line)


def _meaning(question: Question, spec: QuestionSpec, body: Piece | None) -> str:
    """Hash what a question asks and what it accepts, whatever its spelling in the file."""
    choices = sorted([fold(choice.text.text), choice.correct] for choice in question.choices)
    texts = (
        question.stem.text,
        body.text if body else "",
        spec.code,
        spec.answer,
        spec.checks,
        spec.hidden_checks,
    )
    return _digest(json.dumps([question.kind, choices, [fold(text) for text in texts]]))[:12]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""The options below a block's first line: found, parsed as YAML, their names checked.

Whether a value makes sense is for the block itself to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from coursewright.front_yaml import quote_fault
from coursewright.rules import RULES
from coursewright.tokens import TAB_COLUMNS
from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonlab.problems import Problem

KEY = re.compile(r"\s*([A-Za-z][\w-]*)\s*(:?)(?:\s|$)")


@dataclass(frozen=True)
class Option:
    """One option: the value YAML read, its text as written, and its line from 1."""

    value: Any
    text: str
    line: int


@dataclass
class Options:
    """`count` is the number of lines, from the first given one, that options take up."""

    count: int = 0
    values: dict[str, Option] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_options(name: str, lines: Sequence[tuple[int, str]]) -> Options:
    """Read the options of block `name` from the lines below its first one.

    Args:
        name: The block's name.
        lines: Number (from 1) and text of each line up to the block's end, without the
            indentation of the block itself.
    """
    known = RULES[name].options if name in RULES else ()
    options = Options(count=_count(lines, known))
    taken = [(number, text) for number, text in lines[: options.count] if text.strip()]
    if not taken:
        return options
    _check_place(lines, taken, known, options)
    _parse(name, taken, options)
    return options


def _count(lines: Sequence[tuple[int, str]], known: tuple[str, ...]) -> int:
    """Count the option lines, including those in the wrong place."""
    start = 0
    while start < len(lines) and not lines[start][1].strip():
        start += 1
    end = start
    while end < len(lines) and _is_option(lines[end][1], known, begins=end == start):
        end += 1
    if start and end > start and _indent(lines[start][1]) < TAB_COLUMNS:
        return 0  # a sentence such as "id: a short word" in a body
    return end if end > start else 0


def _is_option(text: str, known: tuple[str, ...], *, begins: bool) -> bool:
    if not text.strip():
        return False
    key = KEY.match(text)
    if _indent(text) >= TAB_COLUMNS:
        return not begins or (key is not None and (key.group(2) == ":" or key.group(1) in known))
    return key is not None and key.group(2) == ":" and key.group(1) in known


def _indent(text: str) -> int:
    wide = text.expandtabs(TAB_COLUMNS)
    return len(wide) - len(wide.lstrip(" "))


def _check_place(
    lines: Sequence[tuple[int, str]],
    taken: Sequence[tuple[int, str]],
    known: tuple[str, ...],
    options: Options,
) -> None:
    tabbed = next((at for at in taken if "\t" in at[1][: len(at[1]) - len(at[1].lstrip())]), None)
    if tabbed:
        number, text = tabbed
        options.problems.append(problem("option-tab", number, option=text.strip()))
    shallow = next((at for at in taken if _indent(at[1]) < TAB_COLUMNS), None)
    late = taken[0] if taken[0] != lines[0] else None
    misplaced = late or shallow
    if misplaced:
        key = KEY.match(misplaced[1])
        option = key.group(1) if key else listing(known)
        options.problems.append(problem("option-place", misplaced[0], option=option))


def _parse(name: str, taken: Sequence[tuple[int, str]], options: Options) -> None:
    texts = [text.expandtabs(TAB_COLUMNS) for _, text in taken]
    margin = min(_indent(text) for text in texts)
    if any(_indent(text) < TAB_COLUMNS for text in texts):
        texts = [text.strip() for text in texts]
        margin = 0
    source = "\n".join(text[margin:] for text in texts)
    numbers = [number for number, _ in taken]
    try:
        loader = yaml.SafeLoader(source)
        root = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        options.problems.append(_not_yaml(error, source, numbers))
        return
    if not isinstance(root, yaml.MappingNode):
        found = problem("option-yaml", numbers[0], reason=phrase("not-a-mapping", found=source))
        options.problems.append(found)
        return
    for key, value in root.value:
        line = numbers[min(key.start_mark.line, len(numbers) - 1)]
        text = source[value.start_mark.index : value.end_mark.index].strip()
        try:
            read = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            options.problems.append(problem("option-yaml", line, reason=error))
            continue
        _keep(name, str(key.value), Option(read, text, line), options)


def _keep(name: str, key: str, option: Option, options: Options) -> None:
    known = RULES[name].options if name in RULES else ()
    if key in options.values:
        first = options.values[key].line
        found = problem("option-duplicate", option.line, option=key, first=first)
    elif known and key not in known:
        others = phrase("known-options", names=listing(known))
        found = problem(
            "option-unknown",
            option.line,
            name=name,
            option=key,
            suggestion=suggest(key, known, otherwise=others),
        )
    elif not known and name in RULES:
        none = phrase("no-options")
        found = problem("option-unknown", option.line, name=name, option=key, suggestion=none)
    else:
        options.values[key] = option
        return
    options.problems.append(found)


def _not_yaml(error: Exception, source: str, numbers: list[int]) -> Problem:
    if fault := quote_fault(error, source):
        return problem("option-yaml", numbers[fault.line], reason=fault.reason)
    mark = getattr(error, "problem_mark", None)
    line = numbers[min(mark.line, len(numbers) - 1)] if mark else numbers[0]
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return problem("option-yaml", line, reason=reason)

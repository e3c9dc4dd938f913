"""YAML as authors type it: values with their lines, and the readings YAML should not have made.

Knows nothing of which keys there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from lessonlab.problems import Problem

INT = "tag:yaml.org,2002:int"
FLOAT = "tag:yaml.org,2002:float"
PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9]\d*)(\.\d+)?")


@dataclass
class Keys:
    """A YAML mapping: its values, and for each place in it the line and the text as written.

    A place is a tuple of keys; positions in a list are numbers from 0, written as text. Lines
    count from 1 in the author's file.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, *place: str) -> int:
        """Return the line of a place, or of the nearest known place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def text(self, *place: str) -> str:
        """Return the text at a place as the author wrote it."""
        return self.texts.get(place) or phrase("nothing")


@dataclass(frozen=True)
class QuoteFault:
    """A quote that is in the way: its line from 0 in the YAML, what is wrong, what to do."""

    line: int
    reason: str
    remedy: str


def read_mapping(source: str, first_line: int) -> Keys:
    """Read a YAML mapping.

    Args:
        source: YAML, its line ends normalized to LF.
        first_line: Number of its first line in the author's file.

    Returns:
        The mapping's keys. With broken YAML there is one problem and no value.
    """
    try:
        reader = _Reader(source, first_line)
        reader.read()
    except yaml.YAMLError as error:
        return Keys(problems=[_broken(error, source, first_line)])
    except (RecursionError, ValueError) as error:
        remedy = phrase("keep-what-fits")
        return Keys(problems=[problem("front-yaml", first_line, reason=error, remedy=remedy)])
    return reader.keys


class _Reader:
    def __init__(self, source: str, first_line: int) -> None:
        self.source = source
        self.first_line = first_line
        self.loader = yaml.SafeLoader(source)
        self.keys = Keys()

    def read(self) -> None:
        events = yaml.parse(self.source, Loader=yaml.SafeLoader) if "*" in self.source else ()
        for event in events:
            if isinstance(event, yaml.AliasEvent):
                self._report("front-alias", event, name=event.anchor)
                return
        root = self.loader.get_single_node()
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            reason, remedy = phrase("no-keys"), phrase("write-keys")
            self._report("front-yaml", root, reason=reason, remedy=remedy)
            return
        self.keys.values = self._mapping(root, ())

    def _report(self, code: str, where: yaml.Node | yaml.Event, **values: object) -> None:
        mark = where.start_mark
        line = self.first_line + (mark.line if mark else 0)
        self.keys.problems.append(problem(code, line, **values))

    def _mapping(self, node: yaml.MappingNode, place: tuple[str, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                reason, remedy = phrase("key-not-text"), phrase("write-plain-keys")
                self._report("front-yaml", key_node, reason=reason, remedy=remedy)
                continue
            key = str(key_node.value)
            inner = (*place, key)
            if key in values:
                first = self.keys.line(*inner)
                self._report("front-duplicate-key", key_node, key=key, first=first)
                continue
            self.keys.lines[inner] = self.first_line + key_node.start_mark.line
            values[key] = self._value(value_node, inner)
        return values

    def _value(self, node: yaml.Node, place: tuple[str, ...]) -> Any:
        self.keys.texts[place] = self.source[node.start_mark.index : node.end_mark.index].strip()
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*place, str(at))) for at, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _item(self, node: yaml.Node, place: tuple[str, ...]) -> Any:
        self.keys.lines[place] = self.first_line + node.start_mark.line
        return self._value(node, place)

    def _scalar(self, node: yaml.Node, place: tuple[str, ...]) -> Any:
        value = self.loader.construct_object(node)
        text = str(node.value)
        if node.tag in {INT, FLOAT} and not PLAIN_NUMBER.fullmatch(text):
            plain = text.lstrip("0") or "0"
            plain = plain if PLAIN_NUMBER.fullmatch(plain) else str(value)
            key = place[-1]
            self._report("front-number", node, key=key, text=text, number=value, plain=plain)
            return None
        return value


def _broken(error: yaml.YAMLError, source: str, first_line: int) -> Problem:
    """Turn YAML's complaint into a problem."""
    if fault := quote_fault(error, source):
        return problem(
            "front-yaml", first_line + fault.line, reason=fault.reason, remedy=fault.remedy
        )
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    position = getattr(error, "position", 0)
    line = first_line + (mark.line if mark else source.count("\n", 0, position))
    remedy = "quote-special"
    if "mapping values" in reason:
        remedy = "quote-colon"
    elif "\\t" in reason:
        remedy = "indent-with-spaces"
    elif "unacceptable" in reason:
        remedy = "remove-it"
    return problem("front-yaml", line, reason=reason, remedy=phrase(remedy))


def quote_fault(error: Exception, source: str) -> QuoteFault | None:
    """Find the quote over which reading YAML failed, if it was one.

    A quote that is never closed ends for YAML at the next quote, maybe lines below, and what
    follows that one is the complaint. A quote inside of text in quotes ends it early.
    """
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context", None) or ""
    if "quoted scalar" in context:
        is_open = "unexpected" in str(getattr(error, "problem", ""))
        start = getattr(error, "context_mark", None)
        return _fault("open", source[start.index], start.line) if is_open and start else None
    last = None
    try:
        for token in yaml.scan(source, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                if mark and token.start_mark.index >= mark.index:
                    break
                last = token
    except yaml.YAMLError:
        pass  # the one that is explained here
    if not last or not mark or last.end_mark.line != mark.line:
        return None
    if last.start_mark.line < mark.line:
        return _fault("open", last.style, last.start_mark.line)
    between = source[last.end_mark.index : mark.index]
    return None if between.strip() else _fault("early", last.style, mark.line)


def _fault(kind: str, quote: str, line: int) -> QuoteFault:
    reason, remedy = phrase(f"quote-{kind}", quote=quote), phrase(f"mend-{kind}", quote=quote)
    return QuoteFault(line, reason, remedy)

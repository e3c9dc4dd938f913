"""`/// compare`: one Markdown table whose rows may link to a lab in their last cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coursewright.blocks.content import Compare
from coursewright.blocks.source import CODE_SPAN, argument, piece
from lessonlab.problems import phrase, problem

if TYPE_CHECKING:
    from coursewright.scan import Block, Line
    from lessonlab.problems import Problem

RULE_CELL = re.compile(r":?-+:?")
LAB_LINK = re.compile(r"\[[^\]]*\]\(#([^)\s]+)\)")
HEADER_ROWS = 2


def parse(block: Block) -> tuple[Compare | None, list[Problem]]:
    """Read a comparison; None when the body is not one well-formed table."""
    lines = [line for line in block.body if line.text.strip()]
    table = piece(block.body)
    if table is None:
        return None, [problem("compare-table", block.line, found=phrase("nothing"))] * block.intact
    if found := _not_table(lines, table.text):
        return None, [found]
    width = len(cells(lines[0].text))
    problems = [
        problem("compare-cells", line.number, found=len(cells(line.text)), expected=width)
        for line in lines[1:]
        if len(cells(line.text)) != width
    ]
    if problems:
        return None, problems
    labs = [
        (target, line.number)
        for line in lines[HEADER_ROWS:]
        for target in LAB_LINK.findall(cells(line.text)[-1])
    ]
    return Compare(table, argument(block), tuple(labs), block.line), []


def cells(text: str) -> list[str]:
    """Split a table row; bars in code or behind a backslash do not split."""
    plain = CODE_SPAN.sub(lambda span: span.group().replace("|", "\0"), text.strip())
    plain = plain.replace("\\|", "\\\0")
    plain = plain.removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\0", "|") for cell in plain.split("|")]


def _not_table(lines: list[Line], text: str) -> Problem | None:
    for line in lines:
        if "|" not in line.text:
            shown = phrase("text-row", found=line.text.strip())
            return problem("compare-table", line.number, found=shown)
    rule = cells(lines[1].text) if len(lines) > 1 else []
    if not rule or not all(RULE_CELL.fullmatch(cell) for cell in rule):
        found = phrase("no-rule")
        return problem("compare-table", lines[0].number, found=found)
    if len(lines) == HEADER_ROWS:
        return problem("compare-table", lines[0].number, found=phrase("no-rows"))
    if "\n\n" in re.sub(r"\n[ \t]+\n", "\n\n", text):
        return problem("compare-table", lines[0].number, found=phrase("blank-row"))
    return None

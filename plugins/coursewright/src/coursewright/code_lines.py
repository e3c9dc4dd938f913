"""Lines of code that turn over on a narrow page, so that each goes on right of where it begins.

At the left edge the rest of a line would read as a wrong indentation, which in Python is a
meaning. Pure: HTML in, HTML out. The style sheet knows the classes.
"""

from __future__ import annotations

import re
from html import unescape

CODE = re.compile(r"(<pre\b[^>]*>(?:<span></span>)?<code\b[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
MARK = re.compile(r"<(/?)(\w+)[^>]*>")
LONG = 24
"""Columns that always have room, from 320 px of window on."""

DEEPEST = 16
"""Columns; deeper lines go on as if they began here, or a phone would have no room for them."""

STEP = 2
"""The style sheet knows every second column."""


def hang(html: str) -> str:
    """Put each line of code that may have to turn over into an element with its indentation.

    Code whose lines are in elements already, such as numbered ones, stays as it is.
    """
    return CODE.sub(_hang_block, html)


def _hang_block(match: re.Match[str]) -> str:
    start, code, end = match.groups()
    lines = code.split("\n")
    if not all(_is_whole(line) for line in lines):
        return match.group()
    return start + "\n".join(_hang_line(line) for line in lines) + end


def _hang_line(line: str) -> str:
    text = unescape(MARK.sub("", line)).expandtabs(4)
    if len(text) <= LONG:
        return line
    indent = min(len(text) - len(text.lstrip()), DEEPEST)
    return f'<span class="cw-hang cw-hang-{indent - indent % STEP}">{line}</span>'


def _is_whole(line: str) -> bool:
    """Tell whether every element of a line ends in it; elements with ids are somebody's lines."""
    depth = 0
    for mark in MARK.finditer(line):
        depth += -1 if mark[1] else 1
        if depth < 0 or mark[2] != "span" or " id=" in mark[0]:
            return False
    return depth == 0

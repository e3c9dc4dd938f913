"""What a style sheet loads, told from the addresses that only stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)
    |\\.
    |(?P<quote>["'])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\\n])*+)(?P=quote)?
    |(?<![\w-])url\(\s*+(?!["'])(?P<plain>(?:\\.|[^)\\])*+)\)?
    |(?:(?<![\w-])(?P<function>[\w-]++))?(?P<open>\()
    |@(?P<rule>import|namespace|font-face)(?![\w-])
    |[){};]
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""What decides whether an address is loaded. Within a string or `url(…)` nothing else begins."""

OF_ADDRESSES = frozenset(("url", "image-set", "-webkit-image-set"))
"""Functions in which a string is an address."""


def style_loads(style: str) -> Iterator[tuple[str, str]]:
    """Return each address that a style sheet, or the style of an element, loads.

    Returns:
        Addresses as they stand there, each with the directive that it is judged by.
    """
    rule, functions, directive = "", list[str](), "img-src"
    for token in TOKEN.finditer(style):
        mark = token[0]
        if token["rule"]:
            rule = token["rule"].lower()
        elif mark in {"{", "}"}:
            directive = "font-src" if mark == "{" and rule == "font-face" else "img-src"
            rule = ""
            functions.clear()
        elif mark == ";":
            rule = ""
        elif mark == ")":
            del functions[-1:]
        elif token["open"]:
            functions.append((token["function"] or "").lower())
        elif rule != "namespace" and (address := _address(token, rule, functions)):
            yield address, "style-src" if rule == "import" else directive


def _address(token: re.Match[str], rule: str, functions: list[str]) -> str:
    if token["plain"] is not None:
        return token["plain"].strip()
    is_loaded = functions[-1] in OF_ADDRESSES if functions else rule == "import"
    return (token["quoted"] or "").strip() if is_loaded else ""

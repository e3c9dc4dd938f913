"""Finds out what code imports, without running it.

Used before code runs, in the page and in the build, to bring what it needs; in doubt a name counts
as imported.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BYTE_ORDER_MARK = "\ufeff"
"""Stands in front of what some editors save. Python skips it in a file, not in a text."""

_BY_NAME = frozenset(("__import__", "eval", "exec", "import_module", "importlib", "runpy"))
"""Names of what can import a module whose name is text."""

_WORD = re.compile(r"[^\W\d]\w*")


def imported(source: str, known: Collection[str]) -> set[str]:
    """Return those of the known names that the code may import, anywhere in it.

    Args:
        source: Code. What is no valid Python imports nothing: it will not run either.
        known: First parts of module names, such as `networkx`.
    """
    nodes = _nodes(source)
    names = {name.partition(".")[0] for node in nodes for name in _names(node)}
    if any(_imports_by_name(node) for node in nodes):
        texts = (node.value for node in nodes if isinstance(node, ast.Constant))
        names.update(
            word for text in texts if isinstance(text, str) for word in _WORD.findall(text)
        )
    return names.intersection(known)


def named(source: str, known: Collection[str]) -> set[str]:
    """Return the full names of the modules that import statements name, below the known names.

    What `from a import b` names may be a module `a.b` or something in `a`: both are returned.
    """
    found: set[str] = set()
    for node in _nodes(source):
        found.update(_names(node))
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.partition(".")[0] in known}


def _nodes(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(source.removeprefix(BYTE_ORDER_MARK))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module


def _imports_by_name(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in _BY_NAME
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in _BY_NAME for alias in node.names)
    named = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return named in _BY_NAME

"""What keeps a notebook from being run, told without running it. Does not import MkDocs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from collections.abc import Collection

    from lessonlab.problems import Problem

NBFORMAT = 4


def check_notebook(
    data: bytes, path: str, *, kernels: Collection[str] | None = None, kernel: str = ""
) -> list[Problem]:
    """Find out whether a file is a notebook, and whether its kernel is there.

    Args:
        data: The file.
        path: Its path, put into the problems.
        kernels: Names of the installed kernels; None when it is not to be run.
        kernel: The kernel that the course names for every notebook, if it does.
    """
    try:
        notebook: Any = json.loads(data)
    except ValueError as error:
        return [problem("notebook-broken", 0, reason=error).at(path)]
    if not isinstance(notebook, dict) or notebook.get("nbformat") != NBFORMAT:
        return [problem("notebook-broken", 0, reason=phrase("notebook-format")).at(path)]
    if kernels is None:
        return []
    found = kernel or _kernel(notebook)
    if not found or found in kernels:
        return []
    names = phrase("kernel-known", names=listing(sorted(kernels)))
    suggestion = suggest(found, kernels, otherwise=names)
    return [problem("notebook-kernel", 0, found=found, suggestion=suggestion).at(path)]


def _kernel(notebook: dict[str, Any]) -> str:
    """Return the name of the kernel that a notebook asks for; empty when it asks for none."""
    metadata = notebook.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = spec.get("name") if isinstance(spec, dict) else None
    return name if isinstance(name, str) else ""

"""What a course brings beyond the standard library, in the page's Python.

The page puts archives here before code that imports them runs. Modules that the author wrote begin
anew with each run, as they do in the build; packages from a registry stay loaded.
"""

from __future__ import annotations

import importlib
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from lessonlab.imports import imported

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "/course"
"""Where packages lie; last on the import path, so that none hides the standard library."""

_OWN: set[str] = set()


def install(archive: str, own: str = "", folder: str = FOLDER) -> None:
    """Unpack an archive, so that its modules can be imported, and remove it.

    Args:
        archive: Path of a zip file.
        own: First parts of the names of its modules, with spaces between, if the author of the
            course wrote them.
        folder: Where to put the modules.

    Raises:
        zipfile.BadZipFile: The archive is damaged.
    """
    path = Path(archive)
    try:
        # Names in any other encoding would need a module that may not be there yet.
        with zipfile.ZipFile(path, metadata_encoding="utf-8") as file:
            file.extractall(folder)
    finally:
        path.unlink()
    if folder not in sys.path:
        sys.path.append(folder)
    _OWN.update(own.split())
    importlib.invalidate_caches()


def own_sources(sources: Iterable[str], folder: str = FOLDER) -> list[str]:
    """Return the text of the author's modules that may run when code with these sources does."""
    if not any(imported(source, _OWN) for source in sources):
        return []
    paths = [
        path
        for name in sorted(_OWN)
        for path in (Path(folder, f"{name}.py"), *Path(folder, name).rglob("*.py"))
    ]
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()]


def begin_anew() -> None:
    """Let go of the author's modules, so that the next import runs them again."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
        del sys.modules[name]

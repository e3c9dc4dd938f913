"""Packages as files: for the page one archive each, for the build's own runs a folder each.

Everything is kept by content, so that a second build writes nothing. Does not import MkDocs.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coursewright.packages.package import Package

FORMAT = "2"
"""Goes into every name: what an older version kept is left alone."""

DATE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Shelved:
    """A package on disk.

    `archive` is a zip file without compression in our own gzip; `script` holds the same bytes for
    pages that are opened from a folder; `modules` is a folder that can be put on `sys.path`.
    `file` is the archive's address in the site, relative to its root.
    """

    package: Package
    digest: str
    archive: Path
    script: Path
    modules: Path
    file: str
    size: int


def put(package: Package, cache: Path, folder: str) -> Shelved:
    """Write a package's files unless they are there.

    Args:
        package: Its files are read only when they are not there yet.
        cache: Folder for what is kept between builds.
        folder: Where the archive goes in the site.
    """
    key = f"{FORMAT}\0{package.name}\0{package.digest}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    place = cache / f"package-{digest[:16]}"
    file = f"{folder}/{package.name}.{digest[:10]}.bin"
    shelved = Shelved(
        package,
        digest,
        place / "archive.bin",
        place / "archive.js",
        place / "modules",
        file,
        0,
    )
    if not shelved.archive.is_file():
        _write(package, place, file)
    size = shelved.archive.stat().st_size
    return Shelved(**{**vars(shelved), "size": size})


def _write(package: Package, place: Path, file: str) -> None:
    """Write beside and move, so that two builds at once never see half of it."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    files = package.load()
    for name, data in files.items():
        target = fresh / "modules" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    archive = gzip.compress(_zip(files), 9, mtime=0)
    (fresh / "archive.bin").write_bytes(archive)
    text = base64.b64encode(archive).decode()
    line = f'((window.coursewright??={{}}).parts??={{}})["{file}"]="{text}";'
    (fresh / "archive.js").write_text(line, encoding="ascii")
    shutil.rmtree(place, ignore_errors=True)
    try:
        fresh.replace(place)
    except OSError:  # another build was quicker
        shutil.rmtree(fresh, ignore_errors=True)


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, DATE), data)
    return made.getvalue()

"""Runtime and bundles as files of the site, under names that carry their content's hash.

A name that changes with the content may be cached for ever, and an old page never meets a new
script. Files are handed to MkDocs as generated files, so that `serve` and other plugins see them.
"""

from __future__ import annotations

import hashlib
import json
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

DIST = Path(__file__).parent / "assets/dist"
FOLDER = "assets/coursewright"
FIXED_NAMES = ("licences.txt",)
"""Files that people look for by name."""
NOT_SHIPPED = ("schema.json", "pyodide-lock.json", "*.whl")
"""For tools and tests; the page has the inner wheel's bytes under a name of the runtime."""


def dist_files() -> dict[str, str]:
    """Return name in `assets/dist` -> address in the site, relative to its root.

    Raises:
        FileNotFoundError: The package was not built.
    """
    if not DIST.is_dir():
        raise FileNotFoundError(f"{DIST} is missing: run `python3 dev.py build`")
    names = (
        path.relative_to(DIST).as_posix() for path in sorted(DIST.rglob("*")) if path.is_file()
    )
    shipped = (name for name in names if not any(fnmatch(name, rule) for rule in NOT_SHIPPED))
    return {name: _address(name) for name in shipped}


def site_files(config: MkDocsConfig, packages: Iterable[tuple[str, Path]] = ()) -> list[File]:
    """Return every built file, and those of the course's packages, as a file of the site.

    Args:
        config: The site's.
        packages: Address in the site, relative to its root, and path of each file.
    """
    built = ((uri, DIST / name) for name, uri in dist_files().items())
    return [
        File.generated(config, uri, abs_src_path=str(path)) for uri, path in (*built, *packages)
    ]


def copied_files(files: Files) -> dict[Path, str]:
    """Return the author's files that become files of the site: resolved path -> name there."""
    own = (file for file in files if file.generated_by is None and file.inclusion.is_included())
    return {Path(file.abs_src_path).resolve(): file.dest_uri for file in own if file.abs_src_path}


def runtime_script(config: MkDocsConfig, facts: Mapping[str, Any]) -> File:
    """Return the script with what depends on package and language only (addresses, words).

    Its name carries its hash. A script and not JSON: `file://` forbids fetching.
    """
    text = f"window.coursewright={_json(facts)};\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return File.generated(config, f"{FOLDER}/runtime.{digest}.js", content=text)


def site_script(config: MkDocsConfig, facts: Mapping[str, Any]) -> File:
    """Return the script with facts about the course that change with any edit (lesson titles).

    Its name stays fixed, so that an edit of one lesson leaves every other page as it is.
    """
    return File.generated(config, f"{FOLDER}/site.js", content=site_text(facts))


def lesson_script(config: MkDocsConfig, lesson: str, text: str) -> File:
    """Return a script about one lesson, under a name that carries its hash."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return File.generated(config, f"{FOLDER}/lessons/{lesson}.{digest}.js", content=text)


def indexes_script(config: MkDocsConfig, addresses: Mapping[str, str]) -> File:
    """Return the script that says where each lesson's own script is, by the lesson's id.

    Only pages that are no lesson ask for it, and only once a reader turns to the tutor.
    """
    return File.generated(config, f"{FOLDER}/indexes.js", content=indexes_text(addresses))


def indexes_text(addresses: Mapping[str, str]) -> str:
    """Return the text of the script with the addresses of the lessons' scripts."""
    return f"window.coursewright.indexes={_json(addresses)};\n"


def site_text(facts: Mapping[str, Any]) -> str:
    """Return the text of the site script."""
    return f"Object.assign(window.coursewright,{_json(facts)});\n"


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _address(name: str) -> str:
    # A font's name stands in the bundled style sheet, which cannot know a hash.
    if name in FIXED_NAMES or name.endswith(".woff2"):
        return f"{FOLDER}/{name}"
    path = Path(name)
    stat = (DIST / name).stat()
    digest = _digest(DIST / name, stat.st_mtime_ns, stat.st_size)
    return f"{FOLDER}/{path.with_name(f'{path.stem}.{digest}{path.suffix}').as_posix()}"


@cache
def _digest(path: Path, _mtime_ns: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]

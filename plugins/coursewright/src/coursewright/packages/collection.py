"""Everything that a course brings beyond the standard library, ready for the page and the build.

Does not import MkDocs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coursewright.config_place import item_lines
from coursewright.packages import own, own_checks, registry, shelf
from coursewright.packages.lock import Locker
from lessonlab.imports import imported
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coursewright.packages.own import Found
    from coursewright.packages.shelf import Shelved
    from lessonlab.problems import Problem

FOLDER = "assets/coursewright/packages"
"""Where packages lie in the site."""


@dataclass(frozen=True)
class Needed:
    """What some code needs: folders to put on `sys.path`, and a digest of all that is in them."""

    folders: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Collection:
    """The packages of a course, and what is wrong with what its author asked for.

    `watched` are the author's own folders and modules: an edit there changes the packages. `found`
    are the files in them; `file` is the name of the configuration.
    """

    shelved: tuple[Shelved, ...] = ()
    problems: tuple[Problem, ...] = ()
    watched: tuple[Path, ...] = ()
    found: tuple[Found, ...] = ()
    file: str = ""

    def facts(self) -> list[dict[str, Any]]:
        """Return what the page has to know, for the site script."""
        return [
            {
                "name": item.package.name,
                "version": item.package.version,
                "imports": list(item.package.imports),
                "depends": list(item.package.depends),
                "own": item.package.own,
                "file": item.file,
                "bytes": item.size,
            }
            for item in self.shelved
        ]

    def files(self) -> list[tuple[str, Path]]:
        """Return address in the site and path of each file to publish."""
        return [
            pair
            for item in self.shelved
            for pair in ((item.file, item.archive), (f"{item.file}.file.js", item.script))
        ]

    def twice(self, published: Mapping[Path, str]) -> list[Problem]:
        """Return advice for each of the author's folders that the site holds a second time.

        Args:
            published: Resolved paths of files that MkDocs copies, with their names in the site.
        """
        return [
            item.at(self.file)
            for found in self.found
            for item in own_checks.check_twice(found, published)
        ]

    def needed(self, sources: Iterable[str]) -> Needed:
        """Return what code with these sources imports, and what that needs in turn."""
        known = {name for item in self.shelved for name in item.package.imports}
        if not known:
            return Needed()
        used = {name for source in sources for name in imported(source, known)}
        wanted = {
            item.package.name for item in self.shelved if used.intersection(item.package.imports)
        }
        by_name = {item.package.name: item for item in self.shelved}
        waiting = sorted(wanted)
        while waiting:
            more = set(by_name[waiting.pop()].package.depends) & by_name.keys() - wanted
            wanted |= more
            waiting += more
        chosen = [item for item in self.shelved if item.package.name in wanted]
        digest = hashlib.sha256("".join(item.digest for item in chosen).encode()).hexdigest()
        return Needed(tuple(str(item.modules) for item in chosen), digest if chosen else "")


NOTHING = Collection()
"""What a course brings that asks for nothing."""


def collect(
    paths: Sequence[str],
    requirements: Sequence[str] = (),
    *,
    config_file: Path,
    cache: Path,
    pyodide: Path,
) -> Collection:
    """Read, resolve, check and shelve what the option `python` asks for.

    Args:
        paths: The author's own folders, relative to that of `config_file`.
        requirements: Packages from the registry.
        config_file: The course's `mkdocs.yml`.
        cache: Folder for what is kept between builds.
        pyodide: Lock file without packages, for facts about the page's Python.
    """
    if not paths and not requirements:
        return NOTHING
    folder = cache / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    lines = item_lines(config_file, "python", "packages")
    found, problems = registry.read_packages(requirements, lines, Locker(pyodide, folder))
    problems = [item.at(config_file.name) for item in problems]
    taken = {
        name: phrase("package-of-registry", name=package.name)
        for package in found
        for name in package.imports
    }
    lines = item_lines(config_file, "python", "paths")
    places = own.find_paths(paths, lines, config_file)
    mine, wrong = own.read_found(places, config_file, taken)
    packages = [*own.with_needs(mine, found), *found]
    shelved = tuple(shelf.put(package, folder, FOLDER) for package in packages)
    watched = tuple(place for path in paths if (place := config_file.parent / path).exists())
    usable = tuple(place for place in places if isinstance(place, own.Found))
    return Collection(shelved, (*problems, *wrong), watched, usable, config_file.name)

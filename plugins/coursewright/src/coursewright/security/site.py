"""A built site as a folder: reads what its pages need, writes the policy where it shall stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.security.contents import Contents, read_contents, style_findings
from coursewright.security.policy import policy_text
from coursewright.security.writing import IN_SITE, META, with_meta, with_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from coursewright.security.policy import Hosts


def read_site(folder: Path) -> dict[str, Contents]:
    """Return what stands in each page, keyed by the page's path in the site."""
    return {
        path.relative_to(folder).as_posix(): read_contents(_text(path)) for path in _pages(folder)
    }


def read_styles(folder: Path) -> dict[str, Contents]:
    """Return what stands in each style sheet, keyed by its path in the site."""
    sheets = (path for path in sorted(folder.rglob("*.css")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): Contents(
            findings=list(dict.fromkeys(style_findings(_text(path))))
        )
        for path in sheets
    }


def hashes_of(pages: Iterable[Contents]) -> set[str]:
    """Return the hashes of all inline scripts of all pages."""
    return {each for contents in pages for each in contents.hashes}


def policy_of(folder: Path, hosts: Hosts | None = None) -> str:
    """Return the exact policy of a built site, for a header."""
    return policy_text(hashes_of(read_site(folder).values()), hosts or {})


def write_policy(
    folder: Path, place: str, root: Path, pages: Mapping[str, Contents], hosts: Hosts
) -> None:
    """Write the policy.

    Args:
        folder: The built site.
        place: Where the author wants it: `meta`, a file that hosts read, or a path.
        root: The folder that such a path is relative to.
        pages: What `read_site` returned.
        hosts: What the author allows.
    """
    hashes = hashes_of(pages.values())
    if place == META:
        policy = policy_text(hashes, hosts, in_page=True)
        for path in _pages(folder):
            path.write_bytes(with_meta(_text(path), policy).encode(errors="surrogateescape"))
        return
    path = (folder if place in IN_SITE else root) / place
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = with_policy(path.name, before, policy_text(hashes, hosts))
    path.write_text(text, encoding="utf-8")


def _pages(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.html")) if path.is_file())


def _text(path: Path) -> str:
    # Not every file that an author copies along is UTF-8: no byte of it may be lost.
    return path.read_bytes().decode(errors="surrogateescape")

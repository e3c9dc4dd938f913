"""Pages that the plugin writes by itself: the glossary, and the reader's progress.

They are Markdown files like an author's own, so that navigation, links and search know them. An
author's file of the same name wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

FRONT = {"glossary": "", "progress": "---\nhide: [toc]\nsearch: {exclude: true}\n---\n\n"}
"""Each page's front matter."""


def pages(
    config: MkDocsConfig, files: Files, wanted: Iterable[str], words: Callable[..., str]
) -> dict[str, File]:
    """Make the pages wanted, as far as no author's file has their address.

    They stand in the navigation only where the author lists them, as `glossary.md`.
    """
    made = {}
    for name in wanted:
        uri = f"{name}.md"
        if files.get_file_from_path(uri) is not None:
            continue
        text = f"{FRONT[name]}# {words(f'{name}.heading')}\n"
        file = File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        made[name] = file
    return made

"""Sites for tests: small ones made of a few files, and this repository's own course."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sites import ROOT, Site, build_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CONFIG = """\
site_name: Tiny
theme: {name: material}
plugins: [search, coursewright]
"""
INDEX = "# Home\n\nText.\n"


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Site]:
    """Build a course from files; `mkdocs.yml` and `docs/index.md` may be left out."""

    def make(files: Mapping[str, str | bytes]) -> Site:
        everything = {"mkdocs.yml": CONFIG, "docs/index.md": INDEX, **files}
        for name, content in everything.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(data)
        return build_site(tmp_path / "mkdocs.yml", tmp_path / "site")

    return make


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This repository's own course."""
    site = build_site(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("course"))
    assert site.messages == ()
    return site

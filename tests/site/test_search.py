"""Where the search that Material brings lets words end."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

ONE = "# One\n\nText.\n"
CONFIG = "site_name: Tiny\ntheme: {name: material}\nplugins: [search, coursewright]\n"


def _index(site: Site, form: str = "json") -> dict[str, Any]:
    text = site.read(f"search/search_index.{form}").removeprefix("var __index = ")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("plugins", ["[search, coursewright]", "[coursewright, search]"])
def test_search_finds_a_word_however_its_quotes_are_set(make_site: MakeSite, plugins: str) -> None:
    config = CONFIG.replace("[search, coursewright]", plugins)
    site = make_site({"docs/lessons/one.md": ONE, "mkdocs.yml": config})
    assert _index(site) == _index(site, "js")
    separator = re.compile(_index(site)["config"]["separator"])
    for curly, straight in [("model\u2019s aim", "model's aim"), ("\u201caim\u201d", '"aim"')]:
        assert separator.split(curly) == separator.split(straight)
    assert "aim" in separator.split("\u201caim\u201d")
    assert separator.split("two-part words") == ["two", "part", "words"]


def test_where_words_end_is_left_to_an_author_who_says_it(make_site: MakeSite) -> None:
    own = CONFIG.replace("[search,", '[{search: {separator: "[,]+"}},')
    site = make_site({"docs/lessons/one.md": ONE, "mkdocs.yml": own})
    assert _index(site)["config"]["separator"] == "[,]+"

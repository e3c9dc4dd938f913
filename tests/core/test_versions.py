"""One version number, and words in one table."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "plugins/coursewright/web"
PACKAGE = ROOT / "plugins/coursewright/src/coursewright"


def test_the_outer_version_is_the_only_one() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert json.loads((WEB / "package.json").read_text())["version"] == version
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()


def test_lock_file_names_no_registry() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_every_use_has_words() -> None:
    table = json.loads((PACKAGE / "strings/en.json").read_text())
    sources = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.is_file())
    used = set(re.findall(r"(?<!lang\.)\bt\(\s*[\"']([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)[\"']", text))
    assert used - set(table) == set(), "used in a template, but not in strings/en.json"


def test_words_keep_the_house_tone() -> None:
    table = json.loads((PACKAGE / "strings/en.json").read_text())
    loud = {key: words for key, words in table.items() if "!" in words or "Oops" in words}
    assert not loud
    assert list(table) == sorted(table), "keep strings/en.json sorted by key"

"""Notebooks as pages: run once, dressed like the course, and never published when they fail."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.exceptions import Abort
from sites import ROOT

from coursewright import notebooks
from coursewright.notebook_cells import COLORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

CONFIG = """\
site_name: Tiny
theme: {name: material}
plugins:
  - search
  - coursewright
  - mkdocs-jupyter: {execute: true}
"""
TEXT = (
    "---\ntitle: My run\ndescription: What it does.\n---\n\n## A part\n\nSee [home](../index.md)."
)
DRAWING = """\
from IPython.display import display
svg = '<?xml version="1.0"?><svg viewBox="0 0 9 9"><style>*{opacity:0}</style>'
svg += '<defs><path id="a" d="M0 0"/></defs><use href="#a" fill="#174ea6"/></svg>'
display({"image/svg+xml": svg}, raw=True, metadata={"image/svg+xml": {"alt": "A <dot>"}})
"""


def notebook(*cells: str | dict[str, Any]) -> str:
    """Return a notebook: text that begins with a fence of front matter or `#`, else code."""
    made = []
    for at, cell in enumerate(cells):
        item = cell if isinstance(cell, dict) else {"source": cell}
        is_text = item["source"].startswith(("---", "#"))
        kind: dict[str, Any] = {"cell_type": "markdown"}
        if not is_text:
            kind = {"cell_type": "code", "execution_count": None, "outputs": []}
        made.append({"id": f"c{at}", "metadata": {}, **kind, **item})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    data = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data)


def test_cells_become_a_page_of_the_course(make_site: MakeSite) -> None:
    folded = {"source": "6 * 7", "metadata": {"jupyter": {"source_hidden": True}}}
    printed = "print('``` <b>')\nprint('/// lab')"
    site = make_site(
        {"mkdocs.yml": CONFIG, "docs/labs/run.ipynb": notebook(TEXT, printed, folded, DRAWING)}
    )
    assert site.messages == ()
    html = site.read("labs/run.html")
    article = html[html.index("<article") : html.index("</article>")]
    assert "<title>My run - Tiny</title>" in html
    assert 'content="What it does."' in html
    assert '<h2 id="a-part">' in article
    assert 'href="../index.html"' in article
    assert re.search(r'class="cw-printed highlight">.*``` &lt;b&gt;\n/// lab\n<', article)
    assert re.search(r'<details class="cw-code">\s*<summary>Show the code</summary>', article)
    assert re.search(r'class="cw-printed highlight">\S*<code>42', article)
    assert "data-cw-lesson" not in html
    assert '"A part"' in site.read("search/search_index.json")


def test_a_drawing_is_an_element_of_the_page(make_site: MakeSite) -> None:
    site = make_site(
        {"mkdocs.yml": CONFIG, "docs/labs/run.ipynb": notebook(TEXT, DRAWING, DRAWING)}
    )
    html = site.read("labs/run.html")
    drawings = re.findall(r'<div class="cw-drawing".*?</div>', html, re.DOTALL)
    assert len(drawings) == 2
    assert '<svg role="img" aria-label="A &lt;dot&gt;"' in drawings[0]
    assert 'id="cw-drawing-1-a"' in drawings[0]
    assert 'href="#cw-drawing-2-a" fill="var(--cw-coin)"' in drawings[1]
    assert "<style>" not in drawings[0]


def test_mkdocs_jupyter_adds_nothing_to_any_page(make_site: MakeSite) -> None:
    files = {"mkdocs.yml": CONFIG, "docs/labs/run.ipynb": notebook(TEXT, "1")}
    site = make_site(files)
    for name in ("index.html", "labs/run.html"):
        html = site.read(name)
        assert not re.search(
            r"mathjax|require\.js|jp-Notebook|clipboard-copy", html, re.IGNORECASE
        ), name
        assert "<style" not in html.replace("<style>:root{", ""), name
        assert len(re.findall(r"<script", html)) == len(
            re.findall(r"<script", site.read("404.html"))
        )


def test_a_failing_cell_fails_the_build_and_is_named(
    make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    files = {
        "mkdocs.yml": CONFIG,
        "docs/labs/run.ipynb": notebook(TEXT, "x = 0", "y = 1\n1 / x", "2"),
    }
    with pytest.raises(Abort):
        make_site(files)
    assert caplog.messages[-1] == (
        'labs/run.ipynb: code cell 2 failed in its line 2, "1 / x": ZeroDivisionError: division '
        "by zero. Run the notebook from its first cell to see more."
    )


def test_a_broken_file_is_named(make_site: MakeSite, caplog: pytest.LogCaptureFixture) -> None:
    for text, reason in ((notebook(TEXT)[:-9], "column"), ("[]", '"nbformat": 4')):
        with pytest.raises(Abort):
            make_site({"mkdocs.yml": CONFIG, "docs/labs/run.ipynb": text})
        assert caplog.messages[-1].startswith(
            "labs/run.ipynb: [notebook-broken] this is not a notebook: "
        )
        assert reason in caplog.messages[-1]


def test_it_runs_again_only_when_something_changed(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = tmp_path / "count.txt"
    cell = f"with open({str(count)!r}, 'a') as file:\n    _ = file.write('x')\nprint('counted')"
    files: dict[str, str | bytes] = {
        "mkdocs.yml": CONFIG,
        "docs/labs/run.ipynb": notebook(TEXT, cell),
        "docs/labs/data.csv": "1",
    }
    for runs in (1, 1):
        assert "counted" in make_site(files).read("labs/run.html")
        assert len(count.read_text()) == runs
    files["docs/labs/data.csv"] = "2"
    make_site(files)
    assert len(count.read_text()) == 2
    monkeypatch.setattr(notebooks, "core_sources", lambda: "another lessonlab")
    make_site(files)
    assert len(count.read_text()) == 3
    kept = list((tmp_path / ".cache/coursewright").glob("notebook-*"))
    assert len(kept) == 1, "results of earlier builds are cleared away"


def test_colors_are_those_of_the_light_palette() -> None:
    folder = ROOT / "plugins/coursewright/web/styles/tokens.css"
    brand = ROOT / "overrides/assets/brand.css"
    light = folder.read_text(encoding="utf-8").split("@media", 1)[0]
    brand_light = brand.read_text(encoding="utf-8").split("@media", 1)[0]
    outcomes = {color: token for color, token in COLORS.items() if f"{token}: {color}" in light}
    assert set(outcomes.values()) == {"--cw-coin", "--cw-old-place", "--cw-failed"}
    surfaces = set(COLORS) - set(outcomes)
    assert all(color in brand_light for color in surfaces)


def test_the_lab_notebook_shows_figures_with_words_and_tables(course: Site) -> None:
    html = course.read("labs/dial.html")
    article = html[html.index("<article") : html.index("</article>")]
    drawings = re.findall(r'<svg role="img" aria-label="([^"]{80,})"', article)
    assert len(drawings) == 2
    assert article.count("<table>") == 2
    assert article.count("<tr>") == 2 * 9
    for token in COLORS.values():
        assert f"var({token})" in article, token
    assert 'href="../lessons/goal-misgeneralization.html#turning-the-dial"' in article
    assert "data-cw-lesson" not in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_notebooks_are_committed_without_outputs() -> None:
    paths = [path for path in (ROOT / "docs").rglob("*.ipynb") if ".ipynb" in path.name]
    assert paths
    for path in paths:
        if ".ipynb_checkpoints" in path.parts:
            continue
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs"), path
            assert cell.get("execution_count") is None, path

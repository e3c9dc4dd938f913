"""The authors' guide: complete, filled in from the code, and true to what the page does."""

from __future__ import annotations

import importlib.util
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.exceptions import Abort
from sites import ROOT, Site

from coursewright.block_options import OPTIONS, option_names
from coursewright.config import CoursewrightConfig
from coursewright.frontmatter import FrontMatterModel
from coursewright.laboratory import specs
from coursewright.rules import RULES
from lessonlab.explanations import CAUSES, REMEDIES
from lessonlab.mistakes import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

GUIDE = ROOT / "docs/guide"
PAGES = sorted(path.stem for path in GUIDE.glob("*.md"))
PACKAGE = ROOT / "plugins/coursewright"


@pytest.fixture(scope="session")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guide", ROOT / "hooks/guide.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_filled_in_and_no_lessons(course: Site, name: str) -> None:
    html = course.read(f"guide/{name}.html")
    article = html[html.index("<article") : html.index("</article>")]
    assert "<cw-lesson" not in html
    assert not re.findall(r"<!-- \w+.*?-->", article)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("problems", TEMPLATES),
        ("quiz", option_names("quiz")),
        ("question", option_names("question")),
        ("lab", (*option_names("lab"), *(item.name for item in specs()["coinrun"].params))),
        ("settings", tuple(CoursewrightConfig())),
        ("lesson", FrontMatterModel.model_fields),
    ],
)
def test_every_name_is_explained(course: Site, page: str, names: Any) -> None:
    html = course.read(f"guide/{page}.html")
    shown = set(re.findall(r'<h3 id="([\w-]+)"|<th scope="row">(\w+)</th>', html))
    assert {first or second for first, second in shown} >= set(names)


@pytest.mark.parametrize("block", [name for name in RULES if name not in {"hint", "explanation"}])
def test_every_block_has_a_page_with_its_source(course: Site, block: str) -> None:
    text = re.sub(r"<[^>]+>", "", course.read(f"guide/{block}.html"))
    assert re.search(rf"^/{{3,5}} {block}\b", text, re.MULTILINE)


@pytest.mark.parametrize("block", OPTIONS)
def test_every_option_says_what_it_means(hook: ModuleType, block: str) -> None:
    docs = hook.attribute_docs(OPTIONS[block])
    assert sorted(docs) == list(option_names(block))
    assert all(docs.values())


def test_source_is_the_next_block_as_written(hook: ModuleType) -> None:
    block = "/// quote | A\nText.\n///\n"
    text = f"<!-- source -->\n\n{block}\n<!-- source -->\n\n{block.replace('A', 'B')}"
    filled = hook.fill(text)
    assert filled.count("`````markdown\n/// quote | A\nText.\n///\n`````") == 1
    assert filled.count("`````markdown\n/// quote | B\nText.\n///\n`````") == 1


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_mistake_has_a_remedy_of_its_own(code: str) -> None:
    said = REMEDIES.get(code, TEMPLATES[code][1])
    assert len(re.sub(r"\{\w+\}", "", said)) > len("Keep.")
    assert {*CAUSES, *REMEDIES} <= {*TEMPLATES}


def test_an_unknown_comment_is_an_error(hook: ModuleType) -> None:
    with pytest.raises(KeyError, match="option"):
        hook.fill("<!-- option: quiz -->\n")


@pytest.mark.parametrize("name", PAGES)
def test_every_example_can_be_pasted_into_an_empty_course(
    hook: ModuleType, make_site: MakeSite, name: str
) -> None:
    page = hook.fill((GUIDE / f"{name}.md").read_text(encoding="utf-8"))
    shown = re.findall(r"^(`{3,})markdown\n(.*?)^\1$", page, re.MULTILINE | re.DOTALL)
    top = "---\ntitle: Pasted\n---\n"
    if name == "terms":  # as its page says
        top = "---\ntitle: Pasted\nconcepts: {gap: {means: A space.}}\n---\n"
    for at, text in enumerate(fences(page, "yaml")):
        if text.startswith("---\n"):
            assert make_site({f"docs/lessons/top-{at}.md": f"{text}\nText.\n"}).messages == ()
    pasted = "\n\n".join(["## First", *(text for _, text in shown)])
    assert make_site({"docs/lessons/pasted.md": f"{top}\n{pasted}\n"}).messages == ()


def test_promises_are_kept_somewhere_in_the_code() -> None:
    promised = (GUIDE / "promises.md").read_text(encoding="utf-8")
    files = [*(PACKAGE / "web/src").rglob("*.ts"), *(PACKAGE / "src").rglob("*.html")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for name in sorted(set(re.findall(r"data-(cw-[a-z-]+)", promised))):
        words = [part.capitalize() for part in name.split("-")[1:]]
        assert f"data-{name}" in code or f"dataset.cw{''.join(words)}" in code, name
    for event in re.findall(r"`(cw:\w+)`", promised):
        assert f'"{event}"' in code, event
    parts = promised.split("Parts of a page carry")[1].split("## Question")[0]
    for part in re.findall(r"`([a-z-]+)`[,.]", parts):
        assert f'data-cw-part="{part}"' in code, part


def test_a_notebook_set_up_as_the_guide_says_becomes_a_page(
    make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    text = (GUIDE / "notebooks.md").read_text(encoding="utf-8")
    (drawing,) = fences(text, "python")
    (failure,) = fences(text, "text")
    settings = "\n".join(["site_name: Tiny", "theme: {name: material}", *fences(text, "yaml")])
    title = "---\ntitle: My run\n---\n\n# My run\n\n/// quote | Her\nA block.\n///"
    site = make_site({"mkdocs.yml": settings, "docs/labs/my-run.ipynb": notebook(title, drawing)})
    assert site.messages == ()
    html = site.read("labs/my-run.html")
    assert 'aria-label="A bar: three quarters reached the coin."' in html
    assert 'fill="var(--cw-coin)"' in html
    assert 'data-cw-part="quote"' in html
    failing = notebook(title, "count = 0", "1 / count")
    with pytest.raises(Abort):
        make_site({"mkdocs.yml": settings, "docs/labs/my-run.ipynb": failing})
    assert caplog.messages[-1] == failure.strip()


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def notebook(text: str, *code: str) -> str:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}
    ]
    for at, source in enumerate(code):
        kept = {"execution_count": None, "outputs": [], "metadata": {}, "source": source}
        cells.append({"cell_type": "code", "id": f"code-{at}", **kept})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})

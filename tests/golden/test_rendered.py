"""Each file in `rendered/` holds a page and its HTML, with a bare template for every block.

The look of real templates may change without touching these; what a block's pieces become, and
where a block or a mistake ends up in the page, may not.
"""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
import yaml

from coursewright.blocks import BlocksExtension, Session
from coursewright.blocks.content import Broken, Quiz, pieces
from coursewright.blocks.page import read_page
from coursewright.validate import check_course
from lessonlab.schema import ExperimentSpec, LabResult, Outcomes

FOLDER = Path(__file__).parent / "rendered"
FILES = sorted(FOLDER.glob("*.yml"))
EXTENSIONS = [
    "toc",
    "footnotes",
    "attr_list",
    "md_in_html",
    "pymdownx.superfences",
    "pymdownx.blocks.details",
]
EXPERIMENTS = {"coinrun": ExperimentSpec("coinrun", "run", ())}
HALF = Outcomes(coin=0.5, old_place=0.25, failed=0.25)
RESULT = LabResult("coinrun", {}, 1, 100, 10, HALF, HALF, HALF, HALF, "")


def bare(template: str, /, **data: object) -> str:
    """Show the name of the template, the codes of mistakes and the HTML of each piece."""
    name = Path(template).stem
    (content,) = data.values()
    return f"<x-{name}>{inside(content)}\n</x-{name}>"


def inside(content: object) -> str:
    problems = content.problems if isinstance(content, Broken | Quiz) else ()
    codes = "".join(f"\n({found.line} {found.code})" for found in problems)
    if isinstance(content, Quiz):
        title = "" if content.title is None else f"\n({content.title.html})"
        return title + codes + "".join(inside(item) for item in content.questions)
    return codes + "".join(f"\n({item.html})" for item in pieces(content))


def convert(text: str) -> str:
    page = read_page(text.encode(), "page.md")
    session = Session(bare, experiments=EXPERIMENTS, measure=lambda *_: RESULT)
    session.begin(page, check_course([page], EXPERIMENTS))
    extensions = [*EXTENSIONS, BlocksExtension(session=session)]
    settings = {"pymdownx.highlight": {"use_pygments": False}}
    return markdown.markdown(page.body, extensions=extensions, extension_configs=settings)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_page_becomes_this_html(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert convert(case["page"]) == case["html"].rstrip("\n")

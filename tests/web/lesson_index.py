"""Prints what the tutor of a lesson has: its index, and the open questions of its quizzes.

Run as `python lesson_index.py path/to/lesson.md`; labs are not measured, as their tables are not
in the index.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import markdown

from coursewright import laboratory
from coursewright.blocks import BlocksExtension, Session
from coursewright.blocks.content import Question, Quiz
from coursewright.blocks.page import read_page
from coursewright.passages import read_passages
from coursewright.prints import question_prints
from lessonlab.schema import LabResult, Outcomes

if TYPE_CHECKING:
    from coursewright.blocks.content import AnyContent

NOTHING = Outcomes(coin=0, old_place=0, failed=0)
RESULT = LabResult("", {}, 1, 1, 1, NOTHING, NOTHING, NOTHING, NOTHING, "")
EXTENSIONS = ["toc", "attr_list", "md_in_html", "pymdownx.superfences"]


def main() -> None:
    page = read_page(Path(sys.argv[1]).read_bytes(), "lesson.md")
    session = Session(experiments=laboratory.specs(), measure=lambda *_: RESULT)
    session.begin(page)
    extensions = [*EXTENSIONS, BlocksExtension(session=session)]
    html = markdown.markdown(page.body, extensions=extensions)
    rendered = session.finish()
    asked = question_prints(rendered.questions)
    _, index = read_passages(html, "lesson", page.front.title or "", asked)
    found = [entry for content in rendered.contents for entry in questions(content)]
    print(json.dumps({"index": asdict(index), "open": found}))


def questions(content: AnyContent) -> list[dict[str, object]]:
    inside = isinstance(content, Quiz)
    every = content.questions if isinstance(content, Quiz) else (content,)
    return [
        {
            "number": place if inside else 0,
            "stem": item.stem.html.striptags(),
            "choices": [choice.text.html.striptags() for choice in item.choices],
        }
        for place, item in enumerate(every, start=1)
        if isinstance(item, Question)
    ]


if __name__ == "__main__":
    main()

"""The real templates of blocks: sound HTML, nothing unescaped, usable with scripts off."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import markdown
import pytest
from html_tree import Tree

from coursewright.blocks import BlocksExtension, Session
from coursewright.blocks.page import read_page

PHRASING_ONLY = {"label", "legend", "p", "h2", "h3", "summary", "span", "strong"}
BLOCKS = {"p", "div", "pre", "ul", "ol", "li", "table", "blockquote", "form", "fieldset", "details"}
PAGE = """\
---
concepts:
  cause & effect: {means: "One & *two*."}
---
# Page

Cause & effect here.

///// quiz | Check & *see*
    round: 2

//// question | Which is `<b>` & "why"?
    id: one
    shuffle: true

- [ ] less < more & "quoted"
    > No & never.
- [x] the *right* one
    > Yes.
- [ ] two paragraphs

    the second
    > No.

/// hint
First.
///
/// hint
- second
///
/// explanation
Because.
///
////

//// question | Several?

- [x] a
    > yes
- [x] b
    > yes
- [ ] c
    > no
////

//// question | Name it.
    kind: text

- [x] the "goal"
- [ ] <wrong
    > no
////

//// question | What is printed?
    kind: predict

```python {.code}
print("<b>&")
```

```text {.answer}
<b>&
```
////

//// question | Write it.
    kind: python

```python {.starter}

x = "</textarea><script>alert(1)</script>"
```

```python {.solution}
x = 1
```

```python {.check}
assert x == 1, "x is 1 & not <2>"
```
////
/////

//// question | Broken <script>alert(1)</script>?

- [ ] a
    > no
- [ ] b <img src=x>
    > no
////

/// quote | Who & *what*
Said.
///

/// big-idea
Idea.

Second.
///
"""


@pytest.fixture(scope="module")
def tree() -> Tree:
    page = read_page(PAGE.encode(), "page.md")
    session = Session()
    session.begin(page)
    extensions = ["pymdownx.superfences", BlocksExtension(session=session)]
    parsed = Tree()
    parsed.feed(markdown.markdown(page.body, extensions=extensions))
    parsed.close()
    assert parsed.stack == []
    return parsed


def test_no_block_stands_where_only_text_may(tree: Tree) -> None:
    for element in tree.elements:
        if element.tag in BLOCKS:
            assert not PHRASING_ONLY & set(element.parents), (element.tag, element.parents)


def test_ids_are_unique_and_references_meet(tree: Tree) -> None:
    names = Counter(item.attributes["id"] for item in tree.elements if "id" in item.attributes)
    assert [name for name, count in names.items() if count > 1] == []
    for element in tree.elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby"):
            assert element.attributes.get(attribute, next(iter(names))) in names


def test_nothing_an_author_wrote_becomes_a_tag(tree: Tree) -> None:
    assert tree.all("script") == []
    assert tree.all("img") == []


def test_every_kind_is_a_form_with_its_specification(tree: Tree) -> None:
    forms = tree.all("form")
    kinds = [form.attributes["data-cw-kind"] for form in forms]
    assert kinds == ["single", "multiple", "text", "predict", "python"]
    for form in forms:
        spec = json.loads(form.attributes["data-cw-spec"])
        assert spec["id"] == form.attributes["data-cw-question"]
        assert form.attributes["data-cw-state"] == "unanswered"
        assert form.attributes["method"] == "dialog"  # without scripts Enter sends nothing


def test_every_field_has_a_name(tree: Tree) -> None:
    labels = {label.attributes.get("for") for label in tree.all("label")}
    for entry in [*tree.all("input"), *tree.all("textarea")]:
        in_label = "label" in entry.parents and "aria-labelledby" not in entry.attributes
        named = entry.attributes.get("id") in labels or "aria-labelledby" in entry.attributes
        assert in_label or named


def test_each_question_has_one_legend_one_status_and_closed_answers(tree: Tree) -> None:
    count = len(tree.all("form"))
    assert len(tree.all("legend")) == count
    assert len(tree.all("p", role="status")) == count
    answers = tree.all("details", data_cw_answers="")
    assert len(answers) == count
    for details in answers:
        assert "open" not in details.attributes
        assert "data-search-exclude" in details.attributes


def test_feedback_and_hints_can_be_found_by_scripts(tree: Tree) -> None:
    (form, *_) = tree.all("form")
    choices = [item["id"] for item in json.loads(form.attributes["data-cw-spec"])["choices"]]
    rows = [item.attributes.get("data-cw-choice") for item in tree.all("div")]
    feedback = [item.attributes.get("data-cw-feedback") for item in tree.all("div")]
    hints = [
        item.attributes["data-cw-hint"]
        for item in tree.all("div")
        if "data-cw-hint" in item.attributes
    ]
    assert [name for name in rows if name in choices] == choices
    assert [name for name in feedback if name in choices] == choices
    assert hints == ["1", "2"]


def test_answers_show_choices_as_they_are_and_give_no_id_twice() -> None:
    page = """\
- [x] ```python
  x = '<i id="a">'
  ```
- [ ] *two*[^1], `<b id="c">`
- [ ]
    - [x] a task

    [^1]: A note.
"""
    text = f"/// question | Which?\n    kind: single\n\n{page}///\n"
    settings = {"pymdownx.highlight": {"anchor_linenums": True, "linenums": True}}
    others = [
        "footnotes",
        *(f"pymdownx.{name}" for name in ("highlight", "superfences", "tasklist")),
    ]
    extensions = [*others, BlocksExtension()]
    html = markdown.markdown(text, extensions=extensions, extension_configs=settings)
    tags = re.findall(r"<[a-z][^>]*>", html)
    names = [name for tag in tags for name in re.findall(r'\sid="([^"]+)"', tag)]
    assert "__codelineno-0-1" in names
    assert len(names) == len(set(names))
    above, answers = html.split("<details", 1)
    assert above.count('<table class="highlighttable">') == 1
    assert answers.count('<table class="highlighttable">') == 1
    assert "<em>two</em>" in answers
    assert '<code>&lt;b id="c"&gt;</code>' in answers
    assert "<input" not in answers


def test_code_reaches_the_text_area_as_it_is(tree: Tree) -> None:
    area = next(item for item in tree.all("textarea") if "data-cw-editor" in item.attributes)
    assert area.text == '\n\nx = "</textarea><script>alert(1)</script>"'


def test_mistakes_are_shown_with_their_source(tree: Tree) -> None:
    (box,) = tree.all("div", **{"class": "cw-problem"})
    line = PAGE[: PAGE.index("//// question | Broken")].count("\n") + 1
    assert f"page.md:{line} " in box.text
    assert "- [ ] b <img src=x>" in box.text


def test_terms_are_a_definition_list(tree: Tree) -> None:
    (term,) = tree.all("dt")
    assert (term.text, term.attributes["id"]) == ("cause & effect", "term-cause-effect")
    (link,) = tree.all("a", **{"class": "cw-term"})
    assert link.attributes["title"] == "One & two."
    (means,) = tree.all("dd")
    assert means.attributes["id"] == link.attributes["aria-describedby"]
    (back,) = tree.all("a", **{"class": "cw-terms__back"})
    assert back.attributes["href"] == f"#{link.attributes['id']}"
    assert back.attributes["aria-label"] == "Back to the text: cause & effect"


def test_a_term_that_the_text_never_uses_has_no_way_back() -> None:
    page = read_page(b"---\nconcepts: {spare: {means: Unused.}}\n---\n\nText.\n", "page.md")
    session = Session()
    session.begin(page)
    html = markdown.markdown(page.body, extensions=[BlocksExtension(session=session)])
    assert "<dt" in html
    assert "cw-terms__back" not in html


def test_every_template_names_only_words_that_exist() -> None:
    folder = Path(__file__).parents[2] / "plugins/coursewright/src/coursewright"
    table = json.loads((folder / "strings/en.json").read_text(encoding="utf-8"))
    assert list(table) == sorted(table)
    for path in (folder / "templates/cw").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for key in re.findall(r'\bt\("([^"]+)"', text):
            assert key in table or key.endswith("."), (path.name, key)

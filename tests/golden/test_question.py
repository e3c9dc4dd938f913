"""Questions read from source lines: spellings that mean the same, ids, hashes, kinds."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from coursewright.blocks import question
from coursewright.scan import scan

if TYPE_CHECKING:
    from coursewright.blocks.content import Question

PLAIN = """\
- [ ] The reward function.
    > It paid for the coin.
- [x] The goal the agent
    had formed.
    > "Go right" fits
    > every level.
- [ ] The map.
    > It was new.
"""
SPELLINGS = {
    "some blank lines": PLAIN.replace("- [x]", "\n- [x]"),
    "all blank lines": PLAIN.replace("\n-", "\n\n-").replace("\n    > It", "\n\n    > It"),
    "feedback not indented": PLAIN.replace("    >", ">"),
    "feedback indented by two": PLAIN.replace("    >", "  >"),
    "feedback indented by tab": PLAIN.replace("    >", "\t>"),
    "no space after the mark": PLAIN.replace("> ", ">"),
    "lazy feedback": PLAIN.replace("    > every", "    every"),
    "stars": PLAIN.replace("- [", "* ["),
    "capital X": PLAIN.replace("[x]", "[X]"),
    "choices indented": PLAIN.replace("- [", "  - ["),
    "text continued by two": PLAIN.replace("    had", "  had"),
    "no-break spaces": PLAIN.replace("- [ ] ", "-\u00a0[\u00a0]\u00a0").replace(
        "    >", "\u00a0 >"
    ),
    "wide gap after the brackets": PLAIN.replace("] ", "]   "),
}


def read(body: str, stem: str = "What failed?", options: str = "") -> Question:
    text = f"//// question | {stem}\n{options}\n{dedent(body)}////\n"
    document = scan(text)
    assert document.problems == ()
    content, problems = question.parse(document.blocks[0])
    assert [item.format() for item in problems if item.severity == "error"] == []
    assert content is not None
    return content


def essence(content: Question) -> list[tuple[str, bool, str | None]]:
    return [
        (choice.text.text, choice.correct, choice.feedback.text if choice.feedback else None)
        for choice in content.choices
    ]


def test_choices_and_feedback_are_told_apart() -> None:
    assert essence(read(PLAIN)) == [
        ("The reward function.", False, "It paid for the coin."),
        ("The goal the agent\nhad formed.", True, '"Go right" fits\nevery level.'),
        ("The map.", False, "It was new."),
    ]


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_mean_the_same(name: str) -> None:
    assert essence(read(SPELLINGS[name])) == essence(read(PLAIN))
    assert read(SPELLINGS[name]).spec == read(PLAIN).spec


@pytest.mark.parametrize("indent", ["    ", "  ", "      ", ""])
def test_choice_may_begin_with_code(indent: str) -> None:
    code = ["```python", "# no heading", "if x:", "    y = 1", "```"]
    written = "\n".join(f"{indent}{line}" for line in code).lstrip()
    content = read(f"- [x] {written}\n    > yes\n- [ ] {written.replace('1', '2')}\n    > no\n")
    assert [choice.text.text for choice in content.choices] == [
        "\n".join(code),
        "\n".join(code).replace("1", "2"),
    ]
    assert content.body is None


def test_indented_text_below_feedback_continues_it() -> None:
    body = """\
    - [x] yes
        > Because:

        - one
            - inner
        - two

        ```python
        # no heading
        x = 1
        ```
    - [ ] no
        > No.
    """
    expected = "Because:\n\n- one\n    - inner\n- two\n\n```python\n# no heading\nx = 1\n```"
    assert essence(read(body))[0] == ("yes", True, expected)


def test_feedback_may_have_paragraphs_and_code() -> None:
    body = """\
    - [x] yes
        > One.
        >
        > ```python
        > x = 1
        > ```

        > Two.
    - [ ] no
    """
    (first, _) = essence(read(body))
    assert first[2] == "One.\n\n```python\nx = 1\n```\n\nTwo."


def test_code_in_a_choice_keeps_its_lines() -> None:
    body = """\
    - [x] this:

        ```python
        >>> if x:
        ...     y
        ```
    - [ ] no
    """
    (first, _) = essence(read(body))
    assert first[0] == "this:\n\n```python\n>>> if x:\n...     y\n```"
    assert first[2] is None


def test_text_and_quotes_before_the_choices_belong_to_the_question() -> None:
    content = read("Read this:\n\n> A quote.\n\n```python\nx\n```\n\n" + PLAIN)
    assert content.body is not None
    assert content.body.text == "Read this:\n\n> A quote.\n\n```python\nx\n```"
    assert content.body.line == 3


def test_moving_a_choice_keeps_ids_and_meaning() -> None:
    moved = "- [ ] The map.\n    > It was new.\n" + PLAIN.replace(
        "- [ ] The map.\n    > It was new.\n", ""
    )
    before, after = read(PLAIN).spec, read(moved).spec
    assert {choice.id for choice in before.choices} == {choice.id for choice in after.choices}
    assert before.meaning == after.meaning


@pytest.mark.parametrize(
    "changed",
    [
        PLAIN.replace("The map.", "The maps."),
        PLAIN.replace("- [ ] The map.", "- [x] The map."),
        "More text.\n\n" + PLAIN,
    ],
)
def test_meaning_changes_with_what_is_asked_and_what_is_right(changed: str) -> None:
    assert read(changed).spec.meaning != read(PLAIN).spec.meaning


def test_meaning_ignores_feedback_and_white_space() -> None:
    changed = PLAIN.replace("It paid", "It  really paid").replace(
        "reward function", "reward  function"
    )
    assert read(changed).spec.meaning == read(PLAIN).spec.meaning


def test_kind_follows_the_number_of_right_choices() -> None:
    assert read(PLAIN).kind == "single"
    assert read(PLAIN.replace("[ ] The map", "[x] The map")).kind == "multiple"
    assert read(PLAIN, options="    kind: multiple\n").kind == "multiple"


def test_default_id_is_made_from_the_question() -> None:
    assert read(PLAIN).id == "what-failed"
    assert read(PLAIN, options="    id: my-id\n").id == "my-id"
    assert read(PLAIN, stem="Was ist größer?").id == "was-ist-groer"
    assert read(PLAIN, stem="何が?").id.startswith("question-")
    assert len(read(PLAIN, stem="word " * 40).id) <= 60


def test_text_question_keeps_answers_plain() -> None:
    content = read(
        "- [x] `go right`\n- [x] right\n- [ ] left\n    > no\n", options="    kind: text\n"
    )
    answers = [(choice.correct, choice.text) for choice in content.spec.choices]
    assert answers == [(True, "go right"), (True, "right"), (False, "left")]


PYTHON = """\
Write `add`.

```python {.example}
add(1, 2)
```

```python {.starter}
def add(a, b):
    ...
```

``` {.python .solution}
def add(a, b):
    return a + b
```

```python {.check}
assert add(1, 2) == 3, "add(1, 2) is 3"
```

```python {.hidden-check linenums="1"}
assert add(0, 0) == 0, "nothing"
```

```python {.hidden-check}
assert add(1, 0) == 1, "one"
```
"""


def test_python_question_sorts_its_fences() -> None:
    content = read(PYTHON, options="    kind: python\n    limit: 2.5\n")
    spec = content.spec
    assert content.body is not None
    assert content.body.text.startswith("Write `add`.\n\n```python {.example}\nadd(1, 2)")
    assert spec.starter == "def add(a, b):\n    ..."
    assert content.solution_code == "def add(a, b):\n    return a + b"
    assert content.visible_checks == ("add(1, 2) is 3",)
    assert spec.hidden_checks.count("assert") == 2
    assert spec.limit_s == 2.5
    assert "return a + b" not in content.spec_json


def test_predict_question_keeps_the_exact_answer() -> None:
    body = "~~~python {.code}\nprint('a\\n\\n b')\n~~~\n\n```text {.answer}\na\n\n b\n```\n"
    content = read(body, options="    kind: predict\n")
    assert content.spec.answer == "a\n\n b"
    assert content.code is not None
    assert content.code.text.startswith("~~~python\nprint")


def test_tabs_in_code_are_kept() -> None:
    body = PYTHON.replace("    return", "\treturn")
    assert "\treturn" in read(body, options="    kind: python\n").solution_code

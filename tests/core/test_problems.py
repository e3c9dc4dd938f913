"""Problems in words: one line each, whatever an author wrote."""

from __future__ import annotations

import re

import pytest

from lessonlab.mistakes import TEMPLATES, WARNINGS
from lessonlab.problems import VALUE_CHARS, listing, nearest, problem, suggest


def test_format_names_file_line_code_message_and_remedy() -> None:
    found = problem("quiz-no-answer", 41, stem="What failed?").at("lessons/page.md")
    assert found.format() == (
        'lessons/page.md:41: [quiz-no-answer] question "What failed?" has no correct choice. '
        'Mark one with "- [x] …".'
    )


def test_author_text_is_folded_and_cut() -> None:
    found = problem("quiz-no-answer", 1, stem="one\n\ttwo " + "x" * 200)
    assert "one two x" in found.message
    assert len(found.message) < len('question "" has no correct choice.') + VALUE_CHARS + 1
    assert found.format().count("\n") == 0


def test_braces_of_an_author_are_text() -> None:
    assert "{stem} {0}" in problem("quiz-no-answer", 1, stem="{stem} {0}").message


def test_unknown_code_and_missing_value_raise() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", 1)
    with pytest.raises(KeyError):
        problem("quiz-no-answer", 1)


def test_warnings_are_codes_of_the_table() -> None:
    assert set(TEMPLATES) >= WARNINGS
    assert problem("choice-no-feedback", 1, text="a").severity == "warning"
    assert problem("quiz-no-answer", 1, stem="a").severity == "error"


@pytest.mark.parametrize("code", TEMPLATES)
def test_message_and_remedy_are_sentences(code: str) -> None:
    message, hint = TEMPLATES[code]
    assert message.endswith(".")
    assert re.fullmatch(r"[A-Z].*[.?]|\{\w+\}", hint), hint


def test_suggestions_name_the_nearest() -> None:
    assert nearest("quizz", ["quiz", "question"]) == "quiz"
    assert nearest("Lab", ["lab"]) == "lab"
    assert nearest("zebra", ["quiz"]) is None
    assert suggest("qiz", ["quiz"]) == 'Did you mean "quiz"?'
    assert suggest("zebra", ["quiz"], otherwise="Nothing.") == "Nothing."
    assert listing(["a", "b", "c"]) == "a, b or c"
    assert listing(["a"]) == "a"

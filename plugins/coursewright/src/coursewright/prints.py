"""Prints of a lesson's questions, by which the tutor knows one when a reader repeats it.

A print of a word is too short to be read back, and long enough to be compared. The page's side is
`web/src/tutor/prints.ts`; the cases in `tests/contract/tutor/prints.json` hold both to the same.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from coursewright.stems import stems
from lessonlab.schema import QuestionPrint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coursewright.blocks.content import Question

WORD_LENGTH = 3
TEXT_LENGTH = 6
DIGITS = string.digits + string.ascii_lowercase


def question_prints(questions: Iterable[Question]) -> tuple[QuestionPrint, ...]:
    """Return the prints of questions whose pieces are filled with HTML."""
    found = []
    for question in questions:
        stem = question.stem.html.striptags()
        texts = [stem, *(choice.text.html.striptags() for choice in question.choices)]
        parts = tuple("".join(words_of(text)) for text in texts)
        found.append(QuestionPrint(question.id, print_of(normal(stem), TEXT_LENGTH), parts))
    return tuple(found)


def words_of(text: str) -> list[str]:
    """Return the prints of the words that say what a text is about, each once, in order."""
    return [print_of(stem, WORD_LENGTH) for stem in dict.fromkeys(stems(text))]


def normal(text: str) -> str:
    """Return a text as it is compared: small letters, and one space for all between words."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def print_of(text: str, length: int) -> str:
    """Return `length` letters and digits made of a text (FNV-1a of its UTF-8, 32 bits)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    digits = []
    for _ in range(length):
        value, digit = divmod(value, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(digits)

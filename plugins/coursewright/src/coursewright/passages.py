"""The blocks of a rendered lesson that a tutor may quote, each with an id in the page.

Pure: HTML in; HTML with more ids, and an index, out. Quizzes, controls of labs, code and what is
kept out of search are no part of it. Does not know MkDocs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from coursewright.near_words import near_words
from coursewright.passage_reader import Reader
from coursewright.stems import stems
from lessonlab.schema import LessonIndex, Passage

if TYPE_CHECKING:
    from coursewright.passage_reader import Found
    from lessonlab.schema import QuestionPrint

SHORT_LIST = 60
"""A list of no more words than this is one block, as nobody would quote half of it."""

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”\u2019)\]]*\s+(?=[\"“\u2018(\[]?[A-Z0-9])")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|cf|vs|al|etc|Dr|Mr|Ms|Mrs|Prof|Fig|No|pp?|[A-Z])\.$")


def read_passages(
    html: str, lesson: str, title: str, asked: tuple[QuestionPrint, ...] = ()
) -> tuple[str, LessonIndex]:
    """Give every block of a lesson an id, and index the blocks.

    Args:
        html: The rendered lesson, its own title in it or not.
        lesson: Its id.
        title: Its title, which heads the text before the first heading.
        asked: The lesson's own questions.

    Returns:
        The HTML with an id on each block, and what can be asked of the lesson.
    """
    reader = Reader(title)
    reader.read(html)
    taken = set(re.findall(r'\bid="([^"]+)"', html))
    passages: list[Passage] = []
    places: list[tuple[int, str]] = []
    for found in _with_short_lists(reader.found):
        anchor = found.anchor
        if not anchor:
            anchor = _anchor(found, taken)
            places.append((found.insert_at, anchor))
        passages.append(Passage(anchor, found.kind, found.section, found.group, _sentences(found)))
    for position, anchor in sorted(places, reverse=True):
        html = f'{html[:position]} id="{anchor}"{html[position:]}'
    texts = (sentence for passage in passages for sentence in passage.sentences)
    near = near_words({stem for text in texts for stem in stems(text)})
    return html, LessonIndex(lesson, tuple(reader.sections), tuple(passages), near, asked)


def script(index: LessonIndex) -> str:
    """Return the text of the script that brings a lesson's index to the page.

    A script and not JSON, because `file://` forbids fetching.
    """
    data = json.dumps(asdict(index), ensure_ascii=False, separators=(",", ":"))
    name = json.dumps(index.lesson)
    return f"(window.coursewright.passages??={{}})[{name}]={data};\n"


def split_sentences(text: str) -> list[str]:
    """Split running text into sentences; an abbreviation's point ends none."""
    parts: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if not ABBREVIATION.search(text[start : match.start()]):
            parts.append(text[start : match.end()].strip())
            start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _sentences(found: Found) -> tuple[str, ...]:
    if found.kind == "row":
        return found.texts
    return tuple(sentence for text in found.texts for sentence in split_sentences(text))


def _with_short_lists(found: list[Found]) -> list[Found]:
    """Join the items of each short list into one block."""
    groups: dict[int, list[Found]] = defaultdict(list)
    for item in found:
        if item.kind == "item":
            groups[item.group].append(item)
    short = {
        group
        for group, items in groups.items()
        if sum(len(" ".join(item.texts).split()) for item in items) <= SHORT_LIST
    }
    result: list[Found] = []
    for item in found:
        if item.kind != "item" or item.group not in short:
            result.append(item)
        elif item is groups[item.group][0]:
            texts = tuple(text for each in groups[item.group] for text in each.texts)
            result.append(replace(item, texts=texts))
    return result


def _anchor(found: Found, taken: set[str]) -> str:
    """Make an id of a block's words, so that it stays the same while others change."""
    digest = hashlib.sha256("\n".join(found.texts).encode()).hexdigest()
    length = 6
    while (anchor := f"p-{digest[:length]}") in taken and length < len(digest):
        length += 1
    number = 2
    while anchor in taken:
        anchor = f"p-{digest[:6]}-{number}"
        number += 1
    taken.add(anchor)
    return anchor

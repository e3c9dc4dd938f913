"""Front matter as plain data, and the schema that editors use."""

from __future__ import annotations

from textwrap import dedent

import pytest

from coursewright.frontmatter import FrontMatter, json_schema, read, split

FULL = dedent(
    """\
    ---
    id: one
    title: "One: two"
    description: A deck.
    minutes: 45
    lesson: true
    track: Creators
    related: [b, c]
    path:
      - First
      - Second
    concepts:
      goal:
        means: Aim.
        see: [proxy]
      proxy: {means: "Stand-in.", see: {goal: "stands in for"}}
    hide: [toc]
    ---

    # Page
    """
)


def test_everything_is_read_with_its_line() -> None:
    front, problems = read(FULL, "page.md")
    assert problems == []
    assert (front.id, front.title, front.minutes, front.lesson) == ("one", "One: two", 45, True)
    assert (front.related, front.path) == (("b", "c"), ("First", "Second"))
    goal, proxy = front.concepts
    assert (goal.term, goal.see, goal.line, goal.see_lines) == ("goal", (("proxy", ""),), 13, (15,))
    assert (proxy.see, proxy.line) == ((("goal", "stands in for"),), 16)
    assert front.lines["path.1"] == 11


def test_body_begins_after_the_front_matter() -> None:
    yaml, body, first_line = split(FULL)
    assert yaml is not None
    assert (body, first_line) == ("\n# Page\n", 19)


@pytest.mark.parametrize(
    "text", ["", "# Page\n", "---\n---\n", "---\n\n---\nText\n", "--- \n...\n"]
)
def test_pages_may_have_none(text: str) -> None:
    assert read(text) == (FrontMatter(), [])


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\nText: more.\n\nText.\n") == (FrontMatter(), [])


def test_one_wrong_key_keeps_the_others() -> None:
    front, problems = read("---\nminutes: long\ntitle: One\n---\n")
    assert [item.code for item in problems] == ["front-type"]
    assert (front.minutes, front.title) == (None, "One")


def test_schema_names_every_key_and_no_other() -> None:
    schema = json_schema()
    assert {"id", "concepts", "minutes", "hide", "tags"} <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
    assert schema["properties"]["related"]["items"]["type"] == "string"

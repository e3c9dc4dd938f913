"""A lesson put into `mkdocs.yml`: the text around it stays, and what is unsafe is left alone."""

from __future__ import annotations

from textwrap import dedent

import pytest
import yaml

from coursewright.nav_edit import NavEdit, UnknownTrackError, add_to_nav

NEW = "lessons/new.md"
COURSE = dedent(
    """\
    site_name: Course   # a comment
    nav:
      - Home: index.md
      - Basics:  # the first track
          - lessons/a.md
          - "Second": lessons/b.md   # kept

      # kept, too
      - Advanced: [lessons/c.md, lessons/d.md]
      - About: about.md
    plugins: [search, coursewright]
    """
)


def add(text: str, track: str | None = None) -> NavEdit:
    return add_to_nav(text, NEW, folder="lessons", track=track)


def test_without_a_track_it_follows_the_last_lesson() -> None:
    edit = add(COURSE)
    assert edit.text == COURSE.replace("lessons/d.md]", f"lessons/d.md, {NEW}]")
    assert edit.line == 9


@pytest.mark.parametrize("track", ["Basics", "basics"])
def test_a_track_is_a_section_by_its_title(track: str) -> None:
    edit = add(COURSE, track)
    kept = '- "Second": lessons/b.md   # kept\n'
    assert edit.text == COURSE.replace(kept, f"{kept}      - {NEW}\n")
    assert edit.text is not None
    assert edit.line is not None
    assert edit.text.splitlines()[edit.line - 1].strip() == f"- {NEW}"


def test_an_unknown_track_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownTrackError, match=r'"Expert"\. Choose Basics or Advanced'):
        add(COURSE, "Expert")


def test_a_section_without_lessons_takes_its_first() -> None:
    edit = add("nav:\n- Home: index.md\n- Later:\n  - plan.md\n", "Later")
    assert edit.text == f"nav:\n- Home: index.md\n- Later:\n  - plan.md\n  - {NEW}\n"


@pytest.mark.parametrize("track", [None, "Basics"])
def test_an_empty_section_takes_its_first(track: str | None) -> None:
    edit = add("nav:\n  - index.md\n  - Basics: []  # soon\n", track)
    assert edit.text == f"nav:\n  - index.md\n  - Basics: [{NEW}]  # soon\n"
    assert edit.line == 3


def test_of_two_empty_sections_none_is_guessed() -> None:
    assert add("nav:\n  - A: []\n  - B: []\n").text is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay_and_a_last_line_needs_none(newline: str) -> None:
    text = newline.join(["nav:", "- A:", "  - lessons/a.md"])
    assert add(text).text == newline.join([text, f"  - {NEW}"])
    assert add(text + newline).text == newline.join([text, f"  - {NEW}", ""])


def test_an_outermost_lesson_is_followed_at_its_own_depth() -> None:
    assert add("nav:\n  - index.md\n  - lessons/a.md\n").text == (
        f"nav:\n  - index.md\n  - lessons/a.md\n  - {NEW}\n"
    )


def test_tags_of_other_tools_do_no_harm() -> None:
    text = "site_name: !ENV NAME\nnav:\n  - A: [lessons/a.md]\n"
    assert add(text).text == text.replace("a.md]", f"a.md, {NEW}]")


@pytest.mark.parametrize(
    "text",
    [
        "nav:\n  - index.md\n",  # no lesson to follow
        "nav:\n  - A: &same [lessons/a.md]\n  - B: *same\n",  # would appear twice
        'nav:\n  - A: lessons/a.md\n    "B": lessons/b.md\n',  # no such navigation
    ],
)
def test_what_cannot_be_done_safely_is_not_done(text: str) -> None:
    assert add(text) == NavEdit(None, None, has_nav=True)


@pytest.mark.parametrize("text", ["site_name: A\n", "", "nav: everything\n", "nav: [\n"])
def test_without_a_navigation_there_is_nothing_to_do(text: str) -> None:
    assert add(text) == NavEdit(None, None, has_nav=False)


def test_the_result_is_what_yaml_reads() -> None:
    nav = yaml.safe_load(add(COURSE, "Basics").text or "")["nav"]
    assert nav[1] == {"Basics": ["lessons/a.md", {"Second": "lessons/b.md"}, NEW]}

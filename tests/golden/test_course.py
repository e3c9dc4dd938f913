"""What is wrong with a course as a whole, beyond what its golden pages show."""

from __future__ import annotations

from coursewright.blocks.page import read_page
from coursewright.validate import check_course


def test_only_lessons_need_ids_of_their_own() -> None:
    pages = [read_page(b"# Set-up\n", path) for path in ("guide/setup.md", "api/setup.md")]
    assert check_course(pages, {}, lessons=()) == []
    (found,) = check_course(pages, {})
    assert (found.path, found.code) == ("api/setup.md", "id-duplicate")


def test_only_lessons_can_be_related() -> None:
    related = b"---\nrelated: [about]\n---\nText.\n"
    pages = [read_page(related, "lessons/a.md"), read_page(b"Text.\n", "about.md")]
    codes = [item.code for item in check_course(pages, {}, lessons=["lessons/a.md"])]
    assert codes == ["related-unknown"]
    assert check_course(pages, {}, lessons=["lessons/a.md", "about.md"]) == []


def test_problems_come_in_course_order_then_by_line() -> None:
    text = b"---\ntitel: x\nminutes: x\n---\n///\n"
    pages = [read_page(text, path) for path in ("z.md", "a.md")]
    places = [(item.path, item.line) for item in check_course(pages, {})]
    assert places == [("z.md", 2), ("z.md", 3), ("z.md", 5), ("a.md", 2), ("a.md", 3), ("a.md", 5)]

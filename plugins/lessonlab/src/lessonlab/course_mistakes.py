"""What can be wrong with the order of a course and its other files: a part of `mistakes`."""

from __future__ import annotations

COURSE: dict[str, tuple[str, str]] = {
    "lesson-not-in-nav": (
        "the navigation omits this lesson.",
        'Add "- {file}" to "nav:" in mkdocs.yml, or to "not_in_nav:" if it is meant to be missing.',
    ),
    "lesson-no-track": (
        "the lesson belongs to no track.",
        'Put it into a section of "nav:" in mkdocs.yml, or write "track: …" into its front matter.',
    ),
    "course-no-tracks": (
        "no lesson belongs to a track.",
        'Group the lessons in "nav:" under a title: "- Basics: [lessons/one.md]".',
    ),
    "course-no-lessons": (
        'no page is a lesson: "docs_dir" has no page in a folder "{folder}".',
        'Correct "lessons:" in mkdocs.yml, or write "lesson: true" into a page\'s front matter.',
    ),
    "lesson-empty": (
        "the lesson has no text.",
        'Write some, or remove the file and its entry in "nav:".',
    ),
    "nav-unknown": ('the navigation names "{found}", and there is no such page.', "{suggestion}"),
    "nav-repeated": (
        'the navigation names "{found}" {count} times.',
        "Keep one entry; a lesson has one place in the course.",
    ),
    "notebook-broken": ("this is not a notebook: {reason}.", "Save it again with Jupyter."),
    "notebook-kernel": (
        'the notebook asks for the kernel "{found}", which is not installed here.',
        "{suggestion}",
    ),
}
"""Message and hint of each code."""

"""What the plugin promises for any course, on small real sites."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sites import Site

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

ONE = """\
---
title: One
description: The first.
---

## Start

Text.

//// question | Which is even?
    id: even

- [x] Two
    > Yes.
- [ ] Three
    > No.
////
"""
TWO = "---\ntitle: Two\n---\n\n## Go on\n\nMore text.\n"
NAV = "nav:\n  - index.md\n  - Basics:\n      - lessons/one.md\n      - lessons/two.md\n"
CONFIG = "site_name: Tiny\ntheme: {name: material}\nplugins: [search, coursewright]\n"


def test_a_four_line_configuration_is_enough(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO})
    assert site.messages == ()
    assert (site.folder / "lessons/one.html").is_file(), "no directory addresses"
    assert (site.folder / "search/search_index.js").is_file()
    html = site.read("lessons/one.html")
    assert 'data-cw-number="1" data-cw-total="2"' in html


def test_no_page_names_another_host_for_anything_it_loads(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE})
    for page in site.folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        loads = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(https?:[^"]+)"', html)
        assert loads == [], page


def test_track_number_and_neighbours_come_from_the_navigation(make_site: MakeSite) -> None:
    files = {"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO, "mkdocs.yml": CONFIG + NAV}
    site = make_site(files)
    first, second = site.read("lessons/one.html"), site.read("lessons/two.html")
    assert 'data-cw-track="Basics"' in first
    assert re.search(r'rel="next" href="two\.html"', first)
    assert re.search(r'rel="prev" href="one\.html"', second)
    assert 'rel="prev"' not in first[first.index("<cw-lesson") :]


def test_a_page_elsewhere_becomes_a_lesson_by_its_front_matter(make_site: MakeSite) -> None:
    site = make_site(
        {
            "docs/lessons/one.md": ONE,
            "docs/extra.md": "---\nlesson: true\n---\n\n# Extra\n\nText.\n",
        }
    )
    html = site.read("extra.html")
    assert 'data-cw-lesson="extra"' in html
    assert html.count("<h1") == 1


def test_a_mistake_is_logged_once_and_shown_at_its_place(make_site: MakeSite) -> None:
    wrong = ONE.replace("- [x] Two", "- [ ] Two")
    site = make_site({"docs/lessons/one.md": wrong})
    assert len(site.messages) == 1
    assert site.messages[0].startswith("coursewright: lessons/one.md:10: [quiz-no-answer]")
    html = site.read("lessons/one.html")
    place = html.index("cw-problem")
    assert html.index("Text.") < place
    assert "lessons/one.md:10" in html[place:]


def test_a_block_in_a_comment_is_not_there(make_site: MakeSite) -> None:
    later = ONE[ONE.index("////") :].replace("id: even", "id: later").replace("[x]", "[ ]")
    hidden = f"\n<!-- Not yet:\n\n///// quiz | Later\n{later}/////\n-->\n\nThe end.\n"
    site = make_site({"docs/lessons/one.md": ONE + hidden})
    assert site.messages == ()
    html = site.read("lessons/one.html")
    assert "cwblock" not in html
    assert re.findall(r'data-cw-question="(\w+)"', html) == ["even"]
    assert ">The end.</p>" in html
    assert '"questions": 0' in site.read("assets/coursewright/site.js")


def test_a_file_that_is_not_utf8_is_named_and_the_build_goes_on(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE.encode() + b"\nCaf\xe9\n"})
    assert any("[file-not-utf8]" in message for message in site.messages)
    assert 'data-cw-question="even"' in site.read("lessons/one.html")


def test_broken_front_matter_is_reported_and_not_printed_as_text(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE.replace("title: One", "title: [One")})
    assert any("[front-yaml]" in message for message in site.messages)
    html = site.read("lessons/one.html")
    assert "description: The first" not in html
    assert 'data-cw-question="even"' in html


def test_unlisted_lessons_are_counted_after_the_navigation(make_site: MakeSite) -> None:
    nav = "nav:\n  - index.md\n  - Basics: [lessons/two.md]\n"
    files = {"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO, "mkdocs.yml": CONFIG + nav}
    site = make_site(files)
    assert [message.split()[1] for message in site.messages] == ["lessons/one.md:1:"]
    assert "[lesson-not-in-nav]" in site.messages[0]
    assert 'data-cw-number="1" data-cw-total="2"' in site.read("lessons/two.html")
    assert 'data-cw-number="2" data-cw-total="2"' in site.read("lessons/one.html")


def test_a_lesson_left_out_on_purpose_is_a_lesson_all_the_same(make_site: MakeSite) -> None:
    nav = "nav:\n  - index.md\n  - Basics: [lessons/two.md]\nnot_in_nav: one.md\n"
    files = {"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO, "mkdocs.yml": CONFIG + nav}
    site = make_site(files)
    assert site.messages == ()
    assert 'data-cw-number="2" data-cw-total="2"' in site.read("lessons/one.html")


def test_a_course_without_tracks_builds(make_site: MakeSite) -> None:
    nav = "nav: [index.md, lessons/one.md, lessons/two.md]\n"
    files = {"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO, "mkdocs.yml": CONFIG + nav}
    site = make_site(files)
    assert site.messages == ()
    assert 'data-cw-number="2" data-cw-total="2"' in site.read("lessons/two.html")


def test_words_and_addresses_reach_the_page_in_classic_scripts(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE})
    html = site.read("lessons/one.html")
    order = [html.index(name) for name in ("/runtime.", "/site.js", "/page.")]
    assert order == sorted(order)
    assert (
        '"question.check"' in next(site.folder.glob("assets/coursewright/runtime.*.js")).read_text()
    )
    assert '"id": "one"' in site.read("assets/coursewright/site.js")


def test_strict_fails_and_says_why_in_one_line(make_site: MakeSite, tmp_path: Path) -> None:
    wrong = ONE.replace("- [x] Two", "- [ ] Two")
    make_site({"docs/lessons/one.md": wrong})
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    lines = [line for line in run.stderr.splitlines() if "lessons/one.md" in line]
    assert len(lines) == 1
    assert "[quiz-no-answer]" in lines[0]
    assert "Traceback" not in run.stderr


def test_related_lessons_are_cards_with_what_a_reader_chooses_by(make_site: MakeSite) -> None:
    front = '---\ntitle: "{} & co"\ndescription: A <b>.\n{}---\n\nText.\n'
    files = {
        f"docs/lessons/{name}.md": front.format(name, more)
        for name, more in (("one", "related: [three]\n"), ("two", ""), ("three", "minutes: 7\n"))
    }
    site = make_site(files)
    html = site.read("lessons/one.html")
    related = html[html.index('data-cw-part="related"') :]
    assert re.findall(r'data-cw-card="(\w+)"', related) == ["three"]
    assert 'href="three.html">three &amp; co</a>' in related
    assert "7 minutes" in related
    assert "A &lt;b&gt;." in related
    assert 'data-cw-part="related"' not in site.read("lessons/two.html")


TERMS = """\
---
title: {title}
concepts:
  {term}:
    means: "What [it](../index.md) is."
    see: {{{other}: "hangs together with"}}
---

## First

Here {term} is used.
"""


def test_the_glossary_knows_every_term_and_the_lessons_lead_there(make_site: MakeSite) -> None:
    one = TERMS.format(title="One", term="reward", other="agent")
    two = TERMS.format(title="Two", term="agent", other="reward")
    index = "# Home\n\n[A term](glossary.md#term-agent)\n"
    files = {"docs/lessons/one.md": one, "docs/lessons/two.md": two, "docs/index.md": index}
    site = make_site(files | {"mkdocs.yml": CONFIG + "validation: {anchors: warn}\n"})
    assert site.messages == ()
    html = site.read("glossary.html")
    assert re.findall(r'<h3[^>]* id="([\w-]+)"', html) == ["term-agent", "term-reward"]
    assert '<p>What <a href="index.html">it</a> is.</p>' in html
    for link in ("lessons/one.html#term-reward-use", "lessons/one.html#first", "#term-agent"):
        assert f'href="{link}"' in html
    lesson = site.read("lessons/one.html")
    assert 'href="../glossary.html">' in lesson[lesson.index('data-cw-part="terms"') :]
    assert '<a href="../glossary.html#term-agent">agent</a>' in lesson
    assert "glossary.html#letter-a" in site.read("search/search_index.json")


def test_the_glossary_can_be_listed_replaced_or_left_out(make_site: MakeSite) -> None:
    one = TERMS.format(title="One", term="reward", other="reward")
    nav = "nav: [index.md, glossary.md, lessons/one.md]\n"
    site = make_site({"docs/lessons/one.md": one, "mkdocs.yml": CONFIG + nav})
    assert 'class="md-nav__link"' in site.read("index.html")
    assert 'href="glossary.html"' in site.read("index.html")
    site = make_site({"docs/glossary.md": "# My own\n", "mkdocs.yml": CONFIG})
    assert "My own" in site.read("glossary.html")
    assert "glossary.html" not in site.read("lessons/one.html").split("<cw-lesson")[1]
    (site.folder.parent / "docs/glossary.md").unlink()
    off = CONFIG.replace("coursewright]", "coursewright: {glossary: false}]")
    site = make_site({"mkdocs.yml": off})
    assert not (site.folder / "glossary.html").exists()
    assert "glossary.html" not in site.read("lessons/one.html")


def test_a_course_without_terms_has_no_glossary(make_site: MakeSite) -> None:
    assert not (make_site({"docs/lessons/one.md": ONE}).folder / "glossary.html").exists()


def test_tracks_stand_where_the_author_wants_them_in_course_order(make_site: MakeSite) -> None:
    three = TWO.replace("title: Two", "title: Three\ndescription: A & b.")
    nav = (
        "nav:\n  - index.md\n  - Basics & more: [lessons/two.md, lessons/one.md]\n"
        "  - Beyond: [lessons/three.md]\n  - deep/start.md\n"
    )
    files = {f"docs/lessons/{name}.md": text for name, text in (("one", ONE), ("two", TWO))}
    files |= {"docs/lessons/three.md": three, "mkdocs.yml": CONFIG + nav}
    files |= {"docs/deep/start.md": "# Start\n\nBefore.\n\n/// tracks\n///\n\nAfter.\n"}
    site = make_site(files)
    assert site.messages == ()
    html = site.read("deep/start.html")
    tracks = html[html.index("Before.") : html.index("After.")]
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", tracks) == ["Basics &amp; more", "Beyond"]
    assert re.findall(r'data-cw-card="(\w+)"', tracks) == ["two", "one", "three"]
    assert re.findall(r'href="\.\./lessons/(\w+)\.html"', tracks) == ["two", "one", "three"]
    assert "2 lessons, 10 minutes" in tracks
    assert "A &amp; b." in tracks
    assert "A & b." not in site.read("search/search_index.json")


def test_a_course_without_tracks_lists_its_lessons(make_site: MakeSite) -> None:
    nav = "nav: [index.md, lessons/one.md, lessons/two.md]\n"
    files = {"docs/lessons/one.md": ONE, "docs/lessons/two.md": TWO, "mkdocs.yml": CONFIG + nav}
    html = make_site(files | {"docs/index.md": "# Home\n\n/// tracks\n///\n"}).read("index.html")
    tracks = html[html.index('data-cw-part="tracks"') :]
    assert re.findall(r'data-cw-card="(\w+)"', tracks) == ["one", "two"]
    assert "cw-track__title" not in tracks


def test_every_page_leads_to_the_readers_progress_unless_switched_off(make_site: MakeSite) -> None:
    site = make_site({"docs/lessons/one.md": ONE})
    assert 'data-cw-view="record"' in site.read("progress.html")
    assert 'aria-label="Your progress"' in site.read("404.html")
    lesson = site.read("lessons/one.html")
    assert lesson.count('href="../progress.html"') == 2
    assert "progress.html" not in site.read("search/search_index.json")
    off = CONFIG.replace("coursewright]", "coursewright: {progress: false}]")
    site = make_site({"mkdocs.yml": off})
    assert not (site.folder / "progress.html").exists()
    for name in ("404.html", "index.html", "lessons/one.html"):
        assert "progress.html" not in site.read(name)

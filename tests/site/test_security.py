"""The content security policy of real sites: complete, and where the author asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from sites import Site, build_site

from coursewright.security.contents import hash_of
from coursewright.security.site import policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    type MakeSite = Callable[[Mapping[str, str | bytes]], Site]

CONFIG = """\
site_name: Tiny
theme: {name: material}
plugins:
  - search
  - coursewright:
      %s
"""
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
SCRIPT = "document.title += ' (tried)'"
PAGE = f"# Page\n\n<script>{SCRIPT}</script>\n\nText.\n"


def config(*options: str) -> str:
    return CONFIG % "\n      ".join(options)


def test_each_page_carries_the_same_policy_with_every_script(make_site: MakeSite) -> None:
    own = "<html><body><script>own()</script></body></html>\n"
    files = {"docs/deep/page.md": PAGE, "docs/own.html": own}
    site = make_site({"mkdocs.yml": config("security_policy: meta"), **files})
    assert site.messages == ()
    pages = list(site.folder.rglob("*.html"))
    policies = {META.findall(page.read_text(encoding="utf-8"))[0] for page in pages}
    assert len(pages) == 5
    assert len(policies) == 1, "instant navigation stays under the first page's policy"
    (policy,) = policies
    assert hash_of(SCRIPT) in policy
    assert hash_of("own()") in policy
    assert policy_of(site.folder).startswith(policy)
    html = site.read("index.html")
    assert html.index("Content-Security-Policy") < html.index("<link")


def test_the_course_itself_has_a_policy(course: Site) -> None:
    (policy,) = META.findall(course.read("lessons/goal-misgeneralization.html"))
    assert policy_of(course.folder) == f"{policy}; frame-ancestors 'self'"


@pytest.mark.parametrize(
    ("place", "path", "line"),
    [
        ("_headers", "site/_headers", "/*\n  Content-Security-Policy: {}\n"),
        (".htaccess", "site/.htaccess", 'Header always set Content-Security-Policy "{}"\n'),
        ("host/csp.conf", "host/csp.conf", 'add_header Content-Security-Policy "{}" always;\n'),
        ("../csp.txt", "../csp.txt", "{}\n"),
    ],
)
def test_the_policy_stands_where_the_author_asks(
    tmp_path: Path, place: str, path: str, line: str
) -> None:
    (tmp_path / "course").mkdir()
    for name in ("docs/index.md", "docs/_headers"):
        file = tmp_path / "course" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("/old\n  X-Kept: yes\n", encoding="utf-8")
    (tmp_path / "course/mkdocs.yml").write_text(
        config(f"security_policy: {place}"), encoding="utf-8"
    )
    # A build leaves hidden files of an earlier one where they are.
    for _ in range(2 if place == ".htaccess" else 1):
        site = build_site(tmp_path / "course/mkdocs.yml", tmp_path / "course/site")
    text = (tmp_path / "course" / path).read_text(encoding="utf-8")
    assert text.count(line.format(policy_of(site.folder))) == 1
    assert text.count("default-src") == 1
    assert ("X-Kept" in text) == (place == "_headers")
    assert not META.search(site.read("index.html"))


def test_without_the_option_nothing_is_written_and_nothing_reported(make_site: MakeSite) -> None:
    files = {"docs/page.md": '<p onclick="go()">Text</p>\n'}
    site = make_site({"mkdocs.yml": config("glossary: true"), **files})
    assert site.messages == ()
    assert not META.search(site.read("page.html"))


def test_what_the_policy_forbids_is_reported_at_its_place(make_site: MakeSite) -> None:
    page = (
        '---\ntitle: A\n---\n\n![](https://pictures.example/a.png)\n\n<p onclick="go()">Text</p>\n'
    )
    options = ("security_policy: meta", "security_hosts: {frame-src: [https://video.example]}")
    more = "site_url: https://own.example/a/\nextra_javascript: [https://cdn.example/a.js]\n"
    files = {
        "mkdocs.yml": config(*options) + more,
        "docs/page.md": page + '<iframe src="https://video.example/1"></iframe>\n',
        "docs/other.md": "![](https://own.example/a/b.png)\n",
    }
    site = make_site(files)
    assert [message.split("] ")[0] for message in site.messages] == [
        "coursewright: mkdocs.yml:9: [policy-host",
        "coursewright: page.md:5: [policy-host",
        "coursewright: page.md:7: [policy-handler",
    ]
    assert "frame-src 'self' https://video.example" in META.findall(site.read("page.html"))[0]


def test_style_sheets_and_own_pages_are_read_too(
    make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    refresh = '<meta http-equiv="refresh" content="0; url=https://%s.example/">\n'
    files = {
        "mkdocs.yml": config("security_policy: site/policy.txt")
        + "site_url: https://own.example/\nextra_css: [more.css]\n",
        "docs/more.css": "\n@import 'https://sheets.example/a.css';\n",
        "docs/old.html": b"<p>\xe9</p>\n" + (refresh % "own" + refresh % "new").encode(),
    }
    site = make_site(files)
    (message,) = site.messages
    assert message.startswith("coursewright: more.css:2: [policy-host]")
    assert "security_hosts: {style-src: [https://sheets.example]}" in message
    advice = [record.message for record in caplog.records if "[policy-" in record.message]
    assert [line.split("] ")[0] for line in advice if line != message] == [
        "coursewright: mkdocs.yml:6: [policy-public",
        "coursewright: old.html:3: [policy-refresh",
    ]


def test_serving_reports_and_writes_nothing(
    tmp_path: Path, make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    make_site(
        {"mkdocs.yml": config("security_policy: meta"), "docs/index.md": "<p onclick='a'>B</p>"}
    )
    caplog.clear()
    served = load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "served"))
    served.plugins.on_startup(command="serve", dirty=False)
    build(served, serve_url="http://127.0.0.1:8000/")
    assert not META.search((tmp_path / "served/index.html").read_text(encoding="utf-8"))
    assert any("[policy-handler]" in message for message in caplog.messages)


def test_a_file_of_the_authors_own_is_not_replaced(
    make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    files = {"mkdocs.yml": config("security_policy: notes.txt"), "notes.txt": "My notes.\n"}
    with pytest.raises(Abort):
        make_site(files)
    assert caplog.messages[-1].startswith("notes.txt: no build has written this file")


PLACES = "meta, _headers, .htaccess, or a path that ends in .conf or .txt"
NOT_PLACE = f'6: It should be {PLACES}, found "header". Write "security_policy: meta".'
NOT_OPEN = '8: Hosts cannot be added to "image-src". Did you mean "img-src"?'
EXAMPLES = '"https://example.org" or "https://*.example.org"'
NOT_HOST = f'9: A host is written as in {EXAMPLES}, found "unsafe-inline".'


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["security_policy: header"], NOT_PLACE),
        (["glossary: true", "security_policy: true"], "7: It should be meta, _headers"),
        (["security_hosts: https://a.example"], "6: It should be directives with lists"),
        (["security_hosts:", "  img-src: [https://a.example]", "  image-src: []"], NOT_OPEN),
        (["security_hosts: {img-src: []}"], "6: It should be directives with lists"),
        (
            ["security_hosts:", "  script-src:", "    - https://a.example", "    - unsafe-inline"],
            NOT_HOST,
        ),
        (
            ["security_hosts:", "  img-src:", "    - https://a.example", "    - https:"],
            f'9: A host is written as in {EXAMPLES}, found "https:".',
        ),
        (
            ["security_hosts: {img-src: [[a]]}"],
            f'6: A host is written as in {EXAMPLES}, found "[a]',
        ),
        (["security_hosts: {img-src: ['https://a.example; script-src *']}"], "6: A host is"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, options: list[str], expected: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config(*options))
    with pytest.raises(Abort):
        load_config(str(tmp_path / "mkdocs.yml"))
    assert f"mkdocs.yml:{expected}" in "\n".join(caplog.messages)

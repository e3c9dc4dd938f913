"""The content security policy: what pages need, what it forbids, how it is written for hosts."""

from __future__ import annotations

import base64
import hashlib

import pytest

from coursewright.security.contents import read_contents, source_of, style_findings
from coursewright.security.policy import allows, policy_text
from coursewright.security.writing import (
    BEGIN,
    ForeignFileError,
    is_place,
    with_meta,
    with_policy,
)


def hashed(*scripts: str) -> set[str]:
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<SCRIPT TYPE='Text/JavaScript' id=x>a()</Script >b()", ["a()"]),
        ('<script id="x" type="module">a()</script>', ["a()"]),
        ("<script type=importmap>{}</script>", ["{}"]),
        ("<script type=' text/javascript\n'>a()</script>", ["a()"]),
        ("<script type>a()</script><script type=''>b()</script>", ["a()", "b()"]),
        ("<script language='JavaScript'>a()</script>", ["a()"]),
        ("<script language='VBScript'>a()</script>", []),
        ("<script type='text/javascript; charset=utf-8'>a()</script>", []),
        ("<script type='application/json'>{}</script>", []),
        ("<script type='application/ld+json' id='__config'>{}</script>", []),
        ("<script></script><script> </script>", [" "]),
        ("<script src='a.js'>b()</script><script src>c()</script>", []),
        ("<script nomodule>a()</script><script nomodule type=module>b()</script>", ["b()"]),
        ("<script>a()\r\nb()\rc()</script>", ["a()\nb()\nc()"]),
        ("<script>größer('€')</script>", ["größer('€')"]),
        ("<script>a &amp;&amp; '</b>'</script>", ["a &amp;&amp; '</b>'"]),
        ("<!-- <script>a()</script> --><!--> <script>b()</script>", ["b()"]),
        ("<script><!-- a() --></script>", ["<!-- a() -->"]),
        (
            "<script><!-- <script>a()</script> --> b()</script>",
            ["<!-- <script>a()</script> --> b()"],
        ),
        ("<script><!-- '<script>' -->a()</script>b()</script>", ["<!-- '<script>' -->a()"]),
        ("<p title=\"<script>a()</script>\">b</p><p x='>'><script>c()</script>", ["c()"]),
        ("<p title=it's><script>a()</script></p>", ["a()"]),
        ("<textarea><script>a()</script></textarea><title><script></title>", []),
        ("<noscript><script>a()</script></noscript><style><script></style>", []),
        ("<svg><title/><script>a()</script></svg>", ["a()"]),
        ("<title/><script>a()</script>", []),
        ("<iframe srcdoc='&lt;script>a()&lt;/script>'></iframe>", ["a()"]),
        ("<plaintext><script>a()</script>", []),
        ("<script>a()</scripting></script>", ["a()</scripting>"]),
        ("<script>a()", ["a()"]),
        ("</ script><?x <script>a()</script>", []),
        ("<scripts>a()</scripts><script/x>b()</script>", ["b()"]),
        ("<script type=module type=application/json>a()</script>", ["a()"]),
        ("", []),
    ],
)
def test_inline_scripts_are_those_that_a_browser_asks_about(page: str, scripts: list[str]) -> None:
    assert read_contents(page).hashes == hashed(*scripts)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('<p onclick="go()">', ['handler onclick="go()"']),
        ("<P ONLOAD=go() once=yes onclick='' data-onclick=x>", ['handler onload="go()"']),
        ("<a href=' java\nscript:go()'>", ["link java\nscript:go()"]),
        ("<a href='javascripts.html'><a href='https://other.example/'>", []),
        ("<form action='javascript:go()'>", ["link javascript:go()"]),
        ("<script src='//cdn.example/a.js'></script>", ["host //cdn.example/a.js"]),
        (
            "<img src=a.png srcset='b.png 1x, https://pic.example/c.png 2x'>",
            ["host https://pic.example/c.png"],
        ),
        ("<img src='data:image/png;base64,AA'><img src='/a.png'><img src=''>", []),
        ("<link rel='canonical' href='https://own.example/'>", []),
        (
            "<link rel='Stylesheet' href='https://f.example/a.css'>",
            ["host https://f.example/a.css"],
        ),
        ("<link rel=preload as=font href='http://f.example/a'>", ["host http://f.example/a"]),
        ("<iframe src='https://video.example/v'></iframe>", ["host https://video.example/v"]),
        ("<object data=a.pdf></object><base href='/'>", ["element <object>", "element <base>"]),
        (
            "<script>load('https://numbers.example/x.js?a')</script>",
            ["script-host https://numbers.example"],
        ),
        ("<script>x = 'http://www.w3.org and more'; y = a // b.c</script>", []),
        ('<script type=\'application/json\'>{"a": "https://x.example/"}</script>', []),
        ("<p onclick='a()'><p onclick='a()'>", ['handler onclick="a()"']),
    ],
)
def test_what_no_hash_allows_is_found(page: str, shown: list[str]) -> None:
    assert [f"{item.kind} {item.shown}" for item in read_contents(page).findings] == shown


@pytest.mark.parametrize(
    ("style", "loads"),
    [
        ('@import"https://a.example/a.css";', ["style-src //a"]),
        ("@IMPORT/**/url( 'https://a.example/a.css' ) print;", ["style-src //a"]),
        ("@import url(https://a.example/a.css);p{background:url(b.png)}", ["style-src //a"]),
        (
            'p{background:image-set("https://a.example/a" 1x,url(https://b.example/b)2x)}',
            ["img-src //a", "img-src //b"],
        ),
        (
            "p{background:-webkit-image-set(cross-fade(red,blue) 1x,'https://a.example/a' 2x)}",
            ["img-src //a"],
        ),
        (
            'a{content:"/*"}b{background:url(https://a.example/a)}c{content:"*/"}',
            ["img-src //a"],
        ),
        ("/* it's */ a{background:url('//a.example/a')}", ["img-src //a"]),
        ('a{content:"\\"/*";background:url(https://a.example/a)}', ["img-src //a"]),
        (
            "@font-face{font-family:A;src:url(https://a.example/a)}p{b:url(https://b.example/b)}",
            ["font-src //a", "img-src //b"],
        ),
        ('a{content:"url(https://a.example/a)"}', []),
        ("a{content:'@import \"https://a.example/a\"'} b{--c:'https://a.example/a'}", []),
        ("/* @import 'https://a.example/a.css'; url(https://a.example/b) */", []),
        ("@namespace svg url(https://a.example/a;b); @namespace 'https://a.example/c';", []),
        (r"@import 'a.css';.a\(b{content:'https://a.example/a'}", []),
        ("a{b:url(data:image/svg+xml,%3Csvg xmlns='https://a.example/a'%3E)}", []),
    ],
)
def test_a_style_sheet_loads_what_browsers_load_of_it(style: str, loads: list[str]) -> None:
    found = [f"{item.directive} {item.source}" for item in style_findings(style)]
    assert found == [f"{load.replace('//', 'https://')}.example" for load in loads]


def test_a_host_is_named_by_scheme_and_host() -> None:
    assert source_of("HTTPS://Cdn.Example:8080/a?b") == "https://cdn.example:8080"
    assert source_of("//cdn.example/a") == "https://cdn.example"
    assert source_of("a//b") == ""


def test_the_policy_is_strict_and_the_same_for_the_same_pages() -> None:
    policy = policy_text(["'sha256-b'", "'sha256-a'"], {})
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-a' 'sha256-b';" in policy
    assert policy.count("unsafe-inline") == 1, "for styles alone"
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors" not in policy_text([], {}, in_page=True)


def test_hosts_join_their_directive() -> None:
    hosts = {"frame-src": ["https://v.example"], "img-src": ["https://b.example"]}
    policy = policy_text([], hosts)
    assert "img-src 'self' data: https://b.example;" in policy
    assert policy.endswith("; frame-src 'self' https://v.example")


@pytest.mark.parametrize(
    ("host", "source", "is_allowed"),
    [
        ("https://a.example", "https://a.example", True),
        ("https://a.example/scripts/", "https://a.example", True),
        ("https://*.example", "https://b.example", True),
        ("https://a.example", "http://a.example", False),
        ("https://a.example", "https://a.example.org", False),
    ],
)
def test_an_allowed_host_is_no_problem(host: str, source: str, *, is_allowed: bool) -> None:
    assert allows({"img-src": [host]}, "img-src", source) is is_allowed
    assert allows({"img-src": [host]}, "", source) is is_allowed
    assert not allows({"img-src": [host]}, "script-src", source)


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>A</title>',
            "\n<t",
        ),
        ("<HEAD><!-- a > b --><script>a()</script>", "<script>"),
        ("\ufeff<title>A</title>", "<title>"),
        ("<header>A</header>", "<header>"),
        ("", ""),
    ],
)
def test_the_meta_tag_stands_before_anything_that_loads(page: str, before: str) -> None:
    tag = '\n<meta http-equiv="Content-Security-Policy" content="P">'
    once = with_meta(page, "P")
    assert once.count(tag) == 1
    assert once.replace(tag, "") == page
    assert once.endswith(tag + page[page.index(before) :])
    assert with_meta(once, "P") == once, "a second build without cleaning"


def test_each_host_reads_its_own_form() -> None:
    assert with_policy("_headers", "", "P").splitlines()[1:3] == [
        "/*",
        "  Content-Security-Policy: P",
    ]
    assert 'Header always set Content-Security-Policy "P"' in with_policy(".htaccess", "", "P")
    assert 'add_header Content-Security-Policy "P" always;' in with_policy("a.conf", "", "P")
    assert with_policy("a.txt", "default-src 'self'\n", "P") == "P\n"


def test_what_else_a_file_holds_stays() -> None:
    first = with_policy(".htaccess", "ErrorDocument 404 /404.html\n", "P")
    assert first.startswith(f"ErrorDocument 404 /404.html\n\n{BEGIN}\n")
    second = with_policy(".htaccess", f"{first}Options -Indexes\n", "Q")
    assert second == f"{first}Options -Indexes\n".replace('"P"', '"Q"')
    with pytest.raises(ForeignFileError):
        with_policy("notes.txt", "My notes.\n", "P")


def test_places_are_known_by_their_names() -> None:
    for name in ("meta", "_headers", ".htaccess", "deploy/policy.conf", "../policy.txt"):
        assert is_place(name), name
    for name in (
        "header",
        "deploy/_headers",
        "nginx",
        "policy",
        "policy.TXT",
        "",
        "site/.htaccess",
    ):
        assert not is_place(name), name

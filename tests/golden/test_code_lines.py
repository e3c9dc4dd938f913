"""Lines of code that may have to turn over carry their indentation; nothing else changes."""

from __future__ import annotations

import re

import pytest

from coursewright.code_lines import hang

LONG = "x = first_of_all(second, third)"


def test_long_lines_are_wrapped_with_their_indentation() -> None:
    code = f"if x:\n    {LONG}\n       <span>{LONG} # &lt;b&gt;</span>\n"
    html = f'<p>{LONG}</p><div class="highlight"><pre><span></span><code>{code}</code></pre></div>'
    found = hang(html)
    assert re.findall(r'<span class="(cw-hang[^"]*)">', found) == [
        "cw-hang cw-hang-4",
        "cw-hang cw-hang-6",
    ]
    assert "<code>if x:\n<span" in found
    assert re.sub(r'<span class="cw-hang [^>]*>(.*)</span>', r"\1", found) == html


def test_a_deep_line_leaves_room_for_its_rest() -> None:
    assert 'class="cw-hang cw-hang-16"' in hang(f"<pre><code>{' ' * 40}{LONG}</code></pre>")


@pytest.mark.parametrize(
    "code",
    [
        f'<span id="__span-0-1">{LONG}\n</span><span id="__span-0-2">{LONG}\n</span>',
        f'<span id="__span-0-1">{LONG}</span>',
        f'<a id="__codelineno-0-1" name="__codelineno-0-1"></a>{LONG}',
        "short",
        "",
    ],
)
def test_lines_that_are_elements_already_and_short_ones_stay(code: str) -> None:
    html = f"<pre><code>{code}</code></pre>"
    assert hang(html) == html

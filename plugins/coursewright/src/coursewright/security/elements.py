"""HTML as a browser's parser cuts it up: elements with attributes, and the text of scripts.

Follows the HTML standard's tokenizer as far as a policy needs it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAIN = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")
)
"""Elements whose content is text up to their end tag (`noscript`: where scripts are on)."""
FOREIGN = frozenset(("svg", "math"))
"""Elements in which a tag such as `<title/>` is an element without content."""

TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))             # a comment; `<!-->` is one, too
    |<(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)   # what parsers treat as a comment
    |<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)
     (?P<rest>(?:[^>=]|=\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*)?)*+)>
    """,
    re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""", re.DOTALL
)
SCRIPT_STEP = re.compile(r"<!--|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True)
class Element:
    """A start tag.

    `name` and the names of attributes are in small letters, values are without character
    references. `text` is the content of an element whose content is no markup, else empty.
    """

    name: str
    attributes: Mapping[str, str]
    text: str = ""


def read_elements(source: str) -> Iterator[Element]:
    """Return the elements of a page, in its order."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    at, depth = 0, 0
    while match := TOKEN.search(source, at):
        at = match.end()
        if match["name"] is None:
            continue
        name = match["name"].lower()
        is_empty = match["rest"].endswith("/")
        if match["close"]:
            depth -= name in FOREIGN and depth > 0
            continue
        depth += name in FOREIGN and not is_empty
        text = ""
        if name in PLAIN and not (depth and is_empty):
            end, at = _end_of(name, source, at)
            text = source[match.end() : end]
        elif name == "plaintext":
            at = len(source)
        yield Element(name, _attributes(match["rest"]), text)


def _attributes(rest: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), html.unescape("".join(values)))
    return found


def _end_of(name: str, source: str, start: int) -> tuple[int, int]:
    """Return where the content of a plain element ends, and where the markup goes on."""
    if name == "script":
        return _end_of_script(source, start)
    close = re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE).search(source, start)
    return close.span() if close else (len(source), len(source))


def _end_of_script(source: str, start: int) -> tuple[int, int]:
    """Return the same for a script: after `<!-- <script` its first end tag is text, too."""
    in_comment = is_doubled = False
    for step in SCRIPT_STEP.finditer(source, start):
        if step[0] == "<!--":
            in_comment = True
        elif step[0] == "-->":
            in_comment = is_doubled = False
        elif not step[1]:
            is_doubled = in_comment
        elif is_doubled:
            is_doubled = False
        else:
            return step.start(), source.find(">", step.end()) + 1 or len(source)
    return len(source), len(source)

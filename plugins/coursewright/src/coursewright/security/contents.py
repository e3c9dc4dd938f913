"""What of a page a policy has to allow by its hash, and what in it no policy of ours allows."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from coursewright.security.elements import read_elements
from coursewright.security.events import EVENTS
from coursewright.security.style_loads import style_loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coursewright.security.elements import Element

SCRIPT_TYPES = frozenset(
    (
        "",
        "module",
        "importmap",
        "speculationrules",
        *(f"text/{name}" for name in ("javascript", "ecmascript", "jscript", "livescript")),
        *(f"text/javascript1.{minor}" for minor in range(6)),
        *(f"text/x-{name}" for name in ("javascript", "ecmascript")),
        *(f"application/{name}" for name in ("javascript", "ecmascript")),
        *(f"application/x-{name}" for name in ("javascript", "ecmascript")),
    )
)
"""Values of `type` with which a browser runs a script or asks the policy. Any other is data."""

LOADS: dict[tuple[str, str], str] = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "src"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("track", "src"): "media-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("iframe", "src"): "frame-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
}
"""The directive that an address is judged by, for element and attribute."""
LINKS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
"""The same for what a `link` leads to."""
PRELOADS = {"script": "script-src", "style": "style-src", "image": "img-src", "font": "font-src"}
"""The same for `<link rel=preload as=…>`."""
ADDRESSES = frozenset(("href", "xlink:href", "src", "action", "formaction"))
FORBIDDEN = frozenset(("object", "embed", "applet", "base"))
"""Elements that the policy switches off altogether."""
HOST = re.compile(r"(?:(https?|wss?):)?//([\w.-]+(?::\d+)?)", re.IGNORECASE)
NAMED = re.compile(r"""["'`](?:https?:)?//[\w.-]+\.[a-z]{2,}(?::\d+)?(?=[/?#"'`])""", re.IGNORECASE)

REFRESH = re.compile(r"\s*[\d.]*[\s;,]*(?:url\s*=\s*)?[\"']?(?P<address>[^\"']*)", re.IGNORECASE)
"""What `<meta http-equiv=refresh>` holds: seconds, and where to go then."""

Kind = Literal["handler", "link", "host", "script-host", "element", "refresh"]


@dataclass(frozen=True)
class Finding:
    """Something that the policy forbids.

    Attributes:
        kind: What sort of thing it is.
        shown: The thing as it stands in the page.
        source: For a host, what a policy would have to name, such as `https://example.org`.
        directive: For a host, the directive that would have to name it.
        trace: What to look for in an author's file.
    """

    kind: Kind
    shown: str
    trace: str
    source: str = ""
    directive: str = ""


@dataclass
class Contents:
    """Of one page or of several: hashes of inline scripts, and what is forbidden."""

    hashes: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def read_contents(source: str) -> Contents:
    """Read a page."""
    contents = Contents()
    _read(source, contents)
    contents.findings = list(dict.fromkeys(contents.findings))
    return contents


def _read(source: str, contents: Contents) -> None:
    for element in read_elements(source):
        contents.findings += _findings(element)
        if element.name == "style":
            contents.findings += style_findings(element.text)
        if element.name == "iframe" and "srcdoc" in element.attributes:
            _read(element.attributes["srcdoc"], contents)  # it inherits the policy
        if element.name == "script" and _is_inline(element):
            contents.hashes.add(hash_of(element.text))
            contents.findings += _named_hosts(element.text)


def hash_of(script: str) -> str:
    """Return the source expression that allows an inline script."""
    data = script.replace("\0", "\ufffd").encode(errors="surrogateescape")
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


def _is_inline(element: Element) -> bool:
    """Return whether a browser asks the policy about this script's text."""
    attributes = element.attributes
    if not element.text or "src" in attributes:
        return False
    kind = attributes.get("type")
    if kind is None and attributes.get("language"):
        kind = f"text/{attributes['language']}"
    kind = (kind or "").strip(" \t\n\f\r").lower()
    return kind in SCRIPT_TYPES and not ("nomodule" in attributes and kind != "module")


def _findings(element: Element) -> Iterator[Finding]:
    if element.name == "meta" and (found := _refresh(element.attributes)):
        yield found
    if element.name in FORBIDDEN:
        yield Finding("element", f"<{element.name}>", f"<{element.name}")
    for name, value in element.attributes.items():
        if name in EVENTS and value.strip():
            yield Finding("handler", f'{name}="{value}"', value)
        elif name in ADDRESSES and _scheme(value) == "javascript":
            yield Finding("link", value.strip(), value)
        elif name == "style":
            yield from style_findings(value)
        elif directive := _directive(element, name):
            addresses = value.split(",") if name == "srcset" else [value]
            for address in addresses:
                if source := source_of(address):
                    shown = address.split()[0]
                    yield Finding("host", shown, shown, source, directive)


def _directive(element: Element, attribute: str) -> str | None:
    if (element.name, attribute) != ("link", "href"):
        return LOADS.get((element.name, attribute))
    names = element.attributes.get("rel", "").lower().split()
    if "preload" in names:
        return PRELOADS.get(element.attributes.get("as", "").lower())
    return next((LINKS[name] for name in names if name in LINKS), None)


def _refresh(attributes: Mapping[str, str]) -> Finding | None:
    if attributes.get("http-equiv", "").strip().lower() != "refresh":
        return None
    match = REFRESH.match(attributes.get("content", ""))
    address = match["address"].strip() if match else ""
    source = source_of(address)
    return Finding("refresh", address, address, source) if source else None


def style_findings(style: str) -> Iterator[Finding]:
    """Find other hosts in a style sheet or in the style of an element."""
    for address, directive in style_loads(style):
        if source := source_of(address):
            yield Finding("host", address, address, source, directive)


def source_of(address: str) -> str:
    """Return what a policy names for an address on another host; empty for an address here."""
    match = HOST.match(address.strip())
    return f"{(match[1] or 'https').lower()}://{match[2].lower()}" if match else ""


def _scheme(address: str) -> str:
    # Browsers leave out tabs and line ends, and control characters in front.
    bare = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    return bare.partition(":")[0].lower()


def _named_hosts(script: str) -> Iterator[Finding]:
    for match in NAMED.finditer(script):
        address = match[0][1:]
        source = source_of(address)
        yield Finding("script-host", source, address, source, "script-src")

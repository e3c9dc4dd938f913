"""The policy as text, and what an author may add to it. Pure: knows no file and no page."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    type Hosts = Mapping[str, Sequence[str]]
    """Directive -> hosts that it names beside what stands in `BASE`."""

HEADER = "Content-Security-Policy"

BASE: dict[str, str] = {
    # Not 'none': Firefox fetches the next page ahead by this directive.
    "default-src": "'self'",
    # Python is WebAssembly; the hashes of inline scripts are added.
    "script-src": "'self' 'wasm-unsafe-eval'",
    # Figures, Material and the editor set styles on elements.
    "style-src": "'self' 'unsafe-inline'",
    # Material's icons are images in its style sheet.
    "img-src": "'self' data:",
    # Stop is an address that the page takes away from a running worker.
    "connect-src": "'self' blob:",
    # Python's worker is made from a Blob, so that it inherits the page's policy.
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""Everything that any course needs, and nothing else."""
HEADER_ONLY = ("frame-ancestors",)
"""Directives that browsers ignore, with a complaint, in a page's own text."""

OPEN_DIRECTIVES = (
    "connect-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "media-src",
    "script-src",
    "style-src",
)
"""Directives to which an author may add hosts."""
HOST = re.compile(r"(https?|wss?)://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?(/[\w./~-]*)?")
"""A host as an author may write it; no keyword, no scheme alone, no bare star."""


def policy_text(hashes: Iterable[str], hosts: Hosts, *, in_page: bool = False) -> str:
    """Return the policy.

    Args:
        hashes: Source expressions of all inline scripts of the site: instant navigation runs the
            scripts of a page under the policy of the page that a visit began with.
        hosts: What the author allows.
        in_page: Leave out what is for a header only.
    """
    sources = {name: [text] for name, text in BASE.items()}
    sources["script-src"] += sorted(hashes)
    for name, added in sorted(hosts.items()):
        sources.setdefault(name, ["'self'"]).extend(sorted(set(added)))
    shown = {name: texts for name, texts in sources.items() if not (in_page and _is_header(name))}
    return "; ".join(f"{name} {' '.join(texts)}" for name, texts in shown.items())


def allows(hosts: Hosts, directive: str, source: str) -> bool:
    """Return whether the author's hosts let `directive` load from `source`.

    Args:
        hosts: What the author allows.
        directive: Its name, or empty when any directive will do.
        source: Scheme and host, such as `https://example.org`.
    """
    names = [directive] if directive else list(hosts)
    allowed = [host for name in names for host in hosts.get(name, ())]
    return any(fnmatchcase(source, "/".join(host.split("/")[:3])) for host in allowed)


def _is_header(name: str) -> bool:
    return name in HEADER_ONLY

"""What a strict content security policy forbids in the built pages: a part of `mistakes`."""

from __future__ import annotations

POLICY: dict[str, tuple[str, str]] = {
    "policy-handler": (
        "the attribute {found} is blocked: the security policy allows no code there.",
        'Move the code to a file under "extra_javascript" that calls addEventListener.',
    ),
    "policy-link": (
        'the link "{found}" is blocked: the security policy allows no code there.',
        'Write a button, and its code into a file under "extra_javascript".',
    ),
    "policy-host": (
        '"{found}" is blocked: the security policy allows no other hosts.',
        'Copy it into "docs_dir", or allow it: "security_hosts: {{{directive}: [{source}]}}".',
    ),
    "policy-script-host": (
        'a script in the page names "{found}", from which the security policy lets nothing load.',
        'If something should, allow it: "security_hosts: {{{directive}: [{source}]}}".',
    ),
    "policy-refresh": (
        'the page leads its readers on to "{found}", which no security policy can forbid.',
        "If that is not meant, remove the refresh, or write a link.",
    ),
    "policy-public": (
        '"{found}" under "security_policy" lies in "{expected}", and is published with the site.',
        'Name one beside mkdocs.yml, such as "deploy/{file}".',
    ),
    "policy-element": (
        'the element "{found}" is blocked by the security policy.',
        "{remedy}",
    ),
}
"""Message and hint of each code."""

"""The policy in the forms that hosts read, without touching what else stands in a file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from coursewright.security.policy import HEADER

META = "meta"
"""In each page, for hosts that send no headers of ours."""
IN_SITE = ("_headers", ".htaccess")
"""Files that hosts read from the folder they publish."""
SUFFIXES = (".conf", ".txt")
"""Endings of files that are written where the author says."""

BEGIN = "# Content security policy of this course, written anew by each build."
END = "# End of the content security policy."
BLOCK = re.compile(rf"^{re.escape(BEGIN)}\n.*?^{re.escape(END)}\n", re.DOTALL | re.MULTILINE)

TAG = f'<meta http-equiv="{HEADER}" content="'
OWN_TAG = re.compile(rf'\n?{re.escape(TAG)}[^"]*">')
HEAD = re.compile(
    r"\ufeff?(?:\s|<!--.*?-->|<!doctype[^>]*>|<html[^>]*>|<head(?=[\s>])[^>]*>"
    r"|<meta\s[^>]*charset=[^>]*>)*+",
    re.DOTALL | re.IGNORECASE,
)
"""What may stand in front of the policy: nothing in it loads or runs."""


class ForeignFileError(Exception):
    """A file that no build has written stands where the policy should go."""


def is_place(value: str) -> bool:
    """Return whether the policy can be written to what an author named."""
    return value in {META, *IN_SITE} or PurePosixPath(value).suffix in SUFFIXES


def with_meta(page: str, policy: str) -> str:
    """Return a page that carries the policy, as early as it can stand."""
    page = OWN_TAG.sub("", page, count=1)
    match = HEAD.match(page)
    at = match.end() if match else 0
    head = page[:at].rstrip()
    return f'{head}\n{TAG}{policy}">{page[len(head) :]}'


def with_policy(name: str, before: str, policy: str) -> str:
    """Return a file's new text.

    Args:
        name: The file's name, which says how its host reads it.
        before: What it holds now; empty when there is none. All but an earlier policy stays.
        policy: The policy for the header.

    Raises:
        ForeignFileError: A text file holds something else, which would be lost.
    """
    if name.endswith(".txt"):
        if before.strip() and not before.startswith("default-src "):
            raise ForeignFileError(name)
        return f"{policy}\n"
    line = {
        "_headers": f"/*\n  {HEADER}: {policy}",
        ".htaccess": f'Header always set {HEADER} "{policy}"',
    }.get(name, f'add_header {HEADER} "{policy}" always;')
    block = f"{BEGIN}\n{line}\n{END}\n"
    if BLOCK.search(before):
        return BLOCK.sub(lambda _: block, before, count=1)
    return f"{before.rstrip()}\n\n{block}" if before.strip() else block

"""Ids made from names in any script: of the course, and of lessons."""

from __future__ import annotations

import hashlib
import re
import unicodedata

DIGEST_CHARS = 8


def made_from(name: str, kind: str) -> str:
    """Return an id of small letters, digits and hyphens.

    Args:
        name: What it is made from. Accents are dropped. Where other letters cannot be kept, a
            digest of the name is added, so that two names never give one id for that reason.
        kind: Stands for a name of which nothing is kept.
    """
    bare = unicodedata.normalize("NFKD", name).lower()
    kept = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", bare)).strip("-")
    is_whole = kept and all(char.isascii() or not char.isalnum() for char in bare)
    if is_whole:
        return kept
    digest = hashlib.sha256(name.encode()).hexdigest()[:DIGEST_CHARS]
    return f"{kept or kind}-{digest}"


def of_site(url: str | None, name: str) -> str:
    """Return the id of a course that its author gave none."""
    return made_from(re.sub(r"^https?://", "", url or "") or name, "course")

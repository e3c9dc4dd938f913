"""The last step of a build whose author asks for a policy: check the pages, write it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs import utils
from mkdocs.exceptions import PluginError

from coursewright.config_place import line_of
from coursewright.report import report
from coursewright.security.forbidden import check_place, find_forbidden
from coursewright.security.site import read_site, read_styles, write_policy
from coursewright.security.writing import ForeignFileError
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from coursewright.config import CoursewrightConfig
    from lessonlab.problems import Problem

TEXTS = (*utils.markdown_extensions, ".html", ".css")
"""Endings of files in which an author may have written what a policy forbids."""


def check_policy(config: MkDocsConfig, options: CoursewrightConfig) -> list[Problem]:
    """Return what is to be said of the policy before any page is built."""
    file = Path(config.config_file_path or "mkdocs.yml").resolve()
    place, line = options.security_policy, line_of(str(file), "security_policy")
    folders = [Path(config.docs_dir), Path(config.site_dir)]
    return [item.at(file.name) for item in check_place(place, line, file.parent, folders)]


def secure(
    config: MkDocsConfig, options: CoursewrightConfig, files: Files, *, is_served: bool
) -> None:
    """Report what the policy forbids in the built pages, and write the policy.

    While `mkdocs serve` runs nothing is written: it adds a script to each page that no hash fits.

    Raises:
        PluginError: The policy would replace a file that no build has written.
    """
    if options.security_policy is None:
        return
    site = Path(config.site_dir)
    root = Path(config.config_file_path or "mkdocs.yml").resolve()
    pages, hosts = read_site(site), options.security_hosts
    written = (file for file in files if file.src_uri.endswith(TEXTS))
    by_address = {file.dest_uri: file for file in written}
    problems = find_forbidden(
        {**pages, **read_styles(site)},
        hosts,
        source=lambda path: _written(path, by_address),
        course=(root.name, root.read_text(encoding="utf-8") if root.is_file() else ""),
        own=_origin(config.site_url),
    )
    report(problems)
    if is_served:
        return
    try:
        write_policy(site, options.security_policy, root.parent, pages, hosts)
    except ForeignFileError as error:
        raise PluginError(phrase("policy-file", path=error)) from error


def _written(path: str, files: Mapping[str, File]) -> tuple[str, str] | None:
    file = files.get(path)
    if file is None or file.generated_by is not None:
        return None
    # Not every file that an author copies along is UTF-8.
    return file.src_uri, file.content_bytes.decode(errors="replace")


def _origin(address: str | None) -> str:
    match = re.match(r"https?://[^/]+", address or "")
    return match[0].lower() if match else ""

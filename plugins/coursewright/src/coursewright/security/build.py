"""The last step of a build whose author asks for a policy: check the pages, write it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from coursewright.report import report
from coursewright.security.forbidden import find_forbidden
from coursewright.security.site import read_site, write_policy
from coursewright.security.writing import ForeignFileError
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from coursewright.config import CoursewrightConfig


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
    by_address = {file.dest_uri: file for file in files.documentation_pages()}
    problems = find_forbidden(
        pages,
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
    return file.src_uri, file.content_string


def _origin(address: str | None) -> str:
    match = re.match(r"https?://[^/]+", address or "")
    return match[0].lower() if match else ""

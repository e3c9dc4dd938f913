"""The plugin's options in `mkdocs.yml`. Knows nothing of what they do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from mkdocs.config import config_options as option
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError

from coursewright.config_place import place_of
from coursewright.identifiers import made_from
from coursewright.placed_option import TextList, written
from coursewright.security.options import PolicyHosts, PolicyPlace
from lessonlab.problems import listing, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

LESSONS = "lessons"
"""The folder for lessons that a course need not have."""


class SiteId(option.Type[str]):
    """Letters, digits and hyphens."""

    def __init__(self) -> None:
        super().__init__(str)

    def run_validation(self, value: object) -> str:
        """Return the id.

        Raises:
            ValidationError: It holds other characters; the text says what to write.
        """
        text = super().run_validation(value)
        if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", text):
            raise ValidationError(phrase("site-id", found=text, example=made_from(text, "course")))
        return text


class NamedOptions(Config):
    """Options whose misspelt names are told with the nearest one."""

    inside: ClassVar[tuple[str, ...]] = ()
    """Names of the options that these stand in, from the outermost."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the values; what MkDocs says of an unknown name gets a suggestion."""
        failed, warnings = super().validate()
        known = [name for name, _ in self._schema]
        return failed, [
            (name, text if name in known else self._unknown(name, known)) for name, text in warnings
        ]

    def _unknown(self, name: str, known: Sequence[str]) -> str:
        otherwise = phrase("known-options", names=listing(known))
        suggestion = suggest(name, known, otherwise=otherwise)
        place = place_of(self.config_file_path, *self.inside, name)
        return f"{place}: {phrase('option-name', found=name, suggestion=suggestion)}"


class PythonConfig(NamedOptions):
    """Options under `python:`."""

    inside = ("python",)

    paths = TextList("python")
    """Folders with modules of your own, relative to `mkdocs.yml`. A path can also be one module,
    `robot.py`, or one package, a folder with an `__init__.py`."""

    packages = TextList("networkx==3.5")
    """Packages from the registry, such as `networkx==3.5`, in pure Python."""


class PythonOptions(option.SubConfig[PythonConfig]):
    """The option `python`."""

    def run_validation(self, value: object) -> PythonConfig:
        """Return its options.

        Raises:
            ValidationError: Something is wrong with them; the text says what to write.
        """
        if value is not None and not isinstance(value, dict):
            place = place_of(self._config_file_path, "python")
            raise ValidationError(f"{place}: {phrase('python-option', found=written(value))}")
        return super().run_validation(value or {})


class CoursewrightConfig(NamedOptions):
    """Options under `plugins: - coursewright:`."""

    lessons = option.Type(str, default=LESSONS)
    """Folder below `docs_dir` whose pages are lessons. Any other page becomes one by
    `lesson: true` in its front matter."""

    site_id = option.Optional(SiteId())
    """Name under which a reader's progress is kept, so that two courses on one host never mix.
    Letters, digits and hyphens. Default: made from `site_url`, or else from `site_name`.
    Changing it later hides the progress kept so far."""

    language = option.Choice(("en",), default="en")
    """Language of the interface. A table of that name lies in the package's `strings` folder."""

    run_code = option.Type(bool, default=True)
    """Run every solution, starter and predicted output while building, and fail where one does
    not do what it should. Results are cached by content. `false` skips this."""

    cache_dir = option.Type(str, default=".cache/coursewright")
    """Where results of earlier runs are kept, relative to `mkdocs.yml`. Safe to delete."""

    python = PythonOptions()
    """What code in the lessons may import beyond the standard library: `{paths: [python]}` names
    folders with [modules of your own](python.md#your-own-modules), `{packages: [networkx]}`
    [packages](python.md#packages) from the registry that pip uses."""

    glossary = option.Type(bool, default=True)
    """Write a page `glossary.html` with every term of the course, when there are any. Terms of
    other lessons link there. To put it into the navigation, list `glossary.md`."""

    progress = option.Type(bool, default=True)
    """Write a page `progress.html` that shows readers what they have done and lets them save, load
    and forget it. The header leads there. To put it into the navigation too, list
    `progress.md`."""

    security_policy = option.Optional(PolicyPlace())
    """Where to write a strict content security policy for exactly this site: `meta` (into each
    page, for hosts whose headers you cannot set), `_headers` (Netlify, Cloudflare Pages),
    `.htaccess` (Apache), a path that ends in `.conf` (for nginx to include) or in `.txt` (the bare
    policy). Paths are relative to `mkdocs.yml`. `mkdocs serve` checks the pages and writes
    nothing. Default: none is made. See [Put it on a host](host.md#a-content-security-policy)."""

    security_hosts = PolicyHosts()
    """Other hosts that the policy shall allow, for each directive, such as
    `{frame-src: [https://www.youtube-nocookie.com]}`."""

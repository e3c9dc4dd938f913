"""The plugin's options in `mkdocs.yml`. Knows nothing of what they do."""

from __future__ import annotations

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class CoursewrightConfig(Config):
    """Options under `plugins: - coursewright:`."""

    lessons = option.Type(str, default="lessons")
    """Folder below `docs_dir` whose pages are lessons. Any other page becomes one by
    `lesson: true` in its front matter."""

    site_id = option.Optional(option.Type(str))
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

    glossary = option.Type(bool, default=True)
    """Write a page `glossary.html` with every term of the course, when there are any. Terms of
    other lessons link there. To put it into the navigation, list `glossary.md`."""

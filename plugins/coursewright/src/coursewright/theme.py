"""What Coursewright sets in MkDocs and Material, so that a four-line `mkdocs.yml` is enough.

The same built folder must work from a host and from `file://`, and no page may ask another
server for anything. An author's own settings win where that promise does not forbid it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_theme_dir

from lessonlab.problems import phrase

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

TEMPLATES = Path(__file__).parent / "templates"
FORBIDDEN_FEATURES = ("navigation.sections", "navigation.expand", "toc.integrate")
"""Each renders the whole navigation, or the contents twice, into every page."""
QUOTES = "|[\\u2018\\u2019\\u201c\\u201d'\"]+"
"""Ends a word as well, as a regular expression in JavaScript: text is set with curly quotes, and
typed with straight ones."""

MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "pymdownx.highlight", "pymdownx.superfences")


def configure(config: MkDocsConfig) -> None:
    """Make links, fonts and search work from a folder, and put our templates before Material's.

    Raises:
        PluginError: The theme is not Material, nor one built on it.
    """
    if get_theme_dir("material") not in config.theme.dirs:
        raise PluginError(phrase("theme", found=config.theme.name or config.theme.custom_dir))
    config.use_directory_urls = False
    features = [name for name in config.theme.get("features", []) if name not in FORBIDDEN_FEATURES]
    config.theme["features"] = list(dict.fromkeys([*features, "navigation.prune"]))
    config.theme["font"] = False  # Material would load fonts from another host
    own = [path for path in config.theme.dirs if path == config.theme.custom_dir]
    others = [path for path in config.theme.dirs if path != config.theme.custom_dir]
    config.theme.dirs = [*own, str(TEMPLATES), *others]
    for name in MARKDOWN_EXTENSIONS:
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
    config.mdx_configs.setdefault("toc", {}).setdefault("permalink", False)


def add_files(config: MkDocsConfig, built: list[str], facts: list[str]) -> None:
    """Put our script and style sheet on every page.

    Args:
        config: The configuration to change.
        built: Site-relative addresses of everything in `assets/dist`.
        facts: Addresses of the scripts with facts and words, which must run before ours.
    """

    def find(stem: str) -> str:
        return next(url for url in built if Path(url).name.startswith(stem))

    config.extra_css.insert(0, find("coursewright."))
    scripts = [*facts, find("page.")]
    config.extra_javascript[:0] = [ExtraScriptValue(script) for script in scripts]
    # Material needs this shim for search on `file://`, and loads one from another host unless
    # one is named.
    shim = ExtraScriptValue(find("iframe-worker."))
    config.extra["polyfills"] = [*config.extra.get("polyfills", []), shim]


def finish_search(config: MkDocsConfig) -> None:
    """Let a word be found however its quotes are set, and search work from a folder.

    Material reads `search_index.js`, written beside the JSON, when a page is opened from a folder.
    Where words end is left to an author who has set the search plugin's `separator`.
    """
    source = Path(config.site_dir, "search/search_index.json")
    if not source.is_file():
        return
    index = json.loads(source.read_text(encoding="utf-8"))
    if index["config"]["separator"] == _separator(config):
        index["config"]["separator"] += QUOTES
        source.write_text(_json(index), encoding="utf-8")
    source.with_suffix(".js").write_text(f"var __index = {_json(index)}", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _separator(config: MkDocsConfig) -> str:
    """Return Material's own `separator` for the course's language."""
    template = config.theme.get_env().get_template(
        "partials/language.html", globals={"config": config}
    )
    lang = template.make_module({"config": config})
    found: str = lang.t("search.config.separator")  # type: ignore[attr-defined]
    return found

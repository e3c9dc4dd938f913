"""Templates of blocks: Jinja files under `templates/cw`, filled with plain data.

The plugin renders blocks with the theme's environment, which finds the same files; this one is
for Markdown without MkDocs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment, FileSystemLoader

from coursewright.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent / "templates"


class Render(Protocol):
    """Fills a template, named relative to `templates/`, with data."""

    def __call__(self, template: str, /, **data: object) -> str:
        """Return HTML."""
        ...


def renderer(environment: Environment, words: Callable[..., str]) -> Render:
    """Render with an environment whose loader finds our `cw/` templates.

    Args:
        environment: Where the templates come from; its escaping may be on or off.
        words: The strings table, known to templates as `t`.
    """

    def render(template: str, /, **data: object) -> str:
        return environment.get_template(template).render(t=words, **data)

    return render


@cache
def default_renderer() -> Render:
    """Render the package's own templates in English."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
    return renderer(environment, Words.load("en"))

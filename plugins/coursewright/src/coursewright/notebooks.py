"""Notebooks as pages of a course: run by mkdocs-jupyter, shown as every other page is shown.

What mkdocs-jupyter would write (a theme of its own, scripts from other hosts) is left out: its
template hands back the notebook as data, and the cells become Markdown. A notebook runs again when
it, a file beside it, `lessonlab` or an installed package has changed. Knows mkdocs-jupyter by the
options it documents and by one function that it hangs on a page; the package may be missing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
from contextlib import contextmanager
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError

from coursewright.laboratory import core_sources
from coursewright.notebook_cells import describe_failure, read_cells
from coursewright.notebook_check import check_notebook
from coursewright.report import log
from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from coursewright.markup import Render
    from lessonlab.problems import Problem

PLUGIN = "mkdocs-jupyter"
SUFFIX = ".ipynb"
SETTINGS = Path(__file__).parent / "jupyter"
"""The template, and Jupyter's settings for a build: a kernel that mentions errors only."""

CONTENT = "_mkdocs_jupyter_content"
"""Where mkdocs-jupyter 0.27 keeps the function that runs a notebook and returns its page."""

type Run = Callable[[], dict[str, Any]]


def configure(config: MkDocsConfig) -> None:
    """Let mkdocs-jupyter, if the course uses it, hand over what it ran instead of a page."""
    plugin = config.plugins.get(PLUGIN)
    if plugin is None:
        return
    options: Any = plugin.config
    options["custom_template"] = str(SETTINGS / "notebook.json.j2")
    options["markdown_cell_processor"] = "mkdocs"
    options["mathjax_version"] = 2  # the only one whose loader stands in the template alone
    options["allow_errors"] = False
    if "*.py" in options["include"]:  # its default, which would run a course's Python files
        options["include"] = [f"*{SUFFIX}"]
    # It would parse every page of the course six times to see whether it is a notebook.
    if all(Path(pattern).suffix == SUFFIX for pattern in options["include"]):
        options["ignore"] = [*options["ignore"], "*.md"]


class Notebooks:
    """Runs the notebooks of one build, or takes what an earlier build kept.

    Args:
        config: The course's configuration.
        folder: Where results are kept; made when needed.
        render: Fills the template of a notebook page.
    """

    def __init__(self, config: MkDocsConfig, folder: Path, render: Render) -> None:
        self.config = config
        self.folder = folder
        self.render = render

    def prepare(self, page: Page) -> None:
        """Take over a page that mkdocs-jupyter has prepared; leave all others alone.

        Raises:
            PluginError: The file is no notebook, or mkdocs-jupyter is of an unknown version.
        """
        if PLUGIN not in self.config.plugins or not page.file.src_uri.endswith(SUFFIX):
            return
        run: Run | None = vars(page).get(CONTENT)
        if run is None:
            raise PluginError(phrase("notebook-version", path=page.file.src_uri))
        path, uri = Path(str(page.file.abs_src_path)), page.file.src_uri
        written = _load(path, uri)
        vars(page)[CONTENT] = lambda: {"content": self._markdown(run, written, path, uri)}

    def _markdown(self, run: Run, written: dict[str, Any], path: Path, uri: str) -> str:
        name = hashlib.sha256(uri.encode()).hexdigest()[:10]
        kept = self.folder / f"notebook-{name}-{self._key(path)}.json"
        if kept.is_file():
            notebook = json.loads(kept.read_text(encoding="utf-8"))
        else:
            notebook = _execute(run, written, uri)
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob(f"notebook-{name}-*.json"):
                old.unlink(missing_ok=True)
            fresh = kept.with_suffix(".tmp")
            fresh.write_text(json.dumps(notebook), encoding="utf-8")
            fresh.replace(kept)
        cells = read_cells(notebook)
        for number in _without_alt(cells):
            log.info(phrase("notebook-alt", path=uri, number=number))
        return self.render("cw/notebook.html", cells=cells)

    def _key(self, path: Path) -> str:
        """Return a hash of everything that a run may depend on."""
        total = hashlib.sha256()
        parts = [core_sources(), installed(), repr(self.config.plugins[PLUGIN].config)]
        total.update("\0".join(parts).encode())
        others = [item for item in path.parent.rglob("*") if item.suffix != SUFFIX]
        for item in sorted([path, *others]):
            if item.is_file() and "__pycache__" not in item.parts:
                total.update(f"\0{item.relative_to(path.parent)}\0".encode())
                total.update(item.read_bytes())
        return total.hexdigest()[:32]


@cache
def installed() -> str:
    """Return the versions of Python and of every installed package, as one text."""
    found = {f"{item.name}=={item.version}" for item in metadata.distributions()}
    return "\n".join([platform.python_version(), *sorted(found)])


def check(config: MkDocsConfig, files: Files) -> list[Problem]:
    """Find the notebooks that a build could not run, without running any."""
    plugin: Any = config.plugins.get(PLUGIN)
    if plugin is None:
        return []
    options = plugin.config
    kernels = _kernels() if options["execute"] else None
    return [
        item
        for file in files
        if file.src_uri.endswith(SUFFIX) and plugin.should_include(file)
        for item in check_notebook(
            file.content_bytes,
            file.src_uri,
            kernels=kernels,
            kernel=options["kernel_name"],
        )
    ]


def _kernels() -> set[str]:
    # There where mkdocs-jupyter is, which may be nowhere.
    specs: Any = import_module("jupyter_client.kernelspec")
    return set(specs.find_kernel_specs())


def _load(path: Path, uri: str) -> dict[str, Any]:
    data = path.read_bytes()
    for item in check_notebook(data, uri):
        raise PluginError(item.format())
    notebook: dict[str, Any] = json.loads(data)
    return notebook


def _execute(run: Run, written: dict[str, Any], uri: str) -> dict[str, Any]:
    try:
        with _own_settings():
            content = run()["content"]
    except Exception as error:
        # Whatever its kernel, its code or the exporter raised: the author needs the place.
        reason = describe_failure(written, error)
        raise PluginError(phrase("notebook-failed", path=uri, reason=reason)) from error
    start = content.index("<pre>") + len("<pre>")
    data = base64.b64decode(content[start : content.index("</pre>", start)])
    notebook: dict[str, Any] = json.loads(data)
    return notebook


@contextmanager
def _own_settings() -> Iterator[None]:
    """Let a build depend on nobody's own Jupyter settings."""
    name = "JUPYTER_CONFIG_DIR"
    before = os.environ.get(name)
    os.environ[name] = str(SETTINGS)
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _without_alt(cells: list[Any]) -> list[int]:
    code = [cell for cell in cells if cell.language]
    return [
        number
        for number, cell in enumerate(code, start=1)
        for output in cell.outputs
        if output.kind in ("svg", "image") and not output.alt
    ]

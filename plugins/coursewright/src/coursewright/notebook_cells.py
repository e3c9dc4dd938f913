"""A notebook as plain data: its cells on their way to the page, and what went wrong in one.

Takes the JSON of nbformat 4 as it is, run or not. Does not import Jupyter or MkDocs.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from lessonlab.problems import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OutputKind = Literal["svg", "image", "html", "markdown", "text"]

MIME_TYPES: tuple[tuple[str, OutputKind], ...] = (
    ("image/svg+xml", "svg"),
    ("image/png", "image"),
    ("image/jpeg", "image"),
    ("text/html", "html"),
    ("text/markdown", "markdown"),
    ("text/plain", "text"),
)
"""What a page can show, best first."""

COLORS = {
    "#174ea6": "--cw-coin",
    "#cc6f00": "--cw-old-place",
    "#666b72": "--cw-failed",
    "#23211e": "--cw-ink",
    "#fdfcf9": "--cw-paper",
}
"""Colors of a drawing that follow the reader's palette; the values are those of the light one."""

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PLACE = re.compile(r"Cell In\[\d+\], line (\d+)")


@dataclass(frozen=True)
class Output:
    """One thing that a cell showed.

    `source` is what the page holds: SVG or HTML elements, Markdown, text, or the address of an
    image. `alt` says in words what a figure shows; empty when the author did not say it.
    """

    kind: OutputKind
    source: str
    alt: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. `language` is empty for Markdown, whose `outputs` are empty, too.

    `is_folded` says that the author hid the code (JupyterLab's "Collapse Selected Code").
    """

    source: str
    language: str = ""
    is_folded: bool = False
    outputs: tuple[Output, ...] = ()

    @property
    def fence(self) -> str:
        """A fence of backticks that nothing in the cell or its outputs can close."""
        texts = [self.source, *(output.source for output in self.outputs)]
        runs = re.findall(r"`{3,}", "\n".join(texts))
        return "`" * (max(map(len, runs), default=2) + 1)


def read_cells(notebook: Mapping[str, Any]) -> list[Cell]:
    """Return the cells that have something to show, in order. Raw cells are left out."""
    language = notebook.get("metadata", {}).get("kernelspec", {}).get("language", "python")
    cells: list[Cell] = []
    drawings = 0
    for item in notebook["cells"]:
        source = _joined(item["source"]).strip("\n")
        if item["cell_type"] == "markdown":
            cells.append(Cell(source))
        elif item["cell_type"] == "code" and source.strip():
            outputs: list[Output] = []
            for output in _outputs(item.get("outputs", ())):
                drawings += output.kind == "svg"
                is_drawing = output.kind == "svg"
                outputs.append(_adopt(output, f"cw-drawing-{drawings}") if is_drawing else output)
            is_folded = bool(item.get("metadata", {}).get("jupyter", {}).get("source_hidden"))
            cells.append(Cell(source, language, is_folded, tuple(outputs)))
    return cells


def describe_failure(notebook: Mapping[str, Any], error: Exception) -> str:
    """Say in one line which cell failed, where in it, and why.

    Args:
        notebook: The notebook as its author wrote it.
        error: What was raised while it ran; nbclient's tell the cell's text and the traceback.
    """
    report = ANSI.sub("", str(error))
    name, value = getattr(error, "ename", ""), getattr(error, "evalue", "")
    reason = f"{name}: {ANSI.sub('', value)}".strip(": ") if name else report.strip()
    reason = " ".join(reason.split())
    sources = [_joined(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, source in enumerate(sources, start=1):
        if f"-\n{source.strip()}\n-" not in report:
            continue
        place = PLACE.search(report)
        lines = source.strip().splitlines()
        line = int(place[1]) if place and int(place[1]) <= len(lines) else 1
        text = lines[line - 1].strip()
        return phrase("notebook-cell", number=number, line=line, text=text, reason=reason)
    return phrase("notebook-run", reason=reason)


def _outputs(items: Sequence[Mapping[str, Any]]) -> Iterator[Output]:
    for item in items:
        if item["output_type"] == "stream":
            if item["name"] == "stdout":
                yield Output("text", ANSI.sub("", _joined(item["text"])).strip("\n"))
        elif item["output_type"] == "error":
            text = "\n".join(item["traceback"])
            yield Output("text", ANSI.sub("", text).strip("\n"))
        elif found := _best(item):
            yield found


def _best(item: Mapping[str, Any]) -> Output | None:
    data, metadata = item["data"], item.get("metadata", {})
    for mime, kind in MIME_TYPES:
        if mime not in data:
            continue
        source = _joined(data[mime]).strip("\n")
        if kind == "image":
            source = f"data:{mime};base64,{''.join(source.split())}"
        elif kind == "text":
            source = ANSI.sub("", source)
        own = metadata.get(mime, {})
        alt = own.get("alt", "") if isinstance(own, dict) else ""
        return Output(kind, source, alt or metadata.get("alt", ""))
    return None


def _adopt(drawing: Output, prefix: str) -> Output:
    """Make an SVG file an element of the page: ids of its own, colors of the page's palette."""
    source = drawing.source[drawing.source.index("<svg") :]
    source = re.sub(r"<metadata>.*?</metadata>\s*", "", source, flags=re.DOTALL)
    source = re.sub(r'\bid="', f'id="{prefix}-', source)
    source = re.sub(r'(url\(|href=")#', rf"\1#{prefix}-", source)
    # A style sheet in a drawing would hold for the whole page.
    source = re.sub(r"<style\b.*?</style>\s*", "", source, flags=re.DOTALL)
    for color, token in COLORS.items():
        source = re.sub(color, f"var({token})", source, flags=re.IGNORECASE)
    label = f'role="img" aria-label="{html.escape(drawing.alt)}"' if drawing.alt else 'role="img"'
    return replace(drawing, source=source.replace("<svg", f"<svg {label}", 1))


def _joined(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else "".join(text)

"""Fills in what the authors' guide takes from the code, so that it cannot go stale.

A comment such as `<!-- options: quiz -->` on a line of its own becomes a table; `<!-- source -->`
becomes the source of the block that follows it. Only pages below `guide/` are touched.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from coursewright.block_options import OPTIONS
from coursewright.config import CoursewrightConfig
from coursewright.frontmatter import FrontMatterModel
from coursewright.laboratory import specs
from coursewright.scan import scan
from coursewright.words import Words
from lessonlab.explanations import CAUSES, REMEDIES
from lessonlab.mistakes import TEMPLATES, WARNINGS
from lessonlab.phrases import FRONT_MATTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from lessonlab.schema import ParamSpec

FOLDER = "guide/"
MISTAKES = Path(__file__).parents[1] / "tests/golden/mistakes"
"""Pages with mistakes, each with the lines that an author is shown."""

COMMENT = re.compile(r"^<!-- ([a-z-]+)(?:: ([a-z-]+))? -->$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FENCE = "`" * 5
SHORT_CODE = re.compile(r"<code>([^<\n]{1,12})</code>")
"""Code that must not be broken between lines, such as `- [ ]`."""


def on_files(files: Files, **_: Any) -> None:
    """Fill in the pages before anybody reads them."""
    for file in files.documentation_pages():
        if file.src_uri.startswith(FOLDER):
            file.content_string = fill(file.content_string)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Keep short code in one piece."""
    if not page.file.src_uri.startswith(FOLDER):
        return html
    return SHORT_CODE.sub(r'<code class="whole">\1</code>', html)


def fill(text: str) -> str:
    """Return a page with its comments replaced.

    Raises:
        KeyError: A comment asks for something unknown.
    """
    sources = _sources(text)

    def replace(match: re.Match[str]) -> str:
        name, argument = match.groups()
        if name == "source":
            return sources[match.start()]
        return TABLES[name](argument) if argument else TABLES[name]()

    return COMMENT.sub(replace, text)


def attribute_docs(kind: type) -> dict[str, str]:
    """Return the docstring below each attribute of a class."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    statements = body.body if isinstance(body, ast.ClassDef) else []
    docs: dict[str, str] = {}
    for statement, below in pairwise(statements):
        if isinstance(statement, ast.AnnAssign):
            target: ast.expr = statement.target
        elif isinstance(statement, ast.Assign):
            target = statement.targets[0]
        else:
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            docs[ast.unparse(target)] = " ".join(str(below.value.value).split())
    return docs


def options(block: str) -> str:
    """Return the table of a block's options."""
    kind = OPTIONS[block]
    docs = attribute_docs(kind)
    rows = [(name, _default(getattr(kind, name)), doc) for name, doc in docs.items()]
    return _table(("Option", "Default", "Meaning"), rows)


def settings() -> str:
    """Return the table of the plugin's options."""
    docs = attribute_docs(CoursewrightConfig)
    defaults = CoursewrightConfig()
    rows = [(name, _default(defaults[name]), doc) for name, doc in docs.items()]
    return _table(("Option", "Default", "Meaning"), rows)


def front_matter() -> str:
    """Return the table of the keys of front matter."""
    rows = [
        (name, FRONT_MATTER[name][0], entry.description or "", f"`{FRONT_MATTER[name][1]}`")
        for name, entry in FrontMatterModel.model_fields.items()
    ]
    return _table(("Key", "Value", "Meaning", "Example"), rows)


def experiments() -> str:
    """Return the table of every experiment's parameters."""
    words = Words.load("en")
    parts = []
    for name, spec in specs().items():
        thing = words.table.get(f"lab.thing.{name}", words("lab.thing"))
        rows = [
            (
                param.name,
                words(param.label, thing=thing),
                _values(param),
                _default(param.default),
            )
            for param in spec.params
        ]
        table = _table(("Parameter", "Shown as", "Values", "Default"), rows)
        parts.append(f"### {name}\n\n{table}")
    return "\n\n".join(parts)


def problems() -> str:
    """Return a section for every code: what it means, what to do, and a line as it is printed."""
    lines = _golden_lines()
    return "\n\n".join(_problem(code, lines[code]) for code in sorted(TEMPLATES))


def _problem(code: str, line: str) -> str:
    cause, remedy = (_readable(text) for text in TEMPLATES[code])
    cause = CAUSES.get(code, cause)
    parts = [
        f"### {code}",
        f"**What is wrong.** {cause[0].upper()}{cause[1:]}",
        f"**What to do.** {REMEDIES.get(code, remedy)}",
        f"```text\n{line}\n```",
    ]
    if code in WARNINGS:
        parts.append("This is advice; a build does not fail for it.")
    return "\n\n".join(parts)


def _readable(template: str) -> str:
    """Return a template as Markdown: placeholders as words, the rest as it stands."""
    text = re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", template.replace("{{", "\0").replace("}}", "\1"))
    text = PLACEHOLDER.sub(lambda match: f"*{match.group(1).replace(chr(92), '')}*", text)
    return text.replace("\0", "{").replace("\1", "}")


def _golden_lines() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(MISTAKES.glob("*.yml")):
        for line in yaml.safe_load(path.read_text(encoding="utf-8"))["problems"]:
            found.setdefault(line.split("[", 1)[1].split("]", 1)[0], line)
    return found


def _sources(text: str) -> dict[int, str]:
    """Return for the position of each `source` comment the next block, as a fence."""
    blocks = scan(text).blocks
    lines = text.split("\n")
    found: dict[int, str] = {}
    for match in COMMENT.finditer(text):
        if match.group(1) != "source":
            continue
        here = text.count("\n", 0, match.start()) + 1
        block = next(block for block in blocks if block.line > here)
        source = "\n".join(lines[block.line - 1 : block.end_line])
        found[match.start()] = f"{FENCE}markdown\n{source}\n{FENCE}"
    return found


def _values(param: ParamSpec) -> str:
    if param.kind == "bool":
        return "`true` or `false`"
    if param.kind == "choice":
        return " or ".join(f"`{choice}`" for choice in param.choices)
    return f"{param.low:g} to {param.high:g} in steps of {param.step:g}"


def _default(value: object) -> str:
    if value is None or value in ("", ()):
        return "—"
    shown = str(value).lower() if isinstance(value, bool) else value
    return f"`{shown:g}`" if isinstance(shown, float) else f"`{shown}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a comparison, which becomes cards on a phone."""
    lines = [head, ["---"] * len(head), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"/// compare\n{table}\n///"


TABLES: dict[str, Callable[..., str]] = {
    "options": options,
    "settings": settings,
    "front-matter": front_matter,
    "experiments": experiments,
    "problems": problems,
}
"""What a comment may ask for."""

"""Front matter of a page: read with positions, checked strictly, handed on as plain data.

MkDocs and Material read the same YAML by themselves and take broken YAML for text. Here it is
composed, not loaded, because only nodes know their lines and show duplicate keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coursewright.front_yaml import Keys, read_mapping
from coursewright.scan import split_lines
from lessonlab.phrases import FRONT_MATTER
from lessonlab.problems import listing, phrase, problem, suggest

if TYPE_CHECKING:
    from lessonlab.problems import Problem

MATERIAL_KEYS = (
    "boost categories comments date draft exclude hide icon image links pin readtime "
    "revision_date robots search slug social status subtitle tags"
)
FOREIGN_KEYS = frozenset(f"author authors template {MATERIAL_KEYS}".split())
"""Keys that belong to MkDocs, Material or its plugins; any value is fine."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class ConceptEntry(BaseModel):
    """A term of the lesson: what it means and which other terms to connect it with."""

    model_config = ConfigDict(strict=True, extra="forbid")

    means: Text = Field(description="One or two sentences, Markdown.")
    see: list[Text] | dict[Text, str] = Field(
        default=[], description="Other terms; as a mapping, with how the two hang together."
    )


class FrontMatterModel(BaseModel):
    """What a lesson's front matter may hold."""

    model_config = ConfigDict(strict=True, extra="forbid", title="Front matter of a lesson")

    id: Slug | None = Field(
        default=None,
        description="Keeps progress when the file moves: small letters, digits, hyphens.",
    )
    title: Text | None = Field(
        default=None, description="Title; behind its first colon stands a subtitle."
    )
    description: Text | None = Field(
        default=None, description="One sentence, shown on cards and in search."
    )
    minutes: Annotated[int, Field(ge=1, le=600)] | None = Field(
        default=None, description="Reading time; counted from the text when missing."
    )
    lesson: bool | None = Field(
        default=None, description="Whether the page is a lesson, wherever it lies."
    )
    track: Text | None = Field(default=None, description="Track; the navigation's when missing.")
    related: list[Text] = Field(default=[], description="Ids of related lessons, best first.")
    path: list[Text] = Field(
        default=[], description="Learning path: ids or texts of headings, in order."
    )
    concepts: dict[Text, ConceptEntry] = Field(default={}, description="Terms of the lesson.")


@dataclass(frozen=True)
class Concept:
    """A term, what it means (Markdown), and how it hangs together with other terms.

    `see` holds (term, relation) in the author's order; the relation may be empty. `line` is the
    term's line in the author's file, `see_lines` those of the entries of `see`.
    """

    term: str
    means: str
    see: tuple[tuple[str, str], ...]
    line: int
    means_line: int
    see_lines: tuple[int, ...]


@dataclass(frozen=True)
class FrontMatter:
    """Front matter as plain data. Missing values are None or empty.

    `terms` names every concept as written, even those left out of `concepts` for a problem.
    `lines` maps a key, such as `minutes` or `related.0`, to its line in the author's file.
    """

    id: str | None = None
    title: str | None = None
    description: str | None = None
    minutes: int | None = None
    lesson: bool | None = None
    track: str | None = None
    related: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    terms: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)


def split(text: str) -> tuple[str | None, str, int]:
    """Separate front matter and body.

    Returns:
        The YAML (None without front matter), the body, and the number of the body's first line,
        from 1. Front matter that is never closed counts as none.
    """
    lines = split_lines(text)
    if not re.fullmatch(r"---[ \t]*", lines[0]):
        return None, text, 1
    for index, line in enumerate(lines[1:], start=1):
        if re.fullmatch(r"(---|\.\.\.)[ \t]*", line):
            return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 2
    return None, text, 1


def read(text: str, path: str = "") -> tuple[FrontMatter, list[Problem]]:
    """Read the front matter at the beginning of a page.

    Args:
        text: The whole file.
        path: Its path, put into the problems.

    Returns:
        What could be read, and the problems. Keys with a problem are left out.
    """
    source, body, _ = split(text)
    if source is None:
        is_open = re.match(r"---\s*\n[\w-]+:", "\n".join(split_lines(body)[:2]))
        return FrontMatter(), [problem("front-unclosed", 1).at(path)] if is_open else []
    keys = read_mapping(source, first_line=2)
    problems = list(keys.problems)
    values = {key: value for key, value in keys.values.items() if key not in FOREIGN_KEYS}
    known = (*FrontMatterModel.model_fields, *sorted(FOREIGN_KEYS))
    for key in [key for key in values if key not in known]:
        del values[key]
        others = phrase("known-keys", names=listing(FrontMatterModel.model_fields))
        suggestion = suggest(key, known, otherwise=others)
        line = keys.line(key)
        problems.append(problem("front-unknown-key", line, key=key, suggestion=suggestion))
    model = _validate(values, keys, problems)
    found = [item.at(path) for item in sorted(problems, key=lambda item: item.line)]
    return _plain(model, keys), found


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of front matter, for completion in editors."""
    schema = FrontMatterModel.model_json_schema()
    schema["properties"] |= {key: {} for key in sorted(FOREIGN_KEYS)}
    return schema


def _validate(values: dict[str, Any], keys: Keys, problems: list[Problem]) -> FrontMatterModel:
    """Check types; drop what is wrong and check again until the rest is right."""
    while True:
        try:
            return FrontMatterModel.model_validate(values)
        except ValidationError as error:
            fresh = _type_problems(error, keys)
            problems += [item for item in fresh if item not in problems]
            for fault in error.errors():
                _drop(values, fault["loc"])


def _type_problems(error: ValidationError, keys: Keys) -> list[Problem]:
    found: dict[int, Problem] = {}
    for fault in error.errors():
        place = [str(part) for part in fault["loc"]]
        place = place[: 3 if place[0] == "concepts" else 1]
        line = keys.line(*place)
        name = place[-1] if place[-1] in FRONT_MATTER else "concept" if place[1:] else place[0]
        if fault["type"] == "extra_forbidden":
            otherwise = phrase("remove-it")
            suggestion = suggest(place[-1], ConceptEntry.model_fields, otherwise=otherwise)
            item = problem("front-unknown-key", line, key=place[-1], suggestion=suggestion)
        elif fault["type"] == "missing":
            item = _wrong(keys.line(*place[:-1]), place, "means", phrase("nothing"))
        else:
            item = _wrong(line, place, name, keys.text(*place))
        found.setdefault(item.line, item)
    return list(found.values())


def _wrong(line: int, place: list[str], name: str, found: str) -> Problem:
    expected, example = FRONT_MATTER[name]
    if expected == "text" and found[0] not in "[{-":
        example = f'{name}: "{found}"'
    return problem(
        "front-type",
        line,
        key=".".join(place),
        expected=expected,
        found=found,
        remedy=phrase("write", example=example),
    )


def _drop(values: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Remove the value a fault speaks of: a whole concept, or a whole top-level key."""
    if place[0] == "concepts" and len(place) > 1 and isinstance(values.get("concepts"), dict):
        values["concepts"].pop(place[1], None)
    else:
        values.pop(str(place[0]), None)


def _plain(model: FrontMatterModel, keys: Keys) -> FrontMatter:
    return FrontMatter(
        id=model.id,
        title=model.title,
        description=model.description,
        minutes=model.minutes,
        lesson=model.lesson,
        track=model.track,
        related=tuple(model.related),
        path=tuple(model.path),
        concepts=tuple(_concept(term, entry, keys) for term, entry in model.concepts.items()),
        terms=tuple(place[1] for place in keys.lines if place[0] == "concepts" and len(place) == 2),  # noqa: PLR2004
        lines={".".join(place): line for place, line in keys.lines.items()},
    )


def _concept(term: str, entry: ConceptEntry, keys: Keys) -> Concept:
    place = ("concepts", term)
    if isinstance(entry.see, dict):
        see = tuple(entry.see.items())
        lines = tuple(keys.line(*place, "see", other) for other in entry.see)
    else:
        see = tuple((other, "") for other in entry.see)
        lines = tuple(keys.line(*place, "see", str(at)) for at in range(len(entry.see)))
    means_line = keys.line(*place, "means")
    return Concept(term, entry.means, see, keys.line(*place), means_line, lines)

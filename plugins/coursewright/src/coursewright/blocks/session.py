"""What one build knows while its pages are rendered: templates, experiments, the present page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from coursewright.blocks import page as source
from coursewright.blocks.content import (
    BigIdea,
    Broken,
    Compare,
    Lab,
    Question,
    Quiz,
    Quote,
    Terms,
    Tracks,
)
from coursewright.frontmatter import FrontMatter
from coursewright.markup import default_renderer
from coursewright.scan import scan, split_lines
from coursewright.validate import check_labs
from coursewright.words import Words
from lessonlab.schema import LabSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coursewright.blocks.content import AnyContent, Term
    from coursewright.blocks.page import Page, Placed
    from coursewright.markup import Render
    from coursewright.scan import Document
    from lessonlab.problems import Problem
    from lessonlab.schema import ExperimentSpec, LabResult, Setting

    type Measure = Callable[[str, Mapping[str, Setting]], LabResult]
    """Runs an experiment by name with some settings fixed, and returns what it measured."""

TEMPLATES: dict[type, tuple[str, str]] = {
    Broken: ("cw/problem.html", "broken"),
    Compare: ("cw/compare.html", "compare"),
    BigIdea: ("cw/big-idea.html", "idea"),
    Lab: ("cw/lab.html", "lab"),
    Question: ("cw/question.html", "question"),
    Quiz: ("cw/quiz.html", "quiz"),
    Quote: ("cw/quote.html", "quote"),
    Terms: ("cw/terms.html", "terms"),
    Tracks: ("cw/tracks-place.html", "tracks"),
}
"""For each content: its template, and the name the template knows it by."""


@dataclass
class Rendered:
    """What a page turned out to hold once it was rendered.

    `contents` are its blocks in order, their pieces filled with HTML. `sections` maps a concept
    to the id of the second-level heading whose section explains or first uses it; concepts never
    used are missing. `uses` maps the anchor of a key term to the id of its first use in the text.
    `text` is the running text outside of blocks, headings included.
    """

    path: str
    contents: list[AnyContent] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def words(self) -> int:
        """Number of words in the running text."""
        return len(self.text.split())

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in quizzes or not, in order; those with mistakes are missing."""
        found: list[Question] = []
        for content in self.contents:
            inner = content.questions if isinstance(content, Quiz) else (content,)
            found += [item for item in inner if isinstance(item, Question)]
        return tuple(found)

    @property
    def labs(self) -> tuple[Lab, ...]:
        """Every lab, in order."""
        return tuple(content for content in self.contents if isinstance(content, Lab))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The key terms, if they are placed in the page."""
        lists = [content for content in self.contents if isinstance(content, Terms)]
        return tuple(term for terms in lists for term in terms.terms)


class Session:
    """Shared by every page of one build. The plugin tells it which page comes next.

    Args:
        render: Fills templates; the package's own templates in English by default.
        words: The strings table; English by default.
        experiments: What labs may name.
        measure: Measures what a lab shows with scripts off; needed when there are labs.
        foreign: Names of blocks that other Markdown extensions handle.
    """

    def __init__(
        self,
        render: Render | None = None,
        *,
        words: Callable[..., str] | None = None,
        experiments: Mapping[str, ExperimentSpec] | None = None,
        measure: Measure | None = None,
        foreign: Iterable[str] = (),
    ) -> None:
        self.words = words or Words.load("en")
        self.render_template = render or default_renderer()
        self.experiments = experiments or {}
        self.measure = measure
        self.foreign = frozenset(foreign)
        self.front = FrontMatter()
        self.file_lines = 0
        self.glossary = ""
        self.rendered = Rendered("")

    def begin(self, page: Page, problems: Sequence[Problem] = (), *, glossary: str = "") -> None:
        """Say which page is rendered next.

        Args:
            page: The page as its author wrote it.
            problems: What `check_course` found in it; shown at their places.
            glossary: The way from the page to the course's glossary; empty without one.
        """
        self.glossary = glossary
        self.front = page.front
        self.file_lines = page.first_line - 1 + len(split_lines(page.body))
        unique = dict.fromkeys([*page.problems, *problems])
        self.rendered = Rendered(page.path, problems=list(unique))

    def finish(self) -> Rendered:
        """Return what the page held, and forget it."""
        rendered = self.rendered
        self.front, self.file_lines, self.rendered = FrontMatter(), 0, Rendered("")
        return rendered

    def read(self, text: str) -> tuple[Document, tuple[Placed, ...]]:
        """Read the blocks of the Markdown that is rendered now; new problems are kept.

        The Markdown may have fewer lines than the file: front matter and blank lines above it.
        """
        length = len(split_lines(text))
        first_line = max(1, self.file_lines - length + 1)
        document = scan(text, first_line, foreign=self.foreign)
        found = list(document.problems)
        placed = source.read_blocks(document.blocks, self.front, found)
        labs = [item.content for item in placed if isinstance(item.content, Lab)]
        found += check_labs(labs, self.experiments)
        located = [item.at(self.rendered.path) for item in found]
        unique = dict.fromkeys([*self.rendered.problems, *located])
        self.rendered.problems = sorted(unique, key=lambda item: item.line)
        return document, placed

    def present(self, placed: Placed) -> AnyContent:
        """Return what is shown for a block, labs with their specification."""
        content = source.present(placed, self.rendered.problems)
        return self._complete(content) if isinstance(content, Lab) else content

    def render(self, content: AnyContent) -> str:
        """Return the HTML of a block whose pieces are filled, and keep the block."""
        if isinstance(content, Terms):
            uses = self.rendered.uses
            used = (replace(term, use=uses.get(term.anchor, "")) for term in content.terms)
            content = replace(content, terms=tuple(used), glossary=self.glossary)
        self.rendered.contents.append(content)
        template, name = TEMPLATES[type(content)]
        return self.render_template(template, **{name: content})

    def _complete(self, lab: Lab) -> Lab:
        experiment = self.experiments[lab.experiment]
        if self.measure is None:
            raise RuntimeError("a session that renders labs needs `measure`")
        expose = lab.expose
        if expose is None:
            expose = tuple(param.name for param in experiment.params if param.name not in lab.fix)
        measured = self.measure(lab.experiment, lab.fix)
        spec = LabSpec(lab.id, experiment, lab.fix, expose, measured)
        return replace(
            lab,
            spec=spec,
            spec_json=json.dumps(asdict(spec), ensure_ascii=False),
            result_json=json.dumps(asdict(measured), ensure_ascii=False),
        )

"""One build of a course: its pages as written, their order, and what their rendering yields.

Holds the state that the plugin's hooks share, and decides what they do; the hooks only call it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_relative_url

from coursewright import (
    around,
    assets,
    generated,
    glossary,
    identifiers,
    laboratory,
    navigation,
    page_toc,
    validate,
)
from coursewright.blocks import Session
from coursewright.blocks.content import Question, Quiz, Tracks
from coursewright.blocks.page import read_page
from coursewright.code_lines import hang
from coursewright.concepts import cluster
from coursewright.config import LESSONS
from coursewright.config_place import lines_in_nav
from coursewright.lessons import Content, Entry, card, in_order, is_lesson, view
from coursewright.markup import renderer
from coursewright.outline import check_outline
from coursewright.packages.collection import collect
from coursewright.passages import read_passages, script
from coursewright.prints import question_prints
from coursewright.related import count_words
from coursewright.report import report
from coursewright.runs import Runner
from coursewright.scan import decode
from coursewright.security.build import check_policy

if TYPE_CHECKING:
    from collections import Counter

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from coursewright.blocks.page import Page as Source
    from coursewright.blocks.session import Rendered
    from coursewright.config import CoursewrightConfig
    from coursewright.glossary import Explained
    from coursewright.lessons import Lesson, LessonView, PathStep
    from coursewright.words import Words
    from lessonlab.problems import Problem


@dataclass
class Course:
    """Everything known during one build. Dictionaries are keyed by a page's `src_uri`."""

    config: MkDocsConfig
    options: CoursewrightConfig
    words: Words
    sources: dict[str, Source] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    views: dict[str, LessonView] = field(default_factory=dict)
    generated: dict[str, File] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    explained: dict[str, list[Explained]] = field(default_factory=dict)
    scripts: list[File] = field(default_factory=list)
    indexes: File = field(init=False)
    with_tracks: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the session with which pages are rendered."""
        config_file = Path(self.config.config_file_path or ".").resolve()
        self.cache = config_file.parent / self.options.cache_dir
        python = self.options.python
        self.packages = collect(
            python.paths,
            python.packages,
            config_file=config_file,
            cache=self.cache,
            pyodide=assets.DIST / "pyodide-lock.json",
        )
        self.experiments = laboratory.specs()
        self.session = Session(
            renderer(self.config.theme.get_env(), self.words),
            words=self.words,
            experiments=self.experiments,
            measure=laboratory.Laboratory(self.cache).measure,
        )

    def read(self, files: Files) -> None:
        """Read every page as its author wrote it, and add the pages that the plugin writes."""
        for file in files.documentation_pages():
            self._read(file)
        has_terms = any(source.front.concepts for source in self.sources.values())
        wanted = {
            "glossary": self.options.glossary and has_terms,
            "progress": self.options.progress,
        }
        names = [name for name, is_wanted in wanted.items() if is_wanted]
        self.generated = generated.pages(self.config, files, names, self.words)
        for file in self.generated.values():
            files.append(file)
            self._read(file)
        self.indexes = assets.indexes_script(self.config, {})
        files.append(self.indexes)

    def _read(self, file: File) -> None:
        data = file.content_bytes
        self.sources[file.src_uri] = read_page(data, file.src_uri)
        text, problems = decode(data)
        if problems:
            file.content_string = text  # what MkDocs can read

    def order(self, nav: Navigation, files: Files) -> None:
        """Find and number the lessons; check the whole course and report what is wrong."""
        unlisted = navigation.unlisted(files, nav, self.config)
        pages = [*navigation.listed(nav), *unlisted]
        entries = [self._entry(page) for page in pages]
        folder = self.options.lessons
        asked_for = None if folder == LESSONS else folder
        chosen = [entry for entry in entries if is_lesson(entry.page, entry.meta, folder)]
        numbered = in_order(chosen)
        self.lessons = {lesson.page.file.src_uri: lesson for lesson in numbered}
        runner = Runner(self.cache, packages=self.packages) if self.options.run_code else None
        sources = [self.sources[page.file.src_uri] for page in pages]
        terms = (concept.term for source in sources for concept in source.front.concepts)
        self.anchors = glossary.anchors(terms)
        everything = validate.check_course(
            sources,
            self.experiments,
            lessons=self.lessons,
            runner=runner,
            outline=[
                *self.packages.problems,
                *self.packages.twice(assets.copied_files(files)),
                *check_policy(self.config, self.options),
                *check_outline(
                    navigation.spots(numbered, unlisted),
                    asked_for,
                    names=navigation.names(nav, self.config),
                    pages=[page.file.src_uri for page in pages],
                    lines=lines_in_nav(self.config.config_file_path),
                ),
            ],
        )
        for item in everything:
            self.problems.setdefault(item.path, []).append(item)
        report(everything)

    def begin(self, page: Page, markdown: str) -> str:
        """Tell the session which page is rendered next; return the Markdown to render."""
        uri = page.file.src_uri
        source = self.sources[uri]
        to_glossary = self._address("glossary", page)
        self.session.begin(source, self.problems.get(uri, ()), glossary=to_glossary)
        is_broken = markdown.startswith("---") and not page.meta
        page.meta.setdefault("template", "lesson.html" if uri in self.lessons else "page.html")
        if not is_broken:
            return markdown
        # MkDocs takes front matter that is not valid YAML for text, and titles the page with it.
        page.title = self._entry_title(page)
        return source.body

    def finish(self, page: Page, html: str) -> str:
        """Keep what a page's rendering found; return its HTML without a leading title."""
        html = hang(html)
        uri = page.file.src_uri
        rendered = self.session.finish()
        known = set(self.problems.get(uri, ()))
        report(item for item in rendered.problems if item not in known)
        if any(isinstance(content, Tracks) for content in rendered.contents):
            self.with_tracks.append(page)
        path = page_toc.steps(page)  # the author's own: a list of terms or a quiz is no move
        page_toc.extend(page, rendered.contents, self.words)
        title, steps = self._entry_title(page), page_toc.steps(page)
        self.explained[uri] = glossary.explained(page.url, title, rendered, steps)
        if uri not in self.lessons:
            return html
        lesson = self.lessons[uri]
        asked = question_prints(rendered.questions)
        html, index = read_passages(html, lesson.id, lesson.title, asked)
        self.scripts.append(assets.lesson_script(self.config, lesson.id, script(index)))
        self.contents[uri] = self._content(page, rendered, path)
        self.counts[uri] = count_words(lesson.title, rendered.text)
        return re.sub(r"\A\s*<h1[^>]*>.*?</h1>", "", html, count=1, flags=re.DOTALL)

    def complete(self, env: Environment) -> None:
        """Build what needs every page, once all of them are rendered.

        Args:
            env: The theme's templates, with MkDocs' own filters.
        """
        indexes = {self.lessons[uri].id: content.index for uri, content in self.contents.items()}
        self.indexes.content_string = assets.indexes_text(indexes)
        shared = {name: file.url for name, file in self.generated.items()}
        shared["progress_title"] = self.words("progress.heading")
        shared["indexes"] = self.indexes.url if indexes else ""
        env.globals.update(cw=shared, t=self.words)
        fill = around.Fill(env, self.words)
        done = {uri: lesson for uri, lesson in self.lessons.items() if uri in self.contents}
        cards = {uri: card(lesson, self.contents[uri]) for uri, lesson in done.items()}
        for uri, others in around.related(self.lessons, cards, self.counts).items():
            self.views[uri] = view(done[uri], self.contents[uri], others)
        for place in self.with_tracks:
            around.place_tracks(place, fill, cards.values())
        if glossary_page := self._generated_page("glossary"):
            uris = [*self.lessons, *(uri for uri in self.explained if uri not in self.lessons)]
            explained = [item for uri in uris for item in self.explained.get(uri, ())]
            around.write_glossary(glossary_page, fill, explained, self.anchors)
        if progress_page := self._generated_page("progress"):
            around.write_progress(progress_page, fill)

    def _generated_page(self, name: str) -> Page | None:
        file = self.generated.get(name)
        return file.page if file else None

    def context(self, page: Page) -> dict[str, Any]:
        """Return what the templates of a page may read beyond MkDocs' own context."""
        return {"t": self.words, "lesson": self.views.get(page.file.src_uri)}

    def site_facts(self) -> dict[str, Any]:
        """Return what changes with any edit, for the site script."""
        site_id = self.options.site_id or identifiers.of_site(
            self.config.site_url, self.config.site_name
        )
        return {
            "site": {"id": site_id, "name": self.config.site_name},
            "packages": self.packages.facts(),
            "lessons": [
                {
                    "id": lesson.id,
                    "url": lesson.page.url,
                    "title": lesson.title,
                    "track": lesson.track,
                    "questions": len(_quiz_questions(self.sources[uri])),
                }
                for uri, lesson in self.lessons.items()
            ],
        }

    def runtime_facts(self) -> dict[str, Any]:
        """Return what depends on the package and the language only."""
        return {"assets": assets.dist_files(), "strings": self.words.table}

    def _entry(self, page: Page) -> Entry:
        source = self.sources[page.file.src_uri]
        return Entry(page, source.front, validate.lesson_id(source), self._entry_title(page))

    def _entry_title(self, page: Page) -> str:
        source = self.sources[page.file.src_uri]
        heading = next((item.text for item in source.headings if item.level == 1), None)
        return source.front.title or heading or page.file.name

    def _content(self, page: Page, rendered: Rendered, path: tuple[PathStep, ...]) -> Content:
        source = self.sources[page.file.src_uri]
        in_quizzes = len(_quiz_questions(source))
        hrefs = {term.term: f"#{term.anchor}" for term in rendered.terms}
        hrefs |= {term: f"#{anchor}" for term, anchor in rendered.sections.items()}
        to_glossary = self._address("glossary", page)
        elsewhere = {
            other: f"{to_glossary}#{self.anchors[glossary.fold(other)]}"
            for concept in source.front.concepts
            for other, _ in concept.see
            if to_glossary and glossary.fold(other) in self.anchors
        }
        return Content(
            words=rendered.words,
            questions=in_quizzes,
            checks=len(rendered.questions) - in_quizzes,
            labs=len(rendered.labs),
            headings=path,
            cluster=cluster(source.front.concepts, {**elsewhere, **hrefs}),
            index=self.scripts[-1].url,
        )

    def _address(self, name: str, page: Page) -> str:
        """Return the way from a page to a generated one; empty when there is none."""
        file = self.generated.get(name)
        return get_relative_url(file.url, page.url) if file else ""


def _quiz_questions(source: Source) -> list[Question]:
    quizzes = [item.content for item in source.placed if isinstance(item.content, Quiz)]
    inner = [entry for quiz in quizzes for entry in quiz.questions]
    return [entry for entry in inner if isinstance(entry, Question)]

"""The MkDocs plugin: hooks that call `course` and `theme`, each where MkDocs allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from mkdocs.plugins import BasePlugin, event_priority

from coursewright import assets, navigation, notebooks, theme
from coursewright.config import CoursewrightConfig
from coursewright.course import Course
from coursewright.report import stop_for
from coursewright.security.build import secure
from coursewright.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

BLOCKS = "coursewright.blocks"


class CoursewrightPlugin(BasePlugin[CoursewrightConfig]):
    """Turns Markdown lessons into lessons that can be run."""

    course: Course
    notebooks: notebooks.Notebooks
    site_script: File
    files: Files
    is_served: bool = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Keep this instance between the builds of `serve`: MkDocs does so for this hook only."""
        self.is_served = command == "serve"

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Build again when a module of the author's has changed."""
        for path in self.course.packages.watched:
            server.watch(str(path))
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set up theme and Markdown, and begin a course."""
        theme.configure(config)
        notebooks.configure(config)
        navigation.configure(config)
        self.course = Course(config, self.config, Words.load(self.config.language))
        render = self.course.session.render_template
        self.notebooks = notebooks.Notebooks(config, self.course.cache, render)
        config.markdown_extensions.append(BLOCKS)
        config.mdx_configs[BLOCKS] = {"session": self.course.session}
        return config

    # Late, so that pages and assets which other plugins generate are among the files.
    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the pages and publish runtime, bundles and words."""
        self.course.read(files)
        built = assets.site_files(config, self.course.packages.files())
        runtime = assets.runtime_script(config, self.course.runtime_facts())
        self.site_script = assets.site_script(config, {})
        for file in (*built, runtime, self.site_script):
            files.append(file)
        theme.add_files(config, [file.url for file in built], [runtime.url, self.site_script.url])
        return files

    # Late, after plugins that arrange the navigation.
    @event_priority(-50)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Number the lessons and report every problem of the course."""
        self.course.order(nav, files)
        return nav

    # Late, after mkdocs-jupyter has prepared its pages.
    @event_priority(-100)
    def on_pre_page(self, page: Page, **_: Any) -> Page:
        """Take over the pages that are notebooks."""
        self.notebooks.prepare(page)
        return page

    # Last: the session counts lines of what Markdown will really get.
    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Announce the page to the Markdown extension."""
        return self.course.begin(page, markdown)

    # First: other plugins should see the content as readers will.
    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Take what the page's rendering found."""
        return self.course.finish(page, html)

    def on_env(self, env: Environment, *, files: Files, **_: Any) -> Environment:
        """Finish what needs every page: the lessons' cards and scripts, the site-wide facts."""
        if not self.is_served:  # later than the report on every page, and before any is written
            stop_for(self.course.packages.problems)
        for script in self.course.scripts:
            files.append(script)
        self.course.complete(env)
        self.files = files
        self.site_script.content_string = assets.site_text(self.course.site_facts())
        return env

    def on_page_context(self, context: Any, *, page: Page, **_: Any) -> Any:
        """Hand the templates their one frozen value."""
        context.update(self.course.context(page))
        return context

    # Last, after the search plugin has written its index, and others their pages.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the search index, and write the policy where the author asks."""
        theme.finish_search(config)
        secure(config, self.config, self.files, is_served=self.is_served)

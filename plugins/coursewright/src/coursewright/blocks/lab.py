"""`/// lab | title`: an experiment to run. Whether it exists is for the course to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursewright.blocks.content import Lab
from coursewright.blocks.options import OptionReader, slug
from coursewright.blocks.source import argument, piece

if TYPE_CHECKING:
    from coursewright.scan import Block
    from lessonlab.problems import Problem


def parse(block: Block) -> tuple[Lab | None, list[Problem]]:
    """Read a lab; None when an option is missing or wrong."""
    options = OptionReader(block)
    experiment = options.text("experiment", "coinrun")
    fix = options.settings("fix", "{seed: 1}")
    expose = options.names("expose", "[episodes, seed]")
    name = options.id(f"lab-{slug(experiment)}")
    if options.problems or not experiment:
        return None, options.problems
    lines = {key: option.line for key, option in block.options.items()}
    lab = Lab(
        id=name,
        title=argument(block),
        intro=piece(block.body),
        experiment=experiment,
        fix=fix,
        expose=expose,
        line=block.line,
        lines=lines,
    )
    return lab, []

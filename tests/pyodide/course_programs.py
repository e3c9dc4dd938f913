"""Writes the course's programs as JSON: what questions run, from their sources, unrendered."""

from __future__ import annotations

import sys
from pathlib import Path

from coursewright.blocks.page import read_page
from lessonlab import codec

ROOT = Path(__file__).parents[2]


def main() -> None:
    programs: list[object] = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = read_page(path.read_bytes(), path.relative_to(ROOT).as_posix())
        programs += [
            {"solution": question.solution_code, "spec": question.spec}
            for question in page.questions
            if question.kind in ("python", "predict")
        ]
    sys.stdout.write(codec.dumps(programs))


if __name__ == "__main__":
    main()

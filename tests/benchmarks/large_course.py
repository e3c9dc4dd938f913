"""Build time and weight of the first page of a course of 2,116 short lessons.

Run by hand: `.venv/bin/python tests/benchmarks/large_course.py [--lessons 2116] [--tracks 12]`.
The lessons are made of random words, each with a quiz question, the same in every run.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "agent reward policy gradient level coin maze shift metric proxy goal search plan risk signal "
    "model score label trial audit probe sample noise bound proof limit value state action world"
)
HEAD = "site_name: Large\ntheme: {name: material}\nplugins: [search, coursewright]\nnav:\n"
LESSON = """\
---
id: lesson-{n}
title: {title} {n}
description: {deck}.
---

{body}

///// quiz | Check

//// question | Which of these is {choice}?
    id: question-{n}

- [x] The {right}.
    > Yes.
- [ ] The {wrong}.
    > No.
////
/////
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, default=2116)
    parser.add_argument("--tracks", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_course(folder, options.lessons, options.tracks)
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet"],
            cwd=folder,
            check=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stderr=subprocess.DEVNULL,
        )
        print(f"build of {options.lessons} lessons: {time.perf_counter() - start:.1f} s")
        for path in ("index.html", "assets/coursewright/site.js", "assets/coursewright/indexes.js"):
            data = (folder / "site" / path).read_bytes()
            packed = len(gzip.compress(data, 9))
            print(f"{path:32}{len(data) / 1000:8.0f} kB{packed / 1000:8.1f} kB gzip")


def write_course(folder: Path, lessons: int, tracks: int) -> None:
    """Write `mkdocs.yml`, a first page with the block `tracks`, and the lessons."""
    random_ = random.Random(7)  # noqa: S311 - the same words in every run
    known = WORDS.split()

    def words(count: int) -> str:
        return " ".join(random_.choice(known) for _ in range(count))

    nav = ["  - index.md"]
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# A large course\n\n/// tracks\n///\n", encoding="utf-8")
    for n in range(lessons):
        track = n * tracks // lessons
        if track != (n - 1) * tracks // lessons:
            nav.append(f"  - Track {track + 1}, {words(2)}:")
        path = docs / f"lessons/track-{track + 1:02}/{n:04}-{words(2).replace(' ', '-')}.md"
        nav.append(f"      - {path.relative_to(docs).as_posix()}")
        path.parent.mkdir(parents=True, exist_ok=True)
        sections = [f"## {words(3)}\n\n{words(54)}." for _ in range(3)]
        text = LESSON.format(
            n=n,
            title=words(5).capitalize(),
            deck=words(16).capitalize(),
            body="\n\n".join(sections),
            choice=words(3),
            right=words(4),
            wrong=words(4),
        )
        path.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(HEAD + "\n".join(nav) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

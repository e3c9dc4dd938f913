"""Builds the course of tests/browser/memory.test.ts: `python lesson_series.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from sites import build_site

LESSONS = 10
CONFIG = """\
site_name: Ten lessons
site_url: https://example.org/
theme: {name: material, features: [navigation.instant]}
plugins: [coursewright]
"""
LESSON = """\
---
concepts:
  mouse:
    means: "Who is after the cheese."
---

# Lesson {n}

Here comes the mouse.

[To the program](#program), [to its end](#end)

/// lab | Move the cheese
    id: lab-{n}
    experiment: cheese
    fix: {{seed: 2, episodes: 250}}
///

## Program

//// question | Print the number {n}.
    id: print-{n}
    kind: python

```python {{.starter}}
# Print it here.
```

```python {{.solution}}
print({n})
```

```python {{.check}}
assert printed == "{n}\\n", "the output is {n}"
```
////

## End

That was lesson {n}.
"""


def main(folder: Path) -> None:
    """Write the course and build it into `folder/site`."""
    lessons = folder / "docs/lessons"
    lessons.mkdir(parents=True)
    for n in range(1, LESSONS + 1):
        (lessons / f"lesson-{n}.md").write_text(LESSON.format(n=n), encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    site = build_site(folder / "mkdocs.yml", folder / "site")
    if site.messages:
        raise SystemExit("\n".join(site.messages))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

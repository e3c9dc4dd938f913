"""Builds the course of tests/browser/packages.test.ts: `python package_course.py FOLDER`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from sites import build_site
from wheels import Wheel, make_wheel, settings

CONFIG = """\
site_name: Robots
theme: {name: material}
plugins:
  - coursewright:
      security_policy: meta
      python:
        paths: [python]
        packages: [graphs]
"""
LESSON = """\
# One

/// question | Let the robot greet Ada.
    id: greet
    kind: python

```python {.starter}
import robot
```

```python {.solution}
import robot
import graphs
print(robot.hello("Ada"), graphs.size)
```

```python {.check}
assert printed == "Grüß dich, Ada! (1) 4\\n", "it greets Ada"
```
///
"""
ROBOT = """\
from tools.words import greeting

count = 0


def hello(name):
    global count
    count += 1
    return f"{greeting()}, {name}! ({count})"
"""
WORDS = """\
from importlib.resources import files


def greeting():
    return files("tools").joinpath("greeting.txt").read_text(encoding="utf-8").strip()
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Home\n",
    "docs/lessons/one.md": LESSON,
    "python/robot.py": ROBOT,
    "python/tools/words.py": WORDS,
    "python/tools/greeting.txt": "Grüß dich\n",
}


GRAPHS = """\
import ctypes
import sys

import paths

size = ctypes.sizeof(ctypes.c_byte) + paths.length
home = sys._getframe().f_code.co_filename


def name():
    name.__code__ = (lambda: "graphs").__code__
    return name()
"""
"""Does what packages do while they are imported, and replaces code of its own later."""

REGISTRY = (
    Wheel("paths", files={"paths/__init__.py": "length = 3\n"}),
    Wheel("graphs", requires=("paths",), files={"graphs.py": GRAPHS}),
)


def main(folder: Path) -> None:
    logging.basicConfig(level=logging.WARNING)  # a build that ends early says why
    for wheel in REGISTRY:
        make_wheel(folder / "registry", wheel)
    os.environ.update(settings(folder / "registry"))
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site = build_site(folder / "mkdocs.yml", folder / "site")
    if site.messages:
        raise SystemExit("\n".join(site.messages))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

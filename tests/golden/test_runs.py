"""Programs of questions, run for real in processes of their own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from coursewright.blocks.page import read_page
from coursewright.runs import Runner

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
/// question | Write add.
    kind: python
    limit: {limit}

```python {{.starter}}
{starter}
```

```python {{.solution}}
{solution}
```

```python {{.check}}
assert add(1, 2) == 3, "add(1, 2) is 3"
```
///
"""
GOOD = "def add(a, b): return a + b"


def codes(
    runner: Runner, solution: str = GOOD, starter: str = "pass", limit: str = "5"
) -> list[str]:
    text = PAGE.format(solution=solution, starter=starter, limit=limit)
    page = read_page(text.encode(), "page.md")
    assert page.problems == ()
    return [item.code for item in runner.check(("page.md", item) for item in page.questions)]


def test_good_question_runs_solution_and_starter(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    assert codes(runner) == []
    assert runner.ran == 2


def test_second_build_runs_nothing(tmp_path: Path) -> None:
    codes(Runner(tmp_path))
    again = Runner(tmp_path)
    assert codes(again) == []
    assert again.ran == 0


def test_changed_code_is_run_again(tmp_path: Path) -> None:
    codes(Runner(tmp_path))
    again = Runner(tmp_path)
    assert codes(again, starter="def add(a, b): return b + a") == ["starter-passes"]
    assert again.ran == 1


def test_damaged_cache_is_replaced(tmp_path: Path) -> None:
    codes(Runner(tmp_path))
    for path in tmp_path.glob("*.json"):
        path.write_text("{", encoding="utf-8")
    again = Runner(tmp_path)
    assert codes(again) == []
    assert again.ran == 2


@pytest.mark.parametrize(
    ("solution", "code"),
    [
        ("def add(a, b):\n    while True: pass", "solution-endless"),
        ("import time\ntime.sleep(60)", "solution-endless"),
        ("while True:\n    try: pass\n    except BaseException: pass", "solution-endless"),
        ("import os\nos._exit(0)", "solution-fails"),
        ("import sys\nsys.exit(3)", "solution-fails"),
        ("add = lambda a, b: 4", "solution-fails"),
        ("raise SystemError('é' * 10_000)", "solution-fails"),
        ("def add(a, b): return add(a, b)", "solution-fails"),
    ],
)
def test_bad_solution_is_found(tmp_path: Path, solution: str, code: str) -> None:
    assert codes(Runner(tmp_path), solution, limit="0.3") == [code]


@pytest.mark.parametrize(
    ("solution", "words"),
    [
        ("input()", "asks for input, and there is none (its line 1)"),
        ("1 / 0", "ZeroDivisionError: division by zero (its line 1)"),
        ("raise ValueError", "ValueError (its line 1)"),
    ],
)
def test_error_of_a_solution_is_said(tmp_path: Path, solution: str, words: str) -> None:
    text = PAGE.format(solution=solution, starter="pass", limit="5")
    page = read_page(text.encode(), "page.md")
    found = Runner(tmp_path).check(("page.md", item) for item in page.questions)
    assert [words in item.message for item in found] == [True], found


def test_a_run_that_breaks_down_tells_its_last_words(tmp_path: Path) -> None:
    core = tmp_path / "core/lessonlab"
    core.mkdir(parents=True)
    (core / "__init__.py").touch()
    (core / "grading.py").write_text("def main(rest):\n    raise TypeError('no such thing')\n")
    text = PAGE.format(solution=GOOD, starter="pass", limit="5")
    page = read_page(text.encode(), "page.md")
    runner = Runner(tmp_path / "cache", core=core.parent)
    (found,) = runner.check(("page.md", item) for item in page.questions)
    assert "no answer, and ended with: TypeError: no such thing." in found.message
    assert not (tmp_path / "cache").exists()


def test_flood_of_errors_is_survived(tmp_path: Path) -> None:
    flood = "import os\nfor _ in range(2000): os.write(2, b'y' * 1000)\nos._exit(1)"
    assert codes(Runner(tmp_path), flood) == ["solution-fails"]


def test_flood_of_output_is_survived(tmp_path: Path) -> None:
    flood = "print('x' * 1000, end='')\n" * 3 + "for _ in range(20000): print('y' * 100)\n" + GOOD
    assert codes(Runner(tmp_path), flood) == []


def test_processes_of_a_program_end_with_it(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    child = f"import time\nwhile True: open({str(trace)!r}, 'a').write('.'); time.sleep(0.02)"
    solution = (
        f"import os, subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"while not os.path.exists({str(trace)!r}): pass\n{GOOD}"
    )
    assert codes(Runner(tmp_path / "cache"), solution) == []
    size = trace.stat().st_size
    time.sleep(0.3)
    assert trace.stat().st_size == size


def test_program_runs_in_an_empty_folder(tmp_path: Path) -> None:
    solution = f"import os\n{GOOD}\nassert os.listdir('.') == []"
    assert codes(Runner(tmp_path), solution) == []

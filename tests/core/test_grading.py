"""A learner's program is checked: every assertion counts, and nothing passes that should not."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import textwrap

import pytest

from lessonlab import codec
from lessonlab.grading import grade
from lessonlab.schema import CheckResult, GradeReport, GradeRequest, RunRequest


def _grade(code: str, checks: str = "", hidden: str = "") -> GradeReport:
    request = GradeRequest(textwrap.dedent(code), textwrap.dedent(checks), textwrap.dedent(hidden))
    return grade(request)


def _verdicts(report: GradeReport) -> list[bool]:
    return [check.ok for check in report.checks]


def test_every_top_level_assert_is_one_check() -> None:
    report = _grade(
        "def double(x): return x + x",
        """
            cases = [1, 2]
            assert double(2) == 4, "double(2) is 4"
            for case in cases:
                assert double(case) == 2 * case
            assert double(cases[1]) == 5, f"double({cases[1]}) is 5"
            assert callable(double)
        """,
        "assert double('a') == 'aa', 'text too'",
    )
    assert not report.passed
    assert report.checks == (
        CheckResult(ok=True, hidden=False, message="double(2) is 4", detail=""),
        CheckResult(ok=False, hidden=False, message="double(2) is 5", detail=""),
        CheckResult(ok=True, hidden=False, message="callable(double)", detail=""),
        CheckResult(ok=True, hidden=True, message="text too", detail=""),
    )


def test_all_checks_true_is_a_pass() -> None:
    report = _grade("x = 1\nprint('hello')", "assert x == 1", "assert x < 2")
    assert report.passed
    assert report.stdout == "hello\n"


def test_no_check_at_all_is_no_pass() -> None:
    assert not _grade("x = 1").passed
    assert not _grade("x = 1", "y = x").passed


def test_printing_the_expected_text_does_not_pass() -> None:
    checks = "assert add(1, 2) == 3, 'add(1, 2) is 3'"
    report = _grade("print(3)\nprint('add(1, 2) is 3')", checks)
    assert not report.passed
    assert report.checks[0].detail == "NameError: name 'add' is not defined"


def test_an_exception_in_the_learners_function_is_a_failed_check_with_its_line() -> None:
    report = _grade("def f(x):\n    return 1 / x", "assert f(1) == 1\nassert f(0) == 0, 'f(0)'")
    assert _verdicts(report) == [True, False]
    assert report.checks[1].detail == "ZeroDivisionError: division by zero"
    assert report.checks[1].line == 2
    assert report.error is None


@pytest.mark.parametrize("fault", ["raise SystemExit", "import sys; sys.exit(1)", "raise OSError"])
def test_a_learners_function_cannot_end_the_checking(fault: str) -> None:
    report = _grade(f"def f(): {fault}", "assert f(), f'{f()}'\nassert True, 'after'")
    assert _verdicts(report) == [False, True]


def test_checks_after_a_set_up_that_failed_fail_with_its_reason() -> None:
    report = _grade("", "assert True\nresult = f(3)\nassert result == 6, f'{result} is 6'")
    assert _verdicts(report) == [True, False]
    assert report.checks[1].detail == "NameError: name 'f' is not defined"
    assert report.checks[1].message == "f'{result} is 6'"


def test_a_set_up_that_failed_at_the_end_is_a_failed_check() -> None:
    report = _grade("", "assert True\nfor n in range(3):\n    assert n < 2, 'small'")
    assert _verdicts(report) == [True, False]
    assert report.checks[1].detail == "AssertionError: small"


def test_an_interrupt_during_checks_fails_all_of_them_and_is_the_error() -> None:
    report = _grade("def f():\n    raise KeyboardInterrupt", "assert True\nassert f()")
    assert _verdicts(report) == [False, False]
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("KeyboardInterrupt", 2)


def test_no_check_runs_after_an_error_but_each_is_counted() -> None:
    report = _grade("x = 1\nx.y", "assert x == 1, 'x is 1'\nassert f'{x}'", "assert x, f'{x}'")
    assert report.error is not None
    assert report.error.line == 2
    assert report.checks == (
        CheckResult(ok=False, hidden=False, message="x is 1", detail=""),
        CheckResult(ok=False, hidden=False, message="f'{x}'", detail=""),
        CheckResult(ok=False, hidden=True, message="f'{x}'", detail=""),
    )


def test_checks_see_what_was_printed_and_the_source() -> None:
    code = "import sys\nprint('seen')\nprint('not seen', file=sys.stderr)"
    assert _grade(code, "assert printed == 'seen\\n'\nassert 'import sys' in source").passed


def test_names_that_no_check_mentions_stay_the_learners() -> None:
    code = "source = 3\ndef f(): return source"
    assert _grade(code, "assert f() == 3").passed


def test_checks_may_define_functions_that_use_their_own_names() -> None:
    checks = """
        cases = {1: 2, 2: 4}
        factor = 2
        def right(x): return cases[x] == factor * x
        assert all(double(x) == cases[x] for x in cases)
        assert all(right(x) for x in cases)
        assert (four := double(2)) == 4 and four == 4
    """
    assert _grade("def double(x): return 2 * x", checks).passed


def test_printing_in_checked_functions_is_dropped() -> None:
    report = _grade("print('once')\ndef f(): print('again')", "assert f() is None")
    assert report.passed
    assert report.stdout == "once\n"


def test_a_check_may_capture_what_a_function_prints() -> None:
    checks = """
        import contextlib, io
        with contextlib.redirect_stdout(io.StringIO()) as out:
            hello()
        assert out.getvalue() == "hi\\n", "hello() prints hi"
    """
    assert _grade("def hello(): print('hi')", checks).passed


@pytest.mark.parametrize(
    "trick",
    [
        "import builtins; builtins.AssertionError = None",
        "import builtins; builtins.str = builtins.all = builtins.isinstance = lambda *_: True",
        "import builtins; builtins.__dict__.clear()",
        "import ast; ast.unparse = None",
        "AssertionError = Exception = BaseException = str = None",
        "import sys; sys.modules.clear()",
        "import sys; sys.stdout = None",
    ],
)
def test_redefining_builtins_neither_passes_nor_breaks_the_report(
    trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ast, "unparse", ast.unparse)  # one trick breaks it for the whole process
    report = _grade(f"{trick}\nx = 1", "assert x == 2, 'x is 2'\nassert x == 1, 'x is 1'")
    assert [(check.ok, check.message) for check in report.checks] == [
        (False, "x is 2"),
        (True, "x is 1"),
    ]


def test_a_faulty_check_source_fails_with_its_line() -> None:
    report = _grade("x = 1", "assert x ==\n")
    assert not report.passed
    assert report.checks[0].detail == "SyntaxError: invalid syntax (check.py, line 1)"


def _program(request: GradeRequest | RunRequest, *arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "lessonlab.grading", *arguments],
        input=codec.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def test_the_program_answers_on_standard_output_only() -> None:
    code = "import os, sys\nos.write(1, b'{')\nsys.__stdout__.write('}')\nprint('\\ud800')\nx = 1"
    answer = _program(GradeRequest(code, "assert x == 1", ""))
    assert answer["passed"] is True
    assert answer["stdout"] == "\ud800\n"


def test_the_program_does_not_wait_for_threads() -> None:
    code = "import threading\nthreading.Thread(target=threading.Event().wait).start()\nprint(1)"
    assert _program(RunRequest(code), "run")["stdout"] == "1\n"

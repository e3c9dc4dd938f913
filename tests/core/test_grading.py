"""Running and checking a learner's code."""

from __future__ import annotations

import ast
import builtins
import json
import subprocess
import sys
import textwrap

import pytest

from lessonlab import codec
from lessonlab.capture import MAX_OUTPUT
from lessonlab.grading import grade, run
from lessonlab.imports import imported
from lessonlab.schema import CheckResult, GradeReport, GradeRequest, RunReport, RunRequest


def _run(code: str, *stdin: str) -> RunReport:
    return run(RunRequest(textwrap.dedent(code), stdin))


def _grade(code: str, checks: str = "", hidden: str = "") -> GradeReport:
    request = GradeRequest(textwrap.dedent(code), textwrap.dedent(checks), textwrap.dedent(hidden))
    return grade(request)


def _verdicts(report: GradeReport) -> list[bool]:
    return [check.ok for check in report.checks]


def test_a_run_shows_both_streams_in_order() -> None:
    report = _run("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert report == RunReport("a\nb\nc\n", truncated=False, error=None)


def test_a_run_is_the_main_program_and_starts_from_nothing() -> None:
    assert _run("left_over = 1\nprint(__name__)").stdout == "__main__\n"
    error = _run("print(left_over)").error
    assert error is not None
    assert error.type == "NameError"


def test_dataclasses_and_pickle_find_the_main_program() -> None:
    report = _run("""
        import pickle
        from dataclasses import dataclass
        @dataclass
        class Point:
            x: "int"
        print(pickle.loads(pickle.dumps(Point(2))))
    """)
    assert report.error is None
    assert report.stdout == "Point(x=2)\n"


def test_input_reads_the_given_lines_and_then_says_that_none_is_left() -> None:
    report = _run("print(input('name? '), input())\ninput()", "Ada", "Bob")
    assert report.stdout == "name? Ada Bob\n"
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("EOFError", 2)
    assert report.error.message == "", "the words for it are the page's"


def test_standard_input_can_be_read_as_a_file() -> None:
    code = "import sys\nprint([line for line in sys.stdin], sys.stdin.read() == '')"
    assert _run(code, "a", "b").stdout == "['a\\n', 'b\\n'] True\n"


def test_output_is_cut_at_the_cap_and_says_so() -> None:
    report = _run("for i in range(100_000): print(i)\nprint('x' * 1_000_000)")
    assert report.truncated
    assert len(report.stdout) == MAX_OUTPUT
    assert report.stdout.startswith("0\n1\n2\n")
    assert report.error is None


def test_output_as_long_as_the_cap_is_whole() -> None:
    report = _run(f"print('x' * {MAX_OUTPUT - 1})")
    assert not report.truncated


def test_output_arrives_while_the_code_runs() -> None:
    pieces: list[str] = []
    run(RunRequest("print('a', 'b')\nraise SystemExit"), pieces.append)
    assert "".join(pieces) == "a b\n"


def test_a_traceback_shows_only_the_learners_frames() -> None:
    report = _run("""\
        import json

        def load(text):
            return json.loads(text)

        load("{")
    """)
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("JSONDecodeError", 4)
    assert report.error.traceback.splitlines()[:5] == [
        "Traceback (most recent call last):",
        '  File "main.py", line 6, in <module>',
        '    load("{")',
        '  File "main.py", line 4, in load',
        "    return json.loads(text)",
    ]
    assert "json/decoder.py" not in report.error.traceback
    assert report.error.traceback.splitlines()[5].startswith("json.decoder.JSONDecodeError: ")


def test_causes_of_an_error_are_shown_and_trimmed_too() -> None:
    report = _run("""\
        try:
            {}["a"]
        except KeyError as error:
            raise ValueError("no a") from error
    """)
    assert report.error is not None
    assert report.error.line == 4
    assert "KeyError: 'a'" in report.error.traceback
    assert "direct cause" in report.error.traceback
    assert "execution.py" not in report.error.traceback


def test_a_syntax_error_has_its_line_and_nothing_runs() -> None:
    report = _run("print('before')\nx = 1\nif x\n    pass\n")
    assert report.stdout == ""
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("SyntaxError", 3)
    assert report.error.message == "expected ':'"
    assert report.error.traceback.startswith('  File "main.py", line 3\n')


def test_a_syntax_error_of_other_code_is_blamed_on_the_line_that_ran_it() -> None:
    report = _run("\n\neval('1 +')")
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("SyntaxError", 3)


@pytest.mark.parametrize("code", ["0", "", "None"])
def test_leaving_early_without_a_complaint_is_no_error(code: str) -> None:
    report = _run(f"import sys\nprint(1)\nsys.exit({code})\nprint(2)")
    assert report == RunReport("1\n", truncated=False, error=None)


def test_leaving_with_a_complaint_is_an_error() -> None:
    report = _run("import sys\nsys.exit('no coins')")
    assert report.error is not None
    assert (report.error.type, report.error.message) == ("SystemExit", "no coins")
    assert report.error.line == 2


def test_an_interrupt_is_reported_with_its_line_and_the_output_so_far() -> None:
    report = _run("print('so far')\nraise KeyboardInterrupt")
    assert report.stdout == "so far\n"
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("KeyboardInterrupt", 2)


def test_endless_recursion_gives_a_short_traceback() -> None:
    report = _run("def f():\n    return f()\nf()")
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("RecursionError", 2)
    assert "Previous line repeated" in report.error.traceback
    assert len(report.error.traceback) < 1000


def test_exceptions_that_misbehave_are_still_reported() -> None:
    report = _run("""\
        class Odd(Exception):
            def __str__(self):
                raise RuntimeError
            def __bool__(self):
                raise RuntimeError
        raise Odd
    """)
    assert report.error is not None
    assert (report.error.type, report.error.message) == ("Odd", "")


def test_a_huge_message_is_cut() -> None:
    error = _run("raise ValueError('x' * 1_000_000)").error
    assert error is not None
    assert len(error.message) == 2_000
    assert len(error.traceback) <= 8_000


def test_what_may_have_been_meant_is_part_of_the_message() -> None:
    error = _run("length = 3\nprint(lenght)").error
    assert error is not None
    assert error.message == "name 'lenght' is not defined. Did you mean: 'length'?"
    error = _run("raise ValueError('one\\nvalue: two')").error
    assert error is not None
    assert error.message == "one\nvalue: two"


def test_a_byte_order_mark_is_no_part_of_the_code() -> None:
    mark = "\ufeff"
    report = grade(
        GradeRequest(f"{mark}x = 1\nprint(x)", "assert source == 'x = 1\\nprint(x)'", "")
    )
    assert (report.passed, report.error) == (True, None)
    assert run(RunRequest(f"{mark}print('a')")).stdout == "a\n"
    assert imported(f"{mark}import robot", {"robot"}) == {"robot"}


def test_what_python_writes_by_itself_names_only_the_learners_lines() -> None:
    code = (
        "import warnings\n"
        "class A:\n"
        "    def __del__(self):\n"
        "        sorted([1, 'a'], key=lambda x: x / 0)\n"
        "a = A()\n"
        "del a\n"
        "warnings.warn('mine')\n"
        "warnings.warn_explicit('other', RuntimeWarning, '/lib/other.py', 3)\n"
        "warnings.warn('far', stacklevel=2)\n"
    )
    command = [sys.executable, "-m", "lessonlab.grading", "run"]
    request = codec.dumps(RunRequest(code))
    answer = subprocess.run(command, input=request, capture_output=True, text=True, check=True)
    text = codec.loads(RunReport, answer.stdout).stdout
    head, *lines = text.splitlines()
    assert head.startswith("Exception ignored ")
    traced, noted = lines[: lines.index("main.py:7: UserWarning: mine")], lines[-4:]
    assert [line.strip() for line in traced] == [
        "Traceback (most recent call last):",
        'File "main.py", line 4, in __del__',
        "sorted([1, 'a'], key=lambda x: x / 0)",
        'File "main.py", line 4, in <lambda>',
        "sorted([1, 'a'], key=lambda x: x / 0)",
        "ZeroDivisionError: division by zero",
    ]
    assert noted == [
        "main.py:7: UserWarning: mine",
        "  warnings.warn('mine')",
        "RuntimeWarning: other",
        "UserWarning: far",
    ]


def test_errors_in_finalizers_that_misbehave_cost_nothing() -> None:
    code = (
        "class E(Exception):\n"
        "    def __str__(self): raise SystemExit\n"
        "class A:\n"
        "    def __repr__(self): raise SystemExit\n"
        "    def __del__(self): raise E\n"
        "a = A()\n"
        "del a\n"
        "print('done')\n"
    )
    report = run(RunRequest(code))
    assert report.error is None
    assert report.stdout.endswith("done\n")


def test_damage_to_the_interpreter_is_undone() -> None:
    streams = sys.stdin, sys.stdout, sys.stderr
    limit = sys.getrecursionlimit()
    report = _run("""
        import builtins, sys, math
        print("before")
        builtins.len = lambda _: 7
        builtins.extra = 1
        sys.modules["math"] = None
        sys.setrecursionlimit(10_000)
        del builtins.print, builtins.isinstance
        sys.stdout = sys.stderr = sys.stdin = None
    """)
    assert report == RunReport("before\n", truncated=False, error=None)
    assert (sys.stdin, sys.stdout, sys.stderr) == streams
    assert sys.getrecursionlimit() == limit
    assert not hasattr(builtins, "extra")
    assert _run("import math\nprint(len([1, 2]), math.floor(2.5))").stdout == "2 2\n"


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

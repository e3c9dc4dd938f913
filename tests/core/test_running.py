"""A learner's program is run: what it prints and reads, how it ends, and what is said of errors."""

from __future__ import annotations

import builtins
import subprocess
import sys
import textwrap

import pytest

from lessonlab import codec
from lessonlab.capture import MAX_OUTPUT
from lessonlab.grading import grade, run
from lessonlab.imports import imported
from lessonlab.schema import GradeRequest, RunReport, RunRequest


def _run(code: str, *stdin: str) -> RunReport:
    return run(RunRequest(textwrap.dedent(code), stdin))


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

"""Runs a learner's program in a namespace of its own and says how it ended.

Not a security boundary: the program shares the interpreter. What it changes by accident (builtins,
streams, modules, limits) is put back, so that the next run starts as the first did.
"""

from __future__ import annotations

import builtins
import linecache
import sys
import traceback
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, cast

from lessonlab.notices import plain_notices, trim
from lessonlab.schema import ErrorReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessonlab.capture import Capture

FILE = "main.py"
"""The name of the learner's code in tracebacks."""

MAX_MESSAGE = 2_000
MAX_TRACEBACK = 8_000

_NAMES = vars(builtins)
_BUILTINS = dict(_NAMES)

type Namespace = dict[str, object]


@contextmanager
def fresh_main(code: str, capture: Capture) -> Iterator[Namespace]:
    """Install a new, empty `__main__` with captured streams, and put everything back after.

    Args:
        code: The learner's source, for the lines that a traceback quotes.
        capture: Takes the output and gives the input.

    Yields:
        The namespace of the new `__main__`.
    """
    modules = dict(sys.modules)
    streams = sys.stdin, sys.stdout, sys.stderr
    hooks = sys.gettrace(), sys.getprofile(), sys.getrecursionlimit()
    main = ModuleType("__main__")
    vars(main)["__builtins__"] = builtins
    sys.modules["__main__"] = main
    linecache.cache[FILE] = (len(code), None, [f"{line}\n" for line in code.splitlines()], FILE)
    sys.stdin, sys.stdout, sys.stderr = capture.stdin, capture.stdout, capture.stderr
    try:
        with plain_notices(FILE, capture.stderr.write):
            yield vars(main)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        restore_builtins()
        sys.settrace(hooks[0])
        sys.setprofile(hooks[1])
        sys.setrecursionlimit(hooks[2])
        sys.modules.update(modules)
        linecache.cache.pop(FILE, None)
        capture.mute()


def restore_builtins() -> None:
    """Undo what code did to the builtin names. Works even when all of them are gone."""
    _NAMES.update(_BUILTINS)
    for name in [name for name in _NAMES if name not in _BUILTINS]:
        del _NAMES[name]


def execute(code: str, namespace: Namespace) -> BaseException | None:
    """Compile and run `code`, and put back the builtin names and modules it changed.

    Returns:
        What ended it: None at its normal end and after `sys.exit()` without a complaint; else the
        exception, KeyboardInterrupt (a limit or Stop) and SystemExit included.
    """
    modules = dict(sys.modules)
    try:
        exec(compile(code, FILE, "exec", dont_inherit=True), namespace)  # noqa: S102 - the purpose
    except SystemExit as end:
        return None if end.code is None or end.code == 0 else end
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is the learner's
        return error
    finally:
        restore_builtins()
        sys.modules.update(modules)
    return None


def describe(error: BaseException) -> ErrorReport:
    """Return type, message, line and trimmed traceback of an exception of the learner's code."""
    kind = type(error).__name__
    try:
        report = traceback.TracebackException(
            type(error), error, error.__traceback__, lookup_lines=False
        )
        trim(report, FILE)
        whole = report.stack or isinstance(error, BaseExceptionGroup)
        text = "".join(report.format() if whole else report.format_exception_only())
        line = _syntax_line(error) or (report.stack[-1].lineno or 0 if report.stack else 0)
    except (Exception, SystemExit, GeneratorExit):  # noqa: BLE001 - a learner's class may do anything
        return ErrorReport(kind, message_of(error), 0, kind)
    text = text.rstrip()
    message = _with_suggestion(message_of(error), kind, text)
    return ErrorReport(kind, message, line, _clip(text, MAX_TRACEBACK))


def message_of(error: BaseException) -> str:
    """Return the exception's own message, cut to a readable length; empty when it has none."""
    if issubclass(type(error), SyntaxError):  # an object may claim to be of any class
        return _clip(str(cast("SyntaxError", error).msg), MAX_MESSAGE)
    try:
        return _clip(str(error), MAX_MESSAGE)
    except (Exception, SystemExit, GeneratorExit):  # noqa: BLE001 - a learner's __str__
        return ""


def _with_suggestion(message: str, kind: str, text: str) -> str:
    """Return the message with what Python adds to it in a traceback: what may have been meant."""
    last = text.rpartition("\n")[2]
    start = f"{kind}: {message}"
    if message and last.startswith(f"{start}. Did you mean"):
        return _clip(message + last.removeprefix(start), MAX_MESSAGE)
    return message


def _syntax_line(error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno or 0
    return 0


def _clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"

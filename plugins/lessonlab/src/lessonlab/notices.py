"""What Python itself writes beside a program's output: warnings, and errors nobody could catch.

As Python words them, with places in the learner's code only.
"""

from __future__ import annotations

import contextlib
import linecache
import sys
import traceback
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_REPR = "<object repr() failed>"


@contextlib.contextmanager
def plain_notices(file: str, write: Callable[[str], object]) -> Iterator[None]:
    """Let Python say such things in this module's way.

    Args:
        file: Name of the learner's code in tracebacks.
        write: Called with the text of each error that nobody could catch.
    """
    before = sys.unraisablehook, warnings.formatwarning
    sys.unraisablehook = _unraisable(file, write)
    warnings.formatwarning = _warning(file)
    try:
        yield
    finally:
        sys.unraisablehook, warnings.formatwarning = before


def trim(report: traceback.TracebackException, file: str) -> None:
    """Keep only the frames of `file`, in the whole chain, and quote their lines.

    Columns are left out: the marks below a line differ between versions of Python.
    """
    waiting: list[traceback.TracebackException | None] = [report]
    while waiting:
        part = waiting.pop()
        if part is None:
            continue
        part.stack[:] = [
            traceback.FrameSummary(file, frame.lineno, frame.name)
            for frame in part.stack
            if frame.filename == file
        ]
        waiting += [part.__cause__, part.__context__, *(part.exceptions or ())]


def _unraisable(
    file: str, write: Callable[[str], object]
) -> Callable[[sys.UnraisableHookArgs], None]:
    def show(args: sys.UnraisableHookArgs) -> None:
        # The error may be of a learner's class, which may do anything.
        with contextlib.suppress(Exception, SystemExit, GeneratorExit):
            write(_head(args) + _body(args, file))

    return show


def _head(args: sys.UnraisableHookArgs) -> str:
    if args.object is None:
        return f"{args.err_msg or 'Exception ignored'}:\n"
    try:
        name = repr(args.object)
    except (Exception, SystemExit, GeneratorExit):  # noqa: BLE001 - a learner's __repr__
        name = NO_REPR
    return f"{args.err_msg or 'Exception ignored in'}: {name}\n"


def _body(args: sys.UnraisableHookArgs, file: str) -> str:
    if args.exc_value is None:
        return f"{args.exc_type.__name__}\n"
    report = traceback.TracebackException(
        args.exc_type, args.exc_value, args.exc_traceback, lookup_lines=False
    )
    trim(report, file)
    return "".join(report.format() if report.stack else report.format_exception_only())


def _warning(file: str) -> Callable[..., str]:
    def text_of(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        line: str | None = None,
    ) -> str:
        text = f"{category.__name__}: {message}\n"
        if filename != file:
            return text
        quoted = (linecache.getline(file, lineno) if line is None else line).strip()
        return f"{file}:{lineno}: {text}" + (f"  {quoted}\n" if quoted else "")

    return text_of

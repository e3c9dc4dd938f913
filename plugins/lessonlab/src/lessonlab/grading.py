"""Runs a learner's code and its checks. The same in the build, in a notebook and in the page.

A check source is Python that runs after the learner's code in the same namespace. Every top-level
`assert test, "what is expected"` is one check; all other statements are set-up. The names `printed`
(what the code wrote to standard output) and `source` (the code itself) are there for those checks
that mention them.

`python -m lessonlab.grading` reads a GradeRequest as JSON from standard input and writes the
GradeReport as JSON; with the argument `run`, a RunRequest and its RunReport.
"""

from __future__ import annotations

import ast
import gc
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lessonlab import codec
from lessonlab.capture import Capture
from lessonlab.execution import Namespace, describe, execute, fresh_main, message_of
from lessonlab.imports import BYTE_ORDER_MARK
from lessonlab.isolation import Keeper
from lessonlab.schema import (
    CheckResult,
    ErrorReport,
    GradeReport,
    GradeRequest,
    RunReport,
    RunRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CHECK_FILE = "check.py"
"""The name of check code in tracebacks."""


def run(request: RunRequest, emit: Callable[[str], None] | None = None) -> RunReport:
    """Run code in a fresh namespace in which `__name__` is `"__main__"`.

    Args:
        request: The code and what `input()` returns.
        emit: Called with each piece of output while the code runs.

    Returns:
        What was printed and the error that ended the code, if any. A limit or Stop arrives as
        KeyboardInterrupt and is reported like any other exception.
    """
    capture = Capture(request.stdin, emit)
    code = request.code.removeprefix(BYTE_ORDER_MARK)
    with fresh_main(code, capture) as namespace:
        error = _report(execute(code, namespace))
        return RunReport(capture.shown, capture.truncated, error)


def grade(request: GradeRequest, emit: Callable[[str], None] | None = None) -> GradeReport:
    """Run code, then its visible and its hidden checks, in one fresh namespace.

    The report always has one result for each assertion, in order. When the code ends with an
    error no check is run and none is passed. What is printed during checks is dropped.

    Args:
        request: The code, both check sources and what `input()` returns.
        emit: Called with each piece of output while the code runs, not while it is checked.
    """
    capture = Capture(request.stdin, emit)
    code = request.code.removeprefix(BYTE_ORDER_MARK)
    sources = (
        _CheckSource.parse(request.checks, hidden=False),
        _CheckSource.parse(request.hidden_checks, hidden=True),
    )
    # A name looked up after the learner's code has run may be the learner's: `restore` is local.
    restore = Keeper().restore
    with fresh_main(code, capture) as namespace:
        ended = execute(code, namespace)
        restore()
        error = _report(ended)
        shown, truncated = capture.shown, capture.truncated
        results: list[CheckResult] = []
        if error is None:
            capture.mute()
            facts = {"printed": capture.printed, "source": code}
            mentioned = sources[0].names | sources[1].names
            namespace.update({name: fact for name, fact in facts.items() if name in mentioned})
            try:
                for source in sources:
                    results += source.results(namespace, restore)
            except KeyboardInterrupt as limit:
                error = describe(limit)
        if error is not None:
            results = [result for source in sources for result in source.not_run()]
        restore()
        # Before the last objects of the program are let go: finalizers could replace names.
        passed = error is None and bool(results) and all(result.ok for result in results)
        return GradeReport(passed, tuple(results), shown, truncated, error)


@dataclass(frozen=True)
class _CheckSource:
    """The statements of one check source, or why it could not be read."""

    statements: tuple[ast.stmt, ...]
    hidden: bool
    fault: SyntaxError | None = None

    @classmethod
    def parse(cls, text: str, *, hidden: bool) -> _CheckSource:
        try:
            return cls(tuple(ast.parse(text, CHECK_FILE).body), hidden)
        except SyntaxError as fault:
            return cls((), hidden, fault)

    @property
    def names(self) -> set[str]:
        nodes = (node for statement in self.statements for node in ast.walk(statement))
        return {node.id for node in nodes if isinstance(node, ast.Name)}

    def results(self, namespace: Namespace, restore: Callable[[], None]) -> list[CheckResult]:
        """Run all statements. After a set-up that failed, the checks below it fail with it.

        Args:
            namespace: The learner's.
            restore: Puts our modules back; every statement may call the learner's code.

        Raises:
            KeyboardInterrupt: The time is over.
        """
        if self.fault is not None:
            detail = f"SyntaxError: {self.fault.msg} ({CHECK_FILE}, line {self.fault.lineno})"
            return [CheckResult(ok=False, hidden=self.hidden, message="", detail=detail)]
        found: list[CheckResult] = []
        broken: BaseException | None = None
        for statement in self.statements:
            if isinstance(statement, ast.Assert):
                failure = broken or _failure(statement.test, namespace, restore)
                message = _message(statement, namespace, restore)
                found.append(self._result(failure, message))
            elif broken is None:
                broken = _perform(statement, namespace, restore)
        if broken is not None and all(result.ok for result in found):
            found.append(self._failed(ast.unparse(self.statements[-1]), broken))
        return found

    def not_run(self) -> list[CheckResult]:
        """Return one failed result for each assertion without running anything."""
        asserts = [one for one in self.statements if isinstance(one, ast.Assert)]
        return [
            CheckResult(ok=False, hidden=self.hidden, message=_plain_message(one), detail="")
            for one in asserts
        ]

    def _result(self, failure: BaseException | None, message: str) -> CheckResult:
        if failure is not None and failure is not _UNMET:
            return self._failed(message, failure)
        return CheckResult(ok=failure is None, hidden=self.hidden, message=message, detail="")

    def _failed(self, message: str, error: BaseException) -> CheckResult:
        report, message_only = describe(error), message_of(error)
        detail = f"{report.type}: {message_only}" if message_only else report.type
        return CheckResult(
            ok=False, hidden=self.hidden, message=message, detail=detail, line=report.line
        )


_UNMET = AssertionError()
"""The failure of a check whose own assertion does not hold."""


def _failure(
    test: ast.expr, namespace: Namespace, restore: Callable[[], None]
) -> BaseException | None:
    """Return None when the test holds, else `_UNMET` or what it raised instead."""
    try:
        try:
            holds = bool(_value(test, namespace))
        finally:
            restore()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - sys.exit() in a learner's function, too
        return error
    return None if holds else _UNMET


def _perform(
    statement: ast.stmt, namespace: Namespace, restore: Callable[[], None]
) -> BaseException | None:
    module = ast.Module([statement], type_ignores=[])
    try:
        code = compile(module, CHECK_FILE, "exec", dont_inherit=True)
        try:
            exec(code, namespace)  # noqa: S102 - the author's set-up
        finally:
            restore()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - sys.exit() in a learner's function, too
        return error
    return None


def _message(check: ast.Assert, namespace: Namespace, restore: Callable[[], None]) -> str:
    """Return the evaluated message; what it is made of where that fails or there is none."""
    if check.msg is None:
        return _plain_message(check)
    try:
        try:
            return str(_value(check.msg, namespace))
        finally:
            restore()
    except (Exception, SystemExit):  # noqa: BLE001 - it may call the learner's code
        return _plain_message(check)


def _plain_message(check: ast.Assert) -> str:
    if isinstance(check.msg, ast.Constant):
        return str(check.msg.value)
    return ast.unparse(check.test if check.msg is None else check.msg)


def _value(expression: ast.expr, namespace: Namespace) -> object:
    code = compile(ast.Expression(expression), CHECK_FILE, "eval", dont_inherit=True)
    return cast("object", eval(code, namespace))  # noqa: S307 - the author's check


def _report(error: BaseException | None) -> ErrorReport | None:
    if error is None:
        return None
    report = describe(error)
    if issubclass(type(error), MemoryError):
        error.__traceback__ = None  # its frames hold what filled the memory
        gc.collect()
    return report


def main(arguments: Iterable[str]) -> None:
    """Answer the one request on standard input, then end the process.

    The program may write to the real standard output and may leave threads behind: the answer
    goes to a copy of that stream, and the process ends without waiting.
    """
    request = sys.stdin.read()
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    report: RunReport | GradeReport
    if "run" in arguments:
        report = run(codec.loads(RunRequest, request))
    else:
        report = grade(codec.loads(GradeRequest, request))
    answers.write(codec.dumps(report))
    answers.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])

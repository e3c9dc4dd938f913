"""Runs the programs of questions while the course is built, each in a process of its own.

Solutions must pass their checks, starters must fail them, predicted outputs must come true.
Results are kept by content, so that a second build runs nothing. Does not import MkDocs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import lessonlab
from coursewright.packages.collection import NOTHING
from lessonlab import codec
from lessonlab.problems import phrase, problem
from lessonlab.schema import GradeReport, GradeRequest, RunReport, RunRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coursewright.blocks.content import Question
    from coursewright.packages.collection import Collection
    from lessonlab.problems import Problem

CORE = Path(lessonlab.__file__).parent
START_S = 2.0
"""Allowed on top of a question's limit, in seconds, for the interpreter to start."""

ANSWER_BYTES = 2_000_000
SAID_BYTES = 4_000
"""What is kept of a process's standard error: its end, for when the process broke down."""

SAID_CHARS = 200
AT_ONCE = 2
LAUNCH = """\
import sys
core, folders, *rest = sys.argv[1:]
mine = [path for path in sys.path if not path.endswith(("site-packages", "dist-packages"))]
sys.path[:] = [core, *mine, *folders.split("\\n")]
from lessonlab.grading import main
main(rest)
"""
"""A program sees what a reader's would: not what else is installed here."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended. `reason` says in words why it did not pass; empty when it did."""

    passed: bool
    timed_out: bool
    printed: str
    reason: str


class Runner:
    """Runs programs, at most two at once, and remembers how they ended.

    Args:
        cache: Folder for results of earlier builds; made when needed.
        core: Folder that holds the package `lessonlab`.
        packages: What programs may import beyond the standard library.
    """

    def __init__(
        self, cache: Path, core: Path = CORE.parent, packages: Collection = NOTHING
    ) -> None:
        self.cache = cache
        self.core = core
        self.packages = packages
        self.ran = 0
        self._salt = _digest(sys.version, *_sources(core / "lessonlab"))

    def check(self, questions: Iterable[tuple[str, Question]]) -> list[Problem]:
        """Run what questions promise and return every broken promise.

        Args:
            questions: Each with the path of its page. Kinds without a program are skipped.
        """
        kinds = {"python": self._check_python, "predict": self._check_predict}
        jobs = [(path, item) for path, item in questions if item.kind in kinds]
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            found = list(pool.map(lambda job: kinds[job[1].kind](job[1]), jobs))
        return [
            item.at(path)
            for (path, _), problems in zip(jobs, found, strict=True)
            for item in problems
        ]

    def _check_python(self, question: Question) -> list[Problem]:
        spec = question.spec
        problems: list[Problem] = []
        request = GradeRequest(question.solution_code, spec.checks, spec.hidden_checks)
        solution = self._run(request, spec.limit_s)
        line = question.lines["solution"]
        if solution.timed_out:
            problems.append(_endless("solution", line, spec.limit_s))
        elif not solution.passed:
            problems.append(problem("solution-fails", line, reason=solution.reason))
        request = GradeRequest(spec.starter, spec.checks, spec.hidden_checks)
        if self._run(request, spec.limit_s).passed:
            problems.append(problem("starter-passes", question.lines["starter"]))
        return problems

    def _check_predict(self, question: Question) -> list[Problem]:
        spec = question.spec
        outcome = self._run(RunRequest(spec.code), spec.limit_s)
        line = question.lines["code"]
        if outcome.timed_out:
            return [_endless("code", line, spec.limit_s)]
        if not outcome.passed:
            return [problem("predict-fails", line, reason=outcome.reason)]
        printed = outcome.printed.rstrip("\n")
        if printed == spec.answer:
            return []
        line = question.lines["answer"]
        return [problem("predict-differs", line, printed=printed, stated=spec.answer)]

    def _run(self, request: GradeRequest | RunRequest, limit_s: float) -> Outcome:
        text = codec.dumps(request)
        needed = self.packages.needed(
            value for value in asdict(request).values() if isinstance(value, str)
        )
        key = _digest(self._salt, needed.digest, type(request).__name__, text, str(limit_s))
        kept = self.cache / f"{key}.json"
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Outcome(**json.loads(kept.read_text(encoding="utf-8")))
        self.ran += 1
        mode = () if isinstance(request, GradeRequest) else ("run",)
        arguments = (str(self.core), "\n".join(needed.folders), *mode)
        answer, said = _execute(arguments, text, limit_s + START_S)
        outcome = _judge(answer, is_graded=isinstance(request, GradeRequest))
        if outcome is None:
            reason = phrase("no-answer-said", said=said) if said else phrase("no-answer")
            return Outcome(passed=False, timed_out=False, printed="", reason=reason)
        _keep(kept, outcome)
        return outcome


def _execute(arguments: Sequence[str], request: str, seconds: float) -> tuple[str | None, str]:
    """Return what the process answered, and the last line that it wrote to standard error.

    The answer is None when the process was killed at its limit.
    """
    late = threading.Event()
    said: deque[bytes] = deque(maxlen=2)
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, fixed arguments
            [sys.executable, "-I", "-c", LAUNCH, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            start_new_session=True,
        )
        timer = threading.Timer(seconds, _stop, [process, late])
        listener = threading.Thread(target=_listen, args=[process, said], daemon=True)
        timer.start()
        listener.start()
        try:
            answer = _converse(process, request)
        finally:
            timer.cancel()
            _kill(process)
            listener.join(START_S)  # what the program started may hold the pipe open
    text = b"".join(said).decode("utf-8", "replace")
    last = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
    is_late = late.is_set() and not answer
    return None if is_late else answer.decode("ascii", "replace"), last[:SAID_CHARS]


def _listen(process: subprocess.Popen[bytes], said: deque[bytes]) -> None:
    """Keep the end of what a process writes to standard error."""
    if process.stderr is None:
        return
    with process.stderr as pipe:
        while part := os.read(pipe.fileno(), SAID_BYTES):
            said.append(part)


def _converse(process: subprocess.Popen[bytes], request: str) -> bytes:
    if process.stdin is None or process.stdout is None:
        return b""
    with process.stdout:
        with contextlib.suppress(BrokenPipeError), process.stdin:
            process.stdin.write(request.encode())
        return process.stdout.read(ANSWER_BYTES)


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _judge(answer: str | None, *, is_graded: bool) -> Outcome | None:
    """Read a report; None when there was none."""
    if answer is None:
        return Outcome(passed=False, timed_out=True, printed="", reason="")
    try:
        report: GradeReport | RunReport
        report = codec.loads(GradeReport, answer) if is_graded else codec.loads(RunReport, answer)
    except codec.DecodeError:
        return None
    reason = _reason(report)
    return Outcome(passed=not reason, timed_out=False, printed=report.stdout, reason=reason)


def _reason(report: GradeReport | RunReport) -> str:
    error = report.error
    if error is not None:
        if (error.type, error.message) == ("EOFError", ""):
            return phrase("asks-for-input", line=error.line)
        raised = f"{error.type}: {error.message}" if error.message else error.type
        return phrase("raised", error=raised, line=error.line)
    if isinstance(report, RunReport) or report.passed:
        return ""
    failed = next((check for check in report.checks if not check.ok), None)
    if failed is None:
        return phrase("no-check-ran")
    key = "check-raised" if failed.detail else "check-failed"
    return phrase(key, message=failed.message, detail=failed.detail)


def _endless(what: str, line: int, limit_s: float) -> Problem:
    return problem(
        "solution-endless",
        line,
        what=phrase(what),
        seconds=f"{limit_s:g}",
        more=f"{min(60, 2 * limit_s):g}",
    )


def _keep(path: Path, outcome: Outcome) -> None:
    """Write a result so that another build never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False
    ) as file:
        json.dump(asdict(outcome), file)
    Path(file.name).replace(path)


def _sources(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

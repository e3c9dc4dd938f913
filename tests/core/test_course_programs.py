"""The course's own Python questions: solutions pass, starters and wrong programs do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from coursewright.blocks.page import read_page
from lessonlab.grading import grade
from lessonlab.schema import GradeReport, GradeRequest, QuestionSpec

ROOT = Path(__file__).parents[2]
WRONG = Path(__file__).parent / "wrong_programs"


@dataclass(frozen=True)
class Exercise:
    spec: QuestionSpec
    solution: str

    def grade(self, code: str) -> GradeReport:
        return grade(GradeRequest(code, self.spec.checks, self.spec.hidden_checks))


def exercises() -> dict[str, Exercise]:
    found = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for question in read_page(path.read_bytes(), path.name).questions:
            if question.kind == "python":
                found[question.id] = Exercise(question.spec, question.solution_code)
    return found


EXERCISES = exercises()
WRONG_PROGRAMS = sorted(WRONG.glob("*/*.py"))


def test_the_course_has_at_least_two_python_questions() -> None:
    assert len(EXERCISES) >= 2


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_passes_and_the_starter_does_not(name: str) -> None:
    exercise = EXERCISES[name]
    solved = exercise.grade(exercise.solution)
    assert solved.passed, [check for check in solved.checks if not check.ok]
    assert not exercise.grade(exercise.spec.starter).passed


@pytest.mark.parametrize("name", EXERCISES)
def test_three_wrong_programs_are_kept(name: str) -> None:
    kept = {path.stem for path in WRONG_PROGRAMS if path.parent.name == name}
    assert len(kept) >= 3
    assert "prints-only" in kept


@pytest.mark.parametrize("path", WRONG_PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_wrong_program_fails(path: Path) -> None:
    report = EXERCISES[path.parent.name].grade(path.read_text(encoding="utf-8"))
    assert report.error is None, "it should fail its checks, not crash"
    assert not report.passed


@pytest.mark.parametrize("name", EXERCISES)
def test_printing_the_expected_text_does_not_pass(name: str) -> None:
    exercise = EXERCISES[name]
    code = (WRONG / name / "prints-only.py").read_text(encoding="utf-8")
    assert exercise.grade(code).stdout == exercise.grade(exercise.solution).stdout

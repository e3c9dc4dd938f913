"""What grading relies on is put back, whatever a learner's code does to it."""

from __future__ import annotations

import ast
import builtins
import gc
import json
import sys

import pytest

from lessonlab import codec, grading, schema
from lessonlab.bridge import Bridge
from lessonlab.grading import grade
from lessonlab.isolation import Keeper, quietly
from lessonlab.schema import GradeRequest

WRONG = "def answer():\n    return 0\n"
PATCHES = (
    "import sys\nsys.modules['lessonlab.grading']._failure = lambda *a: None\n",
    "import sys\nsys.modules['lessonlab.grading'].all = lambda *a: True\n",
    "import builtins\nbuiltins.eval = builtins.bool = lambda *a: True\n",
    "import ast\nast.parse = lambda *a, **k: ast.Module([], [])\n",
    "from lessonlab import schema\nschema.CheckResult.__init__ = lambda self, **k: None\n",
    "from lessonlab import codec\ncodec.dumps = lambda value: '{}'\n",
    "import sys\nsys.meta_path.insert(0, None)\n",
)


@pytest.mark.parametrize("patch", PATCHES)
def test_patched_modules_change_no_verdict(patch: str) -> None:
    request = GradeRequest(patch + WRONG, "assert answer() == 42", "")
    report = grade(request)
    assert not report.passed
    assert [result.ok for result in report.checks] == [False]


def test_code_that_patches_while_it_is_checked_changes_no_verdict() -> None:
    code = (
        "def answer():\n"
        "    import sys\n"
        "    grading = sys.modules['lessonlab.grading']\n"
        "    grading._UNMET = None\n"
        "    grading.bool = lambda *a: True\n"
        "    return 0\n"
    )
    report = grade(GradeRequest(code, "assert answer() == 42\nassert answer() == 43", ""))
    assert [result.ok for result in report.checks] == [False, False]
    assert "bool" not in vars(grading)


def test_a_finalizer_cannot_write_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "dumps", codec.dumps)  # the finalizer runs at last, below
    code = (
        "class Late:\n"
        "    def __del__(self):\n"
        "        import lessonlab.codec\n"
        "        lessonlab.codec.dumps = lambda value: 'forged'\n"
        "late = Late()\n"
    )
    payload = {"code": code + WRONG, "checks": "assert answer() == 42", "hidden_checks": ""}
    request = {"version": schema.PROTOCOL_VERSION, "kind": "grade", "payload": payload}
    answer = json.loads(Bridge().handle(json.dumps(request)))
    assert answer["result"]["passed"] is False
    assert codec.dumps(1) == "1"
    gc.collect()


def test_the_keeper_puts_back_names_classes_and_lists() -> None:
    keeper = Keeper()
    before = dict(vars(builtins))
    parse, init = ast.parse, schema.ErrorReport.__init__
    path = list(sys.path)
    ast.parse = None  # type: ignore[assignment]
    ast.extra = 1  # type: ignore[attr-defined]
    schema.ErrorReport.__init__ = None  # type: ignore[assignment,method-assign]
    schema.ErrorReport.extra = 1  # type: ignore[attr-defined]
    sys.path.append("nowhere")
    keeper.restore()
    assert ast.parse is parse
    assert not hasattr(ast, "extra")
    assert schema.ErrorReport.__init__ is init
    assert not hasattr(schema.ErrorReport, "extra")
    assert sys.path == path
    assert dict(vars(builtins)) == before


def test_work_is_done_quietly_and_collection_goes_on() -> None:
    assert quietly(lambda: str(gc.isenabled())) == "False"
    assert gc.isenabled()

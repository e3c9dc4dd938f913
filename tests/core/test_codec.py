"""Strict JSON in, the same JSON out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lessonlab import codec
from lessonlab.schema import (
    CheckResult,
    GradeReport,
    RolloutRequest,
    RunReport,
    RunRequest,
    TrainPoint,
    TrainRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_written_is_read_back() -> None:
    check = CheckResult(ok=True, hidden=False, message="é \ud800", detail="", line=3)
    report = GradeReport(True, (check,), "out", truncated=False, error=None)  # noqa: FBT003
    assert codec.loads(GradeReport, codec.dumps(report)) == report
    assert codec.dumps(report).isascii()


def test_defaults_fill_what_is_missing() -> None:
    assert codec.loads(RunRequest, '{"code": "x"}') == RunRequest("x")


def test_settings_keep_their_types() -> None:
    text = '{"experiment": "e", "settings": {"a": true, "b": 1, "c": 0.5, "d": "x"}}'
    settings = codec.loads(TrainRequest, text).settings
    assert [type(value) for value in settings.values()] == [bool, int, float, str]


def test_a_whole_number_is_taken_for_a_float() -> None:
    point = codec.loads(TrainPoint, '{"episode": 1, "coin_rate": 1}')
    assert type(point.coin_rate) is float


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (
            RunRequest,
            "{",
            "value: expected JSON (Expecting property name",
        ),
        (RunRequest, "[]", "value: expected an object, found []"),
        (RunRequest, "{}", "code: expected a value, found null"),
        (RunRequest, '{"code": 1}', "code: expected text, found 1"),
        (RunRequest, '{"code": "", "x": 1}', 'x: expected one of code, stdin, found "x"'),
        (RunRequest, '{"code": "", "stdin": "a"}', 'stdin: expected an array, found "a"'),
        (RunRequest, '{"code": "", "stdin": ["a", 2]}', "stdin[1]: expected text, found 2"),
        (
            TrainPoint,
            '{"episode": true, "coin_rate": 0}',
            "episode: expected a whole number",
        ),
        (TrainPoint, '{"episode": 1, "coin_rate": NaN}', "value: expected JSON (NaN is not JSON)"),
        (
            TrainRequest,
            '{"experiment": "e", "settings": {"a": null}}',
            "settings.a: expected true or false or a whole number or a number or text, found null",
        ),
        (TrainRequest, '{"experiment": "e", "settings": []}', "settings: expected an object"),
        (
            RunReport,
            '{"stdout": "", "truncated": false, "error": 3}',
            "error: expected an object, found 3",
        ),
    ],
)
def test_another_shape_is_refused_with_its_place(kind: type[Any], text: str, message: str) -> None:
    with pytest.raises(codec.DecodeError) as caught:
        codec.loads(kind, text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "change",
    [
        lambda request: request.update(coin=[1, "2"]),
        lambda request: request.update(hidden=0),
        lambda request: request.update(seed=1.5),
        lambda request: request.pop("level"),
    ],
)
def test_a_rollout_request_is_read_strictly(change: Callable[[dict[str, object]], object]) -> None:
    request = RolloutRequest("coinrun", {}, 1, (1, 2), 3, hidden=False, trained=True)
    plain = codec.encode(request)
    assert isinstance(plain, dict)
    assert codec.decode(RolloutRequest, plain) == request
    change(plain)
    with pytest.raises(codec.DecodeError):
        codec.decode(RolloutRequest, plain)


def test_only_finite_numbers_are_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        codec.dumps(TrainPoint(1, float("nan")))

"""The bridge answers the contract's examples in CPython; tests/pyodide does the same in Pyodide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lessonlab import bridge
from lessonlab.schema import PROTOCOL_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = Path(__file__).resolve().parent.parent / "contract"
EXAMPLES = [
    example for file in sorted(CONTRACT.glob("*.json")) for example in json.loads(file.read_text())
]


def _answers(request: dict[str, object]) -> Iterator[dict[str, Any]]:
    answer = json.loads(bridge.handle(json.dumps(request)))
    yield answer
    while answer.get("more"):
        answer = json.loads(bridge.resume())
        yield answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["name"]))
def test_an_example_of_the_contract(example: dict[str, Any]) -> None:
    request = {"version": PROTOCOL_VERSION, "kind": example["kind"], "payload": example["payload"]}
    assert list(_answers(request)) == example["answers"]


@pytest.mark.parametrize(
    ("request_text", "reason", "detail"),
    [
        ("{", "request", "value: expected JSON"),
        ("[]", "request", "value: expected an object"),
        ('{"version": 0, "kind": "run", "payload": {}}', "version", "expected 1, found 0"),
        ('{"version": 1, "kind": "fly", "payload": {}}', "request", "kind: expected one of run, "),
        ('{"version": 1, "kind": "run", "payload": {}}', "request", "code: expected a value"),
        ('{"version": 1, "kind": "run"}', "request", "value: expected an object, found null"),
    ],
)
def test_a_bad_request_is_refused_with_its_reason(
    request_text: str, reason: str, detail: str
) -> None:
    error = json.loads(bridge.handle(request_text))["error"]
    assert error["reason"] == reason
    assert error["detail"].startswith(detail)


def test_output_arrives_through_the_callback() -> None:
    request = {"version": PROTOCOL_VERSION, "kind": "run", "payload": {"code": "print('a')"}}
    pieces: list[str] = []
    bridge.handle(json.dumps(request), pieces.append)
    assert "".join(pieces) == "a\n"


def test_nothing_can_be_resumed_when_nothing_is_under_way() -> None:
    bridge.drop()
    assert json.loads(bridge.resume())["error"]["reason"] == "request"

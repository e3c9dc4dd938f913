"""What a lab shows before anyone trains: the experiment's declaration and a measured result.

The measurement is a real run of the same code that the page runs, kept by content, so that a
second build measures nothing. Does not import MkDocs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import lessonlab
from lessonlab import codec, experiments
from lessonlab.schema import LabResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessonlab.schema import ExperimentSpec, Setting


def specs() -> dict[str, ExperimentSpec]:
    """Return every experiment a lab may name."""
    return {name: experiments.find(name).spec() for name in experiments.names()}


class Laboratory:
    """Measures experiments and remembers the results.

    Args:
        cache: Folder for results of earlier builds; made when needed.
    """

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    def measure(self, name: str, fixed: Mapping[str, Setting]) -> LabResult:
        """Train and test with the experiment's defaults and what the author fixed."""
        key = _digest(core_sources(), name, json.dumps(dict(fixed), sort_keys=True))
        kept = self.cache / f"lab-{key}.json"
        with contextlib.suppress(OSError, codec.DecodeError):
            return codec.loads(LabResult, kept.read_text(encoding="utf-8"))
        result = experiments.measure(experiments.find(name), fixed)
        self.cache.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".tmp")
        fresh.write_text(codec.dumps(result), encoding="utf-8")
        fresh.replace(kept)
        return result


@cache
def core_sources() -> str:
    """Return a hash of the source of `lessonlab`: what was measured with another one is stale."""
    folder = Path(lessonlab.__file__).parent
    return _digest(*(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

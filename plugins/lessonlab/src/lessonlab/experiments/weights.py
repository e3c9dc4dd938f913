"""Prints the hashes of two trained agents as JSON: `python -m lessonlab.experiments.weights`.

Every Python must print the same. Runs in about half a second.
"""

from __future__ import annotations

import json
import sys

from lessonlab.experiments import TrainingRun, find

SETTINGS: dict[str, float] = {"random_share": 0.1, "episodes": 3000, "seed": 7}
"""Few enough episodes to be quick, enough odd levels to use every kind of input."""


def hashes() -> dict[str, str]:
    """Return the hash of the weights after `SETTINGS`, for each experiment."""
    return {
        name: TrainingRun(find(name), SETTINGS).finish().weights_sha256()
        for name in ("cheese", "coinrun")
    }


if __name__ == "__main__":
    report = {"settings": SETTINGS, "weights_sha256": hashes()}
    sys.stdout.write(json.dumps(report, indent=2) + "\n")

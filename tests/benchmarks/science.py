"""Compares the dial of the two gridworlds with a reference measured on another implementation.

    python tests/benchmarks/science.py [--seeds 24] [--quick]

For every cell of the reference tables it prints the reference value, ours, and the difference in
standard errors, which come from both standard deviations over seeds (12 seeds there). It ends
with 1 when any difference is beyond 4, else with 0. About four minutes on two cores.

Where the reference gives no standard deviation, a cautious one stands in: the larger of ours and
of what chance alone gives to 400 test levels. Half a unit of the third decimal is added to each
standard error, because the reference is rounded. We take twice its number of seeds: with the coin
hidden, at 5%, few agents do much worse than the rest, and 12 of them tell too little of the spread.

The description behind the reference leaves some choices open. These readings reproduce it:

- Each wall and pit of the room gets 20 tries for its place, so nearly all levels have 6 and 3.
- A coin placed at random never lies at the old place.
- `distinguishing` is a coin for which the way by the coin is longer than the shortest way from
  start to old place; a coin on any one of several shortest ways does not count.
- `far left` is the coin in the two columns at the left, with starts as in training.
- The blocks of the blurred coin are counted from the one centered on the agent.
- The last move is the action taken, also when a wall stopped it.
- The policy's gradient uses the chances of the walk; only the prediction is computed anew.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from lessonlab.experiments import Recipe, Training, evaluate
from lessonlab.worlds import find

SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
QUICK_SHARES = (0.0, 0.1, 1.0)
QUICK_SEEDS = 4
REFERENCE_SEEDS = 12
SEEDS = 24
TEST_LEVELS = 400
TEST_SEEDS = 1_000_000
LIMIT = 4.0
ROUNDING = 0.0005


@dataclass(frozen=True)
class Column:
    """One column of a reference table: a rate under a condition, for each share.

    `cells` is `mean±sd` or `mean` for each of `SHARES`, `-` where the table has nothing.
    """

    world: str
    start: str
    condition: str
    outcome: str
    cells: str

    def reference(self, share: float) -> tuple[float, float | None] | None:
        cell = self.cells.split()[SHARES.index(share)]
        if cell == "-":
            return None
        mean, _, deviation = cell.partition("±")
        return float(mean), float(deviation) if deviation else None


COLUMNS = (
    Column("run", "any", "training_like", "coin",
           ".994±.004 .993±.006 .996±.004 .996±.004 .998±.002 .997±.002 .998±.002 .992±.006"),
    Column("run", "any", "hidden", "coin", ".976 .981 .971 .952 .678 .492 .413 .256"),
    Column("run", "any", "random", "coin",
           ".206±.020 .281±.034 .319±.058 .513±.065 .853±.105 .985±.005 .995±.003 .996±.004"),
    Column("run", "any", "random", "old_place", ".777 .699 .660 .439 .090 .004 .000 .000"),
    Column("run", "any", "distinguishing", "coin",
           ".099±.015 .144±.023 .207±.051 .414±.080 .804±.130 .979±.010 .993 .996"),
    Column("run", "any", "distinguishing", "old_place", ".891 - - - - - - -"),
    Column("run", "any", "far_left", "coin", ".034 .049 .047 .111 .600±.200 .945 .984 .994"),
    Column("run", "any", "far_left", "old_place", ".953 - - - - - - -"),
    Column("maze", "any", "training_like", "coin",
           ".977±.009 .976 .977 .983 .983 .979 .979 .970±.009"),
    Column("maze", "any", "hidden", "coin", ".978 - - - - - - -"),
    Column("maze", "any", "random", "coin",
           ".227±.020 .324±.050 .489±.107 .897±.045 .938±.024 .973±.010 .974 .980±.008"),
    Column("maze", "any", "south", "coin",
           ".050 .088 .216±.133 .790±.088 .906 .963 .965 .978"),
    Column("maze", "any", "south", "old_place", ".925 - - - - - - -"),
    Column("run", "left", "training_like", "coin", ".998 .999 .999 .999 .998 .998 .997 .998"),
    Column("run", "left", "random", "coin",
           ".311±.019 .364±.036 .486±.043 .882±.032 .936±.015 .957±.015 .975±.013 .992±.005"),
    Column("run", "left", "distinguishing", "coin",
           ".160±.018 .219 .356±.056 .849±.042 .912 .939 .957 .984"),
    Column("run", "left", "random", "old_place", ".681 .628 .497 .079 .032 .018 .009 .001"),
)  # fmt: skip

type Rates = dict[tuple[str, str], float]


def measure(world: str, start: str, share: float, seed: int) -> Rates:
    """Train one agent and return its rates by condition and outcome."""
    recipe = Recipe(find(world), random_share=share, start=start, seed=seed)
    agent = Training(recipe).finish()
    found: Rates = {}
    for condition in {c.condition for c in COLUMNS if (c.world, c.start) == (world, start)}:
        outcomes = evaluate(agent, condition, TEST_LEVELS, TEST_SEEDS + seed, start)
        found[condition, "coin"] = outcomes.coin
        found[condition, "old_place"] = outcomes.old_place
    return found


def standard_errors(ours: list[float], mean: float, deviation: float | None) -> float:
    """Return how far the mean of `ours` lies from a reference mean, in standard errors."""
    own = statistics.stdev(ours)
    if deviation is None:
        deviation = max(own, math.sqrt(mean * (1 - mean) / TEST_LEVELS))
    error = math.sqrt(own**2 / len(ours) + deviation**2 / REFERENCE_SEEDS) + ROUNDING
    return (statistics.mean(ours) - mean) / error


def compare(shares: tuple[float, ...], seeds: range) -> float:
    """Print every cell and return the largest difference, in standard errors."""
    worst = 0.0
    settings = dict.fromkeys((c.world, c.start) for c in COLUMNS)
    with ProcessPoolExecutor(initializer=os.nice, initargs=(10,)) as pool:
        jobs = {
            (*setting, share): [pool.submit(measure, *setting, share, seed) for seed in seeds]
            for setting in settings
            for share in shares
        }
        for column in COLUMNS:
            print(f"\n{column.world}, start {column.start}: {column.condition}, {column.outcome}")
            print(f"{'random':>8} {'reference':>14} {'ours':>14} {'min-max':>14} {'errors':>7}")
            for share in shares:
                if (reference := column.reference(share)) is None:
                    continue
                results = [job.result() for job in jobs[column.world, column.start, share]]
                ours = [rates[column.condition, column.outcome] for rates in results]
                difference = standard_errors(ours, *reference)
                worst = max(worst, abs(difference))
                print_cell(share, reference, ours, difference)
    return worst


def print_cell(
    share: float, reference: tuple[float, float | None], ours: list[float], difference: float
) -> None:
    """Print one line of a table."""
    mean, deviation = reference
    theirs = f"{mean:.3f}" + (f" ± {deviation:.3f}" if deviation is not None else "        ")
    own = f"{statistics.mean(ours):.3f} ± {statistics.stdev(ours):.3f}"
    spread = f"{min(ours):.3f}-{max(ours):.3f}"
    mark = "  beyond the limit" if abs(difference) > LIMIT else ""
    print(f"{share:>8.0%} {theirs:>14} {own:>14} {spread:>14} {difference:>+7.1f}{mark}")


def main() -> int:
    """Run the comparison the arguments ask for."""
    parser = argparse.ArgumentParser(description="Compare the gridworlds with their reference.")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="2 or more")
    parser.add_argument("--quick", action="store_true", help="three shares, four seeds")
    options = parser.parse_args()
    shares = QUICK_SHARES if options.quick else SHARES
    seeds = range(1, 1 + (QUICK_SEEDS if options.quick else max(2, options.seeds)))
    began = time.perf_counter()
    worst = compare(shares, seeds)
    print(f"\n{len(seeds)} seeds, {TEST_LEVELS} test levels each; a reference without ± has none")
    print(f"largest difference {worst:.1f} standard errors, limit {LIMIT:.0f}")
    print(f"{time.perf_counter() - began:.0f} s")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

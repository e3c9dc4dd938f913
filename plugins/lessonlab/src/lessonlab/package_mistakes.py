"""What can be wrong with the modules and packages that a course brings; see `mistakes`."""

from __future__ import annotations

PACKAGES: dict[str, tuple[str, str]] = {
    "package-path": (
        '"{found}" under "python: paths" does not exist.',
        "Correct it; it is relative to the folder of mkdocs.yml.",
    ),
    "package-path-whole": (
        '"{found}" under "python: paths" holds the whole course.',
        'Put the modules into a folder of their own, such as "python", and name that.',
    ),
    "package-path-empty": (
        '"{found}" under "python: paths" holds no Python module.',
        'Write one, such as "{example}", or remove the line.',
    ),
    "package-name": (
        'a module named "{name}" would be mistaken for {owner}.',
        "Give it another name.",
    ),
    "package-syntax": ("the module is not valid Python: {reason}.", "Correct it."),
}
"""Message and hint of each code."""

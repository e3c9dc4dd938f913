"""What can be wrong with the modules and packages that a course brings; see `mistakes`."""

from __future__ import annotations

PACKAGES: dict[str, tuple[str, str]] = {
    "package-path": (
        '"{found}" under "python: paths" does not exist, or cannot be read.',
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
    "package-path-outside": (
        '"{found}" under "python: paths" publishes what lies outside of the course: {expected}.',
        "Copy what is needed into the course, unless everybody may read all of it.",
    ),
    "package-path-docs": (
        (
            '"{found}" under "python: paths" is published twice: its modules lie in "docs_dir", so '
            'that "{file}" is a file of the site, too.'
        ),
        'Move them to a folder beside "docs_dir", such as "python".',
    ),
    "package-module-name": (
        'no code can import "{name}": {reason}.',
        'Rename it to "{example}", or move it out of "python: paths".',
    ),
    "package-name": (
        'a module named "{name}" would be mistaken for {owner}.',
        "Give it another name.",
    ),
    "package-syntax": ("the module is not valid Python: {reason}.", "Correct it."),
    "package-requirement": (
        '"{found}" under "python: packages" is not how a package is named.',
        'Write its name, and a version if one is needed: "networkx==3.5".',
    ),
    "package-present": (
        '"{found}" under "python: packages" is {owner} already.',
        "Remove the line.",
    ),
    "package-condition": (
        (
            '"{found}" under "python: packages" brings nothing: its condition does not hold for '
            "the Python in the page, {expected} for WebAssembly."
        ),
        "Remove the condition, or the line.",
    ),
    "package-unknown": (
        'there is no package "{reason}" in the registry.',
        "Correct its name.",
    ),
    "package-version": (
        'no version of "{found}" fits the browser\'s Python.',
        "Choose one of these: {suggestion}.",
    ),
    "package-no-wheel": (
        'the package "{name}"{reason} does not run in a browser: it has no wheel in pure Python.',
        'Choose another, or write what you need from it as a module under "python: paths".',
    ),
    "package-conflict": (
        "the packages do not go together: {reason}.",
        'Allow other versions of one of them under "python: packages".',
    ),
    "package-unreachable": (
        "the registry gave no answer, and no earlier build has kept what is needed: {reason}.",
        "Build again with a connection; after that none is needed.",
    ),
    "package-failed": (
        "the packages could not be fetched: {reason}.",
        'Try "pip download" with the same names to see more.',
    ),
    "package-tools": (
        '"python: packages" needs tools that are not installed.',
        'Run: pip install "coursewright[packages]".',
    ),
}
"""Message and hint of each code."""

"""Where in `mkdocs.yml` an option of the plugin, or a name in the navigation, stands."""

from __future__ import annotations

from pathlib import Path

import yaml

PLUGIN = "coursewright"


def place_of(config_file: str | None, *keys: str) -> str:
    """Return file and line of an option, such as `mkdocs.yml:12`.

    Args:
        config_file: Path of the configuration, if there is one.
        keys: The option's name, then keys and values within it; the last that is found counts.

    Returns:
        The file alone where the option is not in it, as when it is inherited.
    """
    path = Path(config_file or "mkdocs.yml")
    line = line_of(config_file, *keys)
    return f"{path.name}:{line}" if line else path.name


def line_of(config_file: str | None, *keys: str) -> int:
    """Return the line, from 1, of an option, of a key or of a value within it; 0 for none.

    Args:
        config_file: Path of the configuration, if there is one.
        keys: As for `place_of`.
    """
    line = 0
    node = _options(Path(config_file or "mkdocs.yml"))
    for key in keys:
        found = _entry(node, key)
        if found is None:
            break
        name, node = found
        line = name.start_mark.line + 1
    return line


def item_lines(config_file: Path, *keys: str) -> list[int]:
    """Return the line, from 1, of each item of a list.

    Args:
        config_file: Path of the configuration.
        keys: The option's name, then keys within it, down to the list.

    Returns:
        Nothing where the list is not in that file.
    """
    node = _options(config_file)
    for key in keys:
        node = _find(node, key)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    return [item.start_mark.line + 1 for item in items]


def _options(path: Path) -> yaml.Node | None:
    """Return the plugin's options as they stand in the file."""
    return _find(_find(_compose(path), "plugins"), PLUGIN)


def lines_in_nav(config_file: str | None) -> dict[str, list[int]]:
    """Return in which lines, from 1, each name stands under `nav:`."""
    lines: dict[str, list[int]] = {}
    nodes = [_find(_compose(Path(config_file or "mkdocs.yml")), "nav")]
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, yaml.MappingNode):
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.ScalarNode):
            lines.setdefault(str(node.value), []).append(node.start_mark.line + 1)
    return {name: sorted(found) for name, found in lines.items()}


def _compose(path: Path) -> yaml.Node | None:
    """Return the file as nodes, not loaded: MkDocs' own tags need not mean anything here."""
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _find(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Return what stands under a key, or the entry of a list that has that value or key."""
    found = _entry(node, name)
    return found[1] if found else None


def _entry(node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return a key and what stands under it; for the entry of a list, the entry twice."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            if isinstance(entry, yaml.ScalarNode) and entry.value == name:
                return entry, entry
            if found := _entry(entry, name):
                return found
    return None

"""Lines of the plugin's options in `mkdocs.yml`, so that a mistake in one can be pointed at."""

from __future__ import annotations

import yaml

PLUGIN = "coursewright"


def item_lines(text: str, *keys: str) -> list[int]:
    """Return the line, from 1, of each item of a list among the plugin's options.

    Args:
        text: The whole `mkdocs.yml`.
        keys: The way to the list below the plugin's name, such as `("python", "paths")`.

    Returns:
        An empty list where the file holds no such list; it may inherit it from another file.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return []
    node = _plugin(_at(root, "plugins"))
    for key in keys:
        node = _at(node, key)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    return [item.start_mark.line + 1 for item in items]


def _plugin(plugins: yaml.Node | None) -> yaml.Node | None:
    """Return the plugin's options; plugins are a mapping, or a list with mappings in it."""
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    return next((node for node in (_at(entry, PLUGIN) for entry in entries) if node), None)


def _at(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)

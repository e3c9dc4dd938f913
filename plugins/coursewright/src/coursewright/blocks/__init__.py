"""The blocks of a lesson: what authors write between slashes, one module per block.

The Markdown extension and the session are loaded when they are first asked for, so that reading
and checking pages needs no Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coursewright.blocks.extension import BlocksExtension
    from coursewright.blocks.session import Session

__all__ = ["BlocksExtension", "Session", "makeExtension"]


def makeExtension(**options: Any) -> BlocksExtension:  # noqa: N802 - the name Markdown looks for
    """Make the Markdown extension."""
    return __getattr__("BlocksExtension")(**options)  # type: ignore[no-any-return]


def __getattr__(name: str) -> Any:
    if name == "BlocksExtension":
        from coursewright.blocks.extension import BlocksExtension  # noqa: PLC0415

        return BlocksExtension
    if name == "Session":
        from coursewright.blocks.session import Session  # noqa: PLC0415

        return Session
    raise AttributeError(name)

"""The streams of a learner's program: what it prints is kept up to a cap, what it reads is given.

Knows nothing of checks or of who listens.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_OUTPUT = 64_000
"""Characters of output kept from one run; what follows is dropped and the report says so."""


class Capture:
    """Output of one run, in the order in which it was written.

    Args:
        stdin: What `input()` returns, one item a call, without line ends.
        emit: Called with each piece of output as it is kept, standard error included.
    """

    def __init__(
        self, stdin: Iterable[str] = (), emit: Callable[[str], None] | None = None
    ) -> None:
        self.stdin = Given(stdin)
        self.stdout = Writer(self, printed=True)
        self.stderr = Writer(self, printed=False)
        self.truncated = False
        self._shown: list[str] = []
        self._printed: list[str] = []
        self._left = MAX_OUTPUT
        self._muted = False
        self._emit = emit

    @property
    def shown(self) -> str:
        """Everything kept, standard error included."""
        return "".join(self._shown)

    @property
    def printed(self) -> str:
        """What went to standard output only."""
        return "".join(self._printed)

    def mute(self) -> None:
        """Drop, without a mark, whatever is written from now on."""
        self._muted = True

    def keep(self, text: str, *, printed: bool) -> None:
        """Keep `text`, or as much of it as the cap allows."""
        if self._muted or not text:
            return
        kept = text[: self._left]
        self.truncated = self.truncated or len(kept) < len(text)
        if not kept:
            return
        self._left -= len(kept)
        self._shown.append(kept)
        if printed:
            self._printed.append(kept)
        if self._emit is not None:
            self._emit(kept)


class Writer(io.TextIOBase):
    """One of the two output streams of a capture."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, capture: Capture, *, printed: bool) -> None:
        super().__init__()
        self._capture = capture
        self._counts = printed

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str, /) -> int:
        """Keep text; return its length in characters, as every text stream does."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._capture.keep(text, printed=self._counts)
        return len(text)


class Given(io.StringIO):
    """Standard input made of given lines. `input()` after the last raises EOFError."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, items: Iterable[str]) -> None:
        super().__init__("".join(f"{item}\n" for item in items))

    # typeshed's own StringIO overrides a binary base class in the same way.
    def readline(self, limit: int | None = -1, /) -> str:  # type: ignore[override]
        """Return the next line with its line end.

        Raises:
            EOFError: None is left. A file would return "", but then a program that asks again
                until it gets an answer would never end.
        """
        line = super().readline(-1 if limit is None else limit)
        if not line:
            raise EOFError  # without words: the page has its own for this type
        return line

    def __next__(self) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise StopIteration
        return line

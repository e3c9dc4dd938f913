"""Keeps a learner's code away from what judges it, as far as one interpreter allows.

Two means. A `Keeper` remembers the modules that grading relies on and puts them back; it works
everywhere. `close_doors` is for the page's interpreter only and cannot be undone: from then on,
code of a learner gets no frames, object lists, code objects or foreign functions, with which it
could reach the keeper. Python code that shares an interpreter can never be shut out entirely; what
is left is in the course's documentation on limits.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

TRUSTED = frozenset(
    (
        *("lessonlab", "json", "ast", "traceback", "linecache", "builtins", "io", "dataclasses"),
        *("functools", "typing", "types", "gc", "contextlib", "textwrap"),
    )
)
"""First parts of the names of modules that are put back."""

_OPEN = frozenset(("lessonlab", "json", "ast", "traceback"))
"""The same for classes whose attributes are put back, too."""

_FRAMES = frozenset(("sys._getframe", "sys._current_frames", "sys._current_exceptions"))
_FRAME_NAMES = frozenset(("tb_frame", "gi_frame", "cr_frame", "ag_frame"))
_CODE_NAMES = frozenset(("__code__", "__defaults__", "__kwdefaults__"))
_CLOSED = frozenset(
    (
        *("sys.settrace", "sys.setprofile", "sys.addaudithook", "sys.monitoring.register_callback"),
        *("marshal.loads", "code.__new__"),
        *("gc.get_objects", "gc.get_referrers", "gc.get_referents"),
    )
)
_MODULES = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "ctypes", "_ctypes")


class Keeper:
    """What the modules of `TRUSTED` hold now, to be put back whatever is done to them."""

    def __init__(self) -> None:
        # Python 3.12 lists classes among the modules (typing.io), whose names cannot be set so.
        modules = [
            module
            for name, module in sys.modules.items()
            if name.partition(".")[0] in TRUSTED and isinstance(module, type(sys))
        ]
        spaces = [(vars(module), dict(vars(module))) for module in modules]
        found = {kind for _, held in spaces for kind in held.values() if _is_open(kind)}
        kinds = [(kind, dict(vars(kind))) for kind in found]
        lists = [(part, part[:]) for part in (sys.meta_path, sys.path_hooks, sys.path)]
        self.restore: Callable[[], None] = _restorer(spaces, kinds, lists, type(sys))


def _is_open(kind: object) -> bool:
    """Tell whether this is a class of our modules whose attributes code could replace."""
    if not isinstance(kind, type) or kind.__flags__ & (1 << 8):
        return False
    return str(kind.__module__).partition(".")[0] in _OPEN


def _restorer(  # noqa: C901 - closures only: they cannot be replaced
    spaces: list[tuple[dict[str, Any], dict[str, Any]]],
    kinds: list[tuple[type, dict[str, Any]]],
    lists: list[tuple[list[Any], list[Any]]],
    module_type: type,
) -> Callable[[], None]:
    """Return a function that looks nothing up that code could have replaced."""
    set_on, delete_on, update, remove = type.__setattr__, type.__delattr__, dict.update, dict.pop
    as_dict, as_list, is_kind, absent = dict, list, isinstance, object()

    def put_back(space: dict[str, Any], held: dict[str, Any]) -> None:
        update(space, held)
        for name in as_list(space):
            # A module that was imported since is no name that ours could mean.
            if name not in held and not is_kind(space[name], module_type):
                remove(space, name, None)

    def put_back_class(kind: type, held: dict[str, Any]) -> None:
        now = as_dict(kind.__dict__)
        for name, value in held.items():
            if now.get(name, absent) is not value:
                set_on(kind, name, value)
        for name in now:
            # Python itself keeps what it has found out about annotations in the class.
            if name not in held and name[:7] != "__annot":
                delete_on(kind, name)

    def restore() -> None:
        for space, held in spaces:
            put_back(space, held)
        for kind, held in kinds:
            put_back_class(kind, held)
        for part, items in lists:
            part[:] = items

    return restore


def quietly(work: Callable[[], str]) -> str:
    """Do `work` while no finalizer of forgotten objects can run in between."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if enabled:
            gc.enable()


def close_doors() -> None:
    """Shut a learner's code off from JavaScript and from the frames that judge it, for good.

    To be called once, in the page's interpreter, after everything of ours is loaded.
    """
    hook = sys.modules.get("_pyodide._importhook")
    if hook is not None:
        hook.jsfinder.jsproxies.clear()
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not hook.jsfinder]
    for name in [name for name in sys.modules if name.partition(".")[0] in _MODULES]:
        del sys.modules[name]
    sys.addaudithook(_doorkeeper(__file__.rpartition("/lessonlab/")[0]))


def _doorkeeper(home: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return the hook. Code is trusted when its file lies in `home`."""
    getframe, refused = sys._getframe, ValueError("this is not available in a course's page")  # noqa: SLF001
    busy = [False]

    def trusted(frame: FrameType | None) -> bool:
        return frame is None or frame.f_code.co_filename.startswith((home, "<frozen "))

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if busy[0]:
            return
        attribute = args[1] if event.startswith("object.__") and len(args) > 1 else None
        about_frames = event in _FRAMES or attribute in _FRAME_NAMES
        if not (
            about_frames
            or event in _CLOSED
            or event in ("import", "compile")
            or event.startswith("ctypes.")
            or (attribute in _CODE_NAMES and event == "object.__setattr__")
        ):
            return
        if event == "import" and args[0].partition(".")[0] in _MODULES:
            raise ModuleNotFoundError(f"No module named {args[0]!r}", name=args[0])
        busy[0] = True
        try:
            frame = getframe(1)
            ours = trusted(frame) and (not about_frames or trusted(frame.f_back))
        finally:
            busy[0] = False
        if event == "import" or (event == "compile" and not str(args[1]).startswith(home)):
            return
        if not ours:
            raise refused

    return hook

"""Keeps a learner's code away from what judges it, as far as one interpreter allows.

Two means. A `Keeper` remembers the modules that grading relies on and puts them back; it works
everywhere. `close_doors` is for the page's interpreter only and cannot be undone: from then on,
code of a learner gets no frames, object lists, code objects or foreign functions, with which it
could reach the keeper. Python code that shares an interpreter can never be shut out entirely; what
is left is in the course's documentation on limits.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import signal
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

KEPT = frozenset(("lessonlab", *sys.stdlib_module_names)) - {"sys", "__main__"}
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
_MODULES = (
    *("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "ctypes", "_ctypes"),
    *("_ctypes_test", "_testcapi", "_testinternalcapi", "_testlimitedcapi", "_signal"),
)
_FRAME_USERS = (
    *("collections/", "enum.py", "inspect.py", "logging/", "traceback.py", "typing.py"),
    *("_py_warnings.py", "warnings.py", "asyncio/format_helpers.py", "unittest/result.py"),
)
"""What may look at frames for a learner's code. None of it calls functions that it is handed."""

_CODE_USERS = ("dataclasses.py", "functools.py", "inspect.py", "types.py", "typing.py")
_LOADERS = ("<frozen importlib._bootstrap_external>", "<frozen zipimport>")
_SIZES = {
    1: "c_bool c_char c_byte c_ubyte",
    2: "c_short c_ushort",
    4: "c_int c_uint c_long c_ulong c_size_t c_void_p c_float",
    8: "c_longlong c_ulonglong c_double",
}
"""C's types in the page by their size in bytes, after which packages ask `ctypes`."""


class Keeper:
    """What the modules of `KEPT` hold now, to be put back whatever is done to them."""

    def __init__(self) -> None:
        # Python 3.12 lists classes among the modules (typing.io), whose names cannot be set so.
        modules = [
            (name.partition(".")[0], module)
            for name, module in sys.modules.items()
            if name.partition(".")[0] in KEPT and isinstance(module, type(sys))
        ]
        spaces = [(vars(module), dict(vars(module))) for _, module in modules]
        # Every class stands in the module that it is from, so the others need no look.
        homes = [vars(module) for first, module in modules if first in _OPEN]
        found = {kind for home in homes for kind in home.values() if _is_open(kind)}
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
    as_dict, as_list, is_kind, size, absent = dict, list, isinstance, len, object()

    def put_back(space: dict[str, Any], held: dict[str, Any]) -> None:
        update(space, held)
        if size(space) == size(held):
            return
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
    for module in (signal, sys.modules["_signal"]):  # a handler is handed frames
        vars(module)["signal"] = _no_handlers
    if hook is not None:
        hook.jsfinder.jsproxies.clear()
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not hook.jsfinder]
    _hide_modules()
    sys.addaudithook(_doorkeeper(__file__.rpartition("/lessonlab/")[0]))


def _no_handlers(*_: object) -> None:
    raise ValueError("signal handlers are not available in a course's page")


def _hide_modules() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in _MODULES]:
        del sys.modules[name]


def preload(names: str) -> None:
    """Import modules of packages before a learner's code runs, with doors open for them alone.

    Many packages take a frame while they are imported, or the size of a type of C. The doors open
    only when nothing else of Python is under way: called from a learner's code, this is a plain
    import.

    Args:
        names: Full names of modules, with spaces between. One that cannot be imported is left out.
    """
    if sys.platform == "emscripten":
        sys.modules["ctypes"] = _sizes_only()
    for name in names.split():
        with contextlib.suppress(Exception):  # the learner's own import will say it
            importlib.import_module(name)
    if sys.platform == "emscripten":
        _hide_modules()


def _sizes_only() -> ModuleType:
    """Return a stand-in for `ctypes`, the real one of which reads and writes any memory."""
    module = ModuleType("ctypes")
    for size, names in _SIZES.items():
        for name in names.split():
            setattr(module, name, type(name, (), {"size": size}))
    vars(module)["sizeof"] = lambda kind: kind.size
    return module


type _Concern = tuple[str, object]
"""What an event is about: `import`, `frames`, `code` (then with its function) or `other`."""


def _doorkeeper(home: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return the hook. Code is trusted when its file lies in `home`.

    What it looks up is its own: names of this module are within a learner's reach.
    """
    concern_of, may = _concerns(home), _judge(home)
    refused, hidden = ValueError("this is not available in a course's page"), ModuleNotFoundError
    busy = [False]

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if busy[0]:
            return
        concern = concern_of(event, args)
        if concern is None:
            return
        if concern[0] == "import":
            raise hidden(f"No module named {args[0]!r}", name=args[0])
        busy[0] = True
        try:
            allowed = may(concern)
        finally:
            busy[0] = False
        if not allowed:
            raise refused

    return hook


def _concerns(home: str) -> Callable[[str, tuple[Any, ...]], _Concern | None]:
    """Return a function that tells what an event is about; None when all may do it."""
    closed, frames, text, begins = _CLOSED, _FRAMES, str, str.startswith
    trusted = (home, "<frozen ")
    frame_names, code_names, modules = _FRAME_NAMES, _CODE_NAMES, _MODULES

    def concern_of(event: str, args: tuple[Any, ...]) -> _Concern | None:
        concern: _Concern | None = None
        if event == "import":
            concern = ("import", None) if args[0].partition(".")[0] in modules else None
        elif event == "compile":
            # A name of another class than text may give itself out for anything.
            name = args[1]
            known = name is None or (type(name) is text and not begins(name, trusted))
            concern = None if known else ("other", None)
        elif event in frames:
            concern = "frames", None
        elif event in closed or event.startswith("ctypes."):
            concern = "other", None
        elif event.startswith("object.__") and args[1:]:
            if args[1] in frame_names:
                concern = "frames", None
            elif args[1] in code_names and event == "object.__setattr__":
                concern = "code", args[0]
        return concern

    return concern_of


def _judge(home: str) -> Callable[[_Concern], bool]:
    """Return a function that tells whether the code that causes an event may do so."""
    getframe, places, opening = sys._getframe, (home, "<frozen "), preload.__code__  # noqa: SLF001
    own = (f"{home}/lessonlab/",)
    # Not everything in the standard library: much of it calls what it is handed.
    users = {
        "frames": (*own, *(f"{home}/{name}" for name in _FRAME_USERS)),
        "other": (*own, *_LOADERS, *(f"{home}/{name}" for name in _CODE_USERS)),
        "code": own,
    }

    def comes_from(frame: FrameType | None, files: tuple[str, ...]) -> bool:
        return frame is None or frame.f_code.co_filename.startswith(files)

    def may(concern: _Concern) -> bool:
        about, function = concern
        frame = getframe(2)
        ours = comes_from(frame, users[about])
        if ours and (about != "frames" or comes_from(frame.f_back, places)):
            return True
        # Everybody may change functions, except those of the standard library and ours.
        code = function.__code__ if about == "code" else None  # type: ignore[attr-defined]
        if code is not None and not code.co_filename.startswith(places):
            return True
        while frame.f_back is not None:
            frame = frame.f_back
        return frame.f_code is opening

    return may

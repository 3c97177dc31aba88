"""Python 3.11 with PySide6 6.12: None, True and False are made immortal, as Python 3.12 makes them itself.

That PySide6 is built as if they were: each call that returns None takes a reference it does not own, each ``emit`` one of
True. Without this the interpreter dies with "deallocating None" after some ten thousand calls. (PEP 683)
"""

from __future__ import annotations

import sys

COUNT = 1 << 60
"""References that no session uses up."""


def make_immortal() -> None:
    """Raises the reference counts, where the interpreter is that old and keeps them where CPython does."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes  # only this old an interpreter needs it

    for thing in (None, True, False):
        held = ctypes.c_ssize_t.from_address(id(thing))
        if abs(held.value - sys.getrefcount(thing)) < 100:
            held.value = COUNT

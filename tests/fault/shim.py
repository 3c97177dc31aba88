"""The recorder and injector of ``shim.c``: compiled once, loaded in front of libc, spoken to by ctypes."""

from __future__ import annotations

import ctypes
import enum
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

SOURCE = Path(__file__).with_name("shim.c")
NO_COMPILER = "no C compiler here: the recorder of file operations cannot be built"
_RECORD = struct.Struct("<IiqqI")


class Operation(enum.IntEnum):
    """As in ``shim.c``."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    UNLINK = 5
    RENAME = 6
    CLOSE = 7
    MKDIR = 8
    RMDIR = 9
    MARK = 10
    READ = 11


class How(enum.IntEnum):
    """How the n-th call fails: that one alone, it and all after it, or by writing half of what it was given."""

    ONCE = 0
    STICKY = 1
    SHORT = 2


@frozen
class Call:
    """One call that succeeded."""

    operation: Operation
    descriptor: int
    a: int
    """Flags of OPEN, offset of WRITE, length of TRUNCATE, number of MARK."""
    data: bytes

    @property
    def paths(self) -> list[str]:
        """The names it was given."""
        return [part.decode() for part in self.data.split(b"\0")]


def compiler() -> str | None:
    """The machine's C compiler; None where there is none, or no headers for it."""
    if not sys.platform.startswith("linux"):
        return None
    return next((path for name in ("gcc", "cc", "clang") if (path := shutil.which(name)) and _works(path)), None)


def _works(tool: str) -> bool:
    asked = [tool, "-E", "-x", "c", "-"]
    return not subprocess.run(
        asked, input="#include <stdio.h>\n", capture_output=True, text=True, check=False
    ).returncode


def build(folder: Path) -> Path:
    """The shared object, made in that folder; raises CalledProcessError with what the compiler said."""
    out, tool = folder / "shim.so", compiler()
    assert tool is not None, NO_COMPILER
    arguments = [tool, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(out), str(SOURCE), "-ldl"]
    subprocess.run(arguments, check=True, capture_output=True, text=True)
    return out


def read_trace(path: Path) -> Iterator[Call]:
    """The calls of a trace, in order."""
    data, at = path.read_bytes(), 0
    while at < len(data):
        operation, descriptor, a, _, length = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        yield Call(Operation(operation), descriptor, a, data[at : at + length])
        at += length


class Control:
    """The shim in this process; does nothing where it is not loaded."""

    def __init__(self) -> None:
        library = ctypes.CDLL(None)
        self._shim = library if hasattr(library, "fault_arm") else None

    def record(self, folders: Sequence[Path], trace: Path | None) -> None:
        """From now on calls on files under the folders are seen, and written down when there is a trace."""
        if self._shim is None:
            return
        for folder in folders:
            self._shim.fault_watch(str(folder).encode())
        if trace is not None:
            self._shim.fault_record(str(trace).encode())

    def mark(self, number: int) -> None:
        """Writes into the trace that something was acknowledged."""
        if self._shim is not None:
            self._shim.fault_mark(number)

    def arm(self, operations: Sequence[Operation], n: int, error: int, how: How) -> None:
        """The n-th of those calls from now fails; ``n`` 0 only counts."""
        if self._shim is not None:
            mask = sum(1 << operation for operation in operations)
            self._shim.fault_arm(mask, ctypes.c_long(n), error, int(how))

    def disarm(self) -> tuple[int, int]:
        """How many such calls there were, and how many of them failed; nothing fails any more."""
        if self._shim is None:
            return 0, 0
        seen, hits = int(self._shim.fault_seen()), int(self._shim.fault_hits())
        self.arm((), 0, 0, How.ONCE)
        return seen, hits

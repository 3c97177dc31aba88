"""A file or a folder that is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from crf_desktop.errors import EnvironmentProblem, Refused

_STUDY: Final = ("keys.a", "keys.b", "log.db")
"""Whichever of these lies in a folder, the folder is a study, or what is left of one."""


@contextlib.contextmanager
def whole_file(out: Path) -> Iterator[BinaryIO]:
    """A new file beside ``out``, renamed to it after fsync when the block ends well and removed when it does not.

    Raises EnvironmentProblem ``export.disk_full`` or ``export.not_written``, Refused ``export.inside_study``; an older
    file of that name is then untouched.
    """
    require_outside(out)
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(out)
        sync_folder(out.parent)
    except OSError as error:
        raise problem(error) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


@contextlib.contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A new folder beside ``out``, renamed to it when the block ends well and removed when it does not.

    Files in it are to be durable when they are closed (:func:`write_durably`). Raises as :func:`whole_file`, and
    Refused ``export.exists``: nothing is ever written over.
    """
    require_absent(out)
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        partial.mkdir()
        yield partial
        sync_folder(partial)
        partial.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise problem(error) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def require_absent(out: Path) -> None:
    """Refuses a place where something is already, or inside a study folder."""
    if out.exists():
        raise Refused("export.exists")
    require_outside(out)


def write_durably(path: Path, data: bytes) -> None:
    """A new file, on the disk when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def require_outside(out: Path) -> None:
    """Refuses a place inside a study folder: an export named ``log.db`` would take the study with it."""
    place = out.absolute()
    real = place.resolve()
    for folder in (*place.parents, *real.parents, real):
        if any((folder / name).exists() for name in _STUDY):
            raise Refused("export.inside_study")


def problem(error: OSError) -> EnvironmentProblem:
    """What a failed write means to a person; no path in it, since the user chose its name."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentProblem("export.disk_full")
    return EnvironmentProblem("export.not_written", reason=error.strerror or type(error).__name__)


def sync_folder(folder: Path) -> None:
    """Makes a rename durable; Windows has nothing to call and needs nothing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Where a study may lie: not on a network drive, whose locks may lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from crf_desktop.errors import EnvironmentProblem

_NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "davfs"})


def require_local(folder: Path) -> None:
    """Raises EnvironmentProblem ``study.network_drive``."""
    if _is_network(folder.absolute()):
        raise EnvironmentProblem("study.network_drive")


def _is_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        text = str(folder)
        return text.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == 4
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        return False
    return mount_type(mounts, folder) in _NETWORK


def mount_type(mounts: str, folder: Path) -> str:
    """File system of the longest mount point above a folder, from the text of ``/proc/mounts``."""
    best, kind = -1, ""
    real = Path(os.path.realpath(folder))
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if len(parts[1]) > best and (point == real or point in real.parents):
            best, kind = len(parts[1]), parts[2]
    return kind

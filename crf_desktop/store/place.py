"""Where a study may lie: not on a network drive, whose locks may lie, nor where another program copies what changes."""

from __future__ import annotations

import os
import sys
from itertools import islice
from pathlib import Path
from typing import Final

from crf_desktop.errors import EnvironmentProblem

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "davfs", "fuse.davfs2", "fuse.rclone",
     "fuse.gvfsd-fuse", "glusterfs", "ceph", "lustre", "9p.remote"}
)  # fmt: skip
_MARKS: Final = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud", ".nextcloudsync.log": "Nextcloud", ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive", ".tmp.driveupload": "Google Drive", ".nutstore": "Nutstore",
    ".nutstore_client": "Nutstore", ".baiduyun": "Baidu", ".baidunetdisk.sync": "Baidu", ".seafile-data": "Seafile",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}  # fmt: skip
"""What the programs leave in the folder they keep alike → what a person calls them."""
_PATTERNS: Final = ((".sync_", ".db", "Nextcloud"), ("._sync_", ".db", "Nextcloud"))
"""Beginning and end of a name with a number between."""
_NAMES: Final = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud drive": "iCloud", "iclouddrive": "iCloud", "mobile documents": "iCloud",
    "cloudstorage": "iCloud", "nextcloud": "Nextcloud", "owncloud": "Nextcloud", "nutstore files": "Nutstore",
    "nutstore": "Nutstore", "我的坚果云": "Nutstore", "坚果云": "Nutstore", "baidusyncdisk": "Baidu",
    "baidunetdiskworkspace": "Baidu", "百度网盘同步空间": "Baidu", "wpsdrive": "WPS", "wps云盘": "WPS",
    "weiyun": "Weiyun", "腾讯微云": "Weiyun", "box sync": "Box", "syncthing": "Syncthing",
}  # fmt: skip
"""Folders these programs make, by the name they give them, lower case."""
_MOST: Final = 5_000
"""Names read of one folder."""
_ENVIRONMENT: Final = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
_MAC_MOUNTS: Final = frozenset({"nfs", "smbfs", "afpfs", "webdav", "ftp"})


def require_local(folder: Path) -> None:
    """Raises EnvironmentProblem ``study.network_drive``, ``study.synced_folder`` with the ``program`` that syncs it."""
    if _is_network(folder.absolute()):
        raise EnvironmentProblem("study.network_drive")
    program = synced_by(folder)
    if program:
        raise EnvironmentProblem("study.synced_folder", program=program)


def synced_by(folder: Path) -> str:
    """The program that keeps the folder, or one above it, alike elsewhere; empty where none shows itself."""
    real = Path(os.path.realpath(folder))
    for variable, program in _ENVIRONMENT.items():
        root = os.environ.get(variable, "")
        if root and _within(real, Path(os.path.realpath(root))):
            return program
    for place in (real, *real.parents):
        named = _named(place.name.casefold()) if place != real else ""  # the study's own name says nothing
        found = named or _mark_in(place)
        if found:
            return found
    return ""


def _named(name: str) -> str:
    return _NAMES.get(name) or ("OneDrive" if name.startswith("onedrive - ") else "")


def _within(path: Path, root: Path) -> bool:
    return path == root or root in path.parents


def _mark_in(folder: Path) -> str:
    """A folder above may hold thousands of files, and be nobody's to list."""
    try:
        for mark, program in _MARKS.items():
            if (folder / mark).exists():
                return program
        inside = islice(folder.iterdir(), _MOST)
        names = [at.name.casefold() for at in inside if at.name.startswith(("._sync_", ".sync_"))]
    except OSError:
        return ""
    return next((who for first, last, who in _PATTERNS for n in names if n.startswith(first) and n.endswith(last)), "")


def _is_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        text = str(folder)
        return text.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == 4
    if sys.platform == "darwin":
        return mounted_as(folder) in _MAC_MOUNTS
    return mounted_as(folder) in _NETWORK


def mounted_as(folder: Path) -> str:
    """The file system a path lies on; empty where the system does not say."""
    if sys.platform == "darwin":
        import subprocess

        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return mount_type(_as_proc(told), folder)
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        return ""
    return mount_type(mounts, folder)


def _as_proc(told: str) -> str:
    """``/dev/disk1 on /Volumes/X (smbfs, nodev)`` in the order of ``/proc/mounts``."""
    lines = []
    for line in told.splitlines():
        device, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        kind, place = options.split(",")[0].strip(")"), point.replace(" ", "\\040")
        lines.append(f"{device.replace(' ', '_')} {place} {kind}")
    return "\n".join(lines)


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

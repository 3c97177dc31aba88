"""On which machine, volume and file a study lies, as far as the system tells: a copy lies elsewhere."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from crf_desktop.store.place import mounted_as

_UNSTABLE: Final = frozenset({"vfat", "msdos", "exfat", "fuseblk", "fuse.exfat", "9p"})
"""File systems that number a file anew at each mount."""


@frozen(slots=True)
class Whereabouts:
    """Where one file lies; what the system does not tell is empty, and never makes a difference."""

    machine: str
    """A digest of the machine's own name for itself."""
    volume: str
    inode: int

    def same(self, other: Whereabouts) -> bool:
        """Whether nothing that both know differs; a folder that was moved or renamed on its volume is the same."""
        pairs = ((self.machine, other.machine), (self.volume, other.volume), (self.inode, other.inode))
        return all(one == two for one, two in pairs if one and two)

    def body(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"machine": self.machine, "volume": self.volume, "inode": self.inode}

    @classmethod
    def read(cls, body: Any) -> Whereabouts:
        """From JSON; raises KeyError, TypeError or ValueError."""
        return cls(str(body["machine"]), str(body["volume"]), int(body["inode"]))


def here(path: Path) -> Whereabouts:
    """Of a file as it lies now; raises OSError."""
    found = path.stat()
    return Whereabouts(machine(), _volume(found.st_dev), 0 if mounted_as(path) in _UNSTABLE else found.st_ino)


@cache
def machine() -> str:
    """A digest of the machine's id; empty where it has none."""
    name = _machine_name()
    return hashlib.sha256(f"crf-desktop/machine/{name}".encode()).hexdigest()[:32] if name else ""


def _machine_name() -> str:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    if sys.platform == "darwin":
        import ctypes

        name, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)
        return "" if ctypes.CDLL(None).gethostuuid(name, wait) else name.raw.hex()
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(path).read_text("ascii").strip()
        except (OSError, ValueError):
            continue
    return ""


def _volume(device: int) -> str:
    """Windows numbers volumes; on Linux a device number says little after a restart, the volume's UUID does."""
    if sys.platform == "win32":
        return f"{device:x}"
    try:
        for link in Path("/dev/disk/by-uuid").iterdir():
            if link.stat().st_rdev == device:
                return link.name
    except OSError:
        pass
    return ""

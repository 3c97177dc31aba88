"""What this machine says about itself before a round: only checks that are really made."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

Check = Literal["clock", "disk", "folder", "battery", "memory"]
LOW_DISK = 500 * 1024 * 1024
LOW_BATTERY = 20
SLACK_S = 300


class Finding(NamedTuple):
    """One check: fine or not, with the number it saw."""

    check: Check
    fine: bool
    number: int = 0
    """Bytes free, percent of battery, minutes the clock is behind the last entry."""
    charging: bool = False


def look_around(folder: Path | None, now: datetime, power: Path = Path("/sys/class/power_supply")) -> list[Finding]:
    """Every check that can be made here, in the order of the page."""
    found = []
    if folder is not None and folder.is_dir():
        found += [_clock(folder, now), _folder(folder)]
    found.append(_disk(folder))
    battery = _battery(power)
    return [*found, battery] if battery else found


def _clock(folder: Path, now: datetime) -> Finding:
    """A clock behind the last write of the data file is wrong; one ahead cannot be told."""
    try:
        behind = (folder / "log.db").stat().st_mtime - now.timestamp()
    except OSError:
        behind = 0
    return Finding("clock", behind <= SLACK_S, max(0, round(behind / 60)))


def _folder(folder: Path) -> Finding:
    return Finding("folder", os.access(folder, os.W_OK) and os.access(folder / "log.db", os.W_OK))


def _disk(folder: Path | None) -> Finding:
    place = folder if folder is not None and folder.is_dir() else Path.home()
    free = shutil.disk_usage(place).free
    return Finding("disk", free >= LOW_DISK, free)


def _battery(power: Path) -> Finding | None:
    try:
        for supply in sorted(power.iterdir()):
            if (supply / "type").read_text("ascii").strip() == "Battery" and (supply / "capacity").is_file():
                percent = int((supply / "capacity").read_text("ascii"))
                charging = (supply / "status").read_text("ascii").strip() in ("Charging", "Full")
                return Finding("battery", charging or percent >= LOW_BATTERY, percent, charging)
    except (OSError, ValueError):
        pass
    return None

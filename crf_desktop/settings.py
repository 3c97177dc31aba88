"""What the machine gives: time, boot, files that ship with the program, limits."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

import crf_desktop


class Clock(Protocol):
    """Where the time comes from; handed in, so that tests and the demo can say what it is."""

    def now(self) -> datetime:
        """The moment, aware, in local time."""
        ...

    def boot(self) -> tuple[str, int]:
        """Which start of the machine this is, and milliseconds since (suspend included)."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """Local time with its offset."""
        return datetime.now().astimezone()

    def boot(self) -> tuple[str, int]:
        """Boot id, and a clock that goes on while the machine sleeps: Linux, macOS, else what Windows counts."""
        clock = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
        since = time.clock_gettime_ns(clock) if clock is not None else time.monotonic_ns()
        return boot_id(), since // 1_000_000


@cache
def boot_id() -> str:
    """The kernel's boot id; where there is none, the minute the machine was started."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return f"boot-{int(time.time() - time.monotonic()) // 60}"


def utc_text(moment: datetime) -> str:
    """``2026-11-22T08:15:30.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_minutes(moment: datetime) -> int:
    """Minutes local time is ahead of UTC."""
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def resource(*parts: str) -> Path:
    """A file that ships with the program (fonts, icons, translations)."""
    inside = Path(crf_desktop.__file__).parent / "resources"
    root = inside if inside.is_dir() else Path(crf_desktop.__file__).parent.parent / "resources"
    return root.joinpath(*parts)


def user_data() -> Path:
    """The user's folder for this program; holds the record of installations and window geometry, never study data."""
    import platformdirs  # only sessions that write need it

    override = os.environ.get("CRF_DATA_HOME")
    return Path(override) if override else Path(platformdirs.user_data_dir("crf-desktop", appauthor=False))

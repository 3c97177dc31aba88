"""Which backups stay: the last of each day, week and month; the newest always."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from crf_desktop.store import backup_file
from crf_desktop.store.backup_file import SUFFIX, BackupLabel

FOLDER: Final = "backup"
DAYS, WEEKS, MONTHS, LATEST = 7, 4, 12, 3
MOST_BYTES: Final = 4 * 1024**3
"""Together; an older one goes for a newer, but the newest stays whatever its size."""
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(rf".*-(\d{{8}}T\d{{6}}Z){re.escape(SUFFIX)}", re.DOTALL)


@frozen(slots=True)
class Kept:
    """A backup file in a folder; it got its name only when it had been proved."""

    path: Path
    made: datetime
    size: int


def name_for(study: Path, made: datetime) -> str:
    """``NAME-20261125T164012Z.crfbackup``."""
    return f"{study.stem}-{made.astimezone(UTC).strftime(_STAMP)}{SUFFIX}"


def free_name(own: Path, study: Path, made: datetime) -> Path:
    """A file that is not there yet: two of one second get two names."""
    while (path := own / name_for(study, made)).exists():
        made += timedelta(seconds=1)
    return path


def found(folder: Path) -> list[Kept]:
    """The backups in a folder, newest first; empty where there is no such folder."""
    kept = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match is None:
                continue
            with contextlib.suppress(OSError, ValueError):
                made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
                kept.append(Kept(path, made, path.stat().st_size))
    return sorted(kept, key=lambda one: one.made, reverse=True)


def newest(study: Path) -> Path | None:
    """The newest backup in a study's own folder; None when there is none."""
    kept = found(study / FOLDER)
    return kept[0].path if kept else None


def surplus(kept: Iterable[Kept], now: datetime, most_bytes: int = MOST_BYTES) -> list[Kept]:
    """Those that may go: neither the newest, nor the last of one of the days, weeks, months that are kept.

    Days are those of ``now``'s time zone.
    """
    ordered = sorted(kept, key=lambda one: one.made, reverse=True)
    stay = {one.path for one in ordered[:LATEST]}
    zone = now.tzinfo
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-W%V"), (MONTHS, "%Y-%m")):
        seen: dict[str, Path] = {}
        for one in ordered:
            seen.setdefault(one.made.astimezone(zone).strftime(period), one.path)
        stay |= set(list(seen.values())[:most])
    total, full = 0, False
    for at, one in enumerate(ordered):
        if one.path not in stay:
            continue
        total += one.size
        full = full or (at > 0 and total > most_bytes)
        if full:
            stay.discard(one.path)
    return [one for one in ordered if one.path not in stay]


def thin_out(folder: Path, label: BackupLabel, now: datetime, most_bytes: int = MOST_BYTES) -> int:
    """Deletes what may go of this study file's own backups; returns how many went. What cannot be deleted stays."""
    own = [one for one in found(folder) if _is_of(one.path, label)]
    gone = 0
    for one in surplus(own, now, most_bytes):
        with contextlib.suppress(OSError):
            one.path.unlink()
            gone += 1
    return gone


def _is_of(path: Path, label: BackupLabel) -> bool:
    """A stick may hold backups of several studies, and of a file under the origin it had before."""
    told = backup_file.label_of(path)
    return told is not None and (told.study_oid, told.site, told.origin) == (label.study_oid, label.site, label.origin)

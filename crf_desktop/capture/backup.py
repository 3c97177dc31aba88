"""Backups as a person asks for them, and how the study stands with them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

from crf_desktop.capture.filing import require_absent
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import backup, backup_keeping, engine
from crf_desktop.store.backup import LastBackup, Made
from crf_desktop.store.backup_file import Progress

WARN_DAYS, BANNER_DAYS = 7, 14
AT_LOCK_MOST: Final = 64 * 1024 * 1024
"""Bytes of ``log.db`` beyond which locking does not wait for a copy: the daily one holds it."""


@frozen
class BackupFacts:
    """What the study page tells."""

    last: LastBackup
    place: Path | None
    """The second place."""
    place_there: bool
    age_days: int | None
    """Days of work that no backup holds; None where there never was one."""
    kept: int
    """Backups in the study's own folder."""

    @property
    def late(self) -> bool:
        """Whether a person has to be told on the page."""
        return self.last.news and (self.age_days is None or self.age_days >= WARN_DAYS)

    @property
    def very_late(self) -> bool:
        """Whether it has to stand above every page."""
        return self.last.news and self.age_days is not None and self.age_days >= BANNER_DAYS


def backup_facts(study: Study) -> BackupFacts:
    """As the log, the settings and the disk tell it now."""
    store = study.store
    place = backup.second_place(store)
    kept = len(backup_keeping.found(store.folder / backup_keeping.FOLDER))
    return BackupFacts(backup.last(store), place, place is not None and place.is_dir(), backup.age_days(store), kept)


def back_up_to(study: Study, out: Path, progress: Progress = backup.quiet) -> Made:
    """A proved backup as a file of its own, and the row that says so.

    Raises Refused ``export.exists``, ``export.inside_study``; EnvironmentProblem ``backup.*``, ``store.*``.
    """
    _require_writable(study)
    require_absent(out)
    made = backup.make(study.store, "asked", out, progress, at_once=True)
    backup.record(study.store, made)
    return made


def back_up(study: Study, why: str, progress: Progress = backup.quiet) -> Made:
    """A proved backup in the study's own folder and at the second place; raises ``backup.*``, ``store.*``."""
    _require_writable(study)
    return backup.make_and_record(study.store, why, progress)


def made_beside(study: Study, why: str, progress: Progress = backup.quiet) -> Made:
    """The same on a thread of its own while people go on; :func:`record` says so on the thread of the study."""
    return backup.copied_on(study.store, backup.make(study.store, why, progress=progress))


def record(study: Study, made: Made) -> None:
    """The row of a backup made beside."""
    backup.record(study.store, made)


def record_failure(study: Study, why: str, problem: EnvironmentProblem) -> None:
    """The row of one that failed."""
    backup.record_failure(study.store, why, problem)


def before_lock(study: Study) -> None:
    """A backup when a study is closed, where something was written since the last one and it takes a moment only.

    The second place is left for the next time: a slow stick would keep the keys in memory while nobody is there.
    """
    store = study.store
    if store.read_only or not backup.last(store).news or (store.folder / engine.NAME).stat().st_size > AT_LOCK_MOST:
        return
    try:
        made = backup.make(store, "lock", at_once=True)
    except EnvironmentProblem as problem:
        backup.record_failure(store, "lock", problem)
        return
    backup.record(store, made)


def due(study: Study) -> bool:
    """Whether something was written since the last backup, and that one is of another day."""
    return backup.due(study.store)


def second_behind(study: Study) -> bool:
    """Whether the second place is there and lacks the newest backup."""
    place, newest = backup.second_place(study.store), backup_keeping.newest(study.store.folder)
    behind = place is not None and newest is not None and place.is_dir() and not (place / newest.name).exists()
    return behind and not study.store.read_only


def choose_place(study: Study, folder: Path | None) -> None:
    """Another second place, or none; raises Refused ``backup.place_inside``."""
    _require_writable(study)
    backup.choose_place(study.store, folder)


def _require_writable(study: Study) -> None:
    if study.store.read_only:
        raise EnvironmentProblem("store.read_only")


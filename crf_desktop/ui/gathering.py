"""The trial read for an analysis, one participant per turn of the window's loop, so that nobody who types waits."""

from __future__ import annotations

import pickle
import zlib
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen
from PySide6.QtCore import QObject, QTimer, Signal

from crf_desktop.errors import Explained
from crf_desktop.model.path import ItemPath

if TYPE_CHECKING:
    from crf_desktop.analysis.trial import TrialRecord
    from crf_desktop.capture.study import Study

Version = tuple[Mapping[str, tuple[int, int]], Mapping[str, str], str]
"""(participant → what was written of them, the site's numbers, today): what was read before another is out of date."""


def version_of(study: Study) -> Version:
    """Of everything an analysis rests on; a row of the log that is no datum changes nothing."""
    store = study.store
    seen = {subject: store.version(ItemPath(subject)) for subject in study.subjects()}
    return seen, dict(study.profile().parameters), study.today()


@frozen
class Gathered:
    """A trial at one moment, ready to be sent to another process."""

    trial: TrialRecord
    """Without the participants."""
    parts: Mapping[str, bytes] = field(repr=False)
    """Participant → their record, pickled and compressed."""
    version: Version = field(repr=False)
    when: str
    """Local time at which the last participant was read: ``16:42``."""


class Gathering(QObject):
    """Reads everybody once, and after that only those of whom something was written."""

    progressed = Signal(int, int)
    """(participants read, in all)"""
    done = Signal(object)
    """(:class:`Gathered`)"""
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._study: Study | None = None
        self._kept: dict[str, tuple[tuple[int, int], bytes]] = {}
        self._left: deque[str] = deque()
        self._version: Version = ({}, {}, "")
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._timer.isActive()

    def start(self, study: Study) -> None:
        """Begins; goes on where it was stopped."""
        self._study = study
        self._look()
        self._timer.start()

    def stop(self) -> None:
        """Stops; what was read is kept."""
        self._timer.stop()

    def forget(self) -> None:
        """The study is locked: keeps nothing."""
        self.stop()
        self._study, self._version = None, ({}, {}, "")
        self._kept.clear()
        self._left.clear()

    def _look(self) -> None:
        """What has to be read."""
        assert self._study is not None
        self._version = version_of(self._study)
        seen = self._version[0]
        self._kept = {s: held for s, held in self._kept.items() if seen.get(s) == held[0]}
        self._left = deque(s for s in seen if s not in self._kept)

    def _step(self) -> None:
        assert self._study is not None
        try:
            if self._left:
                self._read(self._left.popleft())
            elif self._version != version_of(self._study):  # somebody wrote meanwhile: one state of everybody, or none
                self._look()
            else:
                self._finish()
        except Explained as problem:
            self.stop()
            self.failed.emit(problem)

    def _read(self, subject: str) -> None:
        from crf_desktop.capture.subject_reading import read_subject  # loads with the study

        assert self._study is not None
        seen = self._study.store.version(ItemPath(subject))
        record = read_subject(self._study.store, subject)
        self._kept[subject] = seen, zlib.compress(pickle.dumps(record, pickle.HIGHEST_PROTOCOL), 1)
        of = len(self._version[0])
        self.progressed.emit(of - len(self._left), of)

    def _finish(self) -> None:
        from crf_desktop.analysis.trial import TrialRecord  # loads with the study

        assert self._study is not None
        self.stop()
        store, (seen, parameters, today) = self._study.store, self._version
        heads = {origin: (seq, digest.hex()) for origin, (seq, digest) in store.heads().items()}
        trial = TrialRecord(
            store.study_oid, store.definition_bytes, store.metadata_digest, heads, today, parameters, ()
        )
        parts = {subject: self._kept[subject][1] for subject in seen}
        when = self._study.clock.now().strftime("%H:%M")
        self.done.emit(Gathered(trial, parts, self._version, when))

"""Backups beside the work: once a day, when asked, and when the study is closed; nobody who types waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.line_strip import LineStrip
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.worker import ThreadJob

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class BackupWatch(QObject):
    """One backup at a time, on a thread; the row about it is written here."""

    changed = Signal()
    """How far one is, that one was made, or that one failed."""
    made = Signal()
    """A row was written."""
    first_after_ms, then_ms = 60_000, 600_000
    """The first hurry is over; then looked at every ten minutes, since the day may change."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.study: Study | None = None
        self.problem: Explained | None = None
        """Why the last one failed, until the next one."""
        self.percent = 0
        self.at_close = True
        """Whether closing a study makes a backup of what was written since the last one."""
        self.strips = (LineStrip(look), LineStrip(look))
        """That backups are late; that this folder is a copy, or cannot be written to."""
        self._job: ThreadJob | None = None
        self._why, self._stop, self._understood, self._second_failed = "", False, False, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        look.language_changed.connect(self.retranslate)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._job is not None

    # ---- a study comes and goes

    def begin(self, study: Study) -> None:
        """A study was unlocked."""
        self.study, self.problem, self._understood, self._second_failed = study, None, False, False
        self._timer.start(self.first_after_ms)
        self.retranslate()

    def end(self, study: Study) -> None:
        """The study is about to be closed: what is under way ends, and what was written since the last one is kept."""
        from crf_desktop.capture import backup  # loaded with the study

        self._timer.stop()
        self._stop = True
        if self._job is not None:
            self._job.cancel()
            self._job.join()
        self._job, self._stop, self.study = None, False, None
        if self.at_close:
            backup.before_lock(study)
        self.retranslate()

    # ---- backups

    def back_up(self, why: str = "asked") -> None:
        """Begins one, unless one is under way."""
        from crf_desktop.capture import backup  # loaded with the study

        study = self.study
        if study is None or self._job is not None or study.store.read_only:
            return
        self._why, self.percent, self.problem = why, 0, None
        job = ThreadJob(backup.made_beside, study, why, self._tell, parent=self)
        job.progressed.connect(self._progressed)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        self._job = job
        job.start()
        self.changed.emit()

    def _tell(self, done: int, of: int) -> None:
        """On the thread of the backup."""
        from crf_desktop.errors import EnvironmentProblem

        if self._stop:
            raise EnvironmentProblem("backup.stopped")
        if self._job is not None and 100 * done // of != self.percent:
            self._job.progressed.emit(done, of)

    def _progressed(self, done: int, of: int) -> None:
        self.percent = 100 * done // of
        self.changed.emit()

    def _done(self, made: Any) -> None:
        from crf_desktop.capture import backup  # see above
        from crf_desktop.errors import EnvironmentProblem

        self._job = None
        if self.study is not None:
            try:
                backup.record(self.study, made)
            except Explained as problem:
                self.problem = problem
            else:
                if made.second == "failed":
                    self.problem = EnvironmentProblem("backup.second_failed")
                self._second_failed = made.second == "failed"
                self.made.emit()
        self._told()

    def _failed(self, error: BaseException) -> None:
        from crf_desktop.capture import backup  # see above
        from crf_desktop.errors import EnvironmentProblem

        self._job = None
        if not isinstance(error, Explained):
            raise error
        self.problem = error
        if self.study is not None and isinstance(error, EnvironmentProblem):
            backup.record_failure(self.study, self._why, error)
        self._told()

    def _told(self) -> None:
        self.retranslate()
        self.changed.emit()

    def _look(self) -> None:
        from crf_desktop.capture import backup  # see above

        self._timer.start(self.then_ms)
        if self.study is None:
            return
        # A stick that took nothing is not tried again and again.
        behind = not self._second_failed and backup.second_behind(self.study)
        if backup.due(self.study) or behind:
            self.back_up("daily")

    # ---- lines above the pages

    def retranslate(self) -> None:
        """Words of the language in force."""
        self._say_late()
        self._say_copied()

    def _say_late(self) -> None:
        words = ""
        if self.study is not None and not self.study.store.read_only:
            from crf_desktop.capture.backup import backup_facts  # see above

            facts = backup_facts(self.study)
            if facts.very_late:
                words = self.tr("No backup holds the work of the last {0} days.").format(facts.age_days)
            elif self.problem is not None and self._why == "daily":
                happened, _, todo = self.problem.sentences(self.look.language)
                none = self.problem.code != "backup.second_failed"
                first = [self.tr("Today’s backup could not be made.")] if none else []
                words = self._joined(*first, happened, todo)
        self.strips[0].say(words, Glyph.WARNING, "warn_soft", (self.tr("Make one now"), self.back_up))

    def _say_copied(self) -> None:
        problem = None if self.study is None else self.study.store.parts.problem
        if problem is not None and problem.code == "store.read_only":
            words = self.tr("This study can only be read here: its disk or folder cannot be written to.")
            self.strips[1].say(words, Icon.INFO, "sunken")
            return
        found = [] if self.study is None or self._understood else self.study.store.findings
        told = [f.sentence(self.look.language) for f in found if f.code in ("verify.copied", "verify.earlier_state")]
        self.strips[1].say(self._joined(*told), Glyph.WARNING, "warn_soft", (self.tr("Understood"), self._put_away))

    def _put_away(self) -> None:
        self._understood = True
        self.retranslate()

    def _joined(self, *sentences: str) -> str:
        return ("" if self.look.language == "zh" else " ").join(sentences)

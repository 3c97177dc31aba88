"""The one window: app bar, banner, pages; who is in, and the lock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from crf_desktop.errors import Explained
from crf_desktop.settings import Clock, SystemClock
from crf_desktop.ui.app_bar import AppBar
from crf_desktop.ui.backup_watch import BackupWatch
from crf_desktop.ui.banner import Banner
from crf_desktop.ui.behind import open_study, read_label, read_rest
from crf_desktop.ui.greeting_strip import GreetingStrip
from crf_desktop.ui.locking import Locking
from crf_desktop.ui.log_watch import LogWatch
from crf_desktop.ui.look import Look
from crf_desktop.ui.notifier import StudyNotifier
from crf_desktop.ui.page import column
from crf_desktop.ui.preference import Preference
from crf_desktop.ui.room_strip import RoomStrip
from crf_desktop.ui.signing_count import SigningCount
from crf_desktop.ui.timer_watch import TimerWatch
from crf_desktop.ui.unlock_page import UnlockPage
from crf_desktop.ui.worker import ThreadJob, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.places import Places, Where


class MainWindow(QWidget):
    """Everything below the window knows neither it nor one another; it hands the study down."""

    opened = Signal()
    """A study was unlocked and its first page stands."""
    stands = Signal()
    """The window was painted for the first time."""

    def __init__(self, look: Look, preference: Preference | None = None, clock: Clock | None = None) -> None:
        super().__init__()
        self.look, self.preference, self.clock = look, preference, clock or SystemClock()
        self.study: Study | None = None
        self.places: Places | None = None
        self.folder: Path | None = None
        self.notifier, self.workshop = StudyNotifier(self), Workshop(self)
        self.timers, self.waiting = TimerWatch(self.clock, self), SigningCount()
        self._jobs: list[ThreadJob] = []
        self.locking, self.log = Locking(self), LogWatch(look, self.clock, self)
        self.backups = BackupWatch(look, self)
        self.locking.before_close += [self.log.end, self.backups.end]
        self.log.restore = self.restore_newest
        self._scale, self._closing, self._painted = look.scale, False, False
        self.setWindowTitle("CRF Desktop")
        self.setMinimumSize(720, 480)
        self.resize(1280, 800)
        self._make_frame()
        self._connect()

    def _make_frame(self) -> None:
        self.bar, self.banner, self.stack = AppBar(self.look), Banner(self.look), QStackedWidget()
        self.room, self.greeting = RoomStrip(self.look), GreetingStrip(self.look)
        self.unlock = UnlockPage(self.look)
        self.stack.addWidget(self.unlock)
        frame = column(self)
        frame.addWidget(self.bar)
        strips = (self.locking.strip, self.locking.typed, self.room, *self.backups.strips)
        for line in (*strips, self.log.strip, self.log.clock_strip, self.greeting):
            frame.addWidget(line)
        frame.addWidget(self.banner)
        frame.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.look.changed.connect(self._look_changed)
        self.look.language_changed.connect(self.retranslate)
        self._connect_unlock()
        bar = self.bar
        bar.place_asked.connect(self._go_place)
        bar.find_asked.connect(self.open_find)
        bar.lock_asked.connect(self.lock)
        bar.quit_asked.connect(self.close)
        bar.save_again_asked.connect(self._save_again)
        bar.timer_asked.connect(self._go_timer)
        self.timers.changed.connect(bar.show_timer)
        self.greeting.password_asked.connect(self._ask_password)
        self.notifier.committed.connect(lambda when: bar.show_saved(when))
        self.notifier.failed.connect(lambda: bar.show_saved("", failed=True))
        for keys, act in (("F12", self.lock), ("Ctrl+K", self.open_find), ("Ctrl+Q", self.close)):
            QShortcut(QKeySequence(keys), self, act)

    def _connect_unlock(self) -> None:
        self.unlock.unlock_asked.connect(self._unlock)
        self.unlock.folder_asked.connect(self.choose_folder)
        self.unlock.recovery_asked.connect(self._recover)
        self.unlock.restore_asked.connect(self._restore)

    # ---- before unlocking

    def show_folder(self, folder: Path | None) -> None:
        """Shows a study to unlock; its label follows as soon as the code that reads it is there."""
        if folder != self.folder:
            self.unlock.show_locked("", False)
        self.folder = folder
        self.unlock.show_study(folder, None)
        self.unlock.start()
        if self._painted:
            self._read_label()

    def _read_label(self) -> None:
        folder = self.folder
        if folder is not None:
            self._run(read_label, folder, done=lambda label: self._labelled(folder, label), failed=self._unlock_failed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window stands: from here on the rest may be read."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.stands.emit)
            QTimer.singleShot(0, self, self._read_label)
            QTimer.singleShot(0, self, self.read_ahead)

    def _labelled(self, folder: Path, label: Any) -> None:
        if self.folder == folder:
            self.unlock.show_study(folder, label)

    def read_ahead(self) -> None:
        """Reads the rest of the program while the password is typed."""
        self._run(read_rest)

    def choose_folder(self) -> None:
        """Asks for a study folder."""
        from PySide6.QtWidgets import QFileDialog  # costs the first frame half a millisecond, and few ask for it

        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the study folder"), str(self.folder.parent if self.folder else Path.home())
        )
        if chosen:
            self.unlock.show_locked("", False)
            self.show_folder(Path(chosen))

    def _run(self, function: Any, *arguments: Any, done: Any = None, failed: Any = None) -> ThreadJob:
        job = ThreadJob(function, *arguments, parent=self)
        self._jobs = [j for j in self._jobs if j.running]
        self._jobs.append(job)
        if done is not None:
            job.done.connect(done)
        job.failed.connect(failed if failed is not None else self.fault)
        return job.start()

    def _unlock(self, user_name: str, password: str) -> None:
        if self.folder is None or self.study is not None:
            return
        self.unlock.show_busy(True)
        self._run(
            open_study, self.folder, user_name, password, self.clock, self.locking.holder,
            done=self._opened, failed=self._unlock_failed,
        )  # fmt: skip

    def _ask_password(self) -> None:
        self._go_place("study")
        if self.places is not None and self.places.where.page == "study":
            self.places.about.keys.ask_password(self.greeting.words.text())

    def _recover(self) -> None:
        from crf_desktop.ui.recovering import ask  # rarely needed

        if self.study is None:
            ask(self)

    def _restore(self) -> None:
        from crf_desktop.ui.restoring import Restoring  # rarely needed

        if self.study is None:
            Restoring(self).choose()

    def restore_newest(self) -> None:
        """Locks, and offers the newest backup of this study on the window that comes."""
        self.locking.lock(restore=True)

    def _unlock_failed(self, error: BaseException) -> None:
        self.unlock.show_busy(False)
        if isinstance(error, Explained):
            self._show_unlock_problem(error).again = lambda: self._show_unlock_problem(error)
        else:
            self.fault(error)

    def _show_unlock_problem(self, error: Explained) -> Any:
        from crf_desktop.ui.problem_panel import ProblemSheet, problem_of  # rarely needed

        told = problem_of(error, self.tr("Unlocking"), self.look.language)
        again = error.code in ("keys.wrong_password", "keys.wait", "keys.blocked", "study.locked_by_other")
        acts: list[Any] = [(self.tr("Try again"), "primary", lambda: sheet.close_sheet())]
        if not again:
            acts = [
                (self.tr("Close the message"), "plain", lambda: sheet.close_sheet()),
                (self.tr("Choose another folder"), "primary", lambda: self._choose_instead(sheet)),
            ]
        sheet: Any = ProblemSheet(self.look, self.unlock, told, acts)
        sheet.closed.connect(self._after_problem)
        sheet.open(sheet.first_button())
        return sheet

    def _choose_instead(self, sheet: Any) -> None:
        sheet.close_sheet()
        self.choose_folder()

    def _after_problem(self) -> None:
        self.unlock.password.selectAll()
        self.unlock.start()

    # ---- unlocked

    def _opened(self, study: Study) -> None:
        if self._closing:
            study.close()
            return
        self.study = study
        self.unlock.show_busy(False)
        self.unlock.forget_password()
        self.unlock.show_locked("", False)
        self.bar.show_session(study.session.person.role)
        self.locking.opened(study, self._ensure_places())
        self.log.begin(study)
        self.backups.begin(study)
        self.greeting.greet(study)
        self._count()
        self.timers.tell()
        self.opened.emit()

    def _ensure_places(self) -> Places:
        from crf_desktop.ui.places import Places

        if self.places is None:
            places = self.places = Places(self.look, self.stack, self.workshop)
            places.moved.connect(self._moved)
            places.watch_log(self.log)
            places.about.backups = self.backups
            self.log.host = places.page
            places.banner_changed.connect(self.banner.show_words)
            places.written.connect(self._written)
            places.write_failed.connect(self.notifier.failed)
            places.entry_shown.connect(self.timers.look_at)
            places.about.idle_chosen.connect(self.locking.choose_minutes)
            places.about.show_idle(self.locking.minutes)
        return self.places

    def _moved(self, where: Where) -> None:
        self.bar.show_place(where.place)

    def _written(self) -> None:
        assert self.study is not None
        self._count()
        self.log.look_at_clock()
        self.notifier.committed.emit(self.study.clock.now().strftime("%H:%M"))
        self.notifier.states_changed.emit("")

    def _count(self) -> None:
        assert self.study is not None
        self.room.look_at(self.study.store.folder)
        states = self.study.store.count_states()
        self.bar.show_counts(self.waiting.of(self.study, states), states.get("queries", 0))

    def _go_place(self, place: str) -> None:
        from crf_desktop.ui.places import Where

        if self.places is not None and self.study is not None:
            self.places.go(Where(place))

    def _go_timer(self) -> None:
        from crf_desktop.ui.places import Where

        found = self.timers.first()
        if found is not None and self.places is not None and self.study is not None:
            (subject, event), deadline = found
            self.places.go(Where("form", subject, event, self.study.definition.form_of_item[deadline.started_item]))

    def _save_again(self) -> None:
        if self.places is not None:
            self.places.form.binding.again()

    def open_find(self) -> None:
        """Ctrl+K."""
        if self.study is None or self.places is None or not self.places.may_move():
            return
        from crf_desktop.ui.find_panel import RESPONSE, FindSheet
        from crf_desktop.ui.open_lines import RECORDS
        from crf_desktop.ui.places import Where

        def go(key: str) -> None:
            assert self.places is not None
            parts = key.split("/")
            if parts[0] == RECORDS:
                self.places.open_records(self.places.where.subject, parts[1])
            elif parts[0] == RESPONSE:
                self.places.go(Where("response", parts[1]))
            elif len(parts) == 3:
                self.places.go(Where("form", *parts))
            else:
                self.places.go(Where("participant", key))

        def ask() -> FindSheet:
            assert self.places is not None and self.study is not None
            sheet = FindSheet(self.look, self.places.page(), self.study, self.places.where.subject, go)
            sheet.open(sheet.words)
            return sheet

        if self.places.page().findChild(FindSheet) is None:
            ask().again = ask

    def lock(self) -> None:
        """Hides everything, closes the study and ends the process that held it; half-typed text is kept, encrypted."""
        self.locking.lock()

    def cover(self) -> None:
        """From here on nothing of the study is on the screen."""
        self.stack.setCurrentWidget(self.unlock)
        self.bar.show_session("")
        self.greeting.greet(None)
        self.room.look_at(None)

    # ---- look

    def _look_changed(self) -> None:
        if self.preference is not None:
            self.preference.keep(self.look)
        if self.look.scale != self._scale:
            self._scale = self.look.scale
            QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        """Another text size: the pages are made anew at the same place."""
        old, folder, label = self.unlock, self.unlock.folder, self.unlock._label
        self.unlock = UnlockPage(self.look)
        self._connect_unlock()
        self.stack.addWidget(self.unlock)
        self.unlock.show_study(folder, label)
        if self.places is not None and self.study is not None:
            where = self.places.where
            self.locking.keep_typed(self.study, self.places)
            self.places.form.keep_typed()
            self.places.end()
            self.places = None
            self._ensure_places().show_study(self.study, where)
        else:
            if self.places is not None:
                self.places.end()
                self.places = None
            self.stack.setCurrentWidget(self.unlock)
            self.unlock.start()
        self.stack.removeWidget(old)
        old.deleteLater()

    def retranslate(self) -> None:
        """Every page at once."""
        self.unlock.retranslate()
        self.bar.retranslate()
        if self.places is not None:
            self.places.retranslate()

    # ---- when something goes wrong, and the end

    def fault(self, error: BaseException) -> None:
        """A fault of the program: nothing more is written; says so without any value."""
        from crf_desktop.ui.problem_panel import ProblemSheet, fault_of

        page: QWidget = self.unlock
        if self.places is not None and self.study is not None:
            self.places.form.freeze()
            page = self.places.page()
        import traceback  # only a fault needs it

        frames = traceback.extract_tb(error.__traceback__)
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        told = fault_of(error, where)
        act: Any = (self.tr("Close the message"), "primary", lambda: sheet.close_sheet())
        if self.study is not None:
            act = (self.tr("Lock now"), "primary", self.lock)
        sheet: Any = ProblemSheet(self.look, page, told, [act])
        sheet.open(sheet.first_button())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing = True
        if self.places is not None and self.study is not None:
            study, self.study = self.study, None
            self.locking.quit(study, self.places)
        self.timers.stop()
        self.workshop.abandon()
        for job in self._jobs:
            job.join()
        if self.preference is not None:
            self.preference.keep_geometry(self.saveGeometry())
        super().closeEvent(event)

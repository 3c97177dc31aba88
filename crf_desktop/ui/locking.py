"""The lock: when it falls, what is kept, and how the process that held the study ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crf_desktop.errors import Explained
from crf_desktop.ui.clipboard import ClipboardWatch
from crf_desktop.ui.idle import IdleWatch
from crf_desktop.ui.idle_strip import IdleStrip
from crf_desktop.ui.preference import IDLE_MINUTES
from crf_desktop.ui.relaunch import Locked, Restart
from crf_desktop.ui.trace import leave_no_history
from crf_desktop.ui.typed_kept import TypedStrip, keep
from crf_desktop.ui.worker import ThreadJob

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.main_window import MainWindow
    from crf_desktop.ui.places import Places
    from crf_desktop.ui.session_watch import SessionWatch

PATIENCE_MS = 20_000
"""A new window that neither stands nor has ended by then is waited for no longer: what is in memory goes first."""


class Locking(QObject):
    """Watches one window; without ``restart`` the process stays (tests, the tour), everything else is the same."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.restart: Restart | None = None
        self.session: SessionWatch | None = None
        self.listens = False
        """Whether the machine is asked to tell when it sleeps or its screen is locked."""
        self.idle, self.clipboard = IdleWatch(self), ClipboardWatch(self)
        self.strip, self.typed = IdleStrip(window.look), TypedStrip(window.look)
        self.before_close: list[Callable[[Study], None]] = []
        """Done behind the cover, before the study is closed (a copy, for one)."""
        self.holder = 0
        """The process that held the study before this one."""
        minutes = window.preference.idle_minutes() if window.preference is not None else IDLE_MINUTES
        self.idle.set_minutes(minutes)
        self.minutes = minutes
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._leave(True))
        self.idle.warned.connect(lambda left: self.strip.show_left(left, window.timers.first() is not None))
        self.idle.due.connect(self.lock)

    def watch(self, session: SessionWatch) -> None:
        """Locks when the machine goes to sleep or its screen is locked."""
        self.session = session
        session.left.connect(self.lock)

    # ---- a study comes and goes

    def take_over(self, locked: Locked) -> None:
        """What a process that has locked the study says to this window."""
        window = self.window
        self.holder = locked.holder
        window.unlock.expect(locked.user)
        window.unlock.show_locked(locked.when, locked.kept)
        window.timers.ring_in(locked.bell_s)
        if locked.restore:
            window.stands.connect(lambda: self._offer(True))

    def opened(self, study: Study, places: Places) -> None:
        """A study was unlocked: back to the place this person left, and the watch begins."""
        from crf_desktop.ui.place_kept import go_back, kept_timers  # loads with the pages

        self.holder = 0
        go_back(study, places)
        self.typed.show_study(study)
        for subject, event, form in kept_timers(study):
            with contextlib.suppress(Explained, KeyError):  # a form that is no longer asked
                self.window.timers.look_at(study.form(subject, event, form))
        self.idle.start()
        if self.listens and self.session is None:
            from crf_desktop.ui.session_watch import SessionWatch  # not before the window stands

            self.watch(SessionWatch(self.window))
        if self.session is not None:
            self.session.start(int(self.window.winId()))

    def choose_minutes(self, minutes: int) -> None:
        """Another idle time, for this machine."""
        self.minutes = minutes
        self.idle.set_minutes(minutes)
        if self.window.preference is not None:
            self.window.preference.keep_idle_minutes(minutes)

    def stop(self) -> None:
        """No study is open."""
        self.idle.stop()
        self.strip.show_left(0, False)
        self.typed.show_study(None)
        if self.session is not None:
            self.session.stop()

    def close(self, study: Study) -> None:
        """Does what is due before a study is closed, and closes it."""
        try:
            for act in self.before_close:
                with contextlib.suppress(Explained):  # what could not be done is told at the next opening
                    act(study)
        finally:  # whatever a fault of the program left undone, the keys go
            study.close()
            self.clipboard.clear()
        leave_no_history()

    # ---- the lock

    def keep_typed(self, study: Study, places: Places) -> bool:
        """Keeps what stands unsent on cards and on the page of the study; whether there was anything."""
        found = places.about.keep_typed() | keep(study, self.window, places.where.subject)
        self.typed.tell()
        return found

    def lock(self, *, restore: bool = False) -> None:
        """Hides everything, keeps what is half typed, closes the study and ends the process that held it.

        ``restore``: the window that comes offers the newest backup.
        """
        window = self.window
        study, places = window.study, window.places
        if study is None or places is None:
            return
        from crf_desktop.ui.place_kept import keep_place, keep_timers  # loaded with the pages

        self.stop()
        keep_place(study, places)
        keep_timers(study, window.timers.running())
        kept = self.keep_typed(study, places) or bool(study.store.drafts())
        bell, user = window.timers.bell_s(), study.session.person.user_name
        locked = Locked(user, window.clock.now().strftime("%H:%M"), kept, bell, os.getpid(), restore)
        window.study = None
        begun = self._begin(locked)
        window.unlock.user.pick(user)
        window.unlock.show_locked(locked.when, kept, anew=self.restart is None or begun)
        window.unlock.show_busy(True, self.tr("Closing the study …"))
        window.banner.show_words(None)
        window.cover()
        window.repaint()  # now: a copy may still be made before the window comes to paint by itself
        places.forget()
        window.workshop.abandon()
        self.close(study)
        window.timers.ring_in(bell)
        if not begun:
            window.unlock.show_busy(False)
            window.unlock.start()
            self._offer(restore)

    def _offer(self, restore: bool) -> None:
        if restore and self.window.folder is not None:
            from crf_desktop.ui.restoring import Restoring  # rarely needed

            Restoring(self.window).offer(self.window.folder)

    def quit(self, study: Study, places: Places) -> None:
        """The window is closed for good: the next time begins with today."""
        from crf_desktop.ui.place_kept import keep_timers  # loaded with the pages

        self.stop()
        self.keep_typed(study, places)
        places.form.keep_typed()
        keep_timers(study, self.window.timers.running())
        places.forget()
        self.close(study)

    def _begin(self, locked: Locked) -> bool:
        """Starts the new window; it comes up while this one closes the study."""
        window, restart = self.window, self.restart
        if restart is None or window.folder is None:
            return False
        if window.preference is not None:
            window.preference.keep_geometry(window.saveGeometry())
        try:
            restart.start(window.folder, locked)
        except OSError:  # no memory, no processes: the note says that this one stays
            return False
        job = ThreadJob(restart.stands, parent=self)
        job.done.connect(self._leave)
        job.start()
        self._patience.start()
        return True

    def _leave(self, stands: bool) -> None:
        """The new window is painted: this one goes, and with it everything it ever held."""
        assert self.restart is not None
        self._patience.stop()
        if stands:
            self.window.hide()
            self.restart.leave()
            return
        unlock = self.window.unlock
        unlock.show_busy(False)
        unlock.say_stays()
        unlock.start()

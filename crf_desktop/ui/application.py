"""From nothing to the window; only Qt and the standard library are read until it is painted."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QFontDatabase, QIcon, QInputDevice
from PySide6.QtWidgets import QApplication

from crf_desktop.errors import Language
from crf_desktop.settings import resource
from crf_desktop.shield import quiet_faults, raise_shield
from crf_desktop.ui.look import FAMILY, Look, load_fonts
from crf_desktop.ui.main_window import MainWindow
from crf_desktop.ui.preference import Preference
from crf_desktop.ui.relaunch import Relaunch, take_over
from crf_desktop.ui.style import apply
from crf_desktop.ui.trace import leave_no_history
from crf_desktop.ui.translation import Translation


def run(study: Path | None, language: Language | None = None, dark: bool | None = None) -> int:
    """Opens the window and returns the exit code when it is closed."""
    readable = bool(raise_shield()) and sys.platform.startswith("linux")
    app = QApplication.instance() or QApplication(["crf-desktop"])
    assert isinstance(app, QApplication)
    look = Look()
    look.touch = any(d.type() is QInputDevice.DeviceType.TouchScreen for d in QInputDevice.devices())
    preference = Preference()
    preference.apply(look)
    if language is not None:
        look.set_language(language)
    if dark is not None:
        look.set_dark(dark)
    window = make_window(app, look, preference)
    watch_faults(window)
    window.opened.connect(spare_the_collector)
    window.locking.restart = Relaunch()
    window.locking.listens = True
    window.unlock.checks.open_memory = readable
    geometry = preference.geometry()
    if geometry is not None:
        window.restoreGeometry(geometry)
    window.show_folder(study)
    follow_lock(window)
    window.show()
    return app.exec()


def spare_the_collector() -> None:
    """After unlocking: what stands stays, and no page has to wait 0.1 s until the collector has walked through it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def follow_lock(window: MainWindow) -> None:
    """A process that has locked a study and waits to end is told when this window stands."""
    told = take_over()
    if told is not None:
        locked, painted = told
        window.stands.connect(painted)
        window.locking.take_over(locked)


def make_window(app: QApplication, look: Look, preference: Preference | None = None) -> MainWindow:
    """The window with its typeface, style and words."""
    leave_no_history()
    app.setApplicationDisplayName("CRF Desktop")
    app.setWindowIcon(QIcon(str(resource("icons", "crf-desktop.png"))))
    if FAMILY not in QFontDatabase.families():
        load_fonts()
    Translation(look)
    apply(app, look)
    return MainWindow(look, preference)


def watch_faults(window: MainWindow) -> None:
    """PySide goes on after an exception in a slot; this window freezes to read-only and says so.

    Whatever else goes wrong, on any thread, is told by type and place only.
    """
    quiet_faults()
    plain = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            window.fault(error)
        except Exception:  # the window is gone, or cannot even say it; Python would print the message of both
            plain(kind, error, trace)

    sys.excepthook = hook

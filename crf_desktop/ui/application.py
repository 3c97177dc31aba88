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
from crf_desktop.ui.look import FAMILY, Look, load_fonts
from crf_desktop.ui.main_window import MainWindow
from crf_desktop.ui.preference import Preference
from crf_desktop.ui.style import apply
from crf_desktop.ui.translation import Translation


def run(study: Path | None, language: Language | None = None, dark: bool | None = None) -> int:
    """Opens the window and returns the exit code when it is closed."""
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
    geometry = preference.geometry()
    if geometry is not None:
        window.restoreGeometry(geometry)
    window.show_folder(study)
    window.show()
    return app.exec()


def spare_the_collector() -> None:
    """After unlocking: what stands stays, and no page has to wait 0.1 s until the collector has walked through it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def make_window(app: QApplication, look: Look, preference: Preference | None = None) -> MainWindow:
    """The window with its typeface, style and words."""
    app.setApplicationDisplayName("CRF Desktop")
    app.setWindowIcon(QIcon(str(resource("icons", "crf-desktop.png"))))
    if FAMILY not in QFontDatabase.families():
        load_fonts()
    Translation(look)
    apply(app, look)
    return MainWindow(look, preference)


def watch_faults(window: MainWindow) -> None:
    """PySide goes on after an exception in a slot; this window freezes to read-only and says so."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            window.fault(error)
        except RuntimeError:  # the window is gone already
            return

    sys.excepthook = hook

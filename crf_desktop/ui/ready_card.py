"""The ready check of the day: what this machine says about itself, and whether there is a printer."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.settings import SystemClock
from crf_desktop.ui.list_card import LineWords, ListCard
from crf_desktop.ui.look import Look
from crf_desktop.ui.machine_card import check_words
from crf_desktop.ui.machine_check import look_around
from crf_desktop.ui.worker import Workshop

PATIENCE_MS = 2000
"""How long the card is in sight before printers are asked for: whoever goes on at once waits for nothing."""
AGAIN_S = 300.0
"""After so long the answer is old."""
ROOM = 304 - 43 - 17
"""Guide px that a line has for its words."""


def names_here() -> list[str]:
    """Names of the printers; runs in a process of its own, since a print server may take its time."""
    from crf_desktop.ui.printing import printers  # brings Qt's printing, and never into the window's process

    return printers()


class ReadyCard(ListCard):
    """Findings first; the printer last, found or not: neither is a warning."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.names: list[str] | None = None
        """None: nobody has asked yet."""
        self._folder: Path | None = None
        self._asked = 0.0
        self._process = Workshop(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.ask)

    def show_folder(self, folder: Path) -> None:
        """Looks around for a study's folder; also puts the words into the language in force."""
        self._folder = folder
        findings = [f for f in look_around(folder, SystemClock().now()) if not f.fine]
        lines = [
            LineWords(Glyph.WARNING, name, found)
            for name, found in (check_words(f, self.look.language) for f in findings)
        ] or [LineWords(Glyph.COMPLETE, self.tr("Clock, disk, study folder"), self.tr("as they should be"))]
        self.show_lines(self.tr("Ready check"), [*lines, *self._printer()], "", limit=8, count=len(findings))

    def forget(self) -> None:
        """The study is locked."""
        self._patience.stop()
        self._process.abandon()
        self._folder = None

    def _printer(self) -> list[LineWords]:
        if self.names is None:
            return []
        if not self.names:
            return [LineWords(Glyph.NOT_NEEDED, self.tr("No printer found"), self.tr("paper can be saved as a PDF"))]
        n, name = len(self.names), self.names[0]
        found = self.tr("Printer found") if n == 1 else self.tr("{0} printers found").format(n)
        fits = QFontMetrics(self.look.font(13)).horizontalAdvance(name) <= self.look.px(ROOM)
        return [LineWords(Glyph.COMPLETE, found, name if n == 1 and fits else self.tr("chosen when you print"))]

    def ask(self) -> None:
        """Asks for the printers; the line follows when they have answered."""
        self._asked = time.monotonic()
        job = self._process.start(names_here)
        job.done.connect(self._answered)
        job.failed.connect(lambda _: self._process.abandon())  # unknown is no finding: nothing is said

    def _answered(self, names: list[str]) -> None:
        self._process.abandon()
        self.names = names
        if self._folder is not None:
            self.show_folder(self._folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked or time.monotonic() - self._asked > AGAIN_S:
            self._patience.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._patience.stop()

"""The minute before the lock: a line across the window with its seconds."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.paint import Icon


class IdleStrip(QWidget):
    """Hidden while somebody is there. It has no button: whoever moves to one is there already, and it goes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.seconds, self.timed = 0, False
        px = look.px
        self.words = Label(look, "", 15, wrap=True)
        across = row(self, px(10), (px(24), px(7), px(24), px(7)))
        across.addWidget(Mark(look, Icon.LOCK))
        across.addWidget(self.words, 1)
        look.changed.connect(self.update)
        look.language_changed.connect(self.retranslate)
        self.hide()

    def show_left(self, seconds: int, timed: bool) -> None:
        """Seconds until the lock, 0 hides it; ``timed``: a countdown of a test is running."""
        self.seconds, self.timed = seconds, timed
        if seconds:
            self.retranslate()
        self.setVisible(bool(seconds))

    def retranslate(self) -> None:
        """Words of the language in force."""
        told = self.tr("Locks in {0} s. Any key goes on, and answers nothing.").format(self.seconds)
        if self.timed:
            more = self.tr("The timer of the test goes on behind the lock, and rings.")
            told += more if self.look.language == "zh" else f" {more}"
        self.words.setText(told)
        self.setAccessibleName(told)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("warn_soft"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))

"""A line across the window while the disk of the study has little room."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.wording import figure

MB = 1_000_000


class RoomStrip(QWidget):
    """Hidden while there is room enough; looked at when a study is opened and after each save."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.free = 0
        px = look.px
        self.words = Label(look, "", 15, wrap=True)
        across = row(self, px(10), (px(24), px(7), px(24), px(7)))
        across.addWidget(Mark(look, Glyph.WARNING))
        across.addWidget(self.words, 1)
        look.changed.connect(self.update)
        look.language_changed.connect(self.retranslate)
        self.hide()

    def look_at(self, folder: Path | None) -> None:
        """Asks the disk of an open study; None: no study is open."""
        from crf_desktop.store.room import Room, free_bytes, room_for  # loads the store; a study is open by now

        self.free = free_bytes(folder) if folder is not None else 0
        self.setVisible(folder is not None and room_for(self.free) is not Room.AMPLE)
        if not self.isHidden():
            self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        from crf_desktop.store.room import Room, room_for

        free = figure.with_unit(str(self.free // MB), "MB")
        if room_for(self.free) is Room.ALMOST_NONE:
            told = self.tr(
                "The disk is almost full, {0} free: no new participant, visit or form is begun."
                " Forms already begun can be finished. Free some space now."
            )
        else:
            told = self.tr(
                "The disk has little room, {0} free. Free some space; below 50 MB no new participant, visit or form"
                " is begun."
            )
        self.words.setText(told.format(free))
        self.setAccessibleName(self.words.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("warn_soft"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))

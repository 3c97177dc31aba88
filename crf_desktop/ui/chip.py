"""A filter with its count."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, draw_box, draw_ring


class Chip(Button):
    """Round, 32 px; the chosen one has a 2 px edge and a soft ground."""

    def __init__(self, look: Look, glyph: Glyph | None = None, parent: QWidget | None = None) -> None:
        super().__init__(look, "plain", "", glyph, height=32, px=13, parent=parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.look.font(13)).horizontalAdvance(self.words())
        return QSize(width + self.look.px(26 + (25 if self._lead else 0)) + 2 * RING, self.look.px(32) + 2 * RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        fill, edge, ink = self._colors()
        if self.isChecked():
            fill, edge = self.look.color("accent_soft"), self.look.color("accent")
        draw_box(painter, box, box.height() / 2, fill, edge, 2 if self.isChecked() else 1)
        if self.hasFocus():
            draw_ring(painter, box, box.height() / 2, self.look)
        self._paint_words(painter, box, ink)

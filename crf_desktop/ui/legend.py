"""What the glyphs of the schedule mean; wraps when the line is short."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.state_word import state_words

STATES = tuple(FormState)


class Legend(QWidget):
    """One entry for each state of a form, then overdue and open query."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def entries(self) -> list[tuple[Glyph, str]]:
        """Glyph and words in the language of now."""
        states = [(Glyph(s), state_words(s)[0]) for s in STATES]
        return [*states, (Glyph.OVERDUE, self.tr("Visit overdue")), (Glyph.QUERY, self.tr("Open query"))]

    def _places(self, width: float) -> list[tuple[float, float, Glyph, str]]:
        px, metrics = self.look.px, QFontMetrics(self.look.font(13))
        x, y, found = float(px(16)), 0.0, []
        for glyph, words in self.entries():
            needed = px(21) + metrics.horizontalAdvance(words)
            if x + needed > width - px(8) and x > px(16):
                x, y = float(px(16)), y + px(24)
            found.append((x, y, glyph, words))
            x += needed + px(18)
        return found

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.needed(max(self.width(), self.look.px(200))))

    def needed(self, width: int) -> int:
        """Height at that width."""
        return self.look.px(28) + round(self._places(width)[-1][1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        painter.setFont(self.look.font(13))
        for x, y, glyph, words in self._places(self.width()):
            draw_shape(painter, glyph, QRectF(x, y + px(7), px(14), px(14)), self.look)
            painter.setPen(self.look.color("text_2"))
            painter.drawText(QRectF(x + px(21), y, 4000, px(28)), Qt.AlignmentFlag.AlignVCenter, words)

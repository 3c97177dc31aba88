"""The heads of the schedule: three lines over each visit, the name of each row; they stay while the cells scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.model.schedule import VisitStatus
from crf_desktop.ui import visit_words
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look

if TYPE_CHECKING:
    from crf_desktop.ui.matrix import MatrixView

HEAD = 58
"""Logical height of the head."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class VisitHead(QHeaderView):
    """Abbreviation, detail, date; a target in lighter ink until the visit begins, a red diamond once it is overdue."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.look, self.view = look, view
        self._widths: list[int] = []
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(HEAD))

    def lines(self, section: int) -> tuple[str, str, str]:
        """The three lines of a visit."""
        return visit_words.head_lines(self.view.matrix_model.visits[section], self.look.language)

    def restyle(self) -> None:
        """Widths of now."""
        self.setFixedHeight(self.look.px(HEAD))
        self._widths = [self._width(at) for at in range(len(self.view.matrix_model.visits))]

    def needed(self, section: int) -> int:
        """Width that cuts no word."""
        return self._widths[section]

    def _width(self, section: int) -> int:
        plain, bold = QFontMetrics(self.look.font(13)), QFontMetrics(self.look.font(15, True))
        first, second, third = self.lines(section)
        over = self.view.matrix_model.visits[section].status is VisitStatus.OVERDUE
        mark = self.look.px(17) if over else 0
        words = (bold.horizontalAdvance(first), plain.horizontalAdvance(second), plain.horizontalAdvance(third) + mark)
        return max(words) + self.look.px(8)

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        px, box, model = self.look.px, QRectF(rect), self.view.matrix_model
        if not 0 <= logicalIndex < len(model.visits):
            return
        visit = model.visits[logicalIndex]
        away = visit.status in (VisitStatus.NOT_NEEDED, VisitStatus.MISSED)
        ground = "sunken" if away else "accent_soft" if visit.address == model.current else "raised"
        painter.fillRect(box, self.look.color(ground))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        first, second, third = self.lines(logicalIndex)
        over = visit.status is VisitStatus.OVERDUE
        ink = "bad" if over else "text_2" if visit.date or away else "text_3"
        self._words(painter, box, (first, 15, True, 2), "text")
        self._words(painter, box, (second, 13, False, 20), "text_2")
        self._words(painter, box.adjusted(px(17) if over else 0, 0, 0, 0), (third, 13, over, 37), ink)
        if over:
            width = QFontMetrics(self.look.font(13, True)).horizontalAdvance(third)
            x = box.center().x() - width / 2 - px(8)
            draw_shape(painter, Glyph.OVERDUE, QRectF(x, box.top() + px(40), px(13), px(13)), self.look)

    def _words(self, painter: QPainter, box: QRectF, line: tuple[str, int, bool, int], ink: str) -> None:
        text, size, bold, top = line
        painter.setFont(self.look.font(size, bold))
        painter.setPen(self.look.color(ink))
        place = QRectF(box.left(), box.top() + self.look.px(top), box.width(), self.look.px(20))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground runs on to the right end."""
        painter, box = QPainter(self.viewport()), self.viewport().rect()
        painter.fillRect(box, self.look.color("raised"))
        painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), self.look.color("line"))
        painter.end()
        super().paintEvent(event)


class RowHead(QHeaderView):
    """The names of the rows."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.look, self.view = look, view
        self._words: list[str] = []
        self.needed = 0
        """Width that cuts no word."""
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def restyle(self) -> None:
        """Words and width of now."""
        metrics = QFontMetrics(self.look.font(13))
        self._words = self.words()
        self.needed = max((metrics.horizontalAdvance(w) for w in self._words), default=0) + self.look.px(28)
        self.setFixedWidth(self.needed)

    def words(self) -> list[str]:
        """The names in order."""
        matrix = self.view.matrix_model.matrix
        return [r.title.in_(self.look.language) for r in matrix.rows] if matrix else []

    def sizeHint(self) -> QSize:
        return QSize(self.needed, 100)

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        box, words = QRectF(rect), self._words
        painter.fillRect(box, self.look.color("surface"))
        if logicalIndex + 1 < len(words):
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text"))
        painter.drawText(box.adjusted(self.look.px(16), 0, 0, 0), MIDDLE, words[logicalIndex])


class Corner(QWidget):
    """What stands over the names of the rows."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(view)
        self.look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        painter.fillRect(box, self.look.color("raised"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), self.look.color("line"))
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(box.adjusted(self.look.px(16), 0, 0, 0), MIDDLE, self.tr("Form"))

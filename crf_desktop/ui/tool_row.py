"""Above a list: the field to find in it, and its filters; in one line, or in as many as their words need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.ui.look import Look


class ToolRow(QWidget):
    """Field at the left, chips at the right; where that is too wide they follow one another, line by line."""

    def __init__(self, look: Look, field: QWidget, chips: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.field, self.chips = look, field, list(chips)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in (field, *self.chips):
            widget.setParent(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a word or a count became longer
            self.place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def _lines(self, parts: Sequence[QWidget]) -> list[list[QWidget]]:
        """The parts, line by line."""
        lines: list[list[QWidget]] = [[]]
        taken = 0
        for part in parts:
            width = self._width(part)
            if lines[-1] and taken + width > self.width():
                lines.append([])
                taken = 0
            lines[-1].append(part)
            taken += width
        return lines

    def _width(self, part: QWidget) -> int:
        wide = max(part.sizeHint().width(), part.minimumWidth())
        return wide + (self.look.px(8) if part is self.field else 0)

    def place(self) -> None:
        """Puts everything where it fits."""
        parts = [part for part in (self.field, *self.chips) if not part.isHidden()]
        spare, y = self.width() - sum(map(self._width, parts)), 0
        for line in [parts] if spare >= 0 else self._lines(parts):
            x, high = 0, max(part.sizeHint().height() for part in line)
            for part in line:
                size = part.sizeHint().expandedTo(part.minimumSize())
                part.setGeometry(QRect(x, y + (high - size.height()) // 2, size.width(), size.height()))
                x += self._width(part)
                if part is self.field:
                    x += max(0, spare)
            y += high + self.look.px(4)
        if self.height() != y - self.look.px(4):
            self.setFixedHeight(y - self.look.px(4))

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

"""What stands in the app bar: painted buttons for places, find, language, role and lock, and the saved time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_cap, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon, draw_box


class BarItem(QAbstractButton):
    """One word of the bar; may carry a count, a shape before it, a key after it, a line under it while chosen."""

    def __init__(
        self, look: Look, shape: Glyph | Icon | None = None, px: int = 13, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self._shape, self._px, self._key = look, shape, px, key
        self.count = 0
        self.token = "text_2"
        self.underlined = False
        self.framed = False
        self.pilled = False
        self._hover = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """New measures and colours."""
        self.updateGeometry()
        self.update()

    def show_word(self, text: str, count: int = 0, name: str = "") -> None:
        """The word and the number behind it (0: none); ``name`` is what a screen reader says."""
        self.setText(text)
        self.count = count
        self.setAccessibleName(name or (f"{text}, {count}" if count else text))
        self.restyle()

    def set_shape(self, shape: Glyph | Icon | None, token: str) -> None:
        """Another glyph and ink."""
        self._shape, self.token = shape, token
        self.restyle()

    def set_key(self, key: str) -> None:
        """The key drawn behind the word."""
        self._key = key
        self.restyle()

    def _bold(self) -> bool:
        return self.underlined and self.isChecked()

    def _widths(self) -> tuple[int, int, int, int]:
        px = self.look.px
        metrics, small = QFontMetrics(self.look.font(self._px, self._bold())), QFontMetrics(self.look.font(13))
        shape = px(22) if self._shape is not None else 0
        count = small.horizontalAdvance(str(self.count)) + px(20) if self.count else 0
        key = small.horizontalAdvance(self._key) + px(19) if self._key else 0
        return shape, metrics.horizontalAdvance(self.text()), count, key

    def widest(self, words: tuple[str, ...]) -> int:
        """Pixels it takes with the longest of the words, and at least with its own."""
        metrics = QFontMetrics(self.look.font(self._px, self._bold()))
        own = metrics.horizontalAdvance(self.text())
        return self.sizeHint().width() + max([own, *map(metrics.horizontalAdvance, words)]) - own

    def sizeHint(self) -> QSize:
        pad = self.look.px(11 if self.underlined or self.framed or self.pilled else 8)
        return QSize(sum(self._widths()) + 2 * pad, self.look.px(43))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def _ink(self) -> str:
        if self._bold():
            return "text"
        return (
            "accent_text"
            if self._hover and self.isEnabled() and self.focusPolicy() != Qt.FocusPolicy.NoFocus
            else self.token
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        frame = QRectF(0, px(6), self.width(), self.height() - px(12))
        if self.framed:
            draw_box(
                painter,
                frame,
                px(6),
                self.look.color("surface"),
                self.look.color("accent" if self._hover else "control"),
            )
        if self.pilled:
            draw_box(
                painter, frame.adjusted(0, px(2), 0, -px(2)), frame.height() / 2, self.look.color("accent_soft"), None
            )
        if self.hasFocus():
            draw_box(painter, frame.adjusted(1, 0, -1, 0), px(6), None, self.look.color("focus"), 2)
        if self._bold():
            painter.fillRect(QRectF(0, self.height() - px(3), self.width(), px(3)), self.look.color("accent"))
        self._paint_parts(painter)

    def _paint_parts(self, painter: QPainter) -> None:
        px, middle = self.look.px, self.height() / 2
        shape, word, count, key = self._widths()
        x = (self.width() - shape - word - count - key) / 2
        if self.framed:
            x = px(10)
        if self._shape is not None:
            token = self.token if isinstance(self._shape, Icon) else None
            draw_shape(painter, self._shape, QRectF(x, middle - px(14) / 2, px(14), px(14)), self.look, token)
        painter.setFont(self.look.font(self._px, self._bold()))
        painter.setPen(self.look.color(self._ink()))
        painter.drawText(QRectF(x + shape, 0, word + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        x += shape + word
        if self.count:
            box = QRectF(x + px(6), middle - px(9), count - px(6), px(18))
            draw_box(painter, box, box.height() / 2, self.look.color("sunken"), None)
            painter.setFont(self.look.font(13))
            painter.setPen(self.look.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.count))
        if self._key:
            left = self.width() - key if self.framed else x + px(6)
            draw_cap(painter, QRectF(left, middle - px(10), key - px(7), px(20)), self._key, self.look)


class LanguageItem(BarItem):
    """``EN · 中文`` with the language in force in bold."""

    def sizeHint(self) -> QSize:
        plain, bold = QFontMetrics(self.look.font(13)), QFontMetrics(self.look.font(13, True))
        return QSize(
            bold.horizontalAdvance("EN中文") + plain.horizontalAdvance(" · ") + self.look.px(20), self.look.px(43)
        )

    def _paint_parts(self, painter: QPainter) -> None:
        px, x = self.look.px, float(self.look.px(9))
        chinese = self.look.language == "zh"
        for text, bold in (("EN", not chinese), (" · ", False), ("中文", chinese)):
            font = self.look.font(13, bold)
            painter.setFont(font)
            painter.setPen(self.look.color("text" if bold else self._ink()))
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRectF(x, 0, width + px(2), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width

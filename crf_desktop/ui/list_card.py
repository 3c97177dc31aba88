"""Cards with a head and lines that lead somewhere: due now, for you, ready check, open now."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card, Label, Line, Pill, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import draw_box

MIDDLE = Qt.AlignmentFlag.AlignVCenter


@frozen(slots=True)
class LineWords:
    """A glyph, two lines of words at the left, two at the right; ``key`` says where it leads ("": nowhere)."""

    glyph: Glyph
    first: str
    second: str = ""
    right: str = ""
    right_second: str = ""
    key: str = ""
    link: bool = False
    """The right words are a link."""


class ListLine(QAbstractButton):
    """One painted line."""

    def __init__(self, look: Look, words: LineWords, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.words, self._small = look, words, small
        self._hover = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if words.key else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if words.key:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        parts = (words.first, words.second, words.right, words.right_second)
        self.setAccessibleName(", ".join(p for p in parts if p))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.look.px(27 if self._small else 60 if self.words.second else 44))

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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, w = QPainter(self), self.look.px, self.words
        box = QRectF(self.rect())
        if self._hover and w.key:
            painter.fillRect(box.adjusted(1, 0, -1, 0), self.look.color("raised"))
        if self.hasFocus():
            draw_box(painter, box.adjusted(3, 1, -3, -1), px(6), None, self.look.color("focus"), 2)
        side = px(15 if self._small else 18)
        draw_shape(painter, w.glyph, QRectF(px(17), box.center().y() - side / 2, side, side), self.look)
        half = box.height() / 2
        upper, lower = QRectF(px(43), px(8), box.width(), px(22)), QRectF(px(43), px(31), box.width(), px(20))
        two = bool(w.second) and not self._small
        first = upper if two else QRectF(px(43), 0, box.width(), 2 * half)
        right = px(17) if not self._small else px(16)
        size = 13 if self._small else 15
        self._words(painter, first, w.first, size, not self._small, "text")
        if two:
            self._words(painter, lower, w.second, 13, False, "text_2")
        both = bool(w.right_second)
        area = (
            QRectF(0, px(8), box.width() - right, px(22)) if both else QRectF(0, 0, box.width() - right, box.height())
        )
        self._words(
            painter, area, w.right, 13, False, "accent_text" if w.link else "text_2", Qt.AlignmentFlag.AlignRight
        )
        if both:
            self._words(
                painter,
                QRectF(0, px(28), box.width() - right, px(20)),
                w.right_second,
                13,
                False,
                "text_2",
                Qt.AlignmentFlag.AlignRight,
            )

    def _words(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        size: int,
        bold: bool,
        token: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(self.look.font(size, bold))
        painter.setPen(self.look.color(token))
        painter.drawText(box, MIDDLE | side, text)


class ListCard(Card):
    """A head with a count and lines under it; an empty one says what it is for."""

    chosen = Signal(str)

    def __init__(self, look: Look, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._small = small
        px = look.px
        self.body = column(self, 0, (0, 0, 0, px(1)))
        head = row(gap=px(8), margins=(px(16), 0, px(16), 0))
        self.title, self.count = Label(look, "", 15 if small else 17, True), Pill(look)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self.head = QWidget(self)
        self.head.setFixedHeight(px(36 if small else 46))
        self.head.setLayout(head)
        self.body.addWidget(self.head)
        self.lines = column()
        self.body.addLayout(self.lines)

    def show_lines(
        self, title: str, lines: list[LineWords], empty: str, limit: int = 4, count: int | None = None
    ) -> None:
        """Shows the lines; ``empty`` when there are none."""
        self.title.setText(title)
        number = len(lines) if count is None else count
        self.count.show_state(None, str(number), "sunken", "text")
        self.count.setVisible(number > 0)
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words in lines[:limit]:
            self.lines.addWidget(Line(self.look))
            line = ListLine(self.look, words, self._small, self)
            line.clicked.connect(lambda _=False, k=words.key: self.chosen.emit(k) if k else None)
            self.lines.addWidget(line)
        if not lines:
            self.lines.addWidget(Line(self.look))
            label = Label(self.look, empty, 13, token="text_2", wrap=True)
            label.setContentsMargins(self.look.px(16), self.look.px(12), self.look.px(16), self.look.px(14))
            self.lines.addWidget(label)

"""The documents one below the other, in three groups; the arrow keys choose."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.documents_choice import GROUPS, KINDS, DocumentKind
from crf_desktop.ui.documents_words import DocumentWords
from crf_desktop.ui.label import Card, Label, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column
from crf_desktop.ui.paint import draw_box

HIGH = 43
"""Of a line."""


class DocumentLine(QAbstractButton):
    """One document; a padlock where it cannot be had."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.locked = look, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hover = False
        look.changed.connect(self.updateGeometry)

    def show_words(self, words: str, refused: str) -> None:
        """Its name, and why it cannot be had (empty: it can)."""
        self.setText(words.replace("&", "&&"))
        self.locked = bool(refused)
        self.setAccessibleName(words)
        self.setAccessibleDescription(refused)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.look.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, box = QPainter(self), self.look.px, QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(box, self.look.color("accent_soft"))
            painter.fillRect(QRectF(0, 0, px(4), box.height()), self.look.color("accent"))
        elif self._hover:
            painter.fillRect(box, self.look.color("raised"))
        if self.hasFocus():
            draw_box(painter, box.adjusted(px(6), 2, -3, -2), px(6), None, self.look.color("focus"), 2)
        painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), self.look.color("line"))
        painter.setFont(self.look.font(15, self.isChecked()))
        painter.setPen(self.look.color("text_2" if self.locked else "text"))
        words = self.text().replace("&&", "&")
        painter.drawText(box.adjusted(px(20), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if self.locked:
            side = px(16)
            place = QRectF(box.right() - px(33), box.center().y() - side / 2, side, side)
            draw_shape(painter, Glyph.LOCK, place, self.look)


class DocumentList(Card):
    """One is chosen always; Tab leads to it and on."""

    chosen = Signal(str)

    def __init__(self, look: Look, words: DocumentWords, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words = words
        body, px = column(self, 0, (1, look.px(4), 1, look.px(4))), look.px
        self.heads: dict[str, Label] = {}
        self.lines: dict[DocumentKind, DocumentLine] = {}
        self.group = QButtonGroup(self)
        for name, kinds in GROUPS:
            head = self.heads[name] = Label(look, "", 13, token="text_2")
            head.setContentsMargins(px(20), px(12), px(16), px(6))
            body.addWidget(head)
            for kind in kinds:
                line = self.lines[kind] = DocumentLine(look)
                line.clicked.connect(lambda _=False, k=kind: self.chosen.emit(k))
                self.group.addButton(line)
                body.addWidget(line)
        body.addStretch(1)

    def show_words(self, refused: dict[DocumentKind, str]) -> None:
        """Names in the language in force, and which cannot be had."""
        for name, head in self.heads.items():
            head.setText(self.words.group(name))
        for kind, line in self.lines.items():
            line.show_words(self.words.title(kind), refused.get(kind, ""))

    def mark(self, kind: DocumentKind) -> None:
        """Shows which is chosen; Tab stops at it alone."""
        self.lines[kind].setChecked(True)
        for one, line in self.lines.items():
            line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == kind else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((at for at, kind in enumerate(KINDS) if self.lines[kind].hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        kind = KINDS[max(0, min(at + step, len(KINDS) - 1))]
        self.lines[kind].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(kind)

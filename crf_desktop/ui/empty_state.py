"""An empty list: what it is for, and the next step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import Icon, draw_icon


class _Drawing(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(look.px(74), look.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), Icon.EMPTY, QRectF(self.rect()), self.look.color("control"), self.look, 0.5)


class EmptyState(QWidget):
    """Title, a sentence, one button."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words = Label(look, "", 17, True), Label(look, "", 15, token="text_2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setFixedWidth(look.px(420))
        self.button = Button(look, "primary")
        middle = Qt.AlignmentFlag.AlignHCenter
        body = column(self, look.px(10), (look.px(24),) * 4)
        body.addStretch(2)
        self.buttons = row()
        for widget in (_Drawing(look), self.title, self.words):
            body.addWidget(widget, 0, middle)
        body.addLayout(self.buttons)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.button)
        self.buttons.addStretch(1)
        body.addStretch(3)
        self.look = look

    def add_button(self) -> Button:
        """Another way out before the first, which then is plain too."""
        other = Button(self.look, "plain")
        self.button.set_kind("plain")
        self.buttons.insertWidget(1, other)
        return other

    def show_words(self, title: str, words: str, button: str, offered: bool) -> None:
        """What is said; the button only when the act is offered."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setMinimumHeight(self.words.heightForWidth(self.words.width()))
        self.button.setText(button)
        self.button.setVisible(offered)

"""What stands between a form's head and its questions: why it is closed, why it is not asked, where else to go."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import Icon, draw_box


@frozen(slots=True)
class Notice:
    """One line: a sentence, and buttons that lead away; ``ground`` is a token, empty for a quiet line."""

    shape: Glyph | Icon
    words: str
    actions: tuple[tuple[str, str], ...] = ()
    """(what stands on the button, key that is emitted)."""
    ground: str = ""


class NoticeLine(QWidget):
    """One painted line with its buttons."""

    def __init__(self, look: Look, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.notice = look, notice
        px, quiet = look.px, not notice.ground
        size, token = (13, "text_2") if quiet else (15, "text")
        self.words = Label(look, notice.words, size, token=token, wrap=not self._links())
        self.buttons: list[Button] = []
        across = row(self, px(8), (0, 0, 0, 0) if quiet else (px(12), px(6), px(8), px(6)))
        across.addWidget(Mark(look, notice.shape))
        across.addWidget(self.words, 0 if self._links() else 1)
        for words, _ in notice.actions:
            button = Button(look, "quiet" if quiet else "plain", words, px=13 if quiet else 15)
            self.buttons.append(button)
            across.addWidget(button)
        if quiet:
            across.addStretch(1)

    def _links(self) -> bool:
        """A quiet line of links stands in one line."""
        return not self.notice.ground and bool(self.notice.actions)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.notice.ground:
            ground = self.look.color(self.notice.ground)
            draw_box(QPainter(self), QRectF(self.rect()), self.look.px(6), ground, None)


class NoticeStrip(QWidget):
    """The lines of a form, made anew when they change; answering a question adds none."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.notices: tuple[Notice, ...] = ()
        self.lines: list[NoticeLine] = []
        self._column = column(self, look.px(8), (look.px(24), 0, look.px(24), look.px(8)))
        self.hide()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Shows these lines; none hides the strip."""
        if tuple(notices) == self.notices:
            return
        self.notices = tuple(notices)
        self.lines.clear()
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for notice in notices:
            line = NoticeLine(self.look, notice, self)
            for button, (_, key) in zip(line.buttons, notice.actions, strict=True):
                button.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self.lines.append(line)
            self._column.addWidget(line)
        self.setVisible(bool(notices))

    def button(self, key: str) -> Button:
        """The button that leads there."""
        pairs = ((b, k) for line in self.lines for b, (_, k) in zip(line.buttons, line.notice.actions, strict=True))
        return next(b for b, k in pairs if k == key)

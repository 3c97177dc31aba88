"""What a reader of the result has to know of the data: a quiet list whose lines lead to the page concerned."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card, Label, Pill, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText, plain
from crf_desktop.ui.page import column, row
from crf_desktop.ui.response_rows import LinkRow


@frozen(slots=True)
class IssueWords:
    """One line."""

    glyph: Glyph
    text: str
    where: str
    """``Week 28 · Blood``, in the colour of a link where it leads there."""
    place: tuple[str, str] | None


class IssueLine(LinkRow):
    """One painted line; the words break, the place stands at the right."""

    def __init__(self, look: Look, words: IssueWords, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words = words
        self.lead(words.place)
        self.setAccessibleName(", ".join(w for w in (plain(words.text), words.where) if w))

    def lay_out(self, width: int) -> None:
        """Breaks the words to a width and takes the height they need."""
        px = self.look.px
        self._where = QFontMetrics(self.look.font(13)).horizontalAdvance(self.words.where)
        room = width - px(43 + 16 + 24) - self._where
        self._text = MarkedText(self.look, self.words.text, room, 13)
        self._place = MarkedText(self.look, self.words.where, self._where + 2, 13)
        self.setFixedHeight(round(self._text.height + px(14)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, side = QPainter(self), self.look.px, self.look.px(15)
        self.paint_ground(painter)
        top = px(7)
        mark = QRectF(px(16), top + (self._text.line - side) / 2, side, side)
        draw_shape(painter, self.words.glyph, mark, self.look)
        self._text.draw(painter, px(43), top)
        x = self.width() - px(16) - self._where
        self._place.draw(painter, x, top, "accent_text" if self.leads else "text_2")


class IssueCard(Card):
    """Title with a count, and the lines; ``arrange`` gives it a width."""

    form_asked = Signal(str, str)
    """(event address, form OID)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        self.title, self.count = Label(look, "", 15, True), Pill(look)
        head = row(gap=px(8), margins=(px(16), 0, px(16), 0))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self.head = QWidget(self)
        self.head.setFixedHeight(px(40))
        self.head.setLayout(head)
        self.lines: list[IssueLine] = []
        self._body = column(self, 0, (1, 1, 1, 1))
        self._body.addWidget(self.head)

    def show_issues(self, title: str, issues: Sequence[IssueWords], nothing: str) -> None:
        """Shows issues, or says that there are none."""
        self.title.setText(title)
        self.count.show_state(None, str(len(issues)), "sunken", "text")
        self.count.setVisible(bool(issues))
        had = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for old in self.lines:
            old.hide()
            old.deleteLater()
        told = list(issues) or [IssueWords(Glyph.COMPLETE, nothing, "", None)]
        self.lines = [IssueLine(self.look, words, self) for words in told]
        for line in self.lines:
            self._body.addWidget(line)
            line.clicked.connect(lambda _=False, x=line: self.form_asked.emit(*x.place) if x.place else None)
        if had is not None and had < len(self.lines):
            self.lines[had].show()  # what is not shown yet cannot take the keyboard
            self.lines[had].setFocus()

    def arrange(self, width: int) -> int:
        """Lays the lines out to a width; returns the height of the card."""
        for line in self.lines:
            line.lay_out(width - 2)
        high = self.head.height() + sum(line.height() for line in self.lines) + 2
        self.setFixedHeight(high)
        return high

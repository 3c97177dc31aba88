"""Panels above a page: a question that has to be answered first, or words to read; banner and bar stay in view."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from crf_desktop.ui.button import Button, Kind
from crf_desktop.ui.label import Card, Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import draw_box


class Sheet(QWidget):
    """Veils its parent and shows one card; Tab stays inside, Escape closes where closing changes nothing.

    A docked card stands at the bottom without a veil: the field it is about stays in view.
    """

    closed = Signal()
    again: Callable[[], Sheet] | None = None
    """Opens the same card once more, in the language now in force."""
    edge = "warn"
    """Token of the edge of a docked card."""
    keeps_typed = True
    """Whether half-typed text of its fields is kept at a lock (``ui/typed_kept.py``); not where it is a secret."""
    name = ""
    """The title; what is kept of it is told by that name."""
    waiting: tuple[tuple[str, str], ...] = ()
    """(what, text) that waits for what the card asks, a changed answer for one."""

    def __init__(
        self, look: Look, host: QWidget, width: int = 560, escapable: bool = True, docked: bool = False
    ) -> None:
        super().__init__(host)
        self.look, self._host, self._width, self._escapable, self._docked = look, host, width, escapable, docked
        self._before = QApplication.focusWidget()
        self.card = Card(look, self)
        self.body = column(self.card, look.px(12), (look.px(24), look.px(20), look.px(20), look.px(16)))
        host.installEventFilter(self)
        look.changed.connect(self._place)
        look.language_changed.connect(self._speak)

    def open(self, first: QWidget | None = None) -> None:
        """Shows the card and gives ``first`` the keyboard."""
        self._place()
        self.show()
        self.raise_()
        target = first or next(iter(self.stops()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Goes away and gives the keyboard back."""
        self._host.removeEventFilter(self)
        now = QApplication.focusWidget()
        mine = now is None or now is self or self.isAncestorOf(now)
        self.hide()
        if self._before is not None and mine:
            with contextlib.suppress(RuntimeError):  # the widget went away with its page
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _speak(self) -> None:
        if self.again is None or not self.isVisible():
            return
        self.close_sheet()
        other = self.again()
        other.again = self.again
        other.take_over(self)

    def take_over(self, old: Sheet) -> None:
        """Keeps what was typed into the card before."""
        typed = [field.text() for field in old.card.findChildren(QLineEdit)]
        for field, text in zip(self.card.findChildren(QLineEdit), typed, strict=True):
            field.setText(text)
            field.setModified(bool(text))

    def stops(self) -> list[QWidget]:
        """The widgets Tab visits, in order."""
        found = [w for w in self.card.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        shown = [w for w in found if w.isVisibleTo(self) and w.isEnabled() and not isinstance(w, QScrollArea)]
        return sorted(
            shown, key=lambda w: (w.mapTo(self, w.rect().topLeft()).y() // 8, w.mapTo(self, w.rect().topLeft()).x())
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops, now = self.stops(), QApplication.focusWidget()
        if not stops:
            return True
        at = stops.index(now) if now in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._escapable:
            self.cancel()
        event.accept()

    def waits(self) -> bool:
        """Whether a question stands open that has to be answered before the page may be left."""
        return True

    def cancel(self) -> None:
        """What Escape does."""
        self.close_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        px = self.look.px
        self.setGeometry(self._host.rect())
        width = min(px(self._width), self.width() - px(32))
        self.card.setFixedWidth(width)
        self.body.activate()
        wanted = self.body.heightForWidth(width) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
        height = min(wanted, self.height() - px(16))
        top = self.height() - height - px(8) if self._docked else max(px(8), (self.height() - height) // 2)
        self.card.setGeometry((self.width() - width) // 2, top, width, height)

    def covered(self) -> int:
        """Pixels at the bottom of the host that a docked card hides."""
        return self.height() - self.card.y()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._docked:
            box = QRectF(self.card.geometry()).adjusted(-2, -2, 2, 2)
            draw_box(QPainter(self), box, self.look.px(10), self.look.color("surface"), self.look.color(self.edge), 2)
            return
        veil = QColor(self.look.color("canvas"))
        veil.setAlpha(216)
        QPainter(self).fillRect(self.rect(), veil)

    def wheelEvent(self, event: QEvent) -> None:
        event.accept()

    # ---- what cards are made of

    def add_title(self, title: str, shape: object = None, above: str = "") -> None:
        """Title with a glyph before it and a small line above."""
        self.name = title
        if above:
            self.body.addWidget(Label(self.look, above, 13, token="text_2"))
        line = row(gap=self.look.px(12))
        if shape is not None:
            line.addWidget(Mark(self.look, shape, 22), 0, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
        line.addWidget(Label(self.look, title, 21, True, wrap=True), 1)
        self.body.addLayout(line)

    def add_buttons(self, *buttons: tuple[str, Kind, Callable[[], None]]) -> list[Button]:
        """Buttons at the right end of a last line; the primary one comes last."""
        line = row(gap=self.look.px(4))
        line.addStretch(1)
        made = []
        for words, kind, act in buttons:
            button = Button(self.look, kind, words, parent=self.card)
            button.clicked.connect(act)
            line.addWidget(button)
            made.append(button)
        self.body.addSpacing(self.look.px(4))
        self.body.addLayout(line)
        return made

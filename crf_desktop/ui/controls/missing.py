"""Why there is no value: the pill that stands in place of a field, and the menu of reasons."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from crf_desktop.model.data import NullFlavor
from crf_desktop.ui.controls.answer import MISSING, Answer
from crf_desktop.ui.controls.ink import CENTER, Face, Ink, text_width
from crf_desktop.ui.controls.speech import flavor_words
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING
from crf_desktop.ui.style import control_height

_KEYS = {"D": NullFlavor.NOT_DONE, "A": NullFlavor.NOT_APPLICABLE, "U": NullFlavor.UNKNOWN, "R": NullFlavor.REFUSED}


class MissingPill(Answer):
    """The reason in place of a text field: a press asks for another reason, Delete takes it away."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def places(self) -> list[tuple[str, QRectF]]:
        return [(MISSING, QRectF(self.rect()).adjusted(RING, RING, -RING, -RING))]

    def codes(self) -> list[str]:
        return []

    def move_cursor(self, step: int) -> None:
        """There is nothing to move among."""

    def sizeHint(self) -> QSize:
        width = text_width(self.look, self.missing, Face(13)) + self.look.px(52) + 2 * RING
        return QSize(int(width) + 1, control_height(self.look) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.sizeHint().height())

    def show_answer(self, chosen: str | None, missing: str, read_only: bool) -> None:
        super().show_answer(chosen, missing, read_only)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self, self.look)
        ink.missing_pill(self.places()[0][1], self.missing, self.hovered == MISSING, self.hasFocus())
        ink.painter.end()


class _Reasons(Answer):
    """The four reasons, one under the other, each with its letter."""

    def places(self) -> list[tuple[str, QRectF]]:
        row, step = self._row(), self._row() + self.look.px(8)
        width = self.width() - 2 * RING
        return [(flavor, QRectF(RING, RING + i * step, width, row)) for i, flavor in enumerate(self.codes())]

    def codes(self) -> list[str]:
        return [flavor.value for flavor in _KEYS.values()]

    def _row(self) -> int:
        return control_height(self.look)

    def sizeHint(self) -> QSize:
        widest = max(text_width(self.look, flavor_words(f), Face(15)) for f in self.codes())
        return QSize(int(widest) + self.look.px(100), 4 * self._row() + 3 * self.look.px(8) + 2 * RING)

    def choose(self, code: str) -> None:
        self.picked.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = _KEYS.get(event.text().upper())
        if letter is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self.choose(letter.value)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_cursor(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cursor_at:
            self.choose(self.cursor_at)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px = Ink(self, self.look), self.look.px
        for key, (code, rect) in zip(_KEYS, self.places(), strict=True):
            chosen = code == self.chosen
            hover = self.hovered == code
            ink.box(
                rect,
                "accent_soft" if chosen else "raised" if hover else "surface",
                "accent" if chosen or hover else "control",
            )
            cap = QRectF(rect.left() + px(10), rect.center().y() - px(10), px(22), px(20))
            ink.box(cap, "raised", "line", 4)
            ink.text(cap, key, Face(13, token="text_2"), CENTER)
            ink.text(rect.adjusted(px(44), 0, 0, 0), flavor_words(code), Face(15))
            if self.hasFocus() and (self.cursor_at or self.codes()[0]) == code:
                ink.ring(rect)
        ink.painter.end()


class MissingMenu(QFrame):
    """Asks why there is no value: D, A, U, R or one press answers; a remark may be written first.

    Lies inside the window, so that input methods work. Escape or a press outside closes it without an answer.
    """

    chosen = Signal(str, str)
    """(null flavour, remark)"""
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._before: QWidget | None = None
        self.setProperty("card", "menu")
        self.title = Label(look, "", 15, True, wrap=True)
        self.reasons = _Reasons(look)
        self.label = Label(look, "", 13, token="text_2")
        self.remark = QLineEdit()
        self.remark.setMaxLength(200)
        self.note = Label(look, "", 13, token="text_2", wrap=True)
        self.column = column = QVBoxLayout(self)
        for label in (self.title, self.label, self.note):
            label.setContentsMargins(RING, 0, RING, 0)
        field = QVBoxLayout()
        field.setContentsMargins(RING, RING, RING, RING)
        field.addWidget(self.remark)
        column.addWidget(self.title)
        column.addWidget(self.reasons)
        column.addWidget(self.label)
        column.addLayout(field)
        column.addWidget(self.note)
        self.reasons.picked.connect(self._choose)
        self.remark.installEventFilter(self)
        look.changed.connect(self.renew)
        self.hide()
        self.renew()

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px = self.look.px
        self.column.setContentsMargins(px(16) - RING, px(12), px(16) - RING, px(14))
        self.column.setSpacing(px(2))
        self.label.setText(self.tr("Remark, if any (write it first)"))
        self.note.setText(self.tr("A letter or one press stores the reason. Esc closes."))
        self.remark.setAccessibleName(self.label.text())
        self.remark.setFont(self.look.font(15))
        self.setFixedWidth(px(320))
        self.adjustSize()

    def ask(self, anchor: QWidget, title: str, flavor: str = "", remark: str = "", near: QRect | None = None) -> None:
        """Opens beside a place: ``near`` in the anchor's coordinates, or the whole anchor."""
        window = anchor.window()
        self._before = QApplication.focusWidget()
        self.setParent(window)
        self.title.setText(self.tr("No value: {0}").format(title))
        self.remark.setText(remark)
        self.reasons.show_answer(flavor or None, "", False)
        self.reasons.cursor_at = flavor or None
        self.renew()
        self._place(window, anchor, near if near is not None else anchor.rect())
        self.show()
        self.raise_()
        self.reasons.setFocus(Qt.FocusReason.PopupFocusReason)
        _app().installEventFilter(self)

    def _place(self, window: QWidget, anchor: QWidget, near: QRect) -> None:
        self.column.activate()
        size, gap = self.sizeHint().expandedTo(QSize(self.width(), 0)), self.look.px(4)
        below = anchor.mapTo(window, near.bottomLeft() + QPoint(0, gap)) if anchor is not window else near.bottomLeft()
        x = max(gap, min(below.x(), window.width() - self.width() - gap))
        y = below.y()
        if y + size.height() > window.height() - gap:
            above = (
                (anchor.mapTo(window, near.topLeft()) if anchor is not window else near.topLeft()).y()
                - gap
                - size.height()
            )
            y = above if above >= gap else max(gap, window.height() - gap - size.height())
        self.setGeometry(x, y, self.width(), size.height())

    def _choose(self, flavor: str) -> None:
        remark = self.remark.text().strip()
        self.close_menu()
        self.chosen.emit(flavor, remark)

    def close_menu(self) -> None:
        """Closes and gives the keyboard back."""
        if self.isVisible():
            _app().removeEventFilter(self)
            self.hide()
            if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
        ):
            if self.isVisible() and watched is not self and not self.isAncestorOf(watched):
                self.close_menu()
                return True
        elif watched is self.remark and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._remark_key(event)
        return False

    def _remark_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.reasons.chosen:
                self._choose(self.reasons.chosen)
            else:
                self.reasons.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_menu()

    def focusNextPrevChild(self, next: bool) -> bool:
        target = self.remark if self.reasons.hasFocus() else self.reasons
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app

"""One choice among many answers in one line, for the rows of a table: the chosen one, and a list that opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMenu

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.answer import MISSING
from crf_desktop.ui.controls.chips import Chips
from crf_desktop.ui.controls.ink import Face, Ink, text_width
from crf_desktop.ui.paint import RING

OPEN = "open"
_LEAD, _TAIL = 10, 36


class ChoiceEntry(Chips):
    """A press, Space or Alt+Down opens the list; digits answer, Delete clears, the wheel never answers."""

    def listed(self, width: int) -> bool:
        return False

    def places(self) -> list[tuple[str, QRectF]]:
        return [(MISSING, self.pill_rect())] if self.missing else [(OPEN, self._field())]

    def _field(self) -> QRectF:
        return QRectF(RING, RING, self.width() - 2 * RING, self._row())

    def heightForWidth(self, width: int) -> int:
        return self._row() + 2 * RING

    def sizeHint(self) -> QSize:
        words = [o.words for o in self.options] + [self.tr("Choose")]
        widest = max(text_width(self.look, w, Face(15)) for w in words)
        return QSize(int(widest) + self.look.px(_LEAD + _TAIL) + 2 * RING + 2, self._row() + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def choose(self, code: str) -> None:
        if code == OPEN:
            self.open_list()
        else:
            super().choose(code)

    def open_list(self) -> None:
        """Opens the list of answers under the field."""
        if self.read_only or self.missing or not self.isEnabled():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width() - 2 * RING)
        for option in self.options:
            action = menu.addAction(option.words.replace("&", "&&"))
            action.setData(option.code)
            if option.code == self.chosen:
                menu.setActiveAction(action)
        menu.triggered.connect(lambda action: super(ChoiceEntry, self).choose(action.data()))
        menu.popup(self.mapToGlobal(QPoint(RING, RING + self._row())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or (event.key() == Qt.Key.Key_Space and not event.modifiers()):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def move_cursor(self, step: int) -> None:
        """The answers are not in view: arrows to the side do nothing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px = Ink(self, self.look), self.look.px
        if self.missing:
            ink.missing_pill(self.pill_rect(), self.missing, self.hovered == MISSING, self.hasFocus())
            ink.painter.end()
            return
        field, words = self._field(), next((o.words for o in self.options if o.code == self.chosen), "")
        fill, edge, token = "surface", "accent" if self.hovered == OPEN else "control", "text"
        if self.read_only:
            fill, edge = "raised", "line"
        elif not self.isEnabled():
            fill, edge, token = "disabled_soft", "line", "disabled"
        elif self.held == OPEN == self.hovered:
            fill = "accent_soft"
        ink.box(field, fill, edge)
        empty = "" if self.read_only else self.tr("Choose")
        ink.text(field.adjusted(px(_LEAD), 0, 0, 0), words or empty, Face(15, token=token if words else "text_3"))
        if not self.read_only:
            ink.glyph(Glyph.CHEVRON_DOWN, field.right() - px(24), field.center().y(), 14)
        if self.hasFocus():
            ink.ring(field)
        ink.painter.end()

"""One choice among a few answers: radio chips in a row, or a list when they are many or long."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.ui.controls.answer import MISSING, Answer
from crf_desktop.ui.controls.ink import CHIP_LEAD, CHIP_TAIL, BoxState, Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING
from crf_desktop.ui.style import control_height, large_height

_GAP = 12


@frozen
class Option:
    """One answer that can be chosen."""

    code: str
    words: str


class Chips(Answer):
    """The answers of one item; keeps its height whatever is chosen, also while a missing reason stands there."""

    def __init__(self, look: Look, large: bool = False, px: int = 15, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.options: tuple[Option, ...] = ()
        self._large = large
        self._face = Face(px)
        self._widths: dict[str, float] = {}
        self.most = 640
        """Guide px the answers take in one line at most before they break."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_options(self, options: tuple[Option, ...]) -> None:
        """The answers that exist, in order, in the language of now."""
        self.options = options
        pad = self.look.px(CHIP_LEAD + CHIP_TAIL) + 1
        self._widths = {o.code: text_width(self.look, o.words, self._face) + pad for o in options}
        self.updateGeometry()
        self.update()

    def codes(self) -> list[str]:
        return [o.code for o in self.options]

    def listed(self, width: int) -> bool:
        """Whether the answers stand one under the other."""
        room = width - 2 * RING
        return len(self.options) > 6 or any(
            self._natural(o) > max(room * 0.75, self.look.px(160)) for o in self.options
        )

    def places(self) -> list[tuple[str, QRectF]]:
        if self.missing:
            return [(MISSING, self.pill_rect())]
        return [(o.code, rect) for o, rect in zip(self.options, self._lay_out(self.width()), strict=True)]

    def pill_rect(self) -> QRectF:
        """Where the missing reason stands."""
        width = text_width(self.look, self.missing, Face(13)) + self.look.px(52)
        return QRectF(RING, RING, min(width, self.width() - 2 * RING), self._row())

    def _row(self) -> int:
        return large_height(self.look) if self._large else control_height(self.look)

    def _natural(self, option: Option) -> float:
        return self._widths[option.code]

    def _lay_out(self, width: int) -> list[QRectF]:
        listed, rects = self.listed(width), []
        gap, row, right = self.look.px(4 if listed else _GAP), self._row(), width - RING
        x, y = float(RING), float(RING)
        for option in self.options:
            w = min(self._natural(option), width - 2 * RING)
            h = float(row)
            if listed:
                n = len(wrap(self.look, option.words, self._face, w - self.look.px(CHIP_LEAD + CHIP_TAIL) + 2))
                w, h = width - 2 * RING, max(h, n * line_height(self.look, self._face.px) + self.look.px(14))
            elif x > RING and x + w > right:
                x, y = float(RING), y + row + self.look.px(8)
            rects.append(QRectF(x, y, w, h))
            if listed:
                y += h + gap
            else:
                x += w + gap
        return rects

    def heightForWidth(self, width: int) -> int:
        rects = self._lay_out(width)
        return int(max((r.bottom() for r in rects), default=self._row())) + RING

    def sizeHint(self) -> QSize:
        width = sum(self._natural(o) + self.look.px(_GAP) for o in self.options) - self.look.px(_GAP)
        width = min(int(width), self.look.px(self.most)) + 2 * RING + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(120), self._row() + 2 * RING)

    def digit(self, text: str) -> bool:
        codes = self.codes()
        if codes == ["true", "false"] or codes == ["false", "true"]:
            text = {"1": "true", "0": "false"}.get(text, text)
        elif not any(c.isdigit() for c in codes) and text.isdigit() and 1 <= int(text) <= len(codes):
            text = codes[int(text) - 1]
        return super().digit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        codes = self.codes()
        if step and self.listed(self.width()) and codes and self.cursor_at != codes[-1 if step > 0 else 0]:
            self.move_cursor(step)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.read_only:
            self.asked.emit(MISSING)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self, self.look)
        if self.missing:
            ink.missing_pill(self.pill_rect(), self.missing, self.hovered == MISSING, self.hasFocus())
        else:
            ringed = self.cursor_at if self.cursor_at in self.codes() else next(iter(self.codes()), None)
            for option, rect in zip(self.options, self._lay_out(self.width()), strict=True):
                self._paint(ink, option, rect, self.hasFocus() and ringed == option.code)
        ink.painter.end()

    def _paint(self, ink: Ink, option: Option, rect: QRectF, ringed: bool) -> None:
        hover, pressed = self.hovered == option.code, self.held == option.code == self.hovered
        state = BoxState(option.code == self.chosen, hover, pressed, ringed, self.read_only, not self.isEnabled())
        ink.chip(rect, option.words, state, self._face.px)

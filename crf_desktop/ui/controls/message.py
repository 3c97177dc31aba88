"""The line under a field: its hint, or what is wrong with the value; the room is kept, so that nothing moves."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QColor, QFont, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.ink import Ink, keep_unit, line_height
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING

State = Literal["", "error", "warn", "was"]
_LEAD = 24
_ENDLESS = 100_000
_WRAP = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def flowed(strong: str, rest: str, font: QFont, width: int, step: int, ink: QColor | None = None) -> QTextLayout:
    """Bold words and plain words as one paragraph, broken by word; plain text only."""
    layout = QTextLayout(f"{strong} {rest}" if strong and rest else strong + rest, font)
    layout.setTextOption(_WRAP)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    if ink is not None:
        bold.setForeground(ink)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = 0, len(strong.encode("utf-16-le")) // 2, bold
    layout.setFormats([found])
    layout.beginLayout()
    y = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40))
        keep_unit(line, layout.text())
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout


@lru_cache(maxsize=4096)
def _n_lines(strong: str, rest: str, font_key: str, width: int) -> int:
    if not strong and not rest:
        return 0
    if _natural(strong, rest, font_key) <= width:
        return 1
    return flowed(strong, rest, _font(font_key), width, 1).lineCount()


@lru_cache(maxsize=4096)
def _natural(strong: str, rest: str, font_key: str) -> float:
    """Width in one line: most messages fit, at every width a page tries."""
    layout = flowed(strong, rest, _font(font_key), _ENDLESS, 1)
    return layout.lineAt(0).naturalTextWidth() if layout.lineCount() == 1 else _ENDLESS


@lru_cache(maxsize=16)
def _font(key: str) -> QFont:
    font = QFont()
    font.fromString(key)
    return font


class MessageLine(QWidget):
    """Hint or message; as high as the longest message that may come."""

    said = Signal()
    """Another message stands here."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.hint = ""
        self.told = ""
        """Said before the hint: the value in another unit."""
        self.keeps_line = False
        """Keeps room for one line, though no hint stands there."""
        self.instead = ""
        """Said in place of the hint while the item is not asked."""
        self.show_instead = False
        self.happened, self.rest = "", ""
        self._state: State = ""
        self._expected: list[tuple[str, str]] = []
        self._heights: dict[tuple[object, ...], int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def expect(self, hint: str, instead: str, messages: list[tuple[str, str]]) -> None:
        """The hint, what is said instead, and the messages that room is kept for."""
        self.hint, self.instead, self._expected = hint, instead, messages
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def say(self, state: State, happened: str = "", rest: str = "") -> None:
        """Shows a message in place of the hint; an empty state shows the hint again."""
        if (state, happened, rest) == (self._state, self.happened, self.rest):
            self.setAccessibleName(f"{happened} {rest}".strip() or self.hint)
            return
        before = self.heightForWidth(self.width())
        self._state, self.happened, self.rest = state, happened, rest
        self.setAccessibleName(f"{happened} {rest}".strip() or self.hint)
        if self.heightForWidth(self.width()) != before:
            self._outgrow()
        self.update()
        self.said.emit()

    def _outgrow(self) -> None:
        """Tells every layout above at once: one that was asked before would not pass it on, and words would be cut."""
        widget: QWidget | None = self
        while widget is not None and not widget.isWindow():
            widget.updateGeometry()
            widget = widget.parentWidget()

    @property
    def state(self) -> State:
        """What kind of message stands here."""
        return self._state

    def heightForWidth(self, width: int) -> int:
        asked = (width, self.hint, self.told, self.happened, self.rest, self.keeps_line)
        if asked not in self._heights:
            self._heights[asked] = self._height(width)
        return self._heights[asked]

    def _height(self, width: int) -> int:
        room = max(width, self.look.px(120)) - RING
        lines = max(self._lines(room, (self.hint, self.instead), self._expected), 1 if self.keeps_line else 0)
        if self.told and self.hint:
            lines = max(lines, self._lines(room, (self._plain(),), []))
        if self.happened and (self.happened, self.rest) not in self._expected:
            lines = max(lines, self._lines(room, (), [(self.happened, self.rest)]))
        return lines * line_height(self.look, 13)

    def _lines(self, room: int, plain: tuple[str, ...], messages: list[tuple[str, str]]) -> int:
        key = self.look.font(13).toString()
        counts = [_n_lines("", words, key, room) for words in plain]
        counts += [_n_lines(*message, key, room - self.look.px(_LEAD)) for message in messages]
        return max(counts, default=0)

    def tell(self, words: str) -> None:
        """Words before the hint."""
        if words != self.told:
            self.told = words
            self.updateGeometry()
            self.update()

    def _plain(self) -> str:
        return " · ".join(words for words in (self.told, self.hint) if words)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 120 else self.look.px(420)
        return QSize(self.look.px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(120), line_height(self.look, 13) if self.hint or self._expected else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, step = Ink(self, self.look), line_height(self.look, 13)
        x, strong, rest = RING, self.happened, self.rest
        if self._state:
            ink.glyph(Glyph.REFUSED if self._state == "error" else Glyph.CHANGED, x, step / 2)
            x += self.look.px(_LEAD)
        else:
            strong, rest = "", self.instead if self.show_instead else self._plain()
        color = self.look.color("bad" if self._state == "error" else "warn")
        text = flowed(strong, rest, self.look.font(13), self.width() - x, step, color)
        ink.painter.setPen(self.look.color("text_2"))
        text.draw(ink.painter, QPointF(x, 0))
        ink.painter.end()

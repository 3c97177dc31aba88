"""Words and strokes of the painted tables: wrapped plain text at a fixed line height, answer boxes, radios, pills."""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QPen,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import FAMILY, Look
from crf_desktop.ui.paint import Icon, draw_ring

CHIP_LEAD, CHIP_TAIL = 37, 14
"""Guide px of a chip before its words (the radio) and behind them."""
_ONE_LINE = (Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip).value
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


@frozen
class Face:
    """A type of the guide: size in px, weight, colour token."""

    px: int = 15
    bold: bool = False
    token: str = "text"


@frozen
class BoxState:
    """How one answer box stands."""

    chosen: bool = False
    hover: bool = False
    pressed: bool = False
    ringed: bool = False
    read_only: bool = False
    disabled: bool = False


def text_width(look: Look, text: str, face: Face) -> float:
    """Logical pixels one line of the text takes."""
    return _width(text, look.px(face.px), face.bold)


@lru_cache(maxsize=4096)
def _width(text: str, px: int, bold: bool) -> float:
    return QFontMetricsF(_font_of(px, bold)).horizontalAdvance(text)


def _font_of(px: int, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def line_height(look: Look, px: int, tight: bool = False) -> int:
    """Pixels from line to line of wrapped text."""
    if look.language == "zh":
        return look.px({15: 22, 13: 19}.get(px, round(px * 1.5)) - (2 if tight else 0))
    return look.px({15: 20, 13: 18}.get(px, round(px * 1.4)) - (1 if tight else 0))


@lru_cache(maxsize=2048)
def _broken(text: str, px: int, bold: bool, width: int) -> tuple[str, ...]:
    layout = QTextLayout(text, _font_of(px, bold))
    layout.setTextOption(_WRAP)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        keep_unit(line, text)
        lines.append(_utf16_slice(text, line.textStart(), line.textLength()).rstrip(" "))
    layout.endLayout()
    return tuple(lines)


def keep_unit(line: QTextLine, text: str) -> None:
    """A line that would end within a unit (``mL/`` before ``min``) ends before its number."""
    start, end = line.textStart(), line.textStart() + line.textLength()
    if _utf16_slice(text, end - 1, 1) == "/" and _utf16_slice(text, end, 1).isalpha():
        space = _utf16_slice(text, start, line.textLength()).rfind(" ")
        if space > 0:
            line.setNumColumns(space + 1)


def _utf16_slice(text: str, start: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


_WRAP = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def wrap(look: Look, text: str, face: Face, width: float) -> tuple[str, ...]:
    """The lines of a plain text in that width; broken by word, never elided."""
    return _broken(text, look.px(face.px), face.bold, int(width)) if text else ()


class Ink:
    """One painter with the look's measures."""

    def __init__(self, device: QPaintDevice, look: Look) -> None:
        self.painter = QPainter(device)
        self.painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.look = look
        self._ratio = device.devicePixelRatioF()
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, bool], QFont] = {}

    def _color(self, token: str) -> QColor:
        if token not in self._colors:
            self._colors[token] = self.look.color(token)
        return self._colors[token]

    def _font(self, face: Face) -> QFont:
        name = (face.px, face.bold)
        if name not in self._fonts:
            self._fonts[name] = self.look.font(face.px, face.bold)
        return self._fonts[name]

    def whole(self, value: float) -> float:
        """The nearest place between two device pixels."""
        return round(value * self._ratio) / self._ratio

    def whole_rect(self, rect: QRectF) -> QRectF:
        """The rectangle with its edges between device pixels."""
        w = self.whole
        return QRectF(QPointF(w(rect.left()), w(rect.top())), QPointF(w(rect.right()), w(rect.bottom())))

    def box(
        self,
        rect: QRectF,
        fill: str | None,
        edge: str | None,
        radius: float = 6,
        width: float = 1,
        dashed: bool = False,
    ) -> None:
        """A rounded box whose edge lies inside; fill and edge are tokens."""
        thick = max(1, round(width * self._ratio)) / self._ratio if edge else 0
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.painter.setPen(QPen(self._color(edge), thick, style) if edge else Qt.PenStyle.NoPen)
        self.painter.setBrush(self._color(fill) if fill else Qt.BrushStyle.NoBrush)
        inset, corner = thick / 2, self.look.px(radius)
        self.painter.drawRoundedRect(self.whole_rect(rect).adjusted(inset, inset, -inset, -inset), corner, corner)

    def fill(self, rect: QRectF, token: str) -> None:
        """A plain ground without edge."""
        self.painter.fillRect(self.whole_rect(rect), self._color(token))

    def rule(self, x: float, y: float, length: float, upright: bool = False, token: str = "line") -> None:
        """A divider one device-aligned pixel thick."""
        thin = max(1, round(self._ratio)) / self._ratio
        x, y = self.whole(x), self.whole(y)
        self.painter.fillRect(QRectF(x, y, thin, length) if upright else QRectF(x, y, length, thin), self._color(token))

    def ring(self, rect: QRectF, radius: float = 6) -> None:
        """The focus ring around a box."""
        draw_ring(self.painter, self.whole_rect(rect), self.look.px(radius), self.look)

    def text(self, rect: QRectF, text: str, face: Face, align: Qt.AlignmentFlag = LEFT) -> None:
        """One line of plain text."""
        self.painter.setFont(self._font(face))
        self.painter.setPen(self._color(face.token))
        self.painter.drawText(rect, align.value | _ONE_LINE, text)

    def lines(self, x: float, y: float, lines: tuple[str, ...], face: Face, height: int) -> float:
        """Wrapped lines from a top left corner; returns the y below the last one."""
        for i, line in enumerate(lines):
            self.text(QRectF(x, y + i * height, 4000, height), line, face)
        return y + len(lines) * height

    def glyph(self, shape: Glyph | Icon, x: float, middle: float, side: float = 16, token: str | None = None) -> None:
        """A glyph whose left edge and vertical middle are given."""
        side = self.look.px(side)
        draw_shape(
            self.painter, shape, QRectF(self.whole(x), self.whole(middle - side / 2), side, side), self.look, token
        )

    def answer_box(self, rect: QRectF, word: str, state: BoxState, px: int = 15) -> None:
        """A box that is an answer: open, under the pointer, pressed, chosen, read-only."""
        fill, edge, face = "surface", "control", Face(px, token="text_2")
        if state.disabled:
            fill, edge, face = "disabled_soft", "line", Face(px, token="disabled")
        elif state.read_only:
            fill, edge, face = "raised", "line", Face(px, token="text_2")
        elif state.pressed and not state.chosen:
            fill, edge = "accent_soft", "accent_press"
        elif state.hover:
            fill, edge = "raised", "accent"
        if state.chosen:
            fill, edge, face = ("accent_press" if state.pressed else "accent"), "", Face(px, True, "on_accent")
        self.box(rect, fill, edge or None)
        self.text(rect, word, face, CENTER)
        if state.ringed:
            self.ring(rect)

    def chip(self, rect: QRectF, words: str, state: BoxState, px: int = 15) -> None:
        """An answer in words: a radio and the words, wrapped, in a box."""
        scale, pressed = self.look.px, state.pressed and not state.disabled
        fill, edge = ("accent_soft", "accent") if state.chosen or pressed else ("surface", "control")
        if state.read_only:
            fill, edge = "raised", "accent" if state.chosen else "line"
        elif state.disabled:
            fill, edge = "disabled_soft", "line"
        elif state.hover and not state.chosen and not pressed:
            fill, edge = "raised", "accent"
        self.box(rect, fill, edge, width=2 if state.chosen or pressed else 1)
        self.radio(rect.left() + scale(12), rect.center().y(), state.chosen, state.read_only or state.disabled)
        face = Face(px, token="disabled") if state.disabled else Face(px)
        lines = wrap(self.look, words, face, rect.width() - scale(CHIP_LEAD + CHIP_TAIL) + 2)
        height = line_height(self.look, px)
        self.lines(rect.left() + scale(CHIP_LEAD), rect.center().y() - len(lines) * height / 2, lines, face, height)
        if state.ringed:
            self.ring(rect)

    def radio(self, x: float, middle: float, chosen: bool, read_only: bool = False) -> None:
        """A radio mark 17 px wide."""
        side = self.look.px(17)
        outer = QRectF(self.whole(x), self.whole(middle - side / 2), side, side)
        token = "accent" if chosen else "line" if read_only else "control"
        self.painter.setBrush(self._color("surface"))
        self.painter.setPen(QPen(self._color(token), self.look.px(2)))
        self.painter.drawEllipse(outer.adjusted(1, 1, -1, -1))
        if chosen:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self._color("accent"))
            self.painter.drawEllipse(outer.center(), self.look.px(9) / 2, self.look.px(9) / 2)

    def missing_pill(self, rect: QRectF, words: str, hover: bool = False, ringed: bool = False) -> None:
        """The dashed pill that stands where a value is missing with a reason; shows as many words as fit."""
        self.box(rect, "raised" if hover else "surface", "accent" if hover else "control", dashed=True)
        self.glyph(Glyph.MISSING, rect.left() + self.look.px(11), rect.center().y())
        inner = rect.adjusted(self.look.px(35), 0, -self.look.px(6), 0)
        self.text(inner, words, Face(13))
        if ringed:
            self.ring(rect)

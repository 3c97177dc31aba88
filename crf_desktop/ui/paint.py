"""Strokes every painted control shares: edges, fills, the focus ring, line icons."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from crf_desktop.ui.look import Look

RING = 4
"""Margin every painted control keeps free for its focus ring."""


class Icon(Enum):
    """Line icons in a 16 × 16 box; state glyphs are in ``model.glyph``."""

    SEARCH = "search"
    PRINT = "print"
    LEFT = "left"
    RIGHT = "right"
    DOWN = "down"
    MENU = "menu"
    MARK = "mark"
    TIMER = "timer"
    LOCK = "lock"
    INFO = "info"
    EMPTY = "empty"


_LINES: dict[Icon, str] = {
    Icon.SEARCH: "M 11.2 11.2 L 15 15",
    Icon.PRINT: "M 4 6 L 4 2 L 12 2 L 12 6 M 4 12 L 2 12 L 2 6 L 14 6 L 14 12 L 12 12"
    " M 4 9.5 L 12 9.5 L 12 14 L 4 14 L 4 9.5",
    Icon.LEFT: "M 10 3 L 5 8 L 10 13",
    Icon.RIGHT: "M 6 3 L 11 8 L 6 13",
    Icon.DOWN: "M 3 6 L 8 11 L 13 6",
    Icon.MENU: "M 1.5 3.5 L 14.5 3.5 M 1.5 8 L 14.5 8 M 1.5 12.5 L 14.5 12.5",
    Icon.TIMER: "M 8 9 L 8 5.8 M 6 1.3 L 10 1.3 M 8 1.3 L 8 3 M 12.4 3.6 L 13.4 4.6",
    Icon.LOCK: "",
    Icon.EMPTY: "M 4 6 L 9 6 M 4 8.5 L 12.5 8.5 M 4 11 L 8 11",
}


def path_of(text: str) -> QPainterPath:
    """A path from ``M x y L x y`` words."""
    path, words = QPainterPath(), text.split()
    for i in range(0, len(words), 3):
        point = QPointF(float(words[i + 1]), float(words[i + 2]))
        path.moveTo(point) if words[i] == "M" else path.lineTo(point)
    return path


def draw_icon(painter: QPainter, icon: Icon, box: QRectF, color: QColor, look: Look, width: float = 1.7) -> None:
    """Draws a line icon into the box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if icon in _LINES:
        painter.drawPath(path_of(_LINES[icon]))
    match icon:
        case Icon.SEARCH:
            painter.drawEllipse(QRectF(1.5, 1.5, 10.5, 10.5))
        case Icon.TIMER:
            painter.drawEllipse(QRectF(2.2, 3, 11.6, 11.6))
        case Icon.LOCK:
            _lock(painter, color)
        case Icon.MARK:
            _mark(painter, look)
        case Icon.INFO:
            _info(painter, look)
        case Icon.EMPTY:
            painter.setPen(QPen(color, width, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(1, 3, 14, 11), 1.5, 1.5)
        case _:
            pass
    painter.restore()


def _lock(painter: QPainter, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(3.2, 7.5, 9.6, 7), 1.2, 1.2)
    shackle = QPainterPath(QPointF(5, 7.5))
    shackle.lineTo(5, 5)
    shackle.arcTo(QRectF(5, 1.8, 6, 6), 180, -180)
    shackle.lineTo(11, 7.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shackle)


def _mark(painter: QPainter, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawRoundedRect(QRectF(0, 0, 16, 16), 3.2, 3.2)
    painter.setPen(
        QPen(look.color("on_accent"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.drawPath(path_of("M 3.4 4.6 L 10 4.6 M 3.4 8 L 7 8 M 3.4 11.4 L 6.2 11.4 M 8.4 9.8 L 10.2 11.6 L 13.4 7.6"))


def _info(painter: QPainter, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent"))
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    painter.setPen(QPen(look.color("on_accent"), 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawPath(path_of("M 8 7 L 8 12 M 8 4 L 8 5.9"))


def draw_box(
    painter: QPainter,
    box: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded box whose edge lies inside ``box``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0
    painter.setPen(
        QPen(edge, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        if edge is not None
        else Qt.PenStyle.NoPen
    )
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def draw_ring(painter: QPainter, box: QRectF, radius: float, look: Look) -> None:
    """The focus ring: 2 px, 2 px outside ``box``."""
    draw_box(painter, box.adjusted(-RING, -RING, RING, RING), radius + 3, None, look.color("focus"), 2)

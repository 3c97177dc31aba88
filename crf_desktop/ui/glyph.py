"""Glyphs on the screen: one painter call, one label, icons for buttons that follow the look."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import BOX, Glyph, Shape, shapes
from crf_desktop.ui.look import Look


def draw(painter: QPainter, glyph: Glyph, rect: QRectF, look: Look, color: str | None = None) -> None:
    """Draws a glyph into the largest square inside ``rect``; ``color`` (a token or #rrggbb) replaces its own."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / BOX, side / BOX)
    for shape, path in zip(shapes(glyph), _paths(glyph), strict=True):
        token = _token(shape, color)
        ink = QColor(token) if token.startswith("#") else look.color(token)
        if shape.role == "fill":
            painter.fillPath(path, ink)
        else:
            painter.strokePath(path, _pen(shape, ink))
    painter.restore()


class GlyphLabel(QWidget):
    """One glyph as a widget; says its meaning to a screen reader when given an accessible name."""

    def __init__(
        self, glyph: Glyph, look: Look, size: int = 16, color: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.glyph = glyph
        self.color = color
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._renew)

    def sizeHint(self) -> QSize:
        side = self.look.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, self.glyph, QRectF(self.rect()), self.look, self.color)
        painter.end()

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def _token(shape: Shape, color: str | None) -> str:
    if color is None:
        return shape.token
    if shape.cut:
        return "accent" if color == "on_accent" else shape.token
    return color


def _pen(shape: Shape, ink: QColor) -> QPen:
    pen = QPen(ink, shape.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if shape.dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape.dash:
        pen.setDashPattern([d / shape.width for d in shape.dash])
    return pen


@cache
def _paths(glyph: Glyph) -> tuple[QPainterPath, ...]:
    return tuple(_path(shape) for shape in shapes(glyph))


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    for letter, p in shape.commands:
        match letter:
            case "M":
                path.moveTo(p[0], p[1])
            case "L":
                path.lineTo(p[0], p[1])
            case "C":
                path.cubicTo(p[0], p[1], p[2], p[3], p[4], p[5])
            case "Z":
                path.closeSubpath()
    return path

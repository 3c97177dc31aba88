"""Buttons: primary, plain, quiet; painted, with icons, a focus ring and words that never elide."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, Icon, draw_box, draw_ring

Kind = Literal["primary", "plain", "quiet"]


class Button(QAbstractButton):
    """One button. The widget is 4 px larger on every side than the drawn box: room for the focus ring."""

    def __init__(
        self,
        look: Look,
        kind: Kind = "plain",
        text: str = "",
        lead: Glyph | Icon | None = None,
        trail: Icon | None = None,
        height: int = 36,
        px: int = 15,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self._kind, self._lead, self._trail, self._height, self._px = look, kind, lead, trail, height, px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hover = False
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """New measures and colours."""
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        """The text as read."""
        return self.text().replace("&&", "&")

    def set_kind(self, kind: Kind) -> None:
        """Primary, plain or quiet."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        px = self.look.px
        metrics = QFontMetrics(self.look.font(self._px, self._kind == "primary"))
        extra = sum(px(25) for shape in (self._lead, self._trail) if shape is not None)
        pad = px(8 if self._kind == "quiet" else 15)
        return QSize(metrics.horizontalAdvance(self.words()) + extra + 2 * pad + 2 * RING, px(self._height) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        fill, edge, ink = self._colors()
        draw_box(painter, box, px(6), fill, edge)
        if self.hasFocus() and self.isEnabled():
            draw_ring(painter, box, px(6), self.look)
        self._paint_words(painter, box, ink)

    def _colors(self) -> tuple[QColor | None, QColor | None, str]:
        color = self.look.color
        if not self.isEnabled():
            return (
                (None, None, "disabled")
                if self._kind == "quiet"
                else (color("disabled_soft"), color("line"), "disabled")
            )
        if self._kind == "primary":
            name = "accent_press" if self.isDown() else "accent_hover" if self._hover else "accent"
            return color(name), None, "on_accent"
        if self._kind == "quiet":
            return (color("accent_soft") if self._hover or self.isDown() else None), None, "accent_text"
        ground = "accent_soft" if self.isDown() else "raised" if self._hover else "surface"
        return color(ground), color("accent" if self._hover else "control"), "text"

    def _paint_words(self, painter: QPainter, box: QRectF, ink: str) -> None:
        px, font = self.look.px, self.look.font(self._px, self._kind == "primary")
        painter.setFont(font)
        painter.setPen(self.look.color(ink))
        width = QFontMetrics(font).horizontalAdvance(self.words())
        lead, trail = (px(25) if s is not None else 0 for s in (self._lead, self._trail))
        x = box.left() + (box.width() - width - lead - trail) / 2
        side, top = px(16), box.center().y() - px(16) / 2
        if self._lead is not None:
            token = ink if isinstance(self._lead, Icon) else None
            draw_shape(painter, self._lead, QRectF(x, top, side, side), self.look, token)
        painter.drawText(
            QRectF(x + lead, box.top(), width + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, self.words()
        )
        if self._trail is not None:
            draw_shape(painter, self._trail, QRectF(x + lead + width + px(9), top, side, side), self.look, ink)

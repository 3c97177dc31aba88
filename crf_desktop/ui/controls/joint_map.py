"""The painted figure with its joints: a press cycles tender, swollen, both, neither; arrows walk in exam order."""

from __future__ import annotations

from functools import cache
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from crf_desktop.model.figure import OUTLINE
from crf_desktop.model.glyph import JOINTS, Glyph
from crf_desktop.model.layout import JointFigure
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.ink import CENTER, Face, Ink
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.look import Look

SIDE = 560
"""Guide px of the figure: neighbours that lie 8 of 100 apart are 44 px targets."""
REACH = 22
"""Guide px around a joint that belong to it, as far as no other is nearer."""


@cache
def _paths() -> tuple[tuple[QPainterPath, float, bool], ...]:
    found = []
    for limb in OUTLINE:
        path = QPainterPath(QPointF(*limb.points[0]))
        for point in limb.points[1:]:
            path.lineTo(QPointF(*point))
        if limb.closed:
            path.closeSubpath()
        found.append((path, limb.width, limb.closed))
    return tuple(found)


class JointMap(Painted):
    """Joints as targets of 44 px; what was pressed is shown at once, whatever was stored."""

    def __init__(self, block: JointFigure, codes: tuple[str, ...], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.block, self.codes = block, codes
        """Coded values: neither, tender, swollen, both."""
        self.view = BlockView({}, {}, {}, {})
        self.shown: dict[str, str] = {}
        """By item: what was pressed and is not stored yet."""
        self.told: dict[str, tuple[str, str]] = {}
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def oid(self, at: int) -> str:
        """The item of a joint."""
        return self.block.joints[at].item

    def item(self, at: int) -> ItemView:
        """What is known of a joint."""
        return self.view.items.get(self.oid(at), EMPTY)

    def code(self, at: int) -> str | None:
        """The answer that stands on the figure."""
        return self.shown.get(self.oid(at), self.item(at).datum.value)

    def is_asked(self, at: int) -> bool:
        """Whether a joint is asked, or holds an answer from when it was."""
        return self.item(at).relevant or self.item(at).datum.answered

    def glyph(self, at: int) -> Glyph:
        """The mark of a joint."""
        code = self.code(at)
        if code in self.codes:
            return JOINTS[self.codes.index(code)]
        return Glyph.MISSING if self.item(at).datum.null_flavor is not None else Glyph.JOINT_OPEN

    # geometry

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(SIDE), self.look.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(300))

    def field(self) -> QRectF:
        """The square of the figure."""
        side = float(min(self.width(), self.height()))
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def centre(self, at: int) -> QPointF:
        """The middle of a joint."""
        field, joint = self.field(), self.block.joints[at]
        return QPointF(field.left() + field.width() * joint.x / 100, field.top() + field.height() * joint.y / 100)

    def joint_rect(self, at: int) -> QRectF:
        """The target of a joint."""
        centre, reach = self.centre(at), self.look.px(REACH)
        return QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)

    def lay_out(self) -> int:
        self.targets = [Target(self.joint_rect(at), "joint", (at,)) for at in range(len(self.block.joints))]
        return 0

    def target_at(self, point: QPointF) -> Target | None:
        inside = [t for t in self.targets if t.rect.contains(point)]
        return min(inside, key=lambda t: hypot(*(t.rect.center() - point).toTuple()), default=None)

    # painting

    def paint(self, ink: Ink) -> None:
        ink.fill(QRectF(self.viewport().rect()), "surface")
        self._paint_outline(ink, self.field())
        field, small = self.field(), Face(13, True, "text_2")
        top = field.top() + field.height() * 0.06
        for x, words in ((6, self.tr("Right")), (94, self.tr("Left"))):
            left = field.left() + field.width() * x / 100
            ink.text(QRectF(left - 60, top, 120, self.look.px(20)), words, small, CENTER)
        for at in range(len(self.block.joints)):
            self._paint_joint(ink, at)

    def _paint_outline(self, ink: Ink, field: QRectF) -> None:
        painter, scale = ink.painter, field.width() / 100
        painter.save()
        painter.translate(field.topLeft())
        painter.scale(scale, scale)
        edge = 1.3 / scale * self.look.scale
        for token, more in (("control", edge), ("raised", -edge)):
            color = self.look.color(token)
            pen = QPen(color, 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            for path, width, closed in _paths():
                pen.setWidthF(width + more)
                painter.strokePath(path, pen)
                if closed:
                    painter.fillPath(path, color)
        painter.restore()

    def _paint_joint(self, ink: Ink, at: int) -> None:
        px, centre, rect = self.look.px, self.centre(at), self.joint_rect(at)
        name = ("joint", (at,))
        if at == self.current:
            ink.box(rect.adjusted(px(3), px(3), -px(3), -px(3)), "accent_soft", "accent", 6)
        elif self.hovered == name and not self.view.read_only:
            ink.box(rect.adjusted(px(3), px(3), -px(3), -px(3)), "raised", "accent", 6)
        side = 24
        if self.is_asked(at):
            ink.glyph(self.glyph(at), centre.x() - px(side) / 2, centre.y(), side)
        else:
            ink.text(rect, "–", Face(15, token="text_3"), CENTER)
        if at == self.current and self.hasFocus():
            ink.ring(rect.adjusted(px(4), px(4), -px(4), -px(4)))
        item = self.item(at)
        if item.n_open_query:
            ink.glyph(Glyph.QUERY, centre.x() + px(8), centre.y() - px(13), 13)
        if item.was or self.oid(at) in self.told:
            ink.glyph(Glyph.CHANGED, centre.x() - px(20), centre.y() - px(13), 12)

"""The course of the scores: one lane each, from zero on its own scale, one true week axis, a value at each point."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import LevelTable, ScaleRows, VisualAnalogue
from crf_desktop.model.text import TranslatedText
from crf_desktop.ui.look import Look

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormView
    from crf_desktop.capture.study import Matrix, Study

LANES = 3
MIDDLE = Qt.AlignmentFlag.AlignVCenter


@frozen(slots=True)
class Point:
    """One score of one visit."""

    day: int
    height: Fraction
    """0 to 1 of the lane."""
    text: str
    """``26`` or ``≥ 26``."""
    signed: bool
    final: bool


@frozen(slots=True)
class Lane:
    """One score over the visits."""

    name: TranslatedText
    behind: str
    points: tuple[Point, ...]


def lanes_of(study: Study, subject: str, matrix: Matrix) -> list[Lane]:
    """The first scores of the definition that have a maximum, over the visits that have begun."""
    lanes = []
    for source in sources(study.definition)[:LANES]:
        points = []
        for event, when in matrix.columns:
            state = matrix.cells.get((event.oid, source.form))
            if not when or state in (None, FormState.DUE, FormState.PLANNED):
                continue
            text, lower = _read(study.form(subject, event.oid, source.form).view(), source)
            if text or lower:
                day = event.target_day if event.target_day is not None else study.study_day(subject, when)
                height = min(Fraction(1), Fraction(text or lower) / Fraction(source.maximum))
                points.append(Point(day or 0, height, text or f"≥\u00a0{lower}", state is FormState.SIGNED, bool(text)))
        lanes.append(
            Lane(source.name, f"/{source.maximum}" + (f"\u00a0{source.unit}" if source.unit else ""), tuple(points))
        )
    return lanes


@frozen(slots=True)
class Source:
    """Where a lane reads: the first score of a form, or its visual analogue."""

    form: str
    oid: str
    name: TranslatedText
    maximum: str
    unit: str


def sources(definition: MetaDataVersion) -> list[Source]:
    """Every number with a fixed scale: disease activity first, in the order of the schedule otherwise."""
    found = []
    for form in definition.forms:
        method = definition.method[form.scores[0]] if form.scores else None
        if method is not None and method.maximum:
            unit = definition.unit[method.unit].symbol.en if method.unit else ""
            found.append(Source(form.oid, method.oid, method.label, method.maximum, unit))
            continue
        for block in form.layout.blocks:
            if isinstance(block, VisualAnalogue):
                units = definition.item[block.item].units
                unit = definition.unit[units[0]].symbol.en if units else ""
                found.append(Source(form.oid, block.item, form.short_title, str(block.maximum), unit))
    rank = {kind: at for at, kind in enumerate((LevelTable, ScaleRows, VisualAnalogue))}
    kinds = {f.oid: min((rank.get(type(b), 9) for b in f.layout.blocks), default=9) for f in definition.forms}
    return sorted(found, key=lambda s: kinds[s.form])


def _read(view: FormView, source: Source) -> tuple[str, str]:
    derived = view.derived.get(source.oid)
    if derived is not None:
        return derived.text, derived.lower_text
    datum = view.items.get(source.oid)
    return (datum.value or "") if datum is not None else "", ""


class CourseLanes(QWidget):
    """Painted; nothing moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.lanes: list[Lane] = []
        self.days: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_lanes(self, lanes: list[Lane], days: list[int]) -> None:
        """Shows scores; ``days`` are the study days of the planned visits (the axis)."""
        self.lanes, self.days = lanes, sorted(set(days))
        spoken = [
            f"{lane.name.in_(self.look.language)} " + ", ".join(p.text for p in lane.points)
            for lane in lanes
            if lane.points
        ]
        self.setAccessibleName(self.tr("Course") + ": " + "; ".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(150))

    def _x(self, day: int) -> float:
        left, right = self.look.px(198), self.width() - self.look.px(64)
        last = max([*self.days, 1])
        return left + (right - left) * (day / last if last > 0 else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = px(26)
        height = (self.height() - axis) / max(1, len(self.lanes))
        for at, lane in enumerate(self.lanes):
            self._lane(painter, lane, QRectF(0, at * height, self.width(), height))
        self._axis(painter, QRectF(0, self.height() - axis, self.width(), axis))

    def _lane(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        px, color = self.look.px, self.look.color
        painter.fillRect(QRectF(0, box.bottom() - 1, self.width(), 1), color("line"))
        painter.setFont(self.look.font(13, True))
        painter.setPen(color("text"))
        name = lane.name.in_(self.look.language)
        painter.drawText(box, MIDDLE, name)
        painter.setFont(self.look.font(13))
        painter.setPen(color("text_2"))
        left = max(px(62), QFontMetrics(self.look.font(13, True)).horizontalAdvance(name) + px(10))
        painter.drawText(box.adjusted(left, 0, 0, 0), MIDDLE, lane.behind)
        if not lane.points:
            painter.drawText(box.adjusted(px(198), 0, 0, 0), MIDDLE, self.tr("no score yet"))
            return
        room = box.height() - px(15)
        spots = [QPointF(self._x(p.day), box.bottom() - px(7) - float(p.height) * room) for p in lane.points]
        painter.setPen(QPen(color("accent"), px(2)))
        final = [s for s, p in zip(spots, lane.points, strict=True) if p.final]
        painter.drawPolyline(final)
        for spot, point in zip(spots, lane.points, strict=True):
            self._point(painter, spot, point, first=point is lane.points[0] and len(lane.points) > 1, box=box)

    def _point(self, painter: QPainter, spot: QPointF, point: Point, first: bool, box: QRectF) -> None:
        px, color = self.look.px, self.look.color
        radius = px(5)
        painter.setPen(QPen(color("accent"), px(2), Qt.PenStyle.SolidLine if point.final else Qt.PenStyle.DotLine))
        painter.setBrush(color("accent") if point.signed else color("surface"))
        painter.drawEllipse(spot, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        font = self.look.font(13, True)
        painter.setFont(font)
        painter.setPen(color("text"))
        width = QFontMetrics(font).horizontalAdvance(point.text)
        x = spot.x() - radius - px(5) - width if first else spot.x() + radius + px(5)
        y = min(max(spot.y(), box.top() + px(9)), box.bottom() - px(10))
        painter.drawText(QRectF(x, y - px(10), width + 4, px(20)), MIDDLE, point.text)

    def _axis(self, painter: QPainter, box: QRectF) -> None:
        px = self.look.px
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(box, MIDDLE, self.tr("Week"))
        last = -1e9
        for day in self.days:
            x = self._x(day)
            if x - last >= px(26):
                painter.drawText(
                    QRectF(x - px(30), box.top(), px(60), box.height()),
                    Qt.AlignmentFlag.AlignCenter,
                    str(round(day / 7)),
                )
                last = x

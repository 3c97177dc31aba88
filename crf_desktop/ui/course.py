"""The course of the scores: one lane each, from zero on its own scale, one true week axis, doses marked on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.lane import LANES, Lane, Marks, Point, Source, lane_of, marks_in, sources
from crf_desktop.model.text import TranslatedText
from crf_desktop.ui import visit_words
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.overview import Matrix
    from crf_desktop.capture.study import Study

LEFT, RIGHT = 198, 64
"""Logical room before week 0 and behind the last."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def lanes_of(study: Study, subject: str, matrix: Matrix) -> list[Lane]:
    """The first scores of the definition that have a maximum, over the visits that have begun."""
    visits = {v.address: v for v in matrix.columns if v.date}
    return [_lane(study, subject, matrix, source, set(visits)) for source in sources(study.definition)[:LANES]]


def _blind(study: Study, matrix: Matrix, form: str) -> TranslatedText | None:
    """The first visit that has begun with a page of that form, whose earlier answers stay hidden, still open."""
    if not study.definition.form[form].blind_previous or not study.may(Action.ENTER):
        return None
    states = ((v, matrix.cells.get((v.address, form))) for v in matrix.columns if v.date)
    for visit, state in states:
        due = state is FormState.DUE and (visit.address, form) not in matrix.optional
        if due or state is FormState.IN_PROGRESS:
            return visit.event.short_title
    return None


def _lane(study: Study, subject: str, matrix: Matrix, source: Source, begun: set[str]) -> Lane:
    if (waits := _blind(study, matrix, source.form)) is not None:
        return Lane(source.name, source.behind, (), waits)
    signed = [at for at in begun if matrix.cells.get((at, source.form)) is FormState.SIGNED]
    return lane_of(study.course(subject), source, lambda day: study.study_day(subject, day), begun, signed)


def marks_of(study: Study, subject: str) -> list[Marks]:
    """What the definition marks on the axis, with its days."""
    return marks_in(study.course(subject), lambda day: study.study_day(subject, day))


class CourseLanes(QWidget):
    """Painted; nothing moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.lanes: list[Lane] = []
        self.marks: list[Marks] = []
        self.days: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_lanes(self, lanes: list[Lane], days: Iterable[int], marks: Iterable[Marks] = ()) -> None:
        """Shows scores; ``days`` are the study days of the visits (the axis)."""
        self.lanes, self.marks = lanes, [m for m in marks if m.days]
        points = (p.day for lane in lanes for p in lane.points)
        self.days = sorted({*(d for d in days if d >= 0), *points, *(d for m in self.marks for d in m.days)})
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """What a screen reader says."""
        self.setAccessibleName(self._spoken())

    def _spoken(self) -> str:
        language = self.look.language
        said = [
            f"{lane.name.in_(language)} " + ", ".join(p.text for p in lane.points) for lane in self.lanes if lane.points
        ]
        said += [f"{lane.name.in_(language)} {self._instead(lane)}" for lane in self.lanes if lane.waits is not None]
        weeks = (", ".join(str(round(d / 7)) for d in m.days) for m in self.marks)
        said += [
            f"{m.mark.name.in_(language)}, {self.tr('Week')} {w}" for m, w in zip(self.marks, weeks, strict=True)
        ]
        return self.tr("Course") + ": " + "; ".join(said)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(260), self.look.px(110))

    def _x(self, day: int) -> float:
        left, right = self.look.px(LEFT), self.width() - self.look.px(RIGHT)
        first, last = min([0, *self.days]), max([*self.days, 1])
        return left + (right - left) * (day - first) / (last - first)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis, given = px(22), px(22) if self.marks else 0
        height = (self.height() - axis - given) / max(1, len(self.lanes))
        for at, lane in enumerate(self.lanes):
            self._lane(painter, lane, QRectF(0, at * height, self.width(), height))
        if given:
            self._doses(painter, QRectF(0, self.height() - axis - given, self.width(), given))
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
            painter.drawText(box.adjusted(px(LEFT), 0, 0, 0), MIDDLE, self._instead(lane))
            return
        room = box.height() - px(15)
        spots = [QPointF(self._x(p.day), box.bottom() - px(7) - float(p.height) * room) for p in lane.points]
        painter.setPen(QPen(color("accent"), px(2)))
        final = [s for s, p in zip(spots, lane.points, strict=True) if p.final]
        painter.drawPolyline(final)
        for at, (spot, point) in enumerate(zip(spots, lane.points, strict=True)):
            self._point(painter, spot, point, before=self._before(spots, lane.points, at), box=box)

    def _instead(self, lane: Lane) -> str:
        """What stands in a lane without a point."""
        if lane.waits is None:
            return self.tr("no score yet")
        visit = lane.waits.in_(self.look.language).partition(visit_words.DOT)[0]
        return self.tr("hidden until its page is complete: {0}").format(visit)

    def _before(self, spots: list[QPointF], points: tuple[Point, ...], at: int) -> bool:
        """Whether the value stands before its point: the first of several, or one that the next would run over."""
        if at + 1 == len(spots):
            return False
        words = QFontMetrics(self.look.font(13, True)).horizontalAdvance(points[at].text) + self.look.px(18)
        return at == 0 or (spots[at + 1].x() - spots[at].x() < words < spots[at].x() - spots[at - 1].x())

    def _point(self, painter: QPainter, spot: QPointF, point: Point, before: bool, box: QRectF) -> None:
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
        x = spot.x() - radius - px(5) - width if before else spot.x() + radius + px(5)
        beside = before and spot.x() < px(LEFT) + radius * 4
        y = min(max(spot.y() - (0 if beside else px(12)), box.top() + px(6)), box.bottom() - px(10))
        painter.drawText(QRectF(x, y - px(10), width + 4, px(20)), MIDDLE, point.text)

    def _doses(self, painter: QPainter, box: QRectF) -> None:
        px = self.look.px
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(box, MIDDLE, self.tr("Doses given"))
        side = px(13)
        for marks in self.marks:
            for day in marks.days:
                place = QRectF(self._x(day) - side / 2, box.center().y() - side / 2, side, side)
                draw_shape(painter, Glyph(marks.mark.glyph), place, self.look)

    def _axis(self, painter: QPainter, box: QRectF) -> None:
        px = self.look.px
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(box, MIDDLE, self.tr("Week"))
        last = -1e9
        for day in self.days:
            x = self._x(day)
            if x - last >= px(24):
                place = QRectF(x - px(30), box.top(), px(60), box.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, figure.number(str(round(day / 7))))
                last = x


class CourseKey(QWidget):
    """What the marks on the axis mean, and that an open point is not signed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._parts: list[tuple[Glyph | None, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_key(self, marks: Iterable[Marks]) -> None:
        """The marks that are drawn."""
        named = [(Glyph(m.mark.glyph), m.mark.name.in_(self.look.language)) for m in marks if m.days]
        self._parts = [*named, (None, self.tr("open point = not yet signed"))]
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(self.look.font(13))
        return [metrics.horizontalAdvance(w) + self.look.px(20 if g else 0) for g, w in self._parts]

    def _wide(self, gap: int) -> int:
        return sum(self._widths()) + self.look.px(gap) * max(0, len(self._parts) - 1)

    def sizeHint(self) -> QSize:
        return QSize(self._wide(20), self.look.px(20))

    def minimumSizeHint(self) -> QSize:
        """The marks; the words about the points give way where there is no room."""
        marks = self._widths()[:-1]
        return QSize(sum(marks) + self.look.px(12) * max(0, len(marks) - 1), self.look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        gap = next((g for g in (20, 12) if self._wide(g) <= self.width()), 0)
        shown = list(zip(self._parts, self._widths(), strict=True))
        shown = shown if gap else shown[:-1]
        gap = px(gap or 12)
        x = self.width() - sum(width + gap for _, width in shown) + gap
        painter.setFont(self.look.font(13))
        for (glyph, words), width in shown:
            if glyph is not None:
                draw_shape(painter, glyph, QRectF(x, (self.height() - px(13)) / 2, px(13), px(13)), self.look)
            painter.setPen(self.look.color("text_2"))
            painter.drawText(QRectF(x + px(20 if glyph else 0), 0, width, self.height()), MIDDLE, words)
            x += width + gap

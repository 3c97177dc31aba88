"""The course of the main scores on paper: one lane each from zero, one true week axis, doses marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.lane import LANES, Lane, Marks, Point, Source, lane_of, marks_in, read, sources
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader
from crf_desktop.report.block import BODY, SMALL
from crf_desktop.report.drawing import HAIR, MARGIN, RIGHT, THIN, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import number

_LANE, _ROW = 27.0, 13.0
_LEFT, _RIGHT = MARGIN + 132, RIGHT - 46
_DOT, _MARK = 2.6, 7.6
_WEEK = 7
_LEAST = 22.0
"""Between two numbers of the axis."""


@frozen
class CourseView:
    """What the chart draws, as far as the visit that is printed."""

    lanes: tuple[Lane, ...]
    marks: tuple[Marks, ...]
    days: tuple[int, ...]
    """The axis: study days of the visits, points and doses."""


def draw_course(flow: Flow, reader: Reader) -> None:
    """The chart; nothing where there is one moment only, since the scores above say it all."""
    seen = course_view(reader)
    if seen is None:
        return
    height = _LANE * len(seen.lanes) + _ROW * (2 if seen.marks else 1)

    def ink(pen: Pen, top: float) -> None:
        for at, lane in enumerate(seen.lanes):
            _lane(pen, reader, seen, lane, top + at * _LANE)
        _axis(pen, reader, seen, top + _LANE * len(seen.lanes))

    flow.title(reader.say("course"), keep=height)
    foot = flow.y
    flow.pages[-1].append(lambda pen: _key(pen, reader, seen, foot))
    flow.draw(height, ink)
    flow.gap(12)


def course_view(reader: Reader) -> CourseView | None:
    """The lanes up to the visit that is printed; None where nothing would be compared."""
    record, zero = reader.record, reader.day_zero
    if record.whole is None or zero is None or not record.visit_date or reader.course is None:
        return None
    until = record.visit_date
    dates = {at: day for at, day in record.whole.dates.items() if day <= until}
    lanes = tuple(_lane_of(reader, source, dates) for source in sources(reader.definition)[:LANES])
    last = reader.study_day(until)
    marks = [
        Marks(m.mark, tuple(d for d in m.days if d <= (last or 0))) for m in marks_in(reader.course, reader.study_day)
    ]
    points = {p.day for lane in lanes for p in lane.points}
    given = {d for m in marks for d in m.days}
    visits = (d for day in dates.values() if (d := reader.study_day(day)) is not None and d >= 0)
    if not points or len(points | given) < 2:
        return None
    return CourseView(lanes, tuple(m for m in marks if m.days), tuple(sorted({*visits, *points, *given})))


def _lane_of(reader: Reader, source: Source, dates: dict[str, str]) -> Lane:
    assert reader.course is not None
    waits = waiting(reader, source.form)
    if waits is not None:
        return Lane(source.name, source.behind, (), waits)
    return lane_of(reader.course, source, reader.study_day, dates.keys(), _signed(reader, source.form))


def _signed(reader: Reader, form: str) -> frozenset[str]:
    """Addresses of the visits at which that form is signed."""
    heads = reader.record.whole.heads if reader.record.whole else ()
    return frozenset(h.path.event_address for h in heads if h.path.form == form and h.state is FormState.SIGNED)


def waiting(reader: Reader, form: str) -> TranslatedText | None:
    """The first visit that has begun whose page of that form is not complete: until then earlier ratings stay hidden.

    Whoever fills it in may hold this paper in the hand.
    """
    definition, whole = reader.definition, reader.record.whole
    if whole is None or reader.course is None or not definition.form[form].blind_previous:
        return None
    heads = {h.path.event_address: h for h in whole.heads if h.path.form == form}
    for at in reader.course.occurrences:
        event = definition.event[at.event]
        if at.date is None or form not in event.forms:
            continue
        head = heads.get(at.address)
        begun = head is not None and bool(head.n_value + head.n_null)
        open_ = head is None or not head.completed
        asked = form not in event.optional and not reader.course.visit(at).holding(definition.form[form].not_needed)
        if open_ and (begun or asked):
            return event.short_title
    return None


def before(reader: Reader, form: str, oid: str) -> str:
    """A score at day 0, for the line under its present value; empty where it is this visit's, unknown or hidden."""
    source = next((s for s in sources(reader.definition) if s.form == form and s.oid == oid), None)
    source = source or Source(form, oid, TranslatedText("", ""), "", "")
    base, record = reader.definition.banner.day_zero_event, reader.record
    if reader.course is None or record.event.oid == base or not record.visit_date or waiting(reader, form):
        return ""
    at = next((o for o in reader.course.occurrences if o.event == base), None)
    if at is None or at.date is None or at.date > record.visit_date:
        return ""
    text, lower = read(reader.course.visit(at), source)
    return number(text) if text else f"≥\u00a0{number(lower)}" if lower else ""


# ---- ink


def _x(seen: CourseView, day: int) -> float:
    first, last = min(0, seen.days[0]), max(seen.days[-1], 1)
    return _LEFT + (_RIGHT - _LEFT) * (day - first) / (last - first)


def _lane(pen: Pen, reader: Reader, seen: CourseView, lane: Lane, top: float) -> None:
    name = Run(lane.name.in_(reader.language), BODY, True)
    base = middle(top, _LANE, BODY)
    pen.line_of(MARGIN, base, [name, Run(f"  {lane.behind}", SMALL)])
    pen.rule(MARGIN, top + _LANE, RIGHT, top + _LANE, HAIR)
    if not lane.points:
        waits = lane.waits.in_(reader.language) if lane.waits else ""
        pen.text(_LEFT, base, Run(reader.say("course_hidden", waits) if waits else reader.say("course_none"), SMALL))
        return
    spots = [(_x(seen, p.day), top + _LANE - 5 - float(p.height) * (_LANE - 13)) for p in lane.points]
    final = [s for s, p in zip(spots, lane.points, strict=True) if p.final]
    for (x1, y1), (x2, y2) in pairwise(final):
        pen.rule(x1, y1, x2, y2, THIN + 0.2)
    for spot, point in zip(spots, lane.points, strict=True):
        pen.ring(*spot, _DOT, filled=point.signed and point.final, dashed=not point.final)
    for run, x, y in _values(spots, lane.points, top):
        pen.text(x, y, run)


def _values(
    spots: Sequence[tuple[float, float]], points: Sequence[Point], top: float
) -> Iterator[tuple[Run, float, float]]:
    """Each value beside its point: the first before it, the last behind it, those between above, none on another."""
    taken = -1e9
    for at, ((x, y), point) in enumerate(zip(spots, points, strict=True)):
        run = Run(point.text, BODY, True)
        beside = y + BODY * 0.36
        if at == 0 and len(points) > 1:
            left = x - _DOT - 3 - run.width
            yield run, left, beside
            taken = x
        elif at == len(points) - 1:
            yield run, x + _DOT + 3, beside
        else:
            left = max(x + 1, taken + 3)
            yield run, left, max(y - _DOT - 2, top + 8)
            taken = left + run.width


def _axis(pen: Pen, reader: Reader, seen: CourseView, top: float) -> None:
    if seen.marks:
        pen.text(MARGIN, middle(top, _ROW, BODY), Run(reader.say("doses"), BODY))
        for marks in seen.marks:
            for day in marks.days:
                pen.glyph(_x(seen, day) - _MARK / 2, top + (_ROW - _MARK) / 2, _MARK, Glyph(marks.mark.glyph))
        top += _ROW
    base, last = middle(top, _ROW, BODY), -1e9
    pen.text(MARGIN, base, Run(reader.say("week"), BODY))
    ends = (_x(seen, seen.days[-1]),)
    for day in seen.days:
        x = _x(seen, day)
        if x - last >= _LEAST and (x in ends or ends[0] - x >= _LEAST):
            pen.text(x, base, Run(number(str((day + 3) // _WEEK)), BODY), "centre")
            last = x


def _key(pen: Pen, reader: Reader, seen: CourseView, foot: float) -> None:
    """What the marks mean, and that an open point is not signed, at the right end of the title."""
    base, x = foot - 7.0, RIGHT
    if any(not p.signed for lane in seen.lanes for p in lane.points):
        word = Run(reader.say("open_point"), SMALL)
        x -= word.width
        pen.text(x, base, word)
        pen.ring(x - 7, base - 2.6, _DOT)
        x -= 24
    for marks in reversed(seen.marks):
        word = Run(marks.mark.name.in_(reader.language), SMALL)
        x -= word.width
        pen.text(x, base, word)
        pen.glyph(x - 12, base - 6.2, _MARK, Glyph(marks.mark.glyph))
        x -= 26

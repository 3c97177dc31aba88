"""One participant on one page: activity, complaints, antibodies, B cells, doses, adverse events on one axis of days."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from crf_desktop.analysis.figure_activity import draw_essdai, draw_esspri, top_of
from crf_desktop.analysis.figure_banner import draw_banner, draw_keys
from crf_desktop.analysis.figure_data import Course
from crf_desktop.analysis.figure_lane import Lane, TimeAxis, axis_of, nothing, shade
from crf_desktop.analysis.figure_reading import Reading
from crf_desktop.analysis.figure_sheet import HAIR, HEIGHT, LINE, THIN, Sheet
from crf_desktop.analysis.figure_track import draw_doses, draw_events
from crf_desktop.analysis.figure_type import SMALL, lines
from crf_desktop.errors import Language
from crf_desktop.model.derive import shortest
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP: Final = 66.0
"""Points: where the first lane begins."""
DECADES: Final = ("0.001", "0.01", "0.1", "1", "10", "100", "1000", "10000")


def draw_course(course: Course, language: Language) -> Figure:
    """The page, :data:`~crf_desktop.analysis.figure_sheet.WIDTH` × HEIGHT points."""
    sheet = Sheet(HEIGHT)
    draw_banner(sheet, course, language)
    if course.origin is None:
        words = FIGURE["empty_course"][language == "zh"]
        for at, line in enumerate(lines(words, sheet.width - 80, 9)):
            sheet.text(sheet.width / 2, 150 + 14 * at, line, 9, align="center", color="text_2")
        return sheet.figure
    axis = _axis(course)
    base = HEIGHT - 28
    _ground(sheet, axis, course, base, language)
    draw_essdai(Lane(sheet, axis, TOP + 6, 134, 0, top_of(course)), course, language)
    draw_esspri(Lane(sheet, axis, 224, 72, 0, 10), course, language)
    _pga(Lane(sheet, axis, 316, 50, 0, 100), course, language)
    _igg(Lane(sheet, axis, 386, 50, 0, _igg_top(course)), course, language)
    _b_cells(Lane(sheet, axis, 452, 50, *_decades(course.b_percent, "0.04", "40"), log=True), course, False, language)
    _b_cells(Lane(sheet, axis, 518, 50, *_decades(course.b_count, "0.7", "700"), log=True), course, True, language)
    top = draw_doses(sheet, axis, course, 580, language)
    draw_events(sheet, axis, course, top + 5, 3, language)
    _weeks(sheet, axis, course, base, language)
    draw_keys(sheet, course, HEIGHT - 3, language)
    return sheet.figure


def _axis(course: Course) -> TimeAxis:
    days = [d for d, _ in course.visits]
    if course.day_zero is None:
        return axis_of(days, 0, 28)
    return axis_of([*days, *([course.stopped] if course.stopped is not None else [])])


def _ground(sheet: Sheet, axis: TimeAxis, course: Course, bottom: float, language: Language) -> None:
    """What goes through all lanes: the window of week 28, four-week lines, an early stop, where the data end."""
    zh = language == "zh"
    if course.window_28 and (course.stopped is None or course.week_28 is not None):
        shade(sheet, axis, TOP - 4, bottom, course.window_28)
        middle = axis.x(sum(course.window_28) / 2)
        sheet.text(middle, TOP - 7, FIGURE["window_28"][zh], SMALL, color="accent", align="center")
    for day in axis.ticks(28 if course.day_zero else 7):
        sheet.line([(axis.x(day), TOP - 4), (axis.x(day), bottom)], "line", HAIR)
    if course.stopped is not None:
        x = axis.x(course.stopped)
        sheet.line([(x, TOP - 4), (x, bottom)], "text", LINE, (5, 2))
        words = FIGURE["stopped_on"][zh].format(figure.number(str(course.stopped)))
        sheet.text(x, TOP - 7, words, SMALL, bold=True, align="center")
    elif course.today is not None and course.today < axis.last - 4 and course.week_28 is None:
        x = axis.x(course.today)
        sheet.line([(x, TOP - 4), (x, bottom)], "text_3", THIN, (1, 2))
        sheet.text(x, TOP - 7, FIGURE["today"][zh], SMALL, color="text_2", align="center")


def _plain(lane: Lane, readings: Sequence[Reading], language: Language) -> None:
    lane.join(readings, "accent")
    lane.points(readings, "disc", "accent")
    lane.gaps(readings, language)
    lane.values(readings)
    if not readings:
        nothing(lane, language)
    lane.finish()


def _pga(lane: Lane, course: Course, language: Language) -> None:
    lane.frame("PGA", FIGURE["mm_of_100"][language == "zh"], ["0", "50", "100"])
    _plain(lane, course.pga, language)


def _igg_top(course: Course) -> float:
    highest = max([float(r.value or 0) for r in course.igg] + [float(x.value) for x in course.igg_limit], default=0.0)
    return max(20.0, 10.0 * (int(highest / 10) + 1))


def _igg(lane: Lane, course: Course, language: Language) -> None:
    step = 10 if lane.high <= 30 else 20
    lane.frame("IgG", "g/L", [str(n) for n in range(0, int(lane.high) + 1, step)])
    limits = course.igg_limit
    for at, limit in enumerate(limits):
        until = limits[at + 1].day if at + 1 < len(limits) else max(limit.day + 7, course.last)
        y = lane.y(limit.value)
        lane.sheet.line([(lane.axis.x(limit.day), y), (lane.axis.x(until), y)], "text_3", THIN, (3, 2))
    _plain(lane, course.igg, language)
    if limits:
        x, y = lane.axis.x(max(limits[-1].day + 7, course.last)) + 3, lane.y(limits[-1].value)
        name = FIGURE["limit_certificate" if limits[-1].certificate else "limit_age"][language == "zh"]
        value = figure.with_unit(figure.number(shortest(limits[-1].value)), "g/L")
        lane.write(x, y + 2, name, SMALL, color="text_2")
        lane.write(x, y + 10, value, SMALL, color="text_2")


def _decades(readings: Sequence[Reading], low: str, high: str) -> tuple[float, float]:
    """The usual range, widened tenfold until it holds every value above zero."""
    known = [r.value for r in readings if r.value]
    least, most = Fraction(low), Fraction(high)
    while known and min(known) < least:
        least /= 10
    while known and max(known) > most:
        most *= 10
    return float(least), float(most)


def _b_cells(lane: Lane, course: Course, count: bool, language: Language) -> None:
    zh, readings = language == "zh", course.b_count if count else course.b_percent
    ticks = [t for t in DECADES if lane.low <= float(t) <= lane.high]
    note = _source(course, language) if count else FIGURE["log_axis"][zh]
    unit = ("×10⁶/L，" if zh else "×10⁶/L, ") + FIGURE["log_axis"][zh] if count else FIGURE["pct_lymph"][zh]
    lane.frame(FIGURE["b_count" if count else "b_pct"][zh], unit, ticks, note)
    limit = "20" if count else "0.5"
    lane.reference(limit, FIGURE["depleted"][zh].format(limit if count else figure.percent(limit, language)))
    _plain(lane, readings, language)


def _source(course: Course, language: Language) -> str:
    """Whether the counts were measured or worked out."""
    events = {r.event for r in course.b_count}
    kinds = {s.derived for s in course.treatment.b_cells.samples if s.event in events}
    if not kinds:
        return ""
    word = "mixed_count" if len(kinds) > 1 else "derived_count" if True in kinds else "measured_count"
    return FIGURE[word][language == "zh"]


def _weeks(sheet: Sheet, axis: TimeAxis, course: Course, y: float, language: Language) -> None:
    """The axis: weeks since day 0, a tick at each visit; days where day 0 has not come."""
    zh = language == "zh"
    sheet.line([(axis.left, y), (axis.right, y)], "text", THIN)
    for day, _ in course.visits:
        sheet.line([(axis.x(day), y), (axis.x(day), y + 3)], "text", THIN)
    if course.day_zero is None:
        sheet.text(0, y + 11, FIGURE["day_since_first"][zh], SMALL, bold=True)
        steps = [(d, figure.number(str(d))) for d in axis.ticks(7)]
    else:
        sheet.text(0, y + 11, FIGURE["week"][zh], SMALL, bold=True)
        steps = [(d, figure.number(str(d // 7))) for d in axis.ticks(28)]
    for day, words in steps:
        sheet.line([(axis.x(day), y - 2), (axis.x(day), y)], "text", THIN)
        sheet.text(axis.x(day), y + 11, words, SMALL, align="center")

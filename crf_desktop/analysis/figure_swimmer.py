"""Doses, B cells and adverse events of every participant, a lane each, by days since the first rituximab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crf_desktop.analysis import figure_mark as mark
from crf_desktop.analysis.adverse_event import Event
from crf_desktop.analysis.figure_color import LEVELS, Fill
from crf_desktop.analysis.figure_data import Course, FigureData, Group, Line
from crf_desktop.analysis.figure_lane import TimeAxis
from crf_desktop.analysis.figure_panel import empty, status_word
from crf_desktop.analysis.figure_sheet import HAIR, LINE, THICK, THIN, Sheet
from crf_desktop.analysis.figure_track import draw_marks
from crf_desktop.analysis.figure_type import BODY, SMALL, width
from crf_desktop.analysis.outcome import Status
from crf_desktop.errors import Language
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW: Final = 27.0
ON_PAGE: Final = 22
BAR: Final = 6.0
LEFT, RIGHT = 44.0, 428.0
HEAD: Final = 36.0


def pages(data: FigureData) -> int:
    """How many figures all participants take."""
    return max(1, -(-len(data.treated) // ON_PAGE))


def draw_swimmer(data: FigureData, language: Language, page: int = 0) -> Figure:
    """22 participants to a page."""
    if not data.treated:
        return empty("empty_study", language)
    drawn = data.treated[page * ON_PAGE : (page + 1) * ON_PAGE]
    sheet = Sheet(HEAD + ROW * len(drawn) + 34)
    last = max([203, *(line.course.last for line in data.treated)])
    axis = TimeAxis(0, last + 4, LEFT, RIGHT)
    base = HEAD + ROW * len(drawn) + 6
    for day in axis.ticks(28):
        sheet.line([(axis.x(day), HEAD - 4), (axis.x(day), base)], "line", HAIR)
        sheet.text(axis.x(day), base + 10, str(day), SMALL, align="center", color="text_2")
    sheet.line([(LEFT, base), (RIGHT, base)], "control", THIN)
    words = FIGURE["day_axis"][language == "zh"]
    sheet.text((LEFT + RIGHT) / 2, base + 22, words, SMALL, align="center", color="text_2")
    for at, line in enumerate(drawn):
        _lane(sheet, axis, line, HEAD + ROW * (at + 0.5), language)
    _key(sheet, drawn, language)
    return sheet.figure


def _lane(sheet: Sheet, axis: TimeAxis, line: Line, middle: float, language: Language) -> None:
    course = line.course
    sheet.text(0, middle, line.subject, BODY, bold=True, middle=True)
    end = _end(line)
    sheet.box(axis.x(0), middle - BAR / 2, axis.x(end) - axis.x(0), BAR, Fill("sunken"), "control", HAIR)
    _depletion(sheet, axis, course, middle, end)
    _finish(sheet, axis, line, end, middle)
    for exposure in course.treatment.exposures.values():
        draw_marks(sheet, axis, course, exposure, middle - BAR / 2 - 5, 6.4)
    _events(sheet, axis, course, middle)
    sheet.text(RIGHT + 8, middle, _word(line, language), SMALL, color="text_2", middle=True)


def _end(line: Line) -> int:
    """The last visit; the data's end while the participant is under way."""
    course = line.course
    if course.week_28 is not None:
        return max(course.week_28, course.last)
    if line.status is not Status.ON_THE_WAY:
        return course.last
    return max(course.last, min(course.today or 0, 203))


def depleted_days(course: Course) -> list[tuple[int, int, bool]]:
    """Stretches from a depleted sample to the next sample: (first day, last day, the next was depleted too)."""
    known = [(day, s.depleted) for s in course.treatment.b_cells.samples if (day := course.day(s.date)) is not None]
    known = [(day, depleted) for day, depleted in sorted(known, key=lambda p: p[0]) if depleted is not None]
    return [
        (day, then, next_ is True)
        for (day, here), (then, next_) in pairwise(known)
        if here is True and then > day
    ]


def _depletion(sheet: Sheet, axis: TimeAxis, course: Course, middle: float, end: int) -> None:
    """Dark between depleted samples, hatched up to the first that was not, where B cells came back unseen."""
    for first, last, still in depleted_days(course):
        left, right = axis.x(max(first, 0)), axis.x(min(last, end))
        fill = Fill(LEVELS[2]) if still else Fill("accent_soft", "//////")
        sheet.box(left, middle - BAR / 2, right - left, BAR, fill)
    back = course.treatment.b_cells.repopulated
    day = course.day(back.date) if back else None
    if day is not None:
        x = axis.x(day)
        sheet.line([(x, middle - BAR / 2 - 1.5), (x, middle + BAR / 2 + 1.5)], "accent", THICK)


def _finish(sheet: Sheet, axis: TimeAxis, line: Line, end: int, middle: float) -> None:
    """Week 28: a square; stopped early: a thick end; under way: an arrow."""
    course, x = line.course, axis.x(end)
    if course.week_28 is not None:
        mark.point(sheet, axis.x(course.week_28), middle, "square", "ok", 7)
    elif course.stopped is not None:
        x = axis.x(course.stopped)
        sheet.line([(x, middle - 7), (x, middle + 7)], "text", 2.4)
    elif line.status is Status.ON_THE_WAY:
        _arrow(sheet, x, middle)


def _arrow(sheet: Sheet, x: float, middle: float) -> None:
    sheet.shape([(x, middle - 4.5), (x + 7, middle), (x, middle + 4.5)], Fill("control"))


def _events(sheet: Sheet, axis: TimeAxis, course: Course, middle: float) -> None:
    """Below the bar: each event at its start; one that would lie on another is moved behind it."""
    y, taken = middle + BAR / 2 + 5.4, axis.left - 20
    for day, event in dated_events(course):
        x = axis.x(day)
        sheet.line([(x, middle + BAR / 2), (x, y)], "text_2", HAIR)
        stop = course.day(event.stop)
        if stop is not None and axis.x(stop) > x + 8:
            sheet.line([(x, y), (axis.x(stop), y)], "text_2", LINE)
        left = max(x - 1, taken)
        taken = left + mark.event(sheet, left, y, str(event.grade or "?"), bool(event.serious), 8) + 1


def dated_events(course: Course) -> list[tuple[int, Event]]:
    """(day of the start, event) from day 0 on, in that order; an event whose day is not known has no place."""
    found = [(day, e) for e in course.events if (day := course.day(e.start)) is not None and day >= 0]
    return sorted(found, key=lambda pair: pair[0])


def _word(line: Line, language: Language) -> str:
    if line.group is Group.NO_WEEK_28:
        return status_word(line, language)
    return FIGURE[line.group][language == "zh"]


def _key(sheet: Sheet, drawn: Sequence[Line], language: Language) -> None:
    """Two lines of marks with their meaning."""
    zh, x, y = language == "zh", 0.0, 5.0
    x = _said(sheet, x, y, "rituximab", zh, lambda at: mark.rituximab(sheet, at, y, 6.4))
    x = _said(sheet, x, y, "belimumab", zh, lambda at: mark.belimumab(sheet, at, y, 6.4))
    x = _said(sheet, x, y, "key_missed", zh, lambda at: mark.left_out(sheet, at, y, "belimumab", 6.4))
    x = _said(sheet, x, y, "key_week_28", zh, lambda at: mark.point(sheet, at, y, "square", "ok", 7))
    x = _said(sheet, x, y, "key_stop", zh, lambda at: sheet.line([(at, y - 5), (at, y + 5)], "text", 2.4))
    _said(sheet, x, y, "key_under_way", zh, lambda at: _arrow(sheet, at - 3, y))
    x, low = 0.0, 19.0
    sheet.box(x, low - 3, 14, BAR, Fill(LEVELS[2]))
    x = _words(sheet, x + 18, low, FIGURE["key_depleted"][zh])
    sheet.box(x, low - 3, 14, BAR, Fill("accent_soft", "//////"))
    sheet.line([(x + 14, low - 4.5), (x + 14, low + 4.5)], "accent", THICK)
    x = _words(sheet, x + 19, low, FIGURE["key_repopulated"][zh])
    x += mark.event(sheet, x, low, "2", False, 8) + 4
    x += mark.event(sheet, x, low, "3", True, 8) + 4
    _words(sheet, x, low, FIGURE["key_event"][zh])


def _said(sheet: Sheet, x: float, y: float, words: str, zh: bool, draw: Callable[[float], None]) -> float:
    draw(x + 4)
    return _words(sheet, x + 11, y, FIGURE[words][zh])


def _words(sheet: Sheet, x: float, y: float, words: str) -> float:
    sheet.text(x, y, words, SMALL, color="text_2", middle=True)
    return x + width(words, SMALL) + 12

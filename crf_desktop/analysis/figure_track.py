"""Doses and adverse events of one participant on the axis of days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from crf_desktop.analysis import figure_mark as mark
from crf_desktop.analysis.adverse_event import Event
from crf_desktop.analysis.dose import Dose, Exposure, Told
from crf_desktop.analysis.figure_color import Fill
from crf_desktop.analysis.figure_data import Course
from crf_desktop.analysis.figure_lane import TimeAxis
from crf_desktop.analysis.figure_sheet import HAIR, THIN, Sheet
from crf_desktop.analysis.figure_type import HEAD, SMALL, width
from crf_desktop.errors import Language
from crf_desktop.model.derive import shortest
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_figure import FIGURE

ROW: Final = 12.5
"""Points from one row to the next."""
_Rows = list[list[tuple[float, float]]]
"""What each row holds already: from where to where."""
LEFT_OUT: Final = (Told.NOT_GIVEN, Told.MISSED)


def draw_doses(sheet: Sheet, axis: TimeAxis, course: Course, top: float, language: Language) -> float:
    """A row for each drug: marks at the days, mg behind them; returns the y below the rows."""
    for drug, exposure in course.treatment.exposures.items():
        middle = top + ROW / 2
        sheet.text(0, middle, FIGURE[drug][language == "zh"], HEAD, bold=True, middle=True)
        sheet.line([(axis.left, middle), (axis.right, middle)], "line", HAIR)
        drawn = draw_marks(sheet, axis, course, exposure, middle)
        if not drawn:
            sheet.text(axis.left + 4, middle, FIGURE["no_dose"][language == "zh"], SMALL, color="text_2", middle=True)
        elif drug == "rituximab":
            _all_mg(sheet, exposure, drawn[-1] + 7, middle)
        else:
            _each_mg(sheet, exposure.doses, drawn, middle)
        top += ROW
    return top


def draw_marks(
    sheet: Sheet, axis: TimeAxis, course: Course, exposure: Exposure, middle: float, side: float = mark.SIDE
) -> list[float]:
    """Every dose that was given or left out; returns where they stand."""
    places = []
    for dose in marked(exposure):
        day = course.day(dose.date or dose.due)
        if day is None:
            continue
        x = axis.x(day)
        if dose.told is Told.GIVEN:
            mark.GIVEN[exposure.drug](sheet, x, middle, side)
        else:
            mark.left_out(sheet, x, middle, exposure.drug, side)
        places.append(x)
    return places


def marked(exposure: Exposure) -> list[Dose]:
    """Doses that were given, or were due and not given."""
    return [d for d in exposure.doses if d.told is Told.GIVEN or d.told in LEFT_OUT]


def _mg(dose: Dose) -> str:
    return figure.number(shortest(dose.mg)) if dose.mg is not None else "–"


def _all_mg(sheet: Sheet, exposure: Exposure, x: float, middle: float) -> None:
    """``450 · 450 mg`` behind the last of the weekly doses, which stand too close for a number each."""
    given = " · ".join(_mg(d) for d in marked(exposure) if d.told is Told.GIVEN)
    if given:
        sheet.text(x, middle, figure.with_unit(given, "mg"), SMALL, color="text_2", halo=True, middle=True)


def _each_mg(sheet: Sheet, doses: Sequence[Dose], places: Sequence[float], middle: float) -> None:
    shown = [d for d in doses if d.told is Told.GIVEN or d.told in LEFT_OUT]
    last = len(places) - 1
    for at, (dose, x) in enumerate(zip(shown, places, strict=False)):
        words = _mg(dose) if dose.told is Told.GIVEN else ""
        words = figure.with_unit(words, "mg") if words and at == last else words
        room = places[at + 1] - 5 if at < last else sheet.width
        if words and x + 6 + width(words, SMALL) <= room:
            sheet.text(x + 6, middle, words, SMALL, color="text_2", halo=True, middle=True)


@frozen
class _Placed:
    event: Event
    left: float
    right: float
    words: str
    row: int


def draw_events(
    sheet: Sheet, axis: TimeAxis, course: Course, top: float, rows: int, language: Language
) -> None:
    """Each event from its start to its end with its grade; the gravest first where room is short, the rest counted."""
    zh = language == "zh"
    sheet.text(0, top + ROW / 2, FIGURE["events"][zh], HEAD, bold=True, middle=True)
    dated = [e for e in course.events if course.day(e.start) is not None]
    if not course.events:
        sheet.text(axis.left + 4, top + ROW / 2, FIGURE["no_event"][zh], SMALL, color="text_2", middle=True)
    order = sorted(dated, key=lambda e: (not e.serious, -(e.grade or 0), e.start or ""))
    ends: _Rows = [[] for _ in range(rows)]
    placed: list[_Placed] = []
    for event in order:
        one = _place(sheet, axis, course, event, ends, language)
        if one is not None:
            placed.append(one)
    for one in placed:
        _event(sheet, one, top + ROW * one.row + ROW / 2)
    left = len(course.events) - len(placed)
    if left:
        words = FIGURE["more_events"][zh].format(left)
        sheet.text(0, top + ROW * 1.5, words, SMALL, color="text_2", middle=True)


def _place(
    sheet: Sheet, axis: TimeAxis, course: Course, event: Event, ends: _Rows, language: Language
) -> _Placed | None:
    start = course.day(event.start) or 0
    stop = course.day(event.stop)
    until = stop if stop is not None else (course.last if event.ongoing else start)
    left, right = axis.x(start), max(axis.x(until), axis.x(start))
    words = event.term.in_(language)
    wide = mark.EVENT_SIDE + 6 + width(words, SMALL) + 6
    span = (left - 4, max(right, left + wide) + 4)
    if span[1] > sheet.width:
        return None if left - wide < axis.left else _behind(ends, event, (left - wide, right), words)
    for row, taken in enumerate(ends):
        if all(span[1] <= a or span[0] >= b for a, b in taken):
            taken.append(span)
            return _Placed(event, left, right, words, row)
    return None


def _behind(ends: _Rows, event: Event, span: tuple[float, float], words: str) -> _Placed | None:
    """At the right edge the words stand before the bar: the mark is moved with them."""
    for row, taken in enumerate(ends):
        if all(span[1] <= a or span[0] >= b for a, b in taken):
            taken.append(span)
            return _Placed(event, span[0], span[1], words, row)
    return None


def _event(sheet: Sheet, one: _Placed, middle: float) -> None:
    grave = bool(one.event.serious) or (one.event.grade or 0) >= 3
    if one.right - one.left > mark.EVENT_SIDE:
        fill = Fill("text_2") if grave else Fill("line")
        sheet.box(one.left, middle + 3.4, one.right - one.left, 1.6, fill)
    wide = mark.event(sheet, one.left, middle - 0.6, str(one.event.grade or "?"), bool(one.event.serious))
    colour = "text" if grave else "text_2"
    sheet.text(one.left + wide + 3, middle - 0.6, one.words, SMALL, bold=grave, color=colour, halo=True, middle=True)
    sheet.line([(one.left, middle + 5), (one.left, middle - 5)], colour, THIN)

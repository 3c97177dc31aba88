"""One quantity over time: a lane with its own scale on the common axis of days."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import Factory, define, frozen

from crf_desktop.analysis import figure_mark as mark
from crf_desktop.analysis.figure_color import Fill
from crf_desktop.analysis.figure_reading import Reading
from crf_desktop.analysis.figure_sheet import HAIR, LINE, THIN, Sheet
from crf_desktop.analysis.figure_type import BODY, CAP_HEIGHT, HEAD, SMALL, width
from crf_desktop.errors import Language
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_figure import FIGURE

LEFT, RIGHT = 92.0, 443.0
"""Points: where the days begin and end; names stand before, words about the last value behind."""
FIRST, LAST = -28, 203
"""Days shown at least: the longest screening to the end of the window of week 28, so that pages can be compared."""

NUMBERS = 20.0
"""Points: the least from one number of the axis to the next."""

Box = tuple[float, float, float, float]


@frozen
class TimeAxis:
    """Days to points."""

    first: int
    last: int
    left: float = LEFT
    right: float = RIGHT

    def x(self, day: float) -> float:
        """Where a day lies."""
        return self.left + (self.right - self.left) * (day - self.first) / (self.last - self.first)

    def ticks(self, step: int) -> range:
        """Days to number: multiples of the step, or of several steps where they would stand too close."""
        apart = (self.right - self.left) / (self.last - self.first) * step
        step *= math.ceil(NUMBERS / apart)
        return range(-(-self.first // step) * step, self.last + 1, step)


def axis_of(days: Iterable[int], before: int = FIRST, after: int = LAST) -> TimeAxis:
    """At least the usual range, wider where something lies outside it."""
    known = list(days)
    return TimeAxis(min([before, *known]) - 4, max([after, *known]) + 4)


@define
class Lane:
    """A band of the page with a scale of values; ``log``: of their logarithm."""

    sheet: Sheet
    axis: TimeAxis
    top: float
    height: float
    low: float
    high: float
    log: bool = False
    taken: list[Box] = Factory(list)
    """Where something is written already."""
    pending: list[tuple[float, str, bool]] = Factory(list)
    """Lines of reference that have no name yet."""

    @property
    def bottom(self) -> float:
        """The base line."""
        return self.top + self.height

    def y(self, value: Fraction | float) -> float:
        """Where a value lies; what lies outside the scale stands at its edge."""
        number, low, high = float(value), self.low, self.high
        if self.log:
            number, low, high = math.log10(max(number, low)), math.log10(low), math.log10(high)
        part = (min(max(number, low), high) - low) / (high - low)
        return self.bottom - part * self.height

    def frame(self, name: str, unit: str, ticks: Sequence[str], note: str = "") -> None:
        """Name, unit, and the scale with its grid."""
        sheet = self.sheet
        sheet.text(0, self.top + 7.5, name, HEAD, bold=True)
        sheet.text(0, self.top + 17, unit, SMALL, color="text_2")
        if note:
            sheet.text(0, self.top + 26, note, SMALL, color="text_2")
        for tick in ticks:
            y = self.y(Fraction(tick))
            sheet.line([(self.axis.left, y), (self.axis.right, y)], "line", HAIR)
            sheet.text(self.axis.left - 5, y, tick, SMALL, color="text_2", align="right", middle=True)
        sheet.line([(self.axis.left, self.bottom), (self.axis.right, self.bottom)], "control", THIN)

    def reference(self, value: str, words: str, dash: Sequence[float] = (3, 2), above: bool = False) -> None:
        """A dashed line at a value; its meaning in words is written by :meth:`finish`, where it hides nothing."""
        y = self.y(Fraction(value))
        self.sheet.line([(self.axis.left, y), (self.axis.right, y)], "text_3", THIN, dash)
        self.pending.append((y, words, above))

    def finish(self) -> None:
        """Names the lines of reference, above or below them, where it hides nothing; else behind the axis."""
        for y, words, above in self.pending:
            wide, near = width(words, SMALL), -5 if above else 5
            left, right = self.axis.left + 3, self.axis.right - 3 - wide
            along = [left, right, *(left + (right - left) * n / 8 for n in range(1, 8))]
            spots = [(x, y + side) for x in along for side in (near, -near)]
            spots.append((self.axis.right + 4, y))
            spot = next((s for s in spots if self._free(*s, wide)), spots[-1])
            self.write(*spot, words, SMALL, color="text_2")
        self.pending.clear()

    def join(self, readings: Sequence[Reading], color: str, weight: float = LINE, dash: Sequence[float] = ()) -> None:
        """Lines from value to value; a gap, or a value known only as a bound, breaks them."""
        run: list[tuple[float, float]] = []
        for one in [*readings, None]:
            if one is None or one.value is None or one.bound:
                if len(run) > 1:
                    self.sheet.line(run, color, weight, dash)
                run = []
                continue
            run.append((self.axis.x(one.day), self.y(one.value)))

    def points(self, readings: Sequence[Reading], kind: str, color: str) -> None:
        """A mark at each value; an open triangle where only the limit of the laboratory is known."""
        for one in readings:
            if one.value is not None:
                at = self.axis.x(one.day), self.y(one.value)
                mark.point(self.sheet, *at, one.bound if one.bound in ("<", ">") else kind, color)
                self.taken.append((at[0] - 2.5, at[1] - 2.5, at[0] + 2.5, at[1] + 2.5))

    def gaps(self, readings: Sequence[Reading], language: Language) -> None:
        """A mark with the reason on the base line wherever a value is missing."""
        for one in readings:
            if one.why is None:
                continue
            x, y = self.axis.x(one.day), self.bottom - 5
            mark.gap(self.sheet, x, y)
            words = one.why.in_(language)
            wide = width(words, SMALL)
            behind = x + 5 + wide <= self.sheet.width
            spot = (x + 5, y) if behind else (x - 5 - wide, y)
            self.write(*spot, words, SMALL, color="text_2")

    def values(self, readings: Sequence[Reading]) -> None:
        """The printed value beside each point, where it hides nothing: above, below, behind or before it."""
        for one in readings:
            if one.value is None:
                continue
            words, x, y = printed(one), self.axis.x(one.day), self.y(one.value)
            wide = width(words, BODY, True)
            spots = [(x - wide / 2, y - 7), (x - wide / 2, y + 8), (x + 5, y), (x - 5 - wide, y)]
            for left, middle in spots:
                inside = self.top - 4 <= middle - 3 and middle + 3 <= self.bottom + 1
                if inside and self._free(left, middle, wide):
                    self.write(left, middle, words, BODY, bold=True)
                    break

    def write(self, x: float, middle: float, words: str, size: float, bold: bool = False, color: str = "text") -> None:
        """Words whose digits have their middle there, on cleared ground; others keep clear of them."""
        self.sheet.text(x, middle, words, size, bold=bold, color=color, halo=True, middle=True)
        self.taken.append((x, middle - 4, x + width(words, size, bold), middle + 4))

    def _free(self, left: float, middle: float, wide: float) -> bool:
        half = BODY * CAP_HEIGHT / 2 + 0.5
        box = (left - 1.5, middle - half, left + wide + 1.5, middle + half)
        return not any(_over(box, other) for other in self.taken)


def _over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def printed(one: Reading) -> str:
    """The value as it is printed, with ``*`` where it is not signed, was changed, or is queried."""
    return figure.number(one.text) + ("*" if one.flagged else "")


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Places as near as can be to the wanted ones, in their order, ``step`` apart, within ``low`` and ``high``."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [min(max(wanted[i], low), high) for i in order]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + step)
    limit = high
    for at in reversed(range(len(places))):
        places[at] = min(places[at], limit)
        limit = places[at] - step
    found = [0.0] * len(wanted)
    for place, i in zip(places, order, strict=True):
        found[i] = place
    return found


def shade(sheet: Sheet, axis: TimeAxis, top: float, bottom: float, days: tuple[int, int]) -> None:
    """A tinted band between two days."""
    left, right = axis.x(days[0] - 0.5), axis.x(days[1] + 0.5)
    sheet.box(left, top, right - left, bottom - top, Fill("accent_soft"))
    sheet.tints.append((left, right, "accent_soft"))


def nothing(lane: Lane, language: Language) -> None:
    """Says in the middle of the lane that there is no value yet."""
    middle = (lane.axis.left + lane.axis.right) / 2
    words = FIGURE["no_value_yet"][language == "zh"]
    lane.sheet.text(middle, lane.top + lane.height / 2, words, BODY, color="text_2", align="center", halo=True)

"""The course of the scores as screen and paper draw it: one lane each, from zero on its own scale, doses by the day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction

from attrs import frozen

from crf_desktop.model.course import Course
from crf_desktop.model.definition import CourseMark, MetaDataVersion
from crf_desktop.model.derive import Visit
from crf_desktop.model.layout import LevelTable, ScaleRows, VisualAnalogue
from crf_desktop.model.text import TranslatedText

LANES = 3

DayOf = Callable[[str | None], int | None]
"""ISO date → study day; None while day 0 is not fixed."""


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
    waits: TranslatedText | None = None
    """The visit whose page has to be complete before earlier ratings are shown to who fills it in."""


@frozen(slots=True)
class Marks:
    """The study days on which something was given."""

    mark: CourseMark
    days: tuple[int, ...]


@frozen(slots=True)
class Source:
    """Where a lane reads: the first score of a form, or its visual analogue."""

    form: str
    oid: str
    name: TranslatedText
    maximum: str
    unit: str

    @property
    def behind(self) -> str:
        """``/100 mm``: the end of the scale."""
        return f"/{self.maximum}" + (f"\u00a0{self.unit}" if self.unit else "")


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
    return sorted(found, key=lambda s: rank(definition, s.form))


def rank(definition: MetaDataVersion, form: str) -> int:
    """Where the scores of a form stand among the others: domains, scales, visual analogue, the rest."""
    order = {kind: at for at, kind in enumerate((LevelTable, ScaleRows, VisualAnalogue))}
    return min((order.get(type(b), 9) for b in definition.form[form].layout.blocks), default=9)


def lane_of(
    course: Course, source: Source, day_of: DayOf, begun: Collection[str], signed: Collection[str]
) -> Lane:
    """A score over the visits ``begun`` (addresses); ``signed``: those at which its page is signed."""
    points = []
    for seen in course.contexts(source.form):
        at, day = seen.at, day_of(seen.at.date if seen.at else None)
        if at is None or at.address not in begun or day is None:
            continue
        text, lower = read(seen, source)
        if text or lower:
            height = min(Fraction(1), Fraction(text or lower) / Fraction(source.maximum))
            points.append(Point(day, height, text or f"≥\u00a0{lower}", at.address in signed, bool(text)))
    return Lane(source.name, source.behind, tuple(points))


def read(seen: Visit, source: Source) -> tuple[str, str]:
    """The score at one visit, and what is certain while it is unknown; empty for nothing."""
    method = seen.definition.method.get(source.oid)
    if method is not None:
        derived = seen.derived(method)
        return derived.text, derived.lower_text
    return seen.datum(seen.definition.item[source.oid]).value or "", ""


def marks_in(course: Course, day_of: DayOf) -> list[Marks]:
    """What the definition marks on the axis, with its days."""
    found = []
    for mark in course.definition.marks:
        form = course.anywhere().form_of(mark.date)
        dates = {d.isoformat() for c in course.contexts(form) if isinstance(d := c.named(mark.date), date)}
        days = (day_of(day) for day in sorted(dates))
        found.append(Marks(mark, tuple(d for d in days if d is not None)))
    return found

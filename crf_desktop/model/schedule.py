"""When each visit of a participant is due: target, window, whether it is needed at all, and why."""

from __future__ import annotations

import datetime
from datetime import timedelta
from enum import StrEnum

from attrs import frozen

from crf_desktop.model.course import Course
from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.expression import evaluate
from crf_desktop.model.path import address, split
from crf_desktop.model.text import TranslatedText


class VisitStatus(StrEnum):
    """What the schedule says of a visit today."""

    WAITING = "waiting"
    """It hangs on something that has not happened yet."""
    PLANNED = "planned"
    DUE = "due"
    """Its window is open."""
    OVERDUE = "overdue"
    """Its window has closed and it has not begun."""
    BEGUN = "begun"
    MISSED = "missed"
    """Somebody said, with the reason, that it did not take place."""
    NOT_NEEDED = "not_needed"


@frozen(slots=True)
class Planned:
    """One visit of one participant in time."""

    event: StudyEventDef
    """With its week in the titles."""
    key: str
    date: str | None
    """Actual date, ISO; None until it begins."""
    target: datetime.date | None
    opens: datetime.date | None
    closes: datetime.date | None
    status: VisitStatus
    reasons: tuple[TranslatedText, ...] = ()
    """Why it is not needed, why it is needed, why it cannot begin."""
    closed: tuple[TranslatedText, ...] = ()
    """Why it cannot begin; empty when it can."""

    @property
    def address(self) -> str:
        """``SE.W0``, ``SE.UNS#1``."""
        return address(self.event.oid, self.key)

    def days_outside(self, on: str) -> int:
        """Days before the window opens (< 0) or after it closes (> 0) on a date; 0 within, or where there is none."""
        day = datetime.date.fromisoformat(on)
        if self.opens is not None and day < self.opens:
            return (day - self.opens).days
        return (day - self.closes).days if self.closes is not None and day > self.closes else 0


def plan(course: Course, today: str, missed: frozenset[str] = frozenset()) -> list[Planned]:
    """Every visit in the order of the protocol; unscheduled ones where they happened.

    ``missed``: addresses of visits that were said not to have taken place.
    """
    found = []
    for event in course.definition.events:
        if event.type == "Common":
            continue
        held = [o for o in course.occurrences if o.event == event.oid]
        if not held and not event.repeating:
            held = [Occurrence(event.oid)]
        found += [_planned(course, event, o, datetime.date.fromisoformat(today), missed) for o in held]
    return _in_time(found)


def planned(course: Course, event_address: str, today: str, missed: frozenset[str] = frozenset()) -> Planned:
    """One visit in time; an address that has not begun is seen as it would be."""
    oid, key = split(event_address)
    at = next((o for o in course.occurrences if o.address == event_address), Occurrence(oid, key))
    return _planned(course, course.definition.event[oid], at, datetime.date.fromisoformat(today), missed)


def _planned(
    course: Course, event: StudyEventDef, at: Occurrence, today: datetime.date, missed: frozenset[str]
) -> Planned:
    seen = course.anywhere()
    target = evaluate(event.target, seen.named) if event.target else None
    target = target if isinstance(target, datetime.date) else None
    opens = closes = None
    if target is not None and event.window is not None:
        opens, closes = target + timedelta(days=event.window[0]), target + timedelta(days=event.window[1])
    earliest = evaluate(event.not_before, seen.named) if event.not_before else None
    if opens is not None and isinstance(earliest, datetime.date):
        opens = max(opens, earliest)
    spared = seen.holding(event.not_needed)
    status = _status(event, at, target, (opens, closes), today, bool(spared), at.address in missed)
    closed = seen.holding(event.closed)
    if closed and status is VisitStatus.DUE and target is None:
        status = VisitStatus.WAITING
    why = spared if status is VisitStatus.NOT_NEEDED else (*closed, *seen.holding(event.confirmed))
    week = _week(course, target or (datetime.date.fromisoformat(at.date) if at.date else None))
    return Planned(event.in_week(week), at.key, at.date, target, opens, closes, status, why, closed)


def _status(
    event: StudyEventDef,
    at: Occurrence,
    target: datetime.date | None,
    window: tuple[datetime.date | None, datetime.date | None],
    today: datetime.date,
    spared: bool,
    missed: bool,
) -> VisitStatus:
    if at.date is not None:
        return VisitStatus.BEGUN
    if missed:
        return VisitStatus.MISSED
    if spared:
        return VisitStatus.NOT_NEEDED
    if target is None:
        return VisitStatus.WAITING if event.target else VisitStatus.DUE
    opens, closes = window
    if closes is not None and today > closes:
        return VisitStatus.OVERDUE
    return VisitStatus.PLANNED if opens is not None and today < opens else VisitStatus.DUE


def _week(course: Course, day: datetime.date | None) -> int | None:
    """Weeks since day 0, to the nearest."""
    days = _days_since_zero(course, day)
    return None if days is None else (days + 3) // 7


def _days_since_zero(course: Course, day: datetime.date | None) -> int | None:
    zero = next((o.date for o in course.occurrences if o.event == course.definition.banner.day_zero_event), None)
    return (day - datetime.date.fromisoformat(zero)).days if day is not None and zero else None


def day_and_week(course: Course, on: str | None) -> tuple[str, str, str]:
    """A date as tables name it: itself, days since day 0, weeks since day 0; empty where there is none."""
    days = _days_since_zero(course, datetime.date.fromisoformat(on)) if on else None
    return (on or "", "" if days is None else str(days), "" if days is None else str((days + 3) // 7))


def _in_time(visits: list[Planned]) -> list[Planned]:
    """The order of the protocol, with unscheduled visits put in by their date."""
    fixed = [v for v in visits if v.event.type == "Scheduled"]
    for extra in sorted((v for v in visits if v.event.type != "Scheduled"), key=lambda v: v.date or "9999"):
        place = next((i for i, v in enumerate(fixed) if _later(v, extra)), len(fixed))
        fixed.insert(place, extra)
    return fixed


def _later(visit: Planned, than: Planned) -> bool:
    begun = visit.date or (visit.target.isoformat() if visit.target else "9999")
    return than.date is not None and begun > than.date

"""Visits that took place or were missed: when they were due, when they were, and why they were not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from crf_desktop.exchange.form_table import participant
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.model.schedule import VisitStatus, day_and_week, plan
from crf_desktop.store import Store

COLUMNS = (
    "subject", "event", "event_key", "visit", "visit_date", "study_day", "study_week",
    "target", "window_opens", "window_closes", "days_outside", "missed", "reason",
)  # fmt: skip
_ANY_DAY: Final = "2000-01-01"
"""What took place or was missed does not hang on today, and nothing else is told."""


def rows(store: Store, definition: MetaDataVersion, subject: str) -> Iterator[tuple[str, ...]]:
    """The visits of one participant in the order of the protocol."""
    course = participant(store, definition, subject)
    missed = frozenset(r.path.event_address for r in store.events(subject) if r.datum.null_flavor)
    for visit in plan(course, _ANY_DAY, missed):
        if visit.status in (VisitStatus.BEGUN, VisitStatus.MISSED):
            when = day_and_week(course, visit.date)
            window = tuple(_iso(day) for day in (visit.target, visit.opens, visit.closes))
            outside = str(visit.days_outside(visit.date)) if visit.date and visit.opens else ""
            gone = visit.status is VisitStatus.MISSED
            why = _reason(store, ItemPath.of(subject, visit.address)) if gone else ""
            named = (subject, visit.event.oid, visit.key, visit.event.title.en)
            yield (*named, *when, *window, outside, "true" if gone else "false", why)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _reason(store: Store, path: ItemPath) -> str:
    head = store.at(path)
    row = store.change(head.origin, head.seq) if head else None
    return row.reason_for_change or "" if row else ""



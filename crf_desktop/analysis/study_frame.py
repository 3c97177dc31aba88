"""Frames of participants and of their visits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from crf_desktop.analysis.column import Array, coded
from crf_desktop.analysis.frame_column import DAY, NUMBER, TEXT, WHY, Columns, Row, choice, events, framed, why
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.schedule import Planned, VisitStatus, day_and_week, plan
from crf_desktop.model.text import TranslatedText


def subjects(definition: MetaDataVersion, everybody: Sequence[Participant]) -> Any:
    """One row per participant."""
    sex = definition.item[definition.banner.sex]
    codes = definition.code_list[sex.code_list or ""]

    def code_of(rows: Sequence[Row], name: str) -> dict[str, Array]:
        return {name: coded(codes, (row[name] for row in rows))}

    columns: Columns = {
        "subject": TEXT, "sex": code_of, "birth_date": TEXT, "day_zero": DAY, "first_visit": DAY, "last_visit": DAY,
        "n_visits": NUMBER, "n_forms": NUMBER, "n_complete": NUMBER, "n_signed": NUMBER, "n_open_queries": NUMBER,
    }  # fmt: skip
    return framed([_subject(definition, who) for who in everybody], columns, 1)


def _subject(definition: MetaDataVersion, who: Participant) -> Row:
    told, heads = who.course.banner, [h for h in who.record.heads if h.n_value or h.n_null]
    days_held = sorted(who.record.dates.values())
    sex, born = (told.get(oid) for oid in (definition.banner.sex, definition.banner.birth_date))
    return {
        "subject": who.subject,
        "sex": sex.value if sex else None,
        "birth_date": born.value if born else None,
        "day_zero": who.record.dates.get(definition.banner.day_zero_event),
        "first_visit": days_held[0] if days_held else None,
        "last_visit": days_held[-1] if days_held else None,
        "n_visits": len(days_held),
        "n_forms": len(heads),
        "n_complete": sum(h.completed for h in heads),
        "n_signed": sum(h.signed for h in heads),
        "n_open_queries": sum(h.n_open_query for h in heads),
    }


def visits(definition: MetaDataVersion, everybody: Sequence[Participant]) -> Any:
    """One row per visit of the protocol and per unscheduled one, as the schedule stands on the day of the reading."""
    columns: Columns = {
        "subject": TEXT, "event": events(definition), "event_key": TEXT, "title_en": TEXT, "title_zh": TEXT,
        "status": choice(VisitStatus), "visit_date": DAY, "study_day": NUMBER, "study_week": NUMBER, "target": DAY,
        "window_opens": DAY, "window_closes": DAY, "days_outside": NUMBER, "reason": TEXT, **WHY,
    }  # fmt: skip
    rows = [_visit(who, v) for who in everybody for v in plan(who.course, who.today, frozenset(who.record.missed))]
    return framed(rows, columns, 3)


def _visit(who: Participant, visit: Planned) -> Row:
    date, day, week = day_and_week(who.course, visit.date)
    joined = TranslatedText(" ".join(r.en for r in visit.reasons), "".join(r.zh for r in visit.reasons))
    return {
        "subject": who.subject, "event": visit.event.oid, "event_key": visit.key, "title_en": visit.event.title.en,
        "title_zh": visit.event.title.zh, "status": visit.status, "visit_date": date or None,
        "study_day": day or None, "study_week": week or None, "target": _iso(visit.target),
        "window_opens": _iso(visit.opens), "window_closes": _iso(visit.closes),
        "days_outside": visit.days_outside(visit.date) if visit.date and visit.opens else None,
        "reason": who.record.missed.get(visit.address) or None, **why(joined),
    }  # fmt: skip


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None

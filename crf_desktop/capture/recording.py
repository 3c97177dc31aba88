"""The record of a visit for paper, read from the log in one pass per form."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from attrs import evolve

import crf_desktop
from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.log_slice import slice_of
from crf_desktop.capture.profile import profile_of
from crf_desktop.capture.query import queries
from crf_desktop.capture.record import (
    FormRecord,
    ItemChange,
    ItemRecord,
    QueryLine,
    QueryRecord,
    SignatureRecord,
    VisitRecord,
)
from crf_desktop.capture.signature import ca_fingerprint, form_digest, judge, local_time
from crf_desktop.capture.study import Study
from crf_desktop.capture.subject_reading import read_subject
from crf_desktop.model.data import NOTHING, Change, FormState, Kind, Person
from crf_desktop.model.definition import FormDef
from crf_desktop.model.path import ItemPath, split
from crf_desktop.model.query import Query, QueryAct, queries_in
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.figure import NBSP


def visit_record(study: Study, subject: str, event: str) -> VisitRecord:
    """Everything the summary of one visit prints, as it stands now."""
    store, definition = study.store, study.definition
    people = {p.user_oid: p for p in store.people()}
    entries = [study.form(subject, event, at) for at in form_addresses(study, subject, event)]
    log = slice_of(store, ItemPath.of(subject, event))
    by_form = _by_form(log.rows)
    banner = study.banner(subject, event)
    data = study.banner_data(subject)
    born = data.get(definition.banner.birth_date, NOTHING).value
    origin, seq, head = store.head()
    visit = study.planned(subject, event)
    return VisitRecord(
        study_name=definition.study_name,
        registry=definition.registry,
        site=store.site,
        study_oid=store.study_oid,
        definition=definition,
        metadata_digest=store.metadata_digest,
        subject=subject,
        sex=data.get(definition.banner.sex, NOTHING).value,
        birth_date=born,
        age_years=banner.age_years,
        age_months=_months(born, banner.visit_date),
        event=visit.event,
        visit_date=banner.visit_date,
        study_day=banner.study_day,
        forms=tuple(_form(study, e, people, by_form.get(e.path.form_address, [])) for e in entries),
        signatures=tuple(s for e in entries for s in signature_records(study, e, people)),
        head=(origin, seq, head.hex()),
        ca_fingerprint=ca_fingerprint(store),
        program_version=crf_desktop.__version__,
        printed_at=study.clock.now().isoformat(timespec="seconds"),
        n_open_query=sum(e.head.n_open_query for e in entries if e.head),
        window=(visit.opens.isoformat(), visit.closes.isoformat()) if visit.opens and visit.closes else None,
        whole=read_subject(store, subject),
        parameters=profile_of(store, definition).parameters,
        log=log,
        event_key=split(event)[1],
    )


def _by_form(rows: Iterable[Change]) -> dict[str, list[Change]]:
    """Address of a form → its rows."""
    found: dict[str, list[Change]] = {}
    for row in rows:
        found.setdefault(row.path.form_address, []).append(row)
    return found


def form_addresses(study: Study, subject: str, event: str) -> list[str]:
    """The forms of a visit in order: each that does not repeat and is needed, every instance of each that does.

    What belongs to no visit is asked only when it happens: there a form that was not begun is left out.
    """
    found: list[str] = []
    asked = study.definition.event_at(event).type != "Common"
    for form, state in study.visit_forms(subject, event):
        if form.repeating:
            found += study.repeats(subject, event, form.oid)
        elif asked or state not in (FormState.DUE, FormState.PLANNED):
            found.append(form.oid)
    return found


def _months(born: str | None, on: str | None) -> int | None:
    if not born or not on or len(born) != 10:
        return None
    first, second = date.fromisoformat(born), date.fromisoformat(on)
    return ((second.year - first.year) * 12 + second.month - first.month - (second.day < first.day)) % 12


def _form(study: Study, entry: FormEntry, people: dict[str, Person], rows: list[Change]) -> FormRecord:
    completed = min((r.order for r in rows if r.kind is Kind.FORM and r.datum.value == "complete"), default=None)
    by_item: dict[str, list[Change]] = {}
    for row in rows:
        if row.kind is Kind.ITEM and row.entry_pass == 1:
            by_item.setdefault(row.path.item_address, []).append(row)
    kept = _overrides(rows)
    items = {oid: _item(history, completed, people, kept.get(oid, "")) for oid, history in by_item.items()}
    view = entry.view()
    asked = tuple(_queries(study, entry, people)) if entry.head and entry.head.n_open_query else ()
    return FormRecord(_numbered(entry), entry.state, items, view.derived, view.relevant, asked, entry.path.form_key)


def _numbered(entry: FormEntry) -> FormDef:
    """The form as it is titled on paper: one of several with its number."""
    key, form = entry.path.form_key, entry.form
    if not key:
        return form
    titles = (form.title, form.short_title)
    title, short = (TranslatedText(f"{t.en}{NBSP}{key}", f"{t.zh}{key}") for t in titles)
    return evolve(form, title=title, short_title=short)


def _queries(study: Study, entry: FormEntry, people: dict[str, Person]) -> Iterable[QueryRecord]:
    """The open queries of a form, the oldest first, each with what was said."""
    return (query_record(query, people) for query in queries(study, entry.path) if not query.state.done)


def query_record(query: Query, people: dict[str, Person]) -> QueryRecord:
    """A query with everything that was said; ``people`` by ``user_oid``."""
    told = ((t, local_time(t.change), _person(people, t.change)) for t in query.told)
    lines = tuple(QueryLine(t.act, t.text, when, who, t.found) for t, when, who in told)
    return QueryRecord(query.path.item_address, query.state, query.source, lines)


def _overrides(rows: Iterable[Change]) -> dict[str, str]:
    """Item address → why a value was kept that a soft check had held back, as said last."""
    told = sorted((t for q in queries_in(rows) for t in q.told), key=lambda t: t.change.order)
    return {t.change.path.item_address: t.text for t in told if t.act is QueryAct.OVERRIDE}


def _item(
    history: list[Change], completed: tuple[int, str, int] | None, people: dict[str, Person], kept: str
) -> ItemRecord:
    last = history[-1]
    later = [
        ItemChange(before.datum, row.datum, local_time(row), _person(people, row), row.reason_for_change or "")
        for before, row in pairwise(history)
        if completed is not None and row.order > completed and row.datum != before.datum
    ]
    remark = json.loads(last.payload).get("remark", "") if last.payload else ""
    return ItemRecord(
        last.datum, _person(people, last), local_time(last), remark, kept, bool(later), tuple(later), last.observed_at
    )


def _person(people: dict[str, Person], row: Change) -> Person:
    return people.get(row.user_oid) or Person(row.user_oid, row.user_oid, row.user_oid, row.role)


def signature_records(study: Study, entry: FormEntry, people: dict[str, Person]) -> Iterable[SignatureRecord]:
    """Every signature of one form, oldest first, as it stands now; ``people`` by ``user_oid``."""
    now = form_digest(entry)
    for row in study.store.signatures(entry.path):
        payload = json.loads(row.payload or "{}")
        if row.datum.value != "signed":
            continue
        verdict = judge(study.store, row, now)
        meaning = TranslatedText(payload["meaning"]["en"], payload["meaning"]["zh"])
        yield SignatureRecord(
            person=_person(people, row),
            role=row.role,
            when=local_time(row),
            meaning=meaning,
            form=entry.path.form_address,
            digest=payload["digest"],
            certificate_serial=payload["serial"],
            intact=verdict.intact,
            current=verdict.current,
            valid=verdict.valid,
            trust=verdict.trust,
            reasons=verdict.reasons,
            since=verdict.since,
        )

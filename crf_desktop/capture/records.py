"""What belongs to no visit, as lists show it: adverse events, drugs, deviations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from crf_desktop.model.data import NOTHING, Datum, FormHead, FormState
from crf_desktop.model.definition import FormDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.derive import Derived, Occurrence
from crf_desktop.model.path import address, key_order

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


@frozen(slots=True)
class Record:
    """One instance, as far as its columns tell."""

    address: str
    """``F.AE#2``."""
    key: str
    answers: Mapping[str, Datum]
    """Item OID of a column → answer."""
    derived: Mapping[str, Derived]
    """Method OID of a column → value."""
    state: FormState
    n_open_query: int


def record_forms(definition: MetaDataVersion) -> list[tuple[StudyEventDef, FormDef]]:
    """The forms that belong to no visit, those of which there are several first."""
    found = [(e, definition.form[f]) for e in definition.events if e.type == "Common" for f in e.forms]
    return sorted(found, key=lambda pair: not pair[1].repeating)


def event_of(definition: MetaDataVersion, form_oid: str) -> StudyEventDef:
    """The event of no visit that holds a form."""
    return next(e for e, f in record_forms(definition) if f.oid == form_oid)


def columns_of(definition: MetaDataVersion, form: FormDef) -> tuple[str, ...]:
    """What names an instance in its list; the first items where the form names none."""
    return form.columns or tuple(i.oid for i in definition.items_of(form.oid)[:3])


def records(study: Study, subject: str, form_oid: str) -> list[Record]:
    """Every recorded instance of a form in the order of its numbers; those taken back are left out.

    Read at once, whatever their number.
    """
    definition, event = study.definition, event_of(study.definition, form_oid)
    form, course, at = definition.form[form_oid], study.course(subject), Occurrence(event.oid)
    told = course.data(at, form_oid)
    heads = (h for h in study.store.form_heads(subject) if (h.path.event, h.path.form) == (event.oid, form_oid))
    held = [h for h in heads if h.n_value + h.n_null]
    found = []
    for head in sorted(held, key=lambda h: key_order(h.path.form_key)):
        answers = told.get(head.path.form_key, {})
        seen = course.visit(at, address(form_oid, head.path.form_key) if form.repeating else "")
        columns = columns_of(definition, form)
        derived = {m: seen.derived(definition.method[m]) for m in columns if m in definition.method}
        found.append(_record(head, {c: answers.get(c, NOTHING) for c in columns if c in definition.item}, derived))
    return found


def _record(head: FormHead, answers: Mapping[str, Datum], derived: Mapping[str, Derived]) -> Record:
    path = head.path
    return Record(path.form_address, path.form_key, answers, derived, head.state, head.n_open_query)

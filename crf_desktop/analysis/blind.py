"""Ratings that must not be seen yet: what a form hides until it is complete stays hidden in its results too."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from attrs import evolve, frozen

from crf_desktop.analysis.measure import EARLY_END, FOLLOWUP
from crf_desktop.analysis.trial import SubjectRecord
from crf_desktop.model.definition import MetaDataVersion

ASSESSED: Final = (FOLLOWUP, EARLY_END)
"""Visits whose ratings the end points compare with week 0."""


@frozen
class Awaited:
    """A page of a visit that is to be completed before the ratings of that page are shown."""

    event: str
    """Address of the visit."""
    form: str
    """OID of the form."""


def awaited(
    definition: MetaDataVersion, record: SubjectRecord, pending: Collection[str] = ()
) -> tuple[Awaited, ...]:
    """The blind pages (``FormDef.blind_previous``) that are not complete, of visits that have begun or are ``pending``.

    ``pending``: addresses of visits that have not begun and still may.
    """
    done = {(h.path.event_address, h.path.form_address) for h in record.heads if h.completed}
    found = []
    for event in ASSESSED:
        if event in record.dates or event in pending:
            forms = (f for f in definition.event[event].forms if definition.form[f].blind_previous)
            found += [Awaited(event, form) for form in forms if (event, form) not in done]
    return tuple(found)


def without(record: SubjectRecord, forms: Collection[str]) -> SubjectRecord:
    """The same participant as if those forms had never been filled in at any visit: what is not there cannot leak."""
    answers = {at: told for at, told in record.answers.items() if at[1] not in forms}
    return evolve(record, answers=answers)


def form_of(definition: MetaDataVersion, name: str) -> str:
    """OID of the form an analysis name is asked on; empty for a name the definition does not know."""
    if (item := definition.item_by_name.get(name)) is not None:
        return definition.form_of_item[item.oid]
    method = definition.method_by_name.get(name)
    return definition.form_of_method[method.oid] if method is not None else ""

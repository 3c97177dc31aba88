"""Everything recorded of one participant, read at once: what an analysis and a summary of several visits rest on."""

from __future__ import annotations

from crf_desktop.capture.record import SubjectRecord
from crf_desktop.model.data import Datum, HeadRow, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import queries_in
from crf_desktop.store import Store


def read_subject(store: Store, subject: str, queried: frozenset[tuple[str, str, str]] | None = None) -> SubjectRecord:
    """Everything recorded of one participant, in three statements."""
    answers: dict[tuple[str, str], dict[str, dict[str, Datum]]] = {}
    known: dict[tuple[object, ...], Datum] = {}  # most answers are a few; making each anew is a third of the reading
    for event, event_key, form, form_key, row_key, item, value, qualifier, unit, null in store.subject_cells(subject):
        at = (f"{event}#{event_key}" if event_key else event, form)
        datum = known.get(told := (value, qualifier, unit, null))
        if datum is None:
            datum = known[told] = Datum(value, qualifier, unit, None if null is None else NullFlavor(null))
        instance = answers.setdefault(at, {}).setdefault(form_key, {})
        instance[f"{item}#{row_key}" if row_key else item] = datum
    events = store.events(subject)
    dates = {r.path.event_address: r.datum.value for r in events if r.datum.value}
    missed = {r.path.event_address: _why(store, r) for r in events if r.datum.null_flavor}
    asked = queried_places(store, subject).get(subject, frozenset()) if queried is None else queried
    return SubjectRecord(subject, dates, missed, answers, tuple(store.form_heads(subject)), asked)


def _why(store: Store, row: HeadRow) -> str:
    change = store.change(row.origin, row.seq)
    return (change.reason_for_change if change else None) or ""


def queried_places(store: Store, subject: str = "") -> dict[str, frozenset[tuple[str, str, str]]]:
    """Participant → places with a query that is not done."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for query in queries_in(store.queries(ItemPath(subject) if subject else None)):
        path = query.path
        if not query.state.done:
            found.setdefault(path.subject, set()).add((path.event_address, path.form_address, path.item_address))
    return {subject: frozenset(places) for subject, places in found.items()}

"""A participant's whole course in memory: visits, log, rows, from plain answers."""

from __future__ import annotations

from collections.abc import Mapping

from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Occurrence, Visit
from crf_desktop.model.path import address, split
from crf_desktop.model.schedule import Planned, plan
from crf_desktop.model.value import parse
from tests.forms.conftest import Answer

Typed = Mapping[str, Answer]
LOG = "SE.LOG"
CONSENTED = {
    "consent_time": "2026-04-20T09:00:00+08:00", "consent_age": "12", "guardian_consent": "true",
    "child_assent": "true", "consent_staff_signed": "true", "witness_needed": "false",
}  # fmt: skip
"""A valid consent of a child of 12."""


def datum_of(trial: MetaDataVersion, at: str, answer: Answer) -> tuple[str, Datum]:
    """Item address and datum of an answer typed under an analysis name; ``rtx_rate#2`` stands in row 2."""
    name, row = split(at)
    item = trial.item_by_name[name]
    if isinstance(answer, NullFlavor):
        return address(item.oid, row), Datum(null_flavor=answer)
    text, unit = answer if isinstance(answer, tuple) else (answer, None)
    return address(item.oid, row), parse(trial, item, text, unit)


def course(
    trial: MetaDataVersion,
    visits: Mapping[str, tuple[str, Typed]],
    log: Mapping[str, Typed] | None = None,
    *,
    today: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Course:
    """``visits`` by address: date and answers; ``log`` by form address (``F.AE#1``): answers."""
    held: dict[tuple[str, str], dict[str, dict[str, Datum]]] = {}
    for event, (_, typed) in visits.items():
        for name, answer in typed.items():
            at, datum = datum_of(trial, name, answer)
            held.setdefault((event, trial.form_of_item[split(at)[0]]), {}).setdefault("", {})[at] = datum
    for form, typed in (log or {}).items():
        oid, key = split(form)
        found = held.setdefault((LOG, oid), {}).setdefault(key, {})
        found.update(datum_of(trial, name, answer) for name, answer in typed.items())
    banner = held.get((trial.banner.event, trial.banner.form), {}).get("", {})
    shown = {oid: d for oid, d in banner.items() if oid in (trial.banner.sex, trial.banner.birth_date)}
    occurrences = [Occurrence(*split(event), day) for event, (day, _) in visits.items()]
    return Course(
        trial, [*occurrences, Occurrence(LOG)], lambda at, form: held.get((at.address, form), {}),
        banner=shown, today=today, parameters=parameters,
    )  # fmt: skip


def seen(told: Course, at: str, instance: str = "") -> Visit:
    """One visit of a course, or one page of its log (``F.AE#1``)."""
    return told.visit(next(o for o in told.occurrences if o.address == at), instance)


def logged(
    trial: MetaDataVersion,
    form: str,
    typed: Typed,
    visits: Mapping[str, tuple[str, Typed]] | None = None,
    today: str | None = None,
) -> Visit:
    """One page of the log, beside some visits."""
    return seen(course(trial, visits or {}, {form: typed}, today=today), LOG, form)


def planned(told: Course, today: str) -> dict[str, Planned]:
    """The plan by address."""
    return {p.address: p for p in plan(told, today)}

"""One quantity of one participant at one visit: its exact value, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from crf_desktop.analysis.trial import Participant
from crf_desktop.model.data import NOTHING, Datum, NullFlavor, Qualifier
from crf_desktop.model.definition import ItemDef, MethodDef
from crf_desktop.model.derive import Occurrence, Visit, shortest
from crf_desktop.model.text import TranslatedText

BASE, FOLLOWUP, EARLY_END, SCREENING = "SE.W0", "SE.W28", "SE.ET", "SE.SCR"
REUSED_DAYS: Final = 14
"""A screening value of laboratory 2 or ultrasound may stand for week 0 if it is at most so old (instruments, 9)."""
REUSABLE: Final = ("F.LAB2", "F.HOCEVAR")


NO_UNIT: Final = TranslatedText("", "")


class Lack(StrEnum):
    """Why there is no value to compute with."""

    NO_VISIT = "no_visit"
    """The visit has not taken place (yet)."""
    MISSED = "missed"
    """It was said not to take place."""
    EMPTY = "empty"
    """Nothing was entered, nor a reason."""
    REASON = "reason"
    """A missing reason stands there: :attr:`Measure.null`."""
    CENSORED = "censored"
    """Only known to lie below or above a limit."""
    INCOMPLETE = "incomplete"
    """Worked out from several answers, of which some are missing."""
    NOT_ASKED = "not_asked"
    """The form asks it only under a condition that is not met."""
    IVIG = "ivig"
    """IgG within four months after immunoglobulin (A14)."""


class Note(StrEnum):
    """What a reader has to know of a value that counts."""

    ONE_EYE = "one_eye"
    ONE_COLLECTION = "one_collection"
    SCREENING = "screening"
    """Taken from screening."""
    OTHER_UNIT = "other_unit"
    """Entered in another unit than the base unit: :attr:`Measure.typed`."""
    UNFINISHED = "unfinished"
    """The form is not complete."""
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    """Changed after the signature."""
    QUERIED = "queried"
    """A query about it is open."""


@frozen
class Measure:
    """``value`` is exact and in the base unit, or None and ``lack`` says why."""

    name: str
    """Analysis name."""
    value: Fraction | None = None
    text: str = ""
    """As printed, without unit: ``62``, ``5.0``, ``<20``; empty when there is nothing to print."""
    unit: TranslatedText = NO_UNIT
    lack: Lack | None = Lack.EMPTY
    null: NullFlavor | None = None
    event: str = ""
    """Address of the visit it is from."""
    date: str | None = None
    typed: str = ""
    """As it was entered, with its unit, where that is another than the base unit."""
    qualifier: Qualifier = ""
    """``<`` or ``>`` of a censored value."""
    limit: Fraction | None = None
    """What stands behind the qualifier, in the base unit."""
    notes: tuple[Note, ...] = ()


def measured(name: str, value: Fraction | int | None, text: str = "", unit: str = "") -> Measure:
    """A measure from elsewhere than a form: the calculator's."""
    if value is None:
        return Measure(name)
    exact = Fraction(value)
    return Measure(name, exact, text or shortest(exact), TranslatedText(unit, unit), None)


def measure(who: Participant, name: str, event: str) -> Measure:
    """An item or derived value by its analysis name, at a visit by its address."""
    occurrence = who.occurrence(event)
    if occurrence is None:
        lack = Lack.MISSED if event in who.record.missed else Lack.NO_VISIT
        return Measure(name, unit=_unit(who, name), lack=lack, event=event)
    visit = who.course.visit(occurrence)
    item = who.definition.item_by_name.get(name)
    found = _of_item(who, visit, item) if item else _of_method(who, visit, who.definition.method_by_name[name])
    notes = (*found.notes, *_flags(name, visit), *_state(who, occurrence, name))
    return evolve(found, event=event, date=occurrence.date, unit=_unit(who, name), notes=notes)


def baseline(who: Participant, name: str, screening: bool = True) -> Measure:
    """The value of week 0; of laboratory 2 and ultrasound that of screening where week 0 has none, if new enough."""
    here = measure(who, name, BASE)
    if here.lack is None or not screening or _form(who, name) not in REUSABLE:
        return here
    there, zero = who.occurrence(SCREENING), who.occurrence(BASE)
    if there is None or zero is None or _days(there, zero) > REUSED_DAYS:
        return here
    found = measure(who, name, SCREENING)
    return evolve(found, notes=(Note.SCREENING, *found.notes)) if found.lack is None else here


def _days(first: Occurrence, last: Occurrence) -> int:
    from datetime import date

    return (date.fromisoformat(last.date or "") - date.fromisoformat(first.date or "")).days


def _form(who: Participant, name: str) -> str:
    item = who.definition.item_by_name.get(name)
    if item is not None:
        return who.definition.form_of_item[item.oid]
    return who.definition.form_of_method[who.definition.method_by_name[name].oid]


def _unit(who: Participant, name: str) -> TranslatedText:
    item = who.definition.item_by_name.get(name)
    oid = next(iter(item.units), None) if item else who.definition.method_by_name[name].unit
    return who.definition.unit[oid].symbol if oid else NO_UNIT


def _of_item(who: Participant, visit: Visit, item: ItemDef) -> Measure:
    datum = visit.datum(item)
    if datum.value is None or not visit.relevant(item):
        return Measure(item.name, lack=_lack(visit, [item]), null=datum.null_flavor)
    limit = visit.named(f"limit:{item.name}") if datum.qualifier else visit.item(item)
    if not isinstance(limit, (int, Fraction)) or isinstance(limit, bool):
        raise TypeError(item.oid)
    value = Fraction(limit)
    typed, notes = _typed(who, item, datum)
    text = _spelled(item, datum, value)
    if datum.qualifier:
        return Measure(
            item.name, text=datum.qualifier + text, lack=Lack.CENSORED, typed=typed, notes=notes,
            qualifier=datum.qualifier, limit=value,
        )  # fmt: skip
    return Measure(item.name, value, text, lack=None, typed=typed, notes=notes)


def _spelled(item: ItemDef, datum: Datum, value: Fraction) -> str:
    """As it was typed, in the base unit: trailing zeros are precision."""
    same = not datum.unit_oid or datum.unit_oid == item.units[0]
    return datum.value if same and datum.value is not None else shortest(value)


def _typed(who: Participant, item: ItemDef, datum: Datum) -> tuple[str, tuple[Note, ...]]:
    if not datum.unit_oid or datum.unit_oid == item.units[0]:
        return "", ()
    return f"{datum.qualifier}{datum.value} {who.definition.unit[datum.unit_oid].symbol.en}", (Note.OTHER_UNIT,)


def _of_method(who: Participant, visit: Visit, method: MethodDef) -> Measure:
    derived = visit.derived(method)
    value = derived.value
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Measure(method.name, Fraction(value), derived.text, lack=None)
    parts = [who.definition.item[oid] for oid in method.counts or method.waits_for]
    nulls = {visit.datum(i).null_flavor for i in parts if visit.datum(i).value is None}
    lack = _lack(visit, parts)
    return Measure(method.name, lack=lack, null=nulls.pop() if lack is Lack.REASON else None)


def _lack(visit: Visit, parts: Iterable[ItemDef]) -> Lack:
    """One reason for what is missing of several answers: a common missing reason, nothing at all, or some of them."""
    asked = [i for i in parts if visit.relevant(i)]
    if not asked:
        return Lack.NOT_ASKED
    data = [visit.datum(i) for i in asked]
    missing = [d for d in data if d.value is None]
    nulls = {d.null_flavor for d in missing}
    if len(nulls) == 1 and None not in nulls:
        return Lack.REASON
    return Lack.EMPTY if all(d == NOTHING or not d.answered for d in data) else Lack.INCOMPLETE


_FLAG: Final[Mapping[str, tuple[tuple[str, Note], ...]]] = {
    "schirmer_mean": (("schirmer_one_eye", Note.ONE_EYE),),
    "saliva_flow": (("saliva_one_collection", Note.ONE_COLLECTION),),
}


def _flags(name: str, visit: Visit) -> list[Note]:
    return [note for flag, note in _FLAG.get(name, ()) if visit.named(flag) is True]


def _state(who: Participant, occurrence: Occurrence, name: str) -> list[Note]:
    """How far the form is, and whether somebody still asks about this value."""
    form = _form(who, name)
    head = who.heads.get((occurrence.address, form))
    if head is None:
        return []
    notes = [] if head.completed else [Note.UNFINISHED]
    if head.completed and not head.signed:
        notes.append(Note.UNSIGNED)
    if head.changed_after_signature:
        notes.append(Note.CHANGED)
    oids = _sources(who, name)
    if any((occurrence.address, form, oid) in who.record.queried for oid in (*oids, "")):
        notes.append(Note.QUERIED)
    return notes


def _sources(who: Participant, name: str) -> tuple[str, ...]:
    item = who.definition.item_by_name.get(name)
    if item is not None:
        return (item.oid,)
    method = who.definition.method_by_name[name]
    return method.counts or method.waits_for

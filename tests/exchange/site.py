"""A small trial with three laptops, made of real parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crf_desktop.capture.soundness import require_checked
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.model.data import Change, Datum, Entry, Kind, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, Store, unlock

PASSWORD = "a sentence that opens the three laptops"
DEFINITION = definition()
STORED = serial.to_bytes(DEFINITION)
DIGEST = serial.digest(STORED)
PEOPLE = tuple(
    NewPerson(name, full_name, role, PASSWORD)
    for name, full_name, role in (
        ("inv", "Investigator One", "investigator"),
        ("crc", "Coordinator One", "coordinator"),
        ("mon", "Monitor One", "monitor"),
        ("dat", "Data Manager One", "data_manager"),
        ("adm", "Administrator One", "administrator"),
    )
)
SITE_STUDY = NewStudy(DEFINITION.study_oid, "01", STORED, PEOPLE)
VISIT = ItemPath("01-001", "SE.W0")
CLINICAL = (Kind.ITEM, Kind.FORM, Kind.EVENT, Kind.SUBJECT, Kind.SIGNATURE)


class StepClock:
    """A clock that moves one second each time it is asked."""

    def __init__(self, start: datetime = datetime(2027, 5, 6, 8, tzinfo=UTC)) -> None:
        self.moment = start
        self.running = 0
        self._name = f"boot {start:%Y%m%d%H%M%S}"

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        self.running += 1
        return self.moment

    def boot(self) -> tuple[str, int]:
        return self._name, self.running * 1000


def opened(folder: Path, user: str = "crc", **more: Any) -> Store:
    """The laptop's study, unlocked and checked, as the window does it before anything leaves or comes in."""
    store = unlock(folder, user, PASSWORD, clock=StepClock(), **more)
    if not store.checked:
        store.verify("quick")
    return store


def item(oid: str, subject: str = "01-001") -> ItemPath:
    """Where the answer to an item stands in week 0."""
    form = DEFINITION.form_of_item[oid]
    return ItemPath(subject, "SE.W0", "", form, "", DEFINITION.group_of_item[oid], "", oid)


def answer(
    oid: str, value: str | None, subject: str = "01-001", based_on: tuple[str, int] | None = None, **more: Any
) -> Entry:
    """An item row; ``UNK`` is a null flavour."""
    unit = {"unit_oid": u[0]} if (u := DEFINITION.item[oid].units) and value != "UNK" else {}
    datum = Datum(null_flavor=NullFlavor.UNKNOWN) if value == "UNK" else Datum(value, more.pop("qualifier", ""), **unit)
    act: Any = "Update" if based_on else "Insert"
    return Entry(Kind.ITEM, item(oid, subject), act, datum, based_on=based_on, metadata_digest=DIGEST, **more)


def begin(store: Store, subject: str = "01-001", day: str = "2027-05-06") -> None:
    """Enrols a participant and starts week 0."""
    there, visit = ItemPath(subject), ItemPath(subject, "SE.W0")
    store.append(
        [
            Entry(Kind.SUBJECT, there, "Insert", Datum(subject), metadata_digest=DIGEST),
            Entry(Kind.EVENT, visit, "Insert", Datum(day), metadata_digest=DIGEST),
        ]
    )


def change(store: Store, oid: str, value: str, subject: str = "01-001") -> Change:
    """Changes an answer as a person does who sees the present one."""
    head = store.at(item(oid, subject))
    based = (head.origin, head.seq) if head else None
    return store.append([answer(oid, value, subject, based, reason_for_change="Read again." if based else None)])[0]


def sent(sender: Store, receiver: Store, out: Path, **more: Any) -> Path:
    """A bundle from one laptop to the other, made after the check of the log that comes before."""
    require_checked(sender)
    export_bundle(sender, out, [own_public_key(receiver)], clock=StepClock(), **more)
    return out


def current_state(store: Store) -> list[object]:
    """Everything a reader sees: participants, visits, answers, states of forms."""
    seen: list[object] = []
    for subject in store.subjects():
        seen.append(subject)
        events = store.events(subject.path.subject)
        seen += [*events, *store.form_heads(subject.path.subject)]
        for event in events:
            seen += sorted(store.visit_items(event.path), key=lambda row: row.path)
    return seen


def trail(store: Store, origins: Iterable[str] | None = None, kinds: Sequence[Kind] = CLINICAL) -> list[Change]:
    """The rows of those origins and kinds, in reading order."""
    rows = (c for o in origins or store.heads() for c in store.changes(o) if c.kind in kinds)
    return sorted(rows, key=lambda c: c.order)


def fingerprint_of(store: Store) -> tuple[object, ...]:
    """What must be the same before and after something that was refused."""
    return (store.heads(), tuple(store.document_digests()), tuple(store.people()))

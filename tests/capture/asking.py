"""A study of few words in which everybody can be at the keyboard in turn, without unlocking it anew each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crf_desktop.capture.study import Study
from crf_desktop.model import serial
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.settings import Clock
from crf_desktop.store import NewPerson, NewStudy, create
from tests.small_trial import small_trial

PASSWORD = "a sentence that opens the queries"
ROLE_OF = {
    "inv": "investigator", "crc": "coordinator", "mon": "monitor", "dat": "data_manager", "adm": "administrator",
}  # fmt: skip
PEOPLE = tuple(NewPerson(user, f"{role.title()} One", role, PASSWORD) for user, role in ROLE_OF.items())
WEIGHT = ItemPath("01-001", "SE.W0", "", "F.DOSE", "", "IG.DOSE", "", "I.WEIGHT")
DOSE = ItemPath("01-001", "SE.W0", "", "F.DOSE", "", "IG.DOSE", "", "I.DOSE")


def make(folder: Path) -> Path:
    """One participant with week 0 begun, a weight and a dose."""
    create(folder, NewStudy("ST.SMALL", "01", serial.to_bytes(small_trial()), PEOPLE))
    study = Study.open(folder, "inv", PASSWORD)
    subject = study.enrol()
    study.start_event(subject, "SE.SCR", study.today())
    study.form(subject, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    study.start_event(subject, "SE.W0", study.today())
    entry = study.form(subject, "SE.W0", "F.DOSE")
    entry.set("I.WEIGHT", "30.0")
    entry.set("I.DOSE", "500")
    study.close()
    return folder


class Room:
    """One study; whoever is named sits down at it. Each writes with their own key, so that every row is valid."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        authors: dict[str, Any] = {}
        for user in ROLE_OF:
            one = Study.open(folder, user, PASSWORD, clock=clock)
            authors[user] = one.store._author
            one.close()
        self.authors = authors
        self.study = Study.open(folder, "inv", PASSWORD, clock=clock)

    def as_(self, user: str) -> Study:
        """The study with that person at it."""
        self.study.store._author = self.authors[user]
        return self.study

    def write(self, path: ItemPath, value: str | None) -> None:
        """An answer as the investigator gives it, past the form."""
        study, held = self.as_("inv"), self.study.store.at(path)
        based = (held.origin, held.seq) if held else None
        kind: Any = "Remove" if value is None else "Update"
        study.store.append([Entry(Kind.ITEM, path, kind, Datum(value), based_on=based)])


@contextmanager
def room(folder: Path, clock: Clock | None = None) -> Iterator[Room]:
    """Opens and closes it."""
    made = Room(folder, clock)
    try:
        yield made
    finally:
        made.study.close()

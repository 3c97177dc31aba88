"""What tests of the store are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, Store, engine, keyring
from crf_desktop.store.keyring import open_slot
from crf_desktop.store.stretch import derive

PASSWORD = "correct horse battery staple"
ADMINISTRATOR = "administrator"
DEFINITION = b'{"format":1,"metadata":{}}'
PEOPLE = tuple(
    NewPerson(role, role.title(), role, PASSWORD)
    for role in ("investigator", "coordinator", "monitor", ADMINISTRATOR)
)
SITE_STUDY = NewStudy("S.TEST", "01", DEFINITION, PEOPLE)
JOINER = NewPerson("investigator", "Investigator", "investigator", PASSWORD)


class StepClock:
    """A clock that moves one second each time it is asked."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)) -> None:
        self.moment = start
        self.running = 0
        self._name = f"boot {start:%Y%m%d%H%M%S}"

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        self.running += 1
        return self.moment

    def boot(self) -> tuple[str, int]:
        return self._name, self.running * 1000


def item(subject: str = "01-001", name: str = "PAIN", form: str = "F.ESSPRI", event: str = "SE.W0") -> ItemPath:
    return ItemPath(subject, event, "", form, "", "IG.X", "", f"I.{name}")


def answer(path: ItemPath, value: str | None, based_on: tuple[str, int] | None = None, **more: Any) -> Entry:
    """An item row; ``None`` removes, ``UNK`` is a null flavour."""
    datum = Datum(null_flavor=NullFlavor.UNKNOWN) if value == "UNK" else Datum(value)
    kind = "Remove" if value is None else ("Update" if based_on else "Insert")
    return Entry(Kind.ITEM, path, kind, datum, based_on=based_on, **more)


def form_row(path: ItemPath, status: str) -> Entry:
    return Entry(Kind.FORM, path.form_path, "Insert", Datum(status))


def signature(path: ItemPath) -> Entry:
    return Entry(Kind.SIGNATURE, path.form_path, "Insert", Datum("signed"), payload={"meaning": "approval"})


def query(path: ItemPath, state: str, of: str | None = None) -> Entry:
    """A row of a query that a site may write: a check overridden, or what follows it."""
    of_it = {"query": of} if of else {"source": "check"}
    return Entry(Kind.ANNOTATION, path, "Insert", payload={"type": "query", "state": state, "text": "Why", **of_it})


def data_key(folder: Path, user: str = "investigator") -> bytearray:
    keys = keyring.read(folder).best
    return open_slot(keys, keys.slot_of(user), PASSWORD).data_key


def raw(folder: Path, *, recursive: bool = False) -> Any:
    """What somebody with a password and a database tool has: no authorizer, recursive_triggers as SQLite sets them."""
    keys = keyring.read(folder).best
    connection = engine.connect_raw(folder / engine.NAME, derive(data_key(folder), "database"), keys.db_salt)
    connection.execute(f"PRAGMA recursive_triggers={'ON' if recursive else 'OFF'}")
    return connection


def codes(store: Store, depth: str = "full") -> set[str]:
    return {finding.code for finding in store.verify(depth)}  # type: ignore[arg-type]


def state(store: Store, subjects: Iterable[str]) -> tuple[Any, ...]:
    """Everything ``head`` and ``form_head`` hold, for comparison."""
    rows = [store._database.all(f"SELECT * FROM {table}") for table in ("head", "form_head")]
    return tuple(sorted(map(tuple, table)) for table in rows)

"""The change log: rows are sealed, chained, signed, appended; never anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import evolve, frozen
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop import __version__
from crf_desktop.errors import Refused
from crf_desktop.model.data import Change, Entry, Kind, Session
from crf_desktop.model.path import ItemPath
from crf_desktop.settings import Clock, offset_minutes, utc_text
from crf_desktop.store import encoding
from crf_desktop.store.encoding import COLUMNS, Cell, Cells, canonical
from crf_desktop.store.engine import Database
from crf_desktop.store.schema import IS_QUERY, KEYS

INSERT: Final = f"INSERT INTO change ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_SELECT: Final = f"SELECT {', '.join(COLUMNS)} FROM change"
_PAGE: Final = 500
_ORDER: Final = " ORDER BY lamport, origin, seq"
_QUERIES: Final = f"{_SELECT} INDEXED BY change_asked WHERE {IS_QUERY}"
_VERIFICATIONS: Final = (
    f"{_SELECT} WHERE kind = 'annotation' AND kind <> 'item' AND json_extract(payload, '$.type') = 'sdv'"
)
ORIGINS: Final = """WITH RECURSIVE found(origin) AS (SELECT min(origin) FROM change UNION ALL
 SELECT (SELECT min(origin) FROM change WHERE origin > found.origin) FROM found WHERE found.origin IS NOT NULL)
 SELECT origin FROM found WHERE origin IS NOT NULL"""


@frozen(slots=True)
class Position:
    """The end of an origin's chain."""

    seq: int = 0
    head: bytes = encoding.NO_HASH
    lamport: int = 0


class Author:
    """Makes rows: who writes, where, with which key."""

    def __init__(self, study_oid: str, session: Session, key: Ed25519PrivateKey, clock: Clock) -> None:
        self.study_oid = study_oid
        self.session = session
        self.clock = clock
        self._key = key

    def seal(self, entry: Entry, after: Position, now: datetime, boot: tuple[str, int]) -> Cells:
        """The row of an entry at the next place of the chain, hashed and signed."""
        session, datum = self.session, entry.datum
        flavor = None if datum.null_flavor is None else str(datum.null_flavor)
        cells: list[Cell] = [
            session.origin, after.seq + 1, encoding.FORMAT, self.study_oid, after.lamport + 1, str(entry.kind),
            *encoding.path_cells(entry.path), entry.transaction_type, _text(datum.value), datum.qualifier,
            datum.unit_oid, flavor, encoding.payload_text(entry.payload), entry.entry_pass, entry.capture,
            entry.observed_at, session.person.user_oid, session.person.role, session.key_id, session.location_oid,
            session.device_oid, __version__, utc_text(now), offset_minutes(now), boot[0], boot[1], entry.edit_point,
            _text(entry.reason_for_change), entry.metadata_digest, *(entry.based_on or (None, None)), after.head,
        ]  # fmt: skip
        row_hash = encoding.row_hash(cells)
        return (*cells, row_hash, self._key.sign(row_hash))


def _text(text: str | None) -> str | None:
    """In NFC; refuses what no other laptop would take: a row once written would close the way for all after it."""
    kept = None if text is None else canonical(text)
    if kept is not None and len(kept) > encoding.MAX_TEXT:
        raise Refused("value.too_long", allowed=encoding.MAX_TEXT)
    if kept is not None and ("\0" in kept or any("\ud800" <= c <= "\udfff" for c in kept)):
        raise Refused("value.control_character")
    return kept


class Log:
    """The rows of all origins in one ``log.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, cells: Sequence[Cell]) -> None:
        """Appends one sealed row inside a transaction."""
        self._database.run(INSERT, cells)

    def seal_all(self, author: Author, entries: Sequence[Entry], after: Position) -> tuple[list[Cells], Position]:
        """Rows for the entries after a position, and the position then; nothing is written yet."""
        now, boot, rows = author.clock.now(), author.clock.boot(), []
        for entry in entries:
            cells = author.seal(entry, after, now, boot)
            rows.append(cells)
            after = Position(after.seq + 1, cells[39], after.lamport + 1)  # type: ignore[arg-type]
        return rows, after

    def position(self, origin: str) -> Position:
        """Where an origin's chain ends; ``Position()`` for one that is not held."""
        row = self._database.one(
            "SELECT seq, hash, lamport FROM change WHERE origin = ? ORDER BY seq DESC LIMIT 1", (origin,)
        )
        return Position(*row) if row else Position()

    def end(self, origin: str) -> Position:
        """Where an origin's chain ends, its lamport not below any row held."""
        own = self.position(origin)
        return evolve(own, lamport=max((self.position(other).lamport for other in self.origins()), default=0))

    def origins(self) -> list[str]:
        """All origins held, in order."""
        return [row[0] for row in self._database.all(ORIGINS)]

    def change(self, origin: str, seq: int) -> Change | None:
        """One row."""
        row = self._database.one(f"{_SELECT} WHERE origin = ? AND seq = ?", (origin, seq))
        return encoding.from_cells(row) if row else None

    def pages(self, origin: str, after: int = 0, upto: int | None = None) -> Iterator[list[tuple[Any, ...]]]:
        """Rows of an origin in order, as they stand in the table, some at a time, so that nothing stays locked."""
        while True:
            rows = self._database.tuples(
                f"{_SELECT} WHERE origin = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT {_PAGE}",
                (origin, after, upto if upto is not None else encoding.MAX_INTEGER),
            )
            if rows:
                yield rows
            if len(rows) < _PAGE:
                return
            after = rows[-1][1]

    def cells(self, origin: str, after: int = 0, upto: int | None = None) -> Iterator[Any]:
        """Rows of an origin in order, as they stand in the table."""
        for page in self.pages(origin, after, upto):
            yield from page

    def changes(self, origin: str, after: int = 0, upto: int | None = None) -> Iterator[Change]:
        """Rows of an origin in order."""
        return (encoding.from_cells(row) for row in self.cells(origin, after, upto))

    def rows(self, kind: Kind) -> list[Change]:
        """All rows of a small kind, in order; raises ValueError for items."""
        if kind is Kind.ITEM:
            raise ValueError("items are read by form")
        select = f"{_SELECT} INDEXED BY change_small WHERE kind = ? AND kind <> 'item'{_ORDER}"
        found = self._database.all(select, (str(kind),))
        return [encoding.from_cells(row) for row in found]

    def acts(self) -> list[Change]:
        """Rows about users, the study and what was received, in order, log-ins left out."""
        found = self._database.all(
            f"{_SELECT} WHERE kind IN ('user', 'system', 'acknowledgement') AND kind <> 'item' AND"
            f" json_extract(payload, '$.act') NOT IN ('unlock', 'failed_log_in'){_ORDER}"
        )
        return [encoding.from_cells(row) for row in found]

    def history(self, path: ItemPath) -> list[Change]:
        """All rows at and below a path, in order."""
        where, parameters = _below(path)
        return [encoding.from_cells(row) for row in self._database.all(f"{_SELECT} WHERE {where}{_ORDER}", parameters)]

    def of_form(self, kind: Kind, form_path: ItemPath) -> list[Change]:
        """Rows of a small kind at and below a form, in order."""
        where, parameters = _below(form_path)
        found = self._database.all(
            f"{_SELECT} INDEXED BY change_small WHERE kind = ? AND kind <> 'item' AND {where}{_ORDER}",
            (str(kind), *parameters),
        )
        return [encoding.from_cells(row) for row in found]

    def of_visits(self, kind: Kind, subject_path: ItemPath) -> list[Change]:
        """Rows of a small kind about whole visits of a participant, or of all where the path names none, in order.

        They are found in the index alone, then read.
        """
        whose, subject = (" AND subject = ?", [subject_path.subject]) if subject_path.subject else ("", [])
        found = self._database.all(
            f"{_SELECT} WHERE (origin, seq) IN (SELECT origin, seq FROM change INDEXED BY change_small"
            f" WHERE kind = ? AND kind <> 'item'{whose} AND event IS NOT NULL AND form IS NULL){_ORDER}",
            (str(kind), *subject),
        )
        return [encoding.from_cells(row) for row in found]

    def queries(self, path: ItemPath | None = None) -> list[Change]:
        """Rows of queries, in order: of the whole study, or at and below a path."""
        return self._of_type(_QUERIES, path)

    def verifications(self, path: ItemPath) -> list[Change]:
        """Rows of source data verification at and below a path, in order."""
        return self._of_type(_VERIFICATIONS, path)

    def _of_type(self, select: str, path: ItemPath | None) -> list[Change]:
        where, parameters = _below(path) if path else ("1", [])
        found = self._database.all(f"{select} AND {where}{_ORDER}", parameters)
        return [encoding.from_cells(row) for row in found]

    def setting(self, name: str) -> str:
        """A setting of this file; empty where there is none."""
        row = self._database.one("SELECT value FROM setting WHERE name = ?", (name,))
        return str(row[0]) if row else ""

    def keep_setting(self, name: str, value: str) -> None:
        """Keeps a setting, outside the log."""
        statement = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        with self._database.transaction():
            self._database.run(statement, (name, value))

    def last_act(self, origin: str, acts: Sequence[str]) -> list[Change]:
        """System rows of an origin whose act is one of those, in order."""
        marks = ", ".join("?" * len(acts))
        found = self._database.all(
            f"{_SELECT} INDEXED BY change_small WHERE kind = 'system' AND kind <> 'item' AND origin = ?"
            f" AND json_extract(payload, '$.act') IN ({marks}){_ORDER}",
            (origin, *acts),
        )
        return [encoding.from_cells(row) for row in found]


def _below(path: ItemPath) -> tuple[str, list[str | None]]:
    keys = path.keys()
    depth = max((at for at, key in enumerate(keys) if key), default=-1)
    if depth < 0:
        raise ValueError("a path without a participant")
    named = zip(KEYS[: depth + 1], keys, strict=False)
    where = " AND ".join(f"{name} = ?" if key else f"{name} IS NULL" for name, key in named)
    return where, [key for key in keys[: depth + 1] if key]


def entry_of(kind: Kind, act: str, **payload: Any) -> Entry:
    """An entry about users or the system."""
    return Entry(kind, ItemPath(), "Insert", payload={"act": act, **payload})


def with_session(author: Author, **changes: Any) -> None:
    """The author under changed circumstances (a certificate that arrived)."""
    author.session = evolve(author.session, **changes)

"""Current state: readings of ``head`` and ``form_head``, never of the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from crf_desktop.model.data import FormHead, HeadRow, Qualifier
from crf_desktop.model.path import ItemPath, address
from crf_desktop.store.encoding import datum_of
from crf_desktop.store.engine import Database
from crf_desktop.store.schema import KEYS, open_above

_KEYS: Final = ", ".join(KEYS)
_CELLS: Final = "event, event_key, form, form_key, group_key, item, value, qualifier, unit_oid, null_flavor"
_HEAD: Final = f"SELECT {_KEYS}, value, qualifier, unit_oid, null_flavor, lamport, origin, seq FROM head"
_BY_KEY: Final = f"{_HEAD} INDEXED BY sqlite_autoindex_head_1"
"""By the primary key and no other: with partial indexes to weigh against what is bound, SQLite would prepare the
statement anew each time it runs, which takes four times as long as running it."""
_FORM: Final = (
    "SELECT subject, event, event_key, form, form_key, n_value, n_null, status, sign_lamport, changed, n_open_query,"
    " touch_lamport, touch_origin, touch_seq FROM form_head"
)
_WAITING: Final = (
    "SELECT subject, event, event_key, form, form_key, touch_lamport, touch_origin, touch_seq FROM form_head"
)
_OF_FORM: Final = "subject = ? AND event = ? AND event_key = ? AND form = ? AND form_key = ?"
STATEMENTS: Final = {
    "at": f"{_BY_KEY} WHERE {' AND '.join(f'{key} = ?' for key in KEYS)}",
    "form_items": f"{_BY_KEY} WHERE {_OF_FORM} AND item <> ''",
    "form_instances": f"{_BY_KEY} WHERE subject = ? AND event = ? AND event_key = ? AND form = ? AND item <> ''",
    "visit_items": f"{_BY_KEY} WHERE subject = ? AND event = ? AND event_key = ? AND item <> ''",
    "subject_cells": f"SELECT {_CELLS} FROM head INDEXED BY sqlite_autoindex_head_1 WHERE subject = ? AND item <> ''",
    "subjects": f"{_HEAD} WHERE event = '' ORDER BY subject",
    "events": f"{_HEAD} WHERE subject = ? AND form = '' AND event <> '' ORDER BY event, event_key",
    "form_heads": f"{_FORM} WHERE subject = ?",
    "visit_heads": f"{_FORM} WHERE subject = ? AND event = ? AND event_key = ?",
    "form_head": f"{_FORM} WHERE {_OF_FORM}",
    "waiting_unsigned": f"{_WAITING} WHERE unsigned = 1",
    "waiting_changed": f"{_WAITING} WHERE changed = 1",
    "waiting_queries": f"{_FORM} WHERE n_open_query > 0",
    "n_unsigned": "SELECT count(*) FROM form_head WHERE unsigned = 1",
    "n_changed": "SELECT count(*) FROM form_head WHERE changed = 1",
    "n_queries": "SELECT COALESCE(sum(n_open_query), 0) FROM form_head WHERE n_open_query > 0",
    "n_queries_above": open_above(),
    "remark": "SELECT payload FROM change WHERE origin = ? AND seq = ?",
}
"""Every statement of the lists, the matrix and the forms; a test asserts that none scans a table."""


Cells = tuple[str, str, str, str, str, str, str | None, Qualifier, str | None, str | None]
"""Event, its key, form, its key, key of the row, item; value, qualifier, unit OID, null flavour."""


class Waiting(NamedTuple):
    """A form that waits for a signature."""

    changed: bool
    """True: after an earlier signature."""
    version: str
    """The newest row it holds, as :attr:`FormHead.version` names it."""


class Current:
    """What is so now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _heads(self, statement: str, parameters: Sequence[str]) -> list[HeadRow]:
        return [_head(row) for row in self._database.all(STATEMENTS[statement], parameters)]

    def _forms(self, statement: str, parameters: Sequence[str] = ()) -> list[FormHead]:
        return [_form(row) for row in self._database.all(STATEMENTS[statement], parameters)]

    def at(self, path: ItemPath) -> HeadRow | None:
        """The row in force at a path; None when there never was one, an empty datum when it was removed."""
        return next(iter(self._heads("at", path.keys())), None)

    def form_items(self, form_path: ItemPath) -> list[HeadRow]:
        """The items of one form, removed ones (empty datum) included."""
        return self._heads("form_items", form_path.keys()[:5])

    def form_instances(self, form_path: ItemPath) -> list[HeadRow]:
        """The items of every repeat of one form of one visit."""
        return self._heads("form_instances", form_path.keys()[:4])

    def visit_items(self, event_path: ItemPath) -> list[HeadRow]:
        """The items of all forms of one visit."""
        return self._heads("visit_items", event_path.keys()[:3])

    def subject_cells(self, subject: str) -> Sequence[Cells]:
        """The items of everything recorded of a participant, as they stand in the table."""
        return self._database.all(STATEMENTS["subject_cells"], (subject,))

    def subjects(self) -> list[HeadRow]:
        """One row per participant, ordered by key."""
        return self._heads("subjects", ())

    def events(self, subject: str) -> list[HeadRow]:
        """One row per started visit; the value is its date."""
        return self._heads("events", (subject,))

    def form_heads(self, subject: str) -> list[FormHead]:
        """One status row per form a participant has anything in."""
        return self._forms("form_heads", (subject,))

    def visit_heads(self, event_path: ItemPath) -> list[FormHead]:
        """One status row per form of one visit that has anything in it."""
        return self._forms("visit_heads", event_path.keys()[:3])

    def form_head(self, form_path: ItemPath) -> FormHead | None:
        """The status of one form; None when nothing was ever recorded in it."""
        return next(iter(self._forms("form_head", form_path.keys()[:5])), None)

    def waiting(self) -> dict[ItemPath, dict[str, Waiting]]:
        """Visit → form address → what waits: complete but unsigned, or changed after signature."""
        visits: dict[tuple[str, str, str], dict[str, Waiting]] = {}
        for statement, changed in (("waiting_unsigned", False), ("waiting_changed", True)):
            for subject, event, key, form, repeat, *touched in self._database.all(STATEMENTS[statement]):
                waiting = Waiting(changed, "/".join(map(str, touched)))
                visits.setdefault((subject, event, key), {})[address(form, repeat)] = waiting
        return {ItemPath(*keys): forms for keys, forms in visits.items()}

    def queried(self) -> list[FormHead]:
        """Forms of the whole study with open queries."""
        return self._forms("waiting_queries")

    def count_states(self) -> dict[str, int]:
        """``unsigned``, ``changed``, ``queries``: how many of each in the whole study."""
        names = ("unsigned", "changed", "queries", "queries_above")
        found = {name: int(self._database.one(STATEMENTS[f"n_{name}"])[0]) for name in names}
        found["queries"] += found.pop("queries_above")
        return found

    def remarks(self, rows: Sequence[HeadRow]) -> dict[ItemPath, str]:
        """The remark of each row that carries one."""
        found: dict[ItemPath, str] = {}
        for row in rows:
            payload = self._database.one(STATEMENTS["remark"], (row.origin, row.seq))
            if payload and payload[0] and (remark := json.loads(payload[0]).get("remark")):
                found[row.path] = str(remark)
        return found


def _head(row: Any) -> HeadRow:
    return HeadRow(ItemPath(*row[:8]), datum_of(*row[8:12]), row[12], row[13], row[14])


def _form(row: Any) -> FormHead:
    path, completed, signed, changed = ItemPath(*row[:5]), row[7] == "complete", row[8] > 0, bool(row[9])
    return FormHead(path, row[5], row[6], completed, signed, changed, row[10], (row[11], row[12], row[13]))

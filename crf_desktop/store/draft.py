"""Half-typed text of one person: encrypted like everything, outside the log, gone with the commit of its datum."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from crf_desktop.model.path import ItemPath

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database

_KEEP: Final = "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (user_oid, path) DO UPDATE SET text = excluded.text"
_DROP: Final = "DELETE FROM draft WHERE user_oid = ? AND path = ?"
_ALL: Final = "SELECT path, text FROM draft WHERE user_oid = ?"


class Drafts:
    """The drafts of who is in; which places have one is remembered, so that a save asks no table."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner
        self.held: set[ItemPath] = set()
        self.read()

    def read(self) -> dict[ItemPath, str]:
        """All of them, as they stand in the file."""
        rows = self._database.all(_ALL, (self._owner,))
        found = {ItemPath(*json.loads(row[0])): str(row[1]) for row in rows}
        self.held = set(found)
        return found

    def keep(self, path: ItemPath, text: str) -> None:
        """Keeps a text."""
        with self._database.transaction():
            self._database.run(_KEEP, (self._owner, json.dumps(path.keys()), text))
        self.held.add(path)

    def drop(self, path: ItemPath) -> None:
        """Forgets a text."""
        with self._database.transaction():
            self.take_out([path])
        self.held.discard(path)

    def take_out(self, paths: Iterable[ItemPath]) -> None:
        """Deletes those there are, inside the transaction that commits their data."""
        for path in self.held.intersection(paths):
            self._database.run(_DROP, (self._owner, json.dumps(path.keys())))

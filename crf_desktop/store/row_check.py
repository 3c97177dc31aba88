"""Rows of one origin, one after the other: hash, chain, order, author, right; signatures are handed on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, field

from crf_desktop.model.data import Kind, NullFlavor
from crf_desktop.store import certificate, encoding
from crf_desktop.store.finding import Finding
from crf_desktop.store.log import Position
from crf_desktop.store.people import LogKey, People
from crf_desktop.store.signature_check import Signed

_FLAVORS: Final = frozenset((None, *(str(flavor) for flavor in NullFlavor)))
_REMEMBERED: Final = 20_000
"""Texts whose encoding is kept: names and OIDs come again in every row."""


@define
class RowCheck:
    """What is asked of every row; keeps what it has found out about authors, for most rows have few."""

    study_oid: str
    people: People
    _encoded: dict[str, bytes] = field(factory=dict)
    _steady: dict[tuple[str, ...], tuple[LogKey, bytes] | None] = field(factory=dict)

    def rows(
        self, page: Sequence[Any], end: Position, signed: list[Signed]
    ) -> Iterator[tuple[Finding | None, Position]]:
        """For each row what is wrong with it, and where the chain stands after it.

        Appends to ``signed`` what remains to be checked. A row with several faults comes several times.
        """
        for cells in page:
            after = Position(cells[1], cells[39], cells[4])
            faults: Sequence[Finding | None] = [*self._faults(cells, end, signed)] or (None,)
            for finding in faults:
                yield finding, after
            end = after

    def _faults(self, cells: Any, end: Position, signed: list[Signed]) -> Iterator[Finding]:
        where = (cells[0], cells[1])
        if cells[1] != end.seq + 1 or cells[38] != end.head:
            yield Finding("verify.chain", "tamper", *where)
        try:
            right = self._hash(cells) == cells[39] and cells[18] in _FLAVORS
        except (ValueError, TypeError):
            right = False
        if not right or cells[3] != self.study_oid or cells[4] <= end.lamport:
            yield Finding("verify.row", "tamper", *where)
            return
        key = self._key(cells)
        if key is not None and key[0].introduced <= cells[1] and (cells[15] is None or cells[18] is None):
            signed.append((key[1], cells[40], cells[39], *where))
            return
        try:
            fault = self.people.fault_of(encoding.from_cells(cells))
        except (ValueError, TypeError):
            yield Finding("verify.row", "tamper", *where)
            return
        if fault is not None:
            yield Finding(f"verify.author_{fault}", "tamper", *where)

    def _key(self, cells: Any) -> tuple[LogKey, bytes] | None:
        """The key of an author whose every row of this kind counts if its signature fits; None: ask one by one."""
        at = (cells[0], cells[25], cells[23], cells[24], cells[5])
        if at not in self._steady:
            found = self.people.steady(*at[:4], Kind(at[4])) if at[4] in _KINDS else None
            self._steady[at] = None if found is None else (found, certificate.raw_public(found.public))
        return self._steady[at]

    def _hash(self, cells: Any) -> bytes:
        """As :func:`encoding.row_hash`."""
        known, parts = self._encoded, [encoding.MAGIC]
        for cell in cells[: encoding.N_ENCODED]:
            found = known.get(cell) if cell.__class__ is str else None
            if found is None:
                found = encoding.encode_cells(b"", (cell,))
                if cell.__class__ is str and len(known) < _REMEMBERED:
                    known[cell] = found
            parts.append(found)
        return hashlib.sha256(b"".join(parts)).digest()


_KINDS: Final = frozenset(str(kind) for kind in Kind)

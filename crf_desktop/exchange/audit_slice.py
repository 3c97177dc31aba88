"""A slice of the log as JSON: every column of every row, so that anybody can recompute hashes and signatures.

``docs/document_format.md``; read again by :mod:`crf_desktop.exchange.audit_reading`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from crf_desktop.capture.record import Slice, VisitRecord
from crf_desktop.model.data import Change
from crf_desktop.store.encoding import COLUMNS, to_cells

WHAT: Final = "CRF Desktop audit slice"
FORMAT: Final = 1


def audit_slice(records: Iterable[VisitRecord]) -> bytes:
    """The rows of some visits of one participant, taken at one moment; same records, same bytes."""
    told = list(records)
    first = told[0]
    logs = [record.log for record in told]
    origin, seq, head = first.head
    body: dict[str, Any] = {
        "what": WHAT,
        "format": FORMAT,
        "study_oid": first.study_oid,
        "metadata_digest": first.metadata_digest,
        "head": {"origin": origin, "seq": seq, "hash": head},
        "heads": {name: {"seq": n, "hash": digest} for name, (n, digest) in sorted(first.log.heads.items())},
        "authority": first.log.authority,
        "keys": _keys(logs),
    }
    rows = sorted((row for log in logs for row in log.rows), key=lambda row: row.order)
    lines = ",\n".join(_dumped(_row(row)) for row in rows)
    return (_dumped(body)[:-1] + ',"rows":[\n' + lines + "\n]}\n").encode("utf-8")


def _keys(logs: Iterable[Slice]) -> list[dict[str, Any]]:
    found = {(w.origin, w.key_id): w for log in logs for w in log.writers}
    return [
        {
            "origin": origin,
            "key_id": key_id,
            "user_oid": writer.person.user_oid,
            "name": writer.person.full_name,
            "public_key": writer.public_key,
            "certificate": writer.certificate,
            "certified": writer.certified,
        }
        for (origin, key_id), writer in sorted(found.items())
    ]


def _row(row: Change) -> dict[str, Any]:
    """Column → text, integer, or bytes as hex; what is absent is left out."""
    cells = zip(COLUMNS, to_cells(row), strict=True)
    return {name: cell.hex() if isinstance(cell, bytes) else cell for name, cell in cells if cell is not None}


_dumped: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

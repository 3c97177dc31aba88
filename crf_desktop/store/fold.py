"""``head`` and ``form_head`` as they follow from the rows of one participant, against what the file holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crf_desktop.model.query import QueryState
from crf_desktop.store import schema
from crf_desktop.store.engine import Database

_POSITION: Final = "value, qualifier, unit_oid, null_flavor, lamport, origin, seq"
_PATH: Final = ", ".join(f"COALESCE({key}, '')" for key in schema.KEYS)
_ROWS: Final = f"""SELECT {_PATH}, {_POSITION} FROM change
 WHERE subject = ? AND entry_pass = 1 AND kind IN ('item', 'form', 'event', 'subject')"""
"""Folded here: SQLite's own sorting has every piece of memory locked and wiped, and takes fifteen times as long."""
_HEAD: Final = f"SELECT {', '.join(schema.KEYS)}, {_POSITION} FROM head WHERE subject = ?"
_FORM_KEYS: Final = ", ".join(f"COALESCE({key}, '')" for key in schema.KEYS[:5])
FORM_COLUMNS: Final = (
    *schema.KEYS[:5], "n_value", "n_null", "status", "touch_lamport", "touch_origin", "touch_seq",
    "sign_lamport", "sign_origin", "sign_seq", "n_open_query",
)  # fmt: skip
_FORMS: Final = f"SELECT {', '.join(FORM_COLUMNS)} FROM form_head WHERE subject = ?"
_DONE: Final = frozenset(state.value for state in QueryState if state.done)
_SIGNATURES: Final = f"""SELECT {_FORM_KEYS}, lamport, origin, seq FROM change
 WHERE kind = 'signature' AND kind <> 'item' AND subject = ? AND value = 'signed' AND form IS NOT NULL"""
_QUERIES: Final = f"""SELECT {_FORM_KEYS}, lamport, origin, seq,
 COALESCE(json_extract(payload, '$.query'), origin || '.' || seq), json_extract(payload, '$.state') FROM change
 WHERE kind = 'annotation' AND kind <> 'item' AND subject = ? AND form IS NOT NULL
 AND json_extract(payload, '$.type') = 'query'"""


def _subjects(table: str) -> str:
    return f"""WITH RECURSIVE found(subject) AS (SELECT min(subject) FROM {table} UNION ALL
 SELECT (SELECT min(subject) FROM {table} WHERE subject > found.subject) FROM found WHERE found.subject IS NOT NULL)
 SELECT subject FROM found WHERE subject IS NOT NULL"""


def subjects(database: Database) -> list[str]:
    """Everybody that rows or their readings name."""
    return sorted({row[0] for table in ("change", "head", "form_head") for row in database.all(_subjects(table))})


def differences(database: Database, subject: str) -> tuple[int, int]:
    """In how many places the answers and the forms of a participant differ from the fold of the log."""
    one = [subject]
    latest: dict[Any, Any] = {}
    for row in database.tuples(_ROWS, one):
        held = latest.get(row[:8])
        if held is None or held[12:] < row[12:]:
            latest[row[:8]] = row
    folded = list(latest.values())
    answers = len({*folded} ^ {*database.tuples(_HEAD, one)})
    expected = fold_forms(folded, database.tuples(_SIGNATURES, one), database.tuples(_QUERIES, one))
    found = {row[:5]: row[5:] for row in database.tuples(_FORMS, one)}
    forms = sum(1 for key in expected.keys() | found.keys() if expected.get(key) != found.get(key))
    return answers, forms


def fold_forms(heads: Sequence[Any], signatures: Sequence[Any], queries: Sequence[Any]) -> dict[Any, tuple[Any, ...]]:
    """``form_head`` from the folded rows: form keys → the other columns of ``FORM_COLUMNS``."""
    nobody = (0, "", 0)
    counts: dict[Any, list[Any]] = {}

    def form(keys: Any) -> list[Any]:
        return counts.setdefault(tuple(keys), [0, 0, "", nobody, nobody, 0])

    for row in heads:
        if row[3]:
            state = form(row[:5])
            if row[7]:
                state[0] += row[8] is not None
                state[1] += row[11] is not None
            else:
                state[2] = row[8] or ""
            state[3] = max(state[3], tuple(row[12:15]))
    for row in signatures:
        state = form(row[:5])
        state[4] = max(state[4], tuple(row[5:8]))
    latest: dict[Any, tuple[Any, str]] = {}
    for row in queries:
        form(row[:5])
        key = (tuple(row[:5]), row[8])
        latest[key] = max(latest.get(key, (nobody, "")), (tuple(row[5:8]), row[9] or ""))
    for (keys, _), (_, word) in latest.items():
        counts[keys][5] += word not in _DONE
    return {keys: (s[0], s[1], s[2], *s[3], *s[4], s[5]) for keys, s in counts.items()}

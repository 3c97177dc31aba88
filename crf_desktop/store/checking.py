"""Verification: pages, schema, chain, signatures, rights, and whether current state is the fold of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.query import QueryState
from crf_desktop.store import encoding, schema
from crf_desktop.store.engine import NONSENSE, Database, StatementError
from crf_desktop.store.finding import Finding
from crf_desktop.store.log import Log
from crf_desktop.store.people import People

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

Depth = Literal["quick", "full"]
Progress = Callable[[int, int], None]

_QUICK_ROWS: Final = 200
"""How many of its own last rows a quick check looks at."""
_MOST: Final = 100
"""Findings of one kind; the rest of a badly damaged file says nothing new."""

_HEAD_COLUMNS: Final = ", ".join((*schema.KEYS, "value, qualifier, unit_oid, null_flavor, lamport, origin, seq"))
_FOLD: Final = f"""WITH ranked AS (SELECT {", ".join(f"COALESCE({key}, '') AS {key}" for key in schema.KEYS)},
 value, qualifier, unit_oid, null_flavor, lamport, origin, seq,
 row_number() OVER (PARTITION BY {", ".join(schema.KEYS)} ORDER BY lamport DESC, origin DESC, seq DESC) AS place
 FROM change WHERE subject = ? AND entry_pass = 1 AND kind IN ('item', 'form', 'event', 'subject'))
 SELECT {_HEAD_COLUMNS} FROM ranked WHERE place = 1"""
_HEAD: Final = f"SELECT {_HEAD_COLUMNS} FROM head WHERE subject = ?"
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


@define
class Check:
    """One verification under way."""

    store: Store
    database: Database
    log: Log
    people: People
    opened: Sequence[Finding]
    progress: Progress | None = None

    def run(self, depth: Depth) -> list[Finding]:
        """All findings; one ``verify.ok`` when nothing is wrong."""
        steps: list[Callable[[], Iterator[Finding]]] = [self._schema]
        steps += [self._recent] if depth == "quick" else [self._pages, self._chains, self._heads, self._documents]
        found = list(self.opened)
        for step in steps:
            try:
                for finding in step():
                    found.append(finding)
            except EnvironmentProblem as problem:
                found.append(Finding("verify.unreadable", "damage", detail=problem.code))
            except (StatementError, *NONSENSE) as error:
                found.append(Finding("verify.unreadable", "damage", detail=type(error).__name__))
        if any(f.bad for f in found):
            return found
        return [*found, Finding(f"verify.ok_{depth}", "ok", detail=str(self._total()))]

    def _total(self) -> int:
        return sum(seq for seq, _ in self.store.heads().values())

    def _schema(self) -> Iterator[Finding]:
        """A dropped trigger would let the log be rewritten from then on."""
        rows = self.database.all("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        found = {row[0]: row[1] for row in rows}
        for name in sorted(found.keys() ^ schema.OBJECTS.keys()):
            yield Finding("verify.schema", "tamper", detail=name)
        for name in sorted(found.keys() & schema.OBJECTS.keys()):
            if found[name] != schema.OBJECTS[name]:
                yield Finding("verify.schema", "tamper", detail=name)

    def _pages(self) -> Iterator[Finding]:
        for row in self.database.all("PRAGMA cipher_integrity_check")[:_MOST]:
            yield Finding("verify.page", "damage", detail=str(row[0])[:100])
        rows = self.database.all("PRAGMA integrity_check")
        if [row[0] for row in rows] != ["ok"]:
            # SQLite's words may quote a value; that it is not ok is all that goes on.
            yield Finding("verify.structure", "damage", detail=str(len(rows)))

    def _recent(self) -> Iterator[Finding]:
        origin, last, _ = self.store.head()
        yield from self._chain(origin, max(0, last - _QUICK_ROWS), 0, last)

    def _chains(self) -> Iterator[Finding]:
        total, done = self._total(), 0
        for origin in self.log.origins():
            yield from self._chain(origin, 0, done, total)
            done += self.log.position(origin).seq

    def _chain(self, origin: str, after: int, done: int, total: int) -> Iterator[Finding]:
        before = self.log.change(origin, after) if after else None
        expected, lamport = (before.hash, before.lamport) if before else (encoding.NO_HASH, 0)
        bad = 0
        for cells in self.log.cells(origin, after):
            for finding in self._row(cells, expected, lamport, after + 1):
                bad += 1
                yield finding
            if bad > _MOST:
                return
            after, expected, lamport = cells[1], cells[39], cells[4]
            if self.progress is not None and cells[1] % 500 == 0:
                self.progress(done + cells[1], total)

    def _row(self, cells: Any, expected: bytes, lamport: int, seq: int) -> Iterator[Finding]:
        where = (cells[0], cells[1])
        if cells[1] != seq or cells[38] != expected:
            yield Finding("verify.chain", "tamper", *where)
        try:
            right = encoding.row_hash(cells) == cells[39]
            change = encoding.from_cells(cells)
        except (ValueError, TypeError):
            yield Finding("verify.row", "tamper", *where)
            return
        if not right or change.study_oid != self.store.study_oid or cells[4] <= lamport:
            yield Finding("verify.row", "tamper", *where)
            return
        fault = self.people.fault_of(change)
        if fault is not None:
            yield Finding(f"verify.author_{fault}", "tamper", *where)

    def _heads(self) -> Iterator[Finding]:
        """Compared participant by participant, so that memory stays small."""
        tables = ("change", "head", "form_head")
        subjects = sorted({row[0] for table in tables for row in self.database.all(_subjects(table))})
        heads = forms = 0
        for subject in subjects:
            one = [subject]
            folded, held = self.database.all(_FOLD, one), self.database.all(_HEAD, one)
            heads += len({tuple(row) for row in folded} ^ {tuple(row) for row in held})
            signed, asked = self.database.all(_SIGNATURES, one), self.database.all(_QUERIES, one)
            expected = fold_forms(folded, signed, asked)
            found = {tuple(row[:5]): tuple(row[5:]) for row in self.database.all(_FORMS, one)}
            forms += sum(1 for key in expected.keys() | found.keys() if expected.get(key) != found.get(key))
        if heads:
            yield Finding("verify.head", "tamper", detail=str(heads))
        if forms:
            yield Finding("verify.form_head", "tamper", detail=str(forms))

    def _documents(self) -> Iterator[Finding]:
        for digest in self.store.document_digests():
            found = self.store.document(digest)
            if found is None or "sha256:" + hashlib.sha256(found[1]).hexdigest() != digest:
                yield Finding("verify.document", "tamper", detail=digest)


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

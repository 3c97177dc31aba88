"""Two edits of one answer, neither of which knew the other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

import rfc8785
from attrs import frozen

from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import CONFLICT_NAME, QueryAct, QuerySource, QueryState, may_act
from crf_desktop.store import Store

CLINICAL = frozenset({Kind.ITEM, Kind.FORM, Kind.EVENT, Kind.SUBJECT})


@frozen
class Conflict:
    """A place with two latest versions from different laptops."""

    path: ItemPath
    rows: tuple[tuple[str, int], ...]
    """(origin, seq) of the versions, in reading order; the last is the one shown."""

    @property
    def query(self) -> str:
        """One per place, and the same on every laptop, so that one query comes of it however the bundles travel."""
        return CONFLICT_NAME + hashlib.sha256(rfc8785.dumps(list(self.path.keys()))).hexdigest()[:16].upper()


def conflicts(store: Store, suspects: Iterable[ItemPath]) -> Iterator[Conflict]:
    """The conflicts at those places that no query names yet, all versions of it."""
    for path in sorted(set(suspects)):
        history = [c for c in store.history(path) if c.path == path]
        found = _of(path, [c for c in history if c.kind in CLINICAL and c.entry_pass == 1])
        if found is not None and not set(found.rows) <= _asked(history, found.query):
            yield found


def _asked(history: Sequence[Change], query: str) -> set[tuple[str, int]]:
    """The versions that rows of this query name."""
    told = [json.loads(c.payload) for c in history if c.kind is Kind.ANNOTATION and c.payload]
    return {(origin, seq) for t in told if t.get("query") == query for origin, seq in t.get("rows", ())}


def _of(path: ItemPath, changes: Sequence[Change]) -> Conflict | None:
    replaced = {c.based_on for c in changes}
    last = {c.origin: c for c in changes if (c.origin, c.seq) not in replaced}
    if len({c.datum for c in last.values()}) < 2:
        return None
    return Conflict(path, tuple((c.origin, c.seq) for c in sorted(last.values(), key=lambda c: c.order)))


def raise_queries(store: Store, found: Sequence[Conflict]) -> bool:
    """Raises one query per conflict, for a person to decide; False when the session's role may not."""
    if not may_act(store.session.person.role, QueryAct.REPORT):
        return False
    if found:
        store.append([_query(conflict, store.metadata_digest) for conflict in found])
    return True


def _query(conflict: Conflict, metadata_digest: str) -> Entry:
    payload = {
        "type": "query",
        "query": conflict.query,
        "state": QueryState.OPEN.value,
        "source": QuerySource.CONFLICT.value,
        "rows": [[origin, seq] for origin, seq in conflict.rows],
    }
    return Entry(Kind.ANNOTATION, conflict.path, "Insert", payload=payload, metadata_digest=metadata_digest)

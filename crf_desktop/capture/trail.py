"""The audit trail of a participant or of the whole study as a report needs it: rows, people, what was verified."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from heapq import merge
from typing import Literal

from attrs import field, frozen

import crf_desktop
from crf_desktop.capture.signature import ca_fingerprint
from crf_desktop.capture.step import Steps, run_through
from crf_desktop.capture.study import Study
from crf_desktop.model.data import Change, Kind, Person
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText
from crf_desktop.store.verified import last_full

Tick = Callable[[], None]
"""Told after some rows or a participant; raises to cancel."""
ROWS = 2_000
"""Read in one step."""
Depth = Literal["", "quick", "full"]


@frozen
class TrailRecord:
    """Rows of the log at one moment; it can be pickled into a worker process."""

    subject: str = field(repr=False)
    """Whose rows; empty: all that the study holds."""
    rows: tuple[Change, ...] = field(repr=False)
    """In the order of the log."""
    titles: Mapping[tuple[str, str], TranslatedText] = field(repr=False)
    """(participant, address of a visit) → its short title with its week."""
    people: Mapping[str, Person] = field(repr=False)
    """By ``user_oid``: everybody of the study."""
    definition: MetaDataVersion
    metadata_digest: str
    """``sha256:`` and 64 hex."""
    study_oid: str
    site: str
    origin: str
    """Of the file that was asked."""
    heads: Mapping[str, tuple[int, str]]
    """Origin → (seq, hash as hex) of every log that was held."""
    depth: Depth
    """How far the log was verified since it was opened: everything, or what was new; empty: not yet."""
    last_full: str
    """When everything was verified last, ISO 8601 in UTC; empty: not known here."""
    ca_fingerprint: str
    """SHA-256 of the certificate of the study's authority, hex."""
    program_version: str
    printed_at: str
    """ISO 8601 with offset."""

    @property
    def n_held(self) -> int:
        """Rows of every log that was held, printed here or not."""
        return sum(seq for seq, _ in self.heads.values())


def trail_record(study: Study, subject: str = "", tick: Tick = lambda: None) -> TrailRecord:
    """Reads the rows about a participant, or all there are where none is named."""
    return run_through(trail_steps(study, subject), tick)


def trail_steps(study: Study, subject: str = "") -> Steps[TrailRecord]:
    """The same, some rows or a participant at each step."""
    store = study.store
    heads = {origin: (seq, digest.hex()) for origin, (seq, digest) in sorted(store.heads().items())}
    rows: list[Change] = []
    for row in _about(study, subject) if subject else _all(study, {at: seq for at, (seq, _) in heads.items()}):
        rows.append(row)
        if not len(rows) % ROWS:
            yield
    titles: dict[tuple[str, str], TranslatedText] = {}
    for one in [subject] if subject else study.subjects():
        titles |= {(one, visit.address): visit.event.short_title for visit in study.matrix(one).columns}
        yield
    full = last_full(store)
    return TrailRecord(
        subject, tuple(rows), titles, {p.user_oid: p for p in store.people()}, study.definition,
        store.metadata_digest, store.study_oid, store.site, store.origin, heads, store.checked,
        full.when if full else "", ca_fingerprint(store), crf_desktop.__version__,
        study.clock.now().isoformat(timespec="seconds"),
    )  # fmt: skip


def _all(study: Study, upto: Mapping[str, int]) -> Iterable[Change]:
    """No further than the heads that are named, whatever is written meanwhile."""
    changes = study.store.changes
    return merge(*(changes(origin, 0, seq) for origin, seq in sorted(upto.items())), key=lambda row: row.order)


def _about(study: Study, subject: str) -> Iterable[Change]:
    """The participant's rows, and the papers about them that left the study."""
    left = (row for row in study.store.rows(Kind.SYSTEM) if _names(row, subject))
    return sorted((*study.store.history(ItemPath(subject)), *left), key=lambda row: row.order)


def _names(row: Change, subject: str) -> bool:
    payload = json.loads(row.payload or "{}")
    return bool(payload.get("act") == "export" and payload.get("subject") == subject)

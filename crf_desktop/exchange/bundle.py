"""Writing a bundle: every origin's rows as contiguous runs, the documents they name, one signed manifest in front."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

import crf_desktop
from crf_desktop.capture.filing import whole_file
from crf_desktop.capture.soundness import require_verified
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.envelope import Progress, seal
from crf_desktop.exchange.manifest import SIGNING_CONTEXT, Manifest, Run, Sender
from crf_desktop.exchange.public_key import (
    PublicKey,
    fingerprint,
    inviter_recipients,
    own_public_key,
    require_same_study,
)
from crf_desktop.exchange.reading import end_body
from crf_desktop.exchange.record import PRELUDE, RecordType, document_body, framed, named_documents, row_body
from crf_desktop.exchange.right import require
from crf_desktop.model.access import Action
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.settings import Clock, SystemClock, offset_minutes, utc_text
from crf_desktop.store import Store
from crf_desktop.store.encoding import NO_HASH


@frozen
class Written:
    """What an export wrote."""

    rows: int
    documents: int
    sha256: str
    """Hex, of the file."""
    recipients: tuple[str, ...]
    """Fingerprints of the keys that open it."""


def export_bundle(
    store: Store,
    out: Path,
    recipients: Sequence[PublicKey] = (),
    after: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Written:
    """Writes what the study holds, for those who shall open it, and records that in the log.

    ``after``: per origin the last row the receiver holds already; all rows of the others. Without recipients: this
    installation, and whoever invited it. Rows are read as they are written: memory does not
    grow with the study.
    The row of the export is appended when the file is complete and before it gets its name. Raises Refused
    ``exchange.no_right``, ``key.other_study``, ``key.altered``, ``export.nothing_new``; EnvironmentProblem
    ``store.read_only``, ``export.*``, ``store.*``.
    """
    require(store.session, Action.EXPORT)
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    require_verified(store)
    for key in recipients:
        require_same_study(key, store)
    ages = sorted({k.age for k in recipients} or {own_public_key(store).age, *inviter_recipients(store)})
    plan = _plan(store, after or {})
    manifest = _manifest(store, plan, ages, clock or SystemClock())
    with whole_file(out) as file:
        digest = hashlib.sha256()
        seal(_records(store, plan, manifest, progress or _silent), ages, file, digest)
        file.flush()  # a full disk shows here, before the log says that something was written
        os.fsync(file.fileno())
        fingerprints = tuple(fingerprint(a) for a in ages)
        written = Written(manifest.rows, len(plan.documents), digest.hexdigest(), fingerprints)
        _record(store, written)
    return written


def _silent(done: int, of: int) -> None:
    """Nobody watches."""


@frozen
class _Plan:
    runs: tuple[Run, ...]
    metadata: frozenset[str]
    documents: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(run.rows for run in self.runs)


def _plan(store: Store, after: Mapping[str, int]) -> _Plan:
    """What goes in: one pass over the rows, so that the manifest can stand in front."""
    held = set(store.document_digests())
    metadata: set[str] = set()
    named: set[str] = set()
    runs = []
    for origin, (last, head) in sorted(store.heads().items()):
        first = after.get(origin, 0) + 1
        if first > last:
            continue
        before = store.change(origin, first - 1) if first > 1 else None
        runs.append(Run(origin, first, last, (before.hash if before else NO_HASH).hex(), head.hex()))
        for change in store.changes(origin, first - 1, last):
            if change.metadata_digest:
                metadata.add(change.metadata_digest)
            named |= named_documents(change)
    if not runs:
        raise Refused("export.nothing_new")
    return _Plan(tuple(runs), frozenset(metadata), tuple(sorted((named | {store.metadata_digest}) & held)))


def _manifest(store: Store, plan: _Plan, ages: Sequence[str], clock: Clock) -> Manifest:
    own, now = own_public_key(store), clock.now()
    return Manifest(
        study_oid=store.study_oid,
        ca_fingerprint=own.ca_fingerprint,
        runs=plan.runs,
        rows=plan.rows,
        metadata_digests=tuple(sorted(plan.metadata)),
        document_digests=plan.documents,
        sender=Sender(store.session.person.user_oid, store.origin, own.device_oid, own.ed25519, own.certificate),
        recipients=tuple(ages),
        program_version=crf_desktop.__version__,
        created_at=utc_text(now),
        utc_offset_min=offset_minutes(now),
    )


def _records(store: Store, plan: _Plan, manifest: Manifest, progress: Progress) -> Iterator[tuple[RecordType, bytes]]:
    digest = hashlib.sha256(PRELUDE)
    for kind, body in _contents(store, plan, manifest.to_bytes(), progress):
        digest.update(framed(kind, body))
        yield kind, body
    yield RecordType.END, end_body(plan.rows, len(plan.documents), digest.hexdigest())


def _contents(store: Store, plan: _Plan, manifest: bytes, progress: Progress) -> Iterator[tuple[RecordType, bytes]]:
    yield RecordType.MANIFEST, manifest
    yield RecordType.SIGNATURE, store.installation.sign(SIGNING_CONTEXT + manifest)
    done = 0
    for run in plan.runs:
        for change in store.changes(run.origin, run.first_seq - 1, run.last_seq):
            yield RecordType.ROW, row_body(change)
            done += 1
            if done % 500 == 0:
                progress(done, plan.rows)
    for name in plan.documents:
        found = store.document(name)
        if found is not None:
            yield RecordType.DOCUMENT, document_body(*found)
    progress(plan.rows, plan.rows)


def _record(store: Store, written: Written) -> None:
    payload = {
        "act": "export",
        "format": "bundle",
        "sha256": written.sha256,
        "rows": written.rows,
        "recipients": list(written.recipients),
    }
    store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])

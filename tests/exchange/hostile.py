"""A changed client: whoever has a password can write any row and any manifest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.exchange.bundle import _manifest, _plan
from crf_desktop.exchange.envelope import seal
from crf_desktop.exchange.manifest import SIGNING_CONTEXT, Manifest
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.exchange.record import RecordType, document_body, row_body
from crf_desktop.model.data import Change
from crf_desktop.store import Store, encoding
from tests.exchange.rows import Records, end_of
from tests.exchange.site import StepClock

Signer = Callable[[bytes], bytes]


def resealed(change: Change, key: Ed25519PrivateKey, **changed: Any) -> Change:
    """The row with other content, hashed and signed again."""
    altered = evolve(change, **changed)
    digest = encoding.row_hash(encoding.to_cells(altered))
    return evolve(altered, hash=digest, row_signature=key.sign(digest))


def bundle_of(
    store: Store,
    receiver: Store,
    out: Path,
    rows: Sequence[Change] | None = None,
    sign: Signer | None = None,
    **changed: Any,
) -> Path:
    """A bundle of the store with the rows of its own origin replaced, and a manifest that agrees with them."""
    plan = _plan(store, {})
    ages = [own_public_key(receiver).age]
    manifest = _manifest(store, plan, ages, StepClock())
    all_rows = [c for run in plan.runs for c in store.changes(run.origin, run.first_seq - 1, run.last_seq)]
    if rows is not None:
        all_rows = [r for r in all_rows if r.origin != store.origin] + list(rows)
        all_rows.sort(key=lambda c: (c.origin, c.seq))
        manifest = _agreeing(manifest, store.origin, rows)
    told = evolve(manifest, **changed).to_bytes()
    documents = [found for d in plan.documents if (found := store.document(d))]
    records: Records = [
        (RecordType.MANIFEST, told),
        (RecordType.SIGNATURE, (sign or store.installation.sign)(SIGNING_CONTEXT + told)),
        *((RecordType.ROW, row_body(row)) for row in all_rows),
        *((RecordType.DOCUMENT, document_body(*d)) for d in documents),
    ]
    with out.open("wb") as file:
        seal(iter([*records, end_of(records)]), ages, file)
    return out


def _agreeing(manifest: Manifest, origin: str, rows: Sequence[Change]) -> Manifest:
    runs = tuple(
        evolve(
            r,
            first_seq=rows[0].seq,
            last_seq=rows[-1].seq,
            head=rows[-1].hash.hex(),
            previous_head=rows[0].previous_hash.hex(),
        )
        if r.origin == origin
        else r
        for r in manifest.runs
    )
    digests = {*manifest.metadata_digests, *(r.metadata_digest for r in rows if r.metadata_digest)}
    return evolve(manifest, runs=runs, rows=sum(r.rows for r in runs), metadata_digests=tuple(sorted(digests)))

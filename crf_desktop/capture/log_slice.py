"""A part of the log as a document carries it: its rows, how far every origin had come, and the keys of the writers."""

from __future__ import annotations

from crf_desktop.capture.record import Slice, Writer
from crf_desktop.model.data import Change, Person
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store
from crf_desktop.store.certificate import raw_public


def slice_of(store: Store, path: ItemPath) -> Slice:
    """Everything the log holds at and below a path now, in one statement."""
    rows = tuple(store.history(path))
    heads = {origin: (seq, digest.hex()) for origin, (seq, digest) in sorted(store.heads().items())}
    return Slice(rows, heads, _writers(store, rows), store.ca_certificate.decode("ascii"))


def _writers(store: Store, rows: tuple[Change, ...]) -> tuple[Writer, ...]:
    """A row whose key nobody introduced has no writer: it is the verification's to tell."""
    people = {p.user_oid: p for p in store.people()}
    found = []
    for origin, key_id in sorted({(row.origin, row.key_id) for row in rows}):
        key = store.who.keys.get((origin, key_id))
        if key is not None:
            who = people.get(key.user_oid) or Person(key.user_oid, key.user_oid, key.user_oid, "")
            pem = key.log_certificate.decode("ascii")
            found.append(Writer(who, origin, key_id, raw_public(key.public).hex(), pem, key.certified))
    return tuple(found)

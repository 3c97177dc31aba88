"""Whether the rows of a bundle could be taken in, found out without writing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence

from crf_desktop.errors import Refused
from crf_desktop.exchange.manifest import Manifest
from crf_desktop.exchange.sender import acts
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import Store, certificate
from crf_desktop.store.people import People

_CLEARER = {"role": "bundle.no_right", "right": "bundle.no_right", "revoked": "bundle.closed"}


def clearer(problem: Refused) -> Refused:
    """``bundle.no_right`` or ``.closed`` for ``.forged`` where the signature holds and the right is what lacks."""
    found = _CLEARER.get(str(problem.context.get("fault"))) if problem.code == "bundle.forged" else None
    return Refused(found, **problem.context) if found else problem


def examine(store: Store, rows: Sequence[Change]) -> int:
    """How many rows would be new; raises Refused ``bundle.*`` as a merge would."""
    people = People(certificate.load(store.ca_certificate), store.origin, before=store.who.before)
    people.learn_all(acts(store))
    ends = store.heads()
    new = 0
    for row in rows:
        seq, head = ends.get(row.origin, (0, bytes(32)))
        if row.seq <= seq:
            held = store.change(row.origin, row.seq)
            if held is None or held.hash != row.hash:
                raise Refused("bundle.forked", origin=row.origin, seq=row.seq)
            continue
        if row.seq > seq + 1:
            raise Refused("bundle.gap", origin=row.origin, have=seq, found=row.seq)
        if row.origin == store.origin or row.previous_hash != head:
            raise Refused("bundle.forked", origin=row.origin, seq=row.seq)
        require_author(people, row)
        ends[row.origin] = (row.seq, row.hash)
        new += 1
    return new


def authority_in(manifest: Manifest, rows: Sequence[Change]) -> bytes | None:
    """The study authority's certificate (PEM) as the founding row holds it; None where that row is absent."""
    for row in rows:
        if row.kind is Kind.SYSTEM and row.seq == 1 and '"ca_certificate"' in (row.payload or ""):
            pem = str(json.loads(row.payload or "{}").get("ca_certificate")).encode("utf-8")
            with contextlib.suppress(ValueError):
                if certificate.fingerprint(pem) == manifest.ca_fingerprint:
                    return pem
    return None


def require_authors(authority: bytes, rows: Sequence[Change]) -> None:
    """Checks every row's signature and right from nothing but the rows, which begin at the beginning."""
    people = People(certificate.load(authority), "")
    for row in rows:
        require_author(people, row)


def require_author(people: People, row: Change) -> None:
    """Learns who is who from the row and refuses it when its author did not sign it or had no right to write it."""
    people.learn(row)
    fault = people.fault_of(row)
    if fault is not None:
        raise clearer(Refused("bundle.forged", origin=row.origin, seq=row.seq, fault=fault))

"""Whether a study knows the laptop that wrote a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from crf_desktop.errors import Refused
from crf_desktop.exchange.manifest import Manifest
from crf_desktop.exchange.public_key import certified_key
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import Store, certificate

Trust = Literal["certified", "pending"]


def accept(store: Store, manifest: Manifest) -> None:
    """Refuses a bundle of another study, and one that was encrypted again for somebody its sender did not name."""
    here = (store.study_oid, certificate.fingerprint(store.ca_certificate))
    if (manifest.study_oid, manifest.ca_fingerprint) != here:
        raise Refused("bundle.other_study")
    if store.installation.age_recipient() not in manifest.recipients:
        raise Refused("bundle.readdressed")


def acts(store: Store) -> list[Change]:
    """The rows of a study that tell who is who."""
    return [*store.rows(Kind.USER), *store.rows(Kind.SYSTEM), *store.rows(Kind.ACKNOWLEDGEMENT)]


def trust_here(store: Store, manifest: Manifest, rows: Iterable[Change]) -> Trust:
    """What this study knows of the sender, a certificate that the sender has not received yet included."""
    held = store.installation_certificate(manifest.sender.origin)
    return trust_in(manifest, store.ca_certificate, acts(store), rows, held=held)


def trust_in(manifest: Manifest, authority: bytes, *told: Iterable[Change], held: bytes | None = None) -> Trust:
    """``certified`` by the study's authority (PEM), or ``pending``: introduced by a request among those rows.

    ``held``: the certificate that a study has of this sender, PEM. Raises Refused ``bundle.sender_unknown``.
    """
    sender = manifest.sender
    known = (sender.certificate, held.decode("ascii") if held else None)
    if any(pem and certified_key(pem, authority, sender.ed25519) for pem in known):
        return "certified"
    if any(row.origin == sender.origin and _introduces(row, sender.ed25519) for rows in told for row in rows):
        return "pending"
    raise Refused("bundle.sender_unknown")


def _introduces(row: Change, ed25519: str) -> bool:
    if (
        row.kind not in (Kind.USER, Kind.SYSTEM)
        or row.payload is None
        or '"installation_certificate"' not in row.payload
    ):
        return False
    try:
        public = certificate.log_public(certificate.load(json.loads(row.payload)["installation_certificate"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return public is not None and certificate.raw_public(public).hex() == ed25519

"""The revocation list of the study's authority (RFC 5280 §5): what the log says of keys, for whoever has no log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509

from crf_desktop.model.data import Kind
from crf_desktop.store import certificate
from crf_desktop.store.people import Order

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

DAYS: Final = 90
"""How long a list is in force: an administrator seldom opens the study."""


def has_authority(store: Store) -> bool:
    """Whether the key of the study's authority is at hand in this session."""
    return store.parts.ca_key is not None


def revocation_list(store: Store) -> bytes | None:
    """The list as it stands, DER; the same log and clock give the same bytes. None without the authority's key."""
    key = store.parts.ca_key
    if key is None:
        return None
    now = store.parts.author.clock.now().replace(microsecond=0)
    issuer = certificate.load(store.ca_certificate)
    revoked = sorted(_revoked(store, issuer).items())
    return certificate.revocation_list(issuer, certificate.rsa_key(key), revoked, now, now + timedelta(days=DAYS))


def _revoked(store: Store, issuer: x509.Certificate) -> dict[int, datetime]:
    """Serial → since when, of every certificate for signatures whose key was revoked or whose account was closed."""
    made = list(_certificates(store))
    found: dict[int, datetime] = {}
    for (origin, key_id), key in store.who.keys.items():
        since = store.who.barred_since(origin, key_id, key.user_oid)
        if since is None:
            continue
        public = certificate.load(key.signing_certificate).public_key()
        for one in made:
            if one.public_key() == public and certificate.issued_by(one, issuer):
                found[one.serial_number] = min(found.get(one.serial_number, _when(store, since)), _when(store, since))
    return found


def _when(store: Store, order: Order) -> datetime:
    """The second after the row: a list knows no fractions, and what was signed just before has to count."""
    row = store.change(order[1], order[2])
    told = row.recorded_at if row else "1970-01-01T00:00:00Z"
    return datetime.fromisoformat(told.replace("Z", "+00:00")).replace(microsecond=0) + timedelta(seconds=1)


def _certificates(store: Store) -> Iterator[x509.Certificate]:
    """Every certificate for signatures that a row carries."""
    for kind in (Kind.USER, Kind.SYSTEM):
        for row in store.rows(kind):
            payload: Any = json.loads(row.payload or "{}")
            for body in (payload, payload.get("issued")):
                pem = body.get("signing_certificate") if isinstance(body, dict) else None
                if isinstance(pem, str):
                    try:
                        yield certificate.load(pem)
                    except ValueError:  # a row that makes no sense certifies nobody
                        continue

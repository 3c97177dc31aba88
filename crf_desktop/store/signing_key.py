"""A person's signing key, while it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import field, frozen
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from crf_desktop.errors import Refused
from crf_desktop.model.data import Person
from crf_desktop.store import certificate
from crf_desktop.store.keyring import unwrap
from crf_desktop.store.own_password import prove
from crf_desktop.store.stretch import wipe

if TYPE_CHECKING:
    from crf_desktop.store.study import Store


@frozen(slots=True)
class SigningKey:
    """A person's signing key, for the one signature it was asked for."""

    private_key: RSAPrivateKey = field(repr=False)
    certificate: bytes
    """PEM."""
    chain: tuple[bytes, ...]
    """PEM of the study's authority; empty while the certificate is self-signed."""
    person: Person
    trust: Literal["certified", "pending"]


def unwrapped(store: Store, user_name: str, password: str) -> SigningKey:
    """The signing key of who is in, by both components; what :meth:`Store.signing_key` says it raises."""
    person, keys = store.session.person, store.parts.keys
    if user_name.strip().casefold() != person.user_name.casefold():
        raise Refused("sign.other_user")
    _require_in_force(store)
    slot, root = prove(store, password, "sign")
    try:
        der = unwrap(slot, keys.db_id, root, "signing_key")
    finally:
        wipe(root)
    if der is None:
        raise Refused("sign.no_key")
    private = certificate.rsa_key(der)
    wipe(der)
    key = store.who.keys[store.origin, store.session.key_id]
    chain = (store.ca_certificate,) if key.certified else ()
    trust: Literal["certified", "pending"] = "certified" if key.certified else "pending"
    return SigningKey(private, key.signing_certificate, chain, person, trust)


def _require_in_force(store: Store) -> None:
    """Refuses a key that was revoked, and a certificate outside its dates (21 CFR 11.100, 11.300)."""
    session, who = store.session, store.who
    if who.barred_since(store.origin, session.key_id, session.person.user_oid) is not None:
        raise Refused("sign.revoked")
    begins, ends = certificate.dates(who.keys[store.origin, session.key_id].signing_certificate)
    if not begins <= store.parts.author.clock.now() <= ends:
        raise Refused("sign.expired", until=ends.date().isoformat())

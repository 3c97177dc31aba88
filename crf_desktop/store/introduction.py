"""A person's keys in an origin that goes on from another: asked for, or certified at once where the authority is in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from attrs import field, frozen
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Entry, Kind, Person
from crf_desktop.settings import Clock
from crf_desktop.store import certificate, countersigning
from crf_desktop.store.installation_key import open_installation
from crf_desktop.store.keyring import KeyFile, Opened
from crf_desktop.store.log import entry_of
from crf_desktop.store.people import LogKey, People
from crf_desktop.store.stretch import wipe

if TYPE_CHECKING:
    from crf_desktop.store.study import Store


@frozen(slots=True)
class Introduction:
    """The row that makes a key known in its new origin."""

    entry: Entry
    signing_certificate: bytes = field(repr=False)
    """PEM, self-signed until the authority's arrives."""


def key_before(people: People, origins: list[str], key_id: str) -> LogKey | None:
    """What the key was in an origin this file had before: certified in one of them, else as in the nearest."""
    found = [key for origin in origins if (key := people.keys.get((origin, key_id))) is not None]
    return next((key for key in found if key.certified), found[0] if found else None)


def introduce(
    keys: KeyFile, opened: Opened, data_key: bytearray, person: Person, log_key: Ed25519PrivateKey, clock: Clock
) -> Introduction:
    """The same two keys of the person, asked for in this origin; an administrator's carries the answer along."""
    from crf_desktop.store.creation import person_body  # it needs what opens a study, and that needs this

    der = opened.secret("signing_key")
    if der is None:
        raise EnvironmentProblem("keys.altered")
    signing_key = certificate.rsa_key(der)
    wipe(der)
    own, now = open_installation(keys, data_key), clock.now()
    log_name, signing_name = countersigning.names(keys.study_oid, person, log_key.public_key())
    here = countersigning.installation_name(keys.study_oid, keys.origin)
    signing = certificate.self_signed(signing_name, signing_key, now)
    mine = own.self_signed(here, now, countersigning.recipient_uri(own))
    asked = {
        "log_certificate": certificate.pem(certificate.self_signed(log_name, log_key, now)).decode(),
        "signing_certificate": certificate.pem(signing).decode(),
        "installation_certificate": certificate.pem(mine).decode(),
    }
    der = opened.secret("ca_key")
    issued = {}
    if der is not None:
        ca_key, issuer = certificate.rsa_key(der), certificate.load(keys.ca_certificate)
        wipe(der)
        log, sign = countersigning.person_certificates(
            issuer, ca_key, keys.study_oid, person, log_key.public_key(), signing_key.public_key(), now
        )
        public = certificate.ed25519_public(own.sign_public)
        whole = certificate.certify(issuer, ca_key, here, public, now, countersigning.recipient_uri(own))
        made = {"log_certificate": log, "signing_certificate": sign, "installation_certificate": whole}
        issued = {"issued": {name: certificate.pem(found).decode() for name, found in made.items()}}
    told = entry_of(Kind.USER, "request", person=person_body(person), origin=keys.origin, **asked, **issued)
    return Introduction(told, certificate.pem(signing))


def certify_known(store: Store) -> None:
    """An administrator answers for the keys the authority had certified before the file went on under its origin.

    Nobody has to be asked: they are the same keys of the same people. A full disk puts it off to the next log-in.
    """
    from crf_desktop.store import lineage
    from crf_desktop.store.log import Log

    origins = [origin for origin, _ in lineage.before(Log(store.parts.database), store.origin)]
    if not origins or store.parts.ca_key is None or store.session.trust != "certified":
        return
    waiting = {request.key_id: request for request in store.requests() if request.origin == store.origin}
    with contextlib.suppress(EnvironmentProblem):
        if store.installation.certificate is None:
            store.append([countersigning.own_installation(store.parts, store.parts.author.clock.now())])
        for slot in store.parts.keys.of_kind("user"):
            key_id = certificate.key_id(slot.log_public)
            known = key_before(store.who, origins, key_id)
            if known is None or not known.certified or known.revoked or slot.user_oid in store.who.closed:
                continue
            if key_id in waiting:
                store.certify(waiting[key_id])
            elif (store.origin, key_id) not in store.who.keys:
                log, signing = certificate.load(known.log_certificate), certificate.load(known.signing_certificate)
                store.append([countersigning.certify_entry(slot.user_oid, store.origin, log, signing)])

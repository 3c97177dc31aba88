"""Certificates that people bring along: whose each one is, said by a row of theirs before it is used the first time."""

from __future__ import annotations

import json
from typing import Any, Final

from attrs import evolve, frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

NAMED: Final = "certificate.own"
WITHDRAWN: Final = "certificate.withdrawn"
Order = tuple[int, str, int]


@frozen(slots=True)
class OwnCertificate:
    """A certificate that a person named as theirs."""

    user_oid: str
    certificate: bytes
    """PEM."""
    fingerprint: str
    """SHA-256 of its DER, hex."""
    named: Order
    """The row that named it; it counts from there on."""
    withdrawn: Order | None = None
    """The row from which on it counts no more."""

    def in_force(self, order: Order) -> bool:
        """Whether it counted at a point of the log."""
        return self.named <= order and (self.withdrawn is None or order < self.withdrawn)


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 of the DER of a PEM certificate, hex."""
    return x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()


def own_certificates(store: Store) -> dict[str, OwnCertificate]:
    """By fingerprint, as the rows say; who named one first has it."""
    found: dict[str, OwnCertificate] = {}
    for row in store.rows(Kind.USER):
        payload: dict[str, Any] = json.loads(row.payload or "{}")
        if payload.get("act") == NAMED and not store.who.barred(row):
            one = _named(row, payload)
            if one is not None:
                found.setdefault(one.fingerprint, one)
        elif payload.get("act") == WITHDRAWN:
            held = found.get(str(payload.get("fingerprint")))
            allowed = held is not None and (held.user_oid == row.user_oid or may(row.role, Action.ADMINISTER))
            if held is not None and allowed and held.withdrawn is None:
                found[held.fingerprint] = evolve(held, withdrawn=row.order)
    return found


def _named(row: Change, payload: dict[str, Any]) -> OwnCertificate | None:
    """What a row says, if it speaks for its author and the fingerprint is the certificate's."""
    try:
        pem = str(payload["certificate"]).encode("ascii")
        digest = fingerprint_of(pem)
    except (KeyError, ValueError):
        return None
    if payload.get("user_oid") != row.user_oid or payload.get("fingerprint") != digest:
        return None
    return OwnCertificate(row.user_oid, pem, digest, row.order)


def require_usable(study: Study, certificate: bytes) -> bool:
    """Whether this person has named the certificate already; Refused ``signer.withdrawn``, ``signer.of_another``."""
    held = own_certificates(study.store).get(fingerprint_of(certificate))
    if held is None:
        return False
    if held.user_oid != study.session.person.user_oid:
        raise Refused("signer.of_another")
    if held.withdrawn is not None:
        raise Refused("signer.withdrawn")
    return True


def naming(study: Study, certificate: bytes) -> list[Entry]:
    """The row by which this person's log key says that a certificate (PEM) is theirs; none where it was said before.

    It stands before the row of the first PDF that was signed with it, in the same transaction. Refused
    ``signer.withdrawn``, ``signer.of_another``.
    """
    if require_usable(study, certificate):
        return []
    payload = {
        "act": NAMED, "user_oid": study.session.person.user_oid, "fingerprint": fingerprint_of(certificate),
        "certificate": certificate.decode("ascii"),
    }  # fmt: skip
    return [Entry(Kind.USER, ItemPath(), "Insert", payload=payload)]


def withdraw(study: Study, fingerprint: str, reason: str) -> None:
    """Says that a certificate counts no more: lost, revoked by its authority, its owner gone.

    By its owner or an administrator. Refused ``access.no_right``, ``signer.not_tied``, ``entry.reason_needed``.
    """
    require_writable(study.store)
    held = own_certificates(study.store).get(fingerprint)
    person = study.session.person
    if held is None or held.withdrawn is not None:
        raise Refused("signer.not_tied")
    if held.user_oid != person.user_oid:
        require(study.session, Action.ADMINISTER)
    if not reason.strip():
        raise Refused("entry.reason_needed", item=WITHDRAWN)
    payload = {"act": WITHDRAWN, "user_oid": held.user_oid, "fingerprint": fingerprint}
    study.store.append([Entry(Kind.USER, ItemPath(), "Insert", payload=payload, reason_for_change=reason.strip())])

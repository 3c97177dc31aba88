"""The invitation: what another laptop needs to join a study; public, no secret in it, signed by the inviting laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import rfc8785
from cryptography import x509

from crf_desktop.capture.filing import whole_file
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange import strict_json
from crf_desktop.exchange.public_key import certified_key, read_small
from crf_desktop.exchange.reading import signed_by
from crf_desktop.exchange.right import require
from crf_desktop.model import serial
from crf_desktop.model.access import Action
from crf_desktop.model.data import ROLES, Person
from crf_desktop.store import Store, certificate
from crf_desktop.store.installation import Block, Invitation
from crf_desktop.store.keyring import unb64

FORMAT: Final = 1
KIND: Final = "crf-desktop invitation"
SIGNING_CONTEXT: Final = b"CRF-DESKTOP-INVITATION\x01"
MAX_BYTES: Final = 32 << 20
_RECEIVER: Final = ("study_oid", "site", "origin", "sign", "age", "certificate")
_PERSON: Final = ("full_name", "role", "user_name", "user_oid")


def write_invitation(store: Store, out: Path) -> Invitation:
    """Allots the next number block, as a row, and writes the invitation; raises Refused ``exchange.no_right``.

    The person who joins compares :func:`study_fingerprint` with the inviter by phone: whoever can replace the whole
    file can replace the study.
    """
    require(store.session, Action.INVITE)
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    with whole_file(out) as file:
        invitation = store.invitation()
        body = _body(invitation)
        signature = store.installation.sign(SIGNING_CONTEXT + rfc8785.dumps(body))
        file.write(rfc8785.dumps(body | {"signature": signature.hex()}))
    return invitation


def _body(invitation: Invitation) -> dict[str, Any]:
    closed = {"closed": list(invitation.closed)} if invitation.closed else {}
    return closed | {
        "kind": KIND,
        "format": FORMAT,
        "study_oid": invitation.study_oid,
        "site": invitation.site,
        "ca_certificate": invitation.ca_certificate.decode("ascii"),
        "definition": invitation.definition.decode("utf-8"),
        "metadata_digest": invitation.metadata_digest,
        "block": invitation.block.body(),
        "receiver": invitation.receiver,
        "people": [{name: getattr(person, name) for name in _PERSON} for person in invitation.people],
    }


def read_invitation(path: Path) -> Invitation:
    """The invitation in the file, its signature checked up to the study's authority named in it.

    Raises Refused ``invitation.unreadable``, ``invitation.newer``, ``invitation.altered``; EnvironmentProblem
    ``invitation.not_read`` and ``definition.*``.
    """
    data = read_small(path, MAX_BYTES, "invitation.not_read")
    try:
        body = strict_json.read_object(data, MAX_BYTES)
        signature = bytes.fromhex(body.pop("signature"))
        if body["kind"] != KIND:
            raise ValueError
        if body["format"] > FORMAT:
            raise Refused("invitation.newer")
        invitation = _invitation(body)
        canonical = rfc8785.dumps(_body(invitation) | {"signature": signature.hex()}) == data.strip()
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("invitation.unreadable") from None
    if not canonical or not _holds(invitation, signature, SIGNING_CONTEXT + rfc8785.dumps(body)):
        raise Refused("invitation.altered")
    return invitation


def _invitation(body: dict[str, Any]) -> Invitation:
    receiver = body["receiver"]
    if not all(isinstance(receiver[name], str) for name in _RECEIVER):
        raise ValueError
    return Invitation(
        study_oid=body["study_oid"],
        site=body["site"],
        ca_certificate=body["ca_certificate"].encode("ascii"),
        definition=body["definition"].encode("utf-8"),
        metadata_digest=body["metadata_digest"],
        block=Block.read(body["block"]),
        receiver=receiver,
        people=tuple(Person(**person) for person in body["people"]),
        closed=tuple(str(user_oid) for user_oid in body.get("closed", ())),
    )


def _holds(invitation: Invitation, signature: bytes, message: bytes) -> bool:
    """Whether the study's authority certified the inviter, and the inviter signed this about one study."""
    receiver = invitation.receiver
    try:
        key = unb64(receiver["sign"]).hex()
        authority = certificate.load(invitation.ca_certificate)
        names = _names(receiver["certificate"])
    except ValueError:
        return False
    definition = serial.from_bytes(invitation.definition)
    return (
        certificate.issued_by(authority, authority)
        and certified_key(receiver["certificate"], invitation.ca_certificate, key)
        and receiver["age"] in names
        and signed_by(key, signature, message)
        and serial.digest(invitation.definition) == invitation.metadata_digest
        and invitation.study_oid == receiver["study_oid"] == definition.study_oid
        and all(person.role in ROLES for person in invitation.people)
    )


def _names(pem: str) -> list[str]:
    """The names a certificate binds beside its key: the age recipient of an installation."""
    try:
        extension = certificate.load(pem).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return [name.removeprefix("age:") for name in extension.value.get_values_for_type(x509.UniformResourceIdentifier)]


def study_fingerprint(invitation: Invitation) -> str:
    """What two people compare by phone: SHA-256 of the study authority's certificate, sixteen groups of four."""
    digits = certificate.fingerprint(invitation.ca_certificate)
    return " ".join(digits[i : i + 4] for i in range(0, 64, 4))

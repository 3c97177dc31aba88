"""What the study's authority certifies, as rows, so that it travels in bundles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from crf_desktop.errors import Refused
from crf_desktop.model.data import Change, Entry, Kind, Person
from crf_desktop.store import certificate
from crf_desktop.store.certificate import PublicKey
from crf_desktop.store.installation import CertificateRequest, Installation
from crf_desktop.store.log import entry_of

if TYPE_CHECKING:
    from crf_desktop.store.study import Parts


def person_certificates(
    issuer: x509.Certificate, key: RSAPrivateKey, study_oid: str, person: Person, log: PublicKey, signing: PublicKey,
    now: datetime,
) -> tuple[x509.Certificate, x509.Certificate]:  # fmt: skip
    """(log certificate, signing certificate) of a person; the log certificate names the key id as its unit."""
    log_name, signing_name = names(study_oid, person, log)
    return (
        certificate.certify(issuer, key, log_name, log, now),
        certificate.certify(issuer, key, signing_name, signing, now),
    )


def names(study_oid: str, person: Person, log: PublicKey) -> tuple[x509.Name, x509.Name]:
    """Subjects of a person's two certificates."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    assert isinstance(log, Ed25519PublicKey)
    common = certificate.person_name(person.full_name, person.user_name)
    key_id = certificate.key_id(certificate.raw_public(log))
    return (
        certificate.name(common, study_oid, unit=key_id, subject_oid=person.user_oid),
        certificate.name(common, study_oid, subject_oid=person.user_oid),
    )


def installation_name(study_oid: str, origin: str) -> x509.Name:
    """Subject of an installation's certificate."""
    return certificate.name(f"Installation {origin}", study_oid, subject_oid=origin)


def recipient_uri(installation: Installation) -> str:
    """The age recipient as it stands in the certificate, so that it binds both keys."""
    return f"age:{installation.age_recipient()}"


def certify_entry(user_oid: str, origin: str, log: x509.Certificate, signing: x509.Certificate) -> Entry:
    """The row that certifies a person's keys."""
    return entry_of(
        Kind.USER, "certify", user_oid=user_oid, origin=origin, log_certificate=certificate.pem(log).decode(),
        signing_certificate=certificate.pem(signing).decode(),
    )  # fmt: skip


def installation_entry(origin: str, found: x509.Certificate) -> Entry:
    """The row that certifies a file's keys."""
    return entry_of(Kind.USER, "certify_installation", origin=origin, certificate=certificate.pem(found).decode())


def entries(
    request: CertificateRequest, issuer: x509.Certificate, ca_key: bytearray | None, study_oid: str, now: datetime
) -> list[Entry]:
    """The two rows that countersign a request."""
    if ca_key is None:
        raise Refused("store.not_the_authority")
    key = certificate.rsa_key(ca_key)
    log, signing, installation = (
        certificate.load(text)
        for text in (request.log_certificate, request.signing_certificate, request.installation_certificate)
    )
    log_public, signing_public = log.public_key(), signing.public_key()
    box = installation.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    recipient = box.get_values_for_type(x509.UniformResourceIdentifier)[0]
    made = person_certificates(issuer, key, study_oid, request.person, log_public, signing_public, now)  # type: ignore[arg-type]
    name = installation_name(study_oid, request.origin)
    whole = certificate.certify(issuer, key, name, installation.public_key(), now, recipient)  # type: ignore[arg-type]
    return [
        certify_entry(request.person.user_oid, request.origin, *made),
        installation_entry(request.origin, whole),
    ]


def next_block(rows: Sequence[Change], site: str) -> int:
    """The first number block of a site that no row has given away."""
    given = [json.loads(row.payload or "{}") for row in rows]
    return max((int(body["index"]) for body in given if body["site"] == site), default=0) + 1


def own_installation(parts: Parts, now: datetime) -> Entry:
    """The row that certifies the keys of this very file; the authority is in."""
    assert parts.ca_key is not None
    own, issuer = parts.installation, certificate.load(parts.keys.ca_certificate)
    public, name = certificate.ed25519_public(own.sign_public), installation_name(own.study_oid, own.origin)
    key = certificate.rsa_key(parts.ca_key)
    return installation_entry(own.origin, certificate.certify(issuer, key, name, public, now, recipient_uri(own)))

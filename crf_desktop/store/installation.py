"""One laptop of a study: its keys, how it is invited, what it asks the authority to certify."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from attrs import field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.model.data import Person
from crf_desktop.store import bech32, certificate
from crf_desktop.store.keyring import b64

BLOCK_SIZE: Final = 200
"""Participant numbers per laptop; the same block numbers its new user OIDs."""


@frozen(slots=True)
class Block:
    """Participant numbers that belong to one laptop; blocks of a site never overlap."""

    index: int
    """1, 2, 3 … within the site; also the number of the device."""
    first: int
    size: int = BLOCK_SIZE

    @classmethod
    def number(cls, index: int) -> Block:
        """The n-th block of a site."""
        return cls(index, (index - 1) * BLOCK_SIZE + 1)

    @property
    def last(self) -> int:
        """The last number in it."""
        return self.first + self.size - 1

    def body(self) -> dict[str, int]:
        """As payloads and invitations hold it."""
        return {"index": self.index, "first": self.first, "size": self.size}

    @classmethod
    def read(cls, body: Any) -> Block:
        """From a payload; raises KeyError, TypeError or ValueError."""
        return cls(int(body["index"]), int(body["first"]), int(body["size"]))


def box_recipient(box_public: bytes) -> str:
    """``age1…`` of an X25519 public key."""
    return bech32.encode("age", box_public)


@frozen(slots=True)
class Installation:
    """The keys of this file: Ed25519 to sign bundles, X25519 to receive them."""

    study_oid: str
    site: str
    origin: str
    _sign: Ed25519PrivateKey = field(repr=False)
    _box: X25519PrivateKey = field(repr=False)
    certificate: bytes | None = None
    """PEM by the study's authority over the signing key, the age recipient as URI beside it; None while pending."""

    def sign(self, data: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        return self._sign.sign(data)

    def self_signed(self, name: x509.Name, now: datetime, recipient: str) -> x509.Certificate:
        """A certificate that proves possession of the signing key and names the recipient beside it."""
        return certificate.self_signed(name, self._sign, now, recipient)

    @property
    def sign_public(self) -> bytes:
        """32 bytes."""
        return certificate.raw_public(self._sign)

    @property
    def box_public(self) -> bytes:
        """32 bytes."""
        return self._box.public_key().public_bytes_raw()

    def age_recipient(self) -> str:
        """``age1…``: whom others encrypt to."""
        return box_recipient(self.box_public)

    def age_identity(self) -> str:
        """``AGE-SECRET-KEY-1…``: opens what was encrypted to this file. A secret."""
        return bech32.encode("age-secret-key-", self._box.private_bytes_raw()).upper()

    def public(self) -> dict[str, Any]:
        """What others may know: plain JSON values, no secret."""
        return {
            "study_oid": self.study_oid, "site": self.site, "origin": self.origin, "sign": b64(self.sign_public),
            "age": self.age_recipient(), "certificate": None if self.certificate is None else self.certificate.decode(),
        }  # fmt: skip


@frozen(slots=True)
class Invitation:
    """What another laptop needs to join: public, no secret in it."""

    study_oid: str
    site: str
    ca_certificate: bytes
    """PEM."""
    definition: bytes
    """Canonical JSON; its SHA-256 is ``metadata_digest``."""
    metadata_digest: str
    block: Block
    receiver: dict[str, Any]
    """``Installation.public()`` of the inviting file: where bundles go."""
    people: tuple[Person, ...]
    closed: tuple[str, ...] = ()
    """User OIDs among them whose accounts are closed: their names stay taken, and nobody joins as one of them."""


@frozen(slots=True)
class CertificateRequest:
    """A person on a joined laptop who asks to be countersigned."""

    person: Person
    origin: str
    seq: int
    key_id: str
    log_certificate: bytes
    """Self-signed PEM, as the next two: they prove possession."""
    signing_certificate: bytes
    installation_certificate: bytes
    device_oid: str
    requested_at: str


@frozen(slots=True)
class NewPerson:
    """An account to be made."""

    user_name: str
    full_name: str
    role: str
    password: str = field(repr=False)


@frozen(slots=True)
class NewStudy:
    """A study to be made: ``people`` holds at least one administrator."""

    study_oid: str
    site: str
    definition: bytes = field(repr=False)
    """Canonical JSON of the MetaDataVersion."""
    people: tuple[NewPerson, ...]
    demonstration: bool = False
    """Its password is printed: checking it costs the least that is allowed, now and later."""

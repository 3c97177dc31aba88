"""The public key of one study file: what others need to write bundles that it can open."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

import rfc8785
from attrs import asdict, field, frozen
from attrs.validators import matches_re

from crf_desktop.capture.filing import whole_file
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange import strict_json
from crf_desktop.exchange.reading import signed_by
from crf_desktop.model.data import Kind
from crf_desktop.store import Store, certificate, lineage

FORMAT: Final = 1
KIND: Final = "crf-desktop public key"
SIGNING_CONTEXT: Final = b"CRF-DESKTOP-PUBLIC-KEY\x01"
MAX_BYTES: Final = 64 << 10
_hex32 = matches_re(r"[0-9a-f]{64}", func=re.fullmatch)


@frozen
class PublicKey:
    """Where a bundle can be sent, and who signs there."""

    study_oid: str
    ca_fingerprint: str = field(validator=_hex32)
    """Hex SHA-256 of the study authority's certificate (DER)."""
    site: str
    origin: str
    device_oid: str
    age: str = field(validator=matches_re(r"age1[02-9ac-hj-np-z]{58}", func=re.fullmatch))
    """X25519 recipient."""
    ed25519: str = field(validator=_hex32)
    """The installation's signing key."""
    certificate: str | None
    """PEM by the study's authority; None while it has not countersigned."""

    @property
    def fingerprint(self) -> str:
        """What two people compare by phone."""
        return fingerprint(self.age)

    def body(self) -> dict[str, Any]:
        """What is signed, as plain JSON values."""
        return {"format": FORMAT, "kind": KIND, **asdict(self)}


def fingerprint(age: str) -> str:
    """The first 32 hex digits of SHA-256 over the recipient's text, in eight groups of four."""
    digits = hashlib.sha256(age.encode("ascii")).hexdigest()[:32]
    return " ".join(digits[i : i + 4] for i in range(0, 32, 4))


def own_public_key(store: Store) -> PublicKey:
    """The key of this study file."""
    installation = store.installation
    return PublicKey(
        store.study_oid,
        certificate.fingerprint(store.ca_certificate),
        installation.site,
        store.origin,
        store.session.device_oid,
        installation.age_recipient(),
        installation.sign_public.hex(),
        installation.certificate.decode("ascii") if installation.certificate else None,
    )


def inviter_recipients(store: Store) -> list[str]:
    """The age recipient of whoever invited this laptop, and of certified files that go on in its place; else empty."""
    told = [(r.origin, json.loads(r.payload)) for r in store.rows(Kind.SYSTEM) if r.payload]
    inviters = [body["receiver"] for origin, body in told if origin == store.origin and "receiver" in body]
    found, reached = [str(inviter["age"]) for inviter in inviters], [str(inviter["origin"]) for inviter in inviters]
    for origin, body in told:  # in order: whatever goes on stands behind what it goes on from
        if body.get("act") in lineage.ACTS and body["from_origin"] in reached and origin not in reached:
            reached.append(origin)
            pem = store.installation_certificate(origin)
            found += certificate.recipients(pem) if pem is not None else []
    return found


def write_public_key(store: Store, out: Path) -> PublicKey:
    """Writes the key file and returns what is in it; no secret, signed by itself so that damage shows."""
    key = own_public_key(store)
    signature = store.installation.sign(SIGNING_CONTEXT + rfc8785.dumps(key.body()))
    with whole_file(out) as file:
        file.write(rfc8785.dumps(key.body() | {"signature": signature.hex()}))
    return key


def read_public_key(path: Path) -> PublicKey:
    """The key in the file; raises Refused ``key.unreadable`` or ``key.altered``, Environment ``key.not_read``."""
    data = read_small(path, MAX_BYTES, "key.not_read")
    try:
        body = strict_json.read_object(data, MAX_BYTES)
        signature = bytes.fromhex(body.pop("signature"))
        if (body.pop("kind"), body.pop("format")) != (KIND, FORMAT):
            raise ValueError
        key = PublicKey(**body)
        canonical = rfc8785.dumps(key.body() | {"signature": signature.hex()})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("key.unreadable") from None
    if canonical != data.strip() or not signed_by(key.ed25519, signature, SIGNING_CONTEXT + rfc8785.dumps(key.body())):
        raise Refused("key.altered")
    return key


def require_same_study(key: PublicKey, store: Store) -> None:
    """Refuses a key of another study: its holder could read the bundle and do nothing with it."""
    here = (store.study_oid, certificate.fingerprint(store.ca_certificate))
    if (key.study_oid, key.ca_fingerprint) != here:
        raise Refused("key.other_study")
    if key.certificate is not None and not certified_key(key.certificate, store.ca_certificate, key.ed25519):
        raise Refused("key.altered")


def certified_key(pem: str, authority: bytes, ed25519: str) -> bool:
    """Whether the study's authority issued the certificate, and for that key."""
    try:
        found = certificate.load(pem)
        public = certificate.log_public(found)
        issued = certificate.issued_by(found, certificate.load(authority))
    except ValueError:
        return False
    return issued and public is not None and certificate.raw_public(public).hex() == ed25519


def read_small(path: Path, most: int, code: str) -> bytes:
    """The bytes of a small file, never more than one above ``most``."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise EnvironmentProblem(code, reason=error.strerror or type(error).__name__) from None

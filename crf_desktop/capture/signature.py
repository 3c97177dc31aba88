"""Electronic signatures of forms: the digest that is signed, the act of signing, and the three answers about one.

``intact``: the signer's key signed exactly this digest. ``current``: the form's digest computed now is the same.
``valid``: the certificate was issued by the study CA to a person whose role may sign, held on that day, and was not
revoked before. (21 CFR 11.50, 11.70; docs/log_format.md)
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp as _names  # adds its attribute names to cms, which must happen before cms is first used
from attrs import frozen
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from crf_desktop.capture.entry import FormEntry
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import NOTHING, Change, Datum, Entry, Kind
from crf_desktop.model.path import split
from crf_desktop.model.reach import reads_elsewhere
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import SigningKey, Store
from crf_desktop.store.encoding import encode_cells, path_cells

FORM_MAGIC = b"CRF-DESKTOP-FORM\x01"
_ = _names


def form_digest(entry: FormEntry) -> bytes:
    """SHA-256 over what the form says now: KeySet, definition, items with rows, derived values with methods.

    A derived value that reads other visits is left out: what it reads is signed where it stands, and a signature does
    not lapse because the participant comes again.
    """
    definition, store = entry.definition, entry.store
    parts: list[str | int | bytes | None] = [store.study_oid, *path_cells(entry.path), store.metadata_digest]
    for at in entry.addresses():
        row = entry.data.get(at)
        datum = row.datum if row else NOTHING
        flavor = str(datum.null_flavor) if datum.null_flavor else None
        parts += [at, datum.value, datum.qualifier, datum.unit_oid, flavor]
        parts += [row.origin, row.seq] if row else [None, None]
    for oid, derived in entry.visit.form(entry.form).items():
        method = definition.method[split(oid)[0]]
        if reads_elsewhere(definition, method):
            continue
        parts += [oid, derived.text, hashlib.sha256(method.expression.encode()).digest()]
    return hashlib.sha256(encode_cells(FORM_MAGIC, parts)).digest()


def sign_entry(
    entry: FormEntry, key: SigningKey, meaning: TranslatedText, visit: list[str], told: Mapping[str, object] = {}
) -> Entry:
    """The row that signs one form; ``visit`` names the forms signed in the same act, ``told`` the pages shown."""
    digest = form_digest(entry)
    certificate = x509.load_pem_x509_certificate(key.certificate)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(digest).add_signer(certificate, key.private_key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities]
    cms = builder.sign(Encoding.DER, options)
    payload = {
        "digest": "sha256:" + digest.hex(),
        "meaning": {"en": meaning.en, "zh": meaning.zh},
        "name": key.person.full_name,
        "serial": f"{certificate.serial_number:x}",
        "cms": base64.b64encode(cms).decode(),
        "forms": visit,
        **told,
    }
    held = entry.store.at(entry.path)
    return Entry(
        Kind.SIGNATURE,
        entry.path,
        "Insert",
        Datum("signed"),
        payload=payload,
        metadata_digest=entry.store.metadata_digest,
        based_on=(held.origin, held.seq) if held else None,
    )


@frozen(slots=True)
class SignatureVerdict:
    """The three answers about one signature, and whether the CA has countersigned its certificate yet."""

    intact: bool
    current: bool
    valid: bool
    trust: str
    reasons: tuple[str, ...] = ()
    """Why an answer is no; codes of ``wording.signature.REASONS``."""
    since: str = ""
    """What befell the certificate after the signature, which stays valid: ``revoked``, ``expired``."""


def judge(store: Store, row: Change, digest_now: bytes) -> SignatureVerdict:
    """What holds of a signature row; ``digest_now`` is the form's digest computed now."""
    payload: dict[str, Any] = json.loads(row.payload or "{}")
    signed = bytes.fromhex(str(payload.get("digest", "")).removeprefix("sha256:"))
    certificate = _signer(payload)
    intact = certificate is not None and _holds(payload, signed, certificate)
    trust = certificate_trust(store, certificate, row.user_oid) if certificate else "refused"
    against = _against(store, row, certificate, trust) if certificate else []
    current = intact and signed == digest_now
    reasons = [*([] if intact else ["altered"]), *(["changed"] if intact and not current else []), *against]
    valid = intact and not against
    since = _since(store, row, certificate) if valid and certificate else ""
    return SignatureVerdict(intact, current, valid, trust, tuple(reasons), since)


def _against(store: Store, row: Change, certificate: x509.Certificate, trust: str) -> list[str]:
    """What speaks against the certificate at the moment of the signature."""
    who, told = store.who, []
    if trust not in ("certified", "pending"):
        told.append("issuer" if _is_about(certificate, row.user_oid) else "person")
    key = who.keys.get((row.origin, row.key_id))
    if key is None or x509.load_pem_x509_certificate(key.signing_certificate).public_key() != certificate.public_key():
        told.append("other_key")
    if who.barred(row):
        told.append("revoked")
    when = datetime.fromisoformat(row.recorded_at.replace("Z", "+00:00"))
    if when > certificate.not_valid_after_utc:
        told.append("expired")
    if when < certificate.not_valid_before_utc:
        told.append("not_yet")
    if not may(row.role, Action.SIGN) or row.role not in who.may_have_acted_as(row):
        told.append("role")
    return told


def _since(store: Store, row: Change, certificate: x509.Certificate) -> str:
    """What has befallen the certificate after the signature."""
    if store.who.barred_since(row.origin, row.key_id, row.user_oid) is not None:
        return "revoked"
    return "expired" if store.parts.author.clock.now() > certificate.not_valid_after_utc else ""


def _is_about(certificate: x509.Certificate, user_oid: str) -> bool:
    named = certificate.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)
    return bool(named) and named[0].value == user_oid


def _content(payload: dict[str, Any]) -> asn1_cms.SignedData:
    return asn1_cms.ContentInfo.load(base64.b64decode(payload["cms"]))["content"]


def _signer(payload: dict[str, Any]) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(_content(payload)["certificates"][0].dump())
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _holds(payload: dict[str, Any], content: bytes, certificate: x509.Certificate) -> bool:
    """Whether the detached CMS is this certificate's signature over the content."""
    try:
        info = _content(payload)["signer_infos"][0]
        attributes = info["signed_attrs"]
        said = next(a["values"][0].native for a in attributes if a["type"].native == "message_digest")
        key = certificate.public_key()
        if said != hashlib.sha256(content).digest() or not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(info["signature"].native, attributes.untag().dump(), padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, KeyError, TypeError, IndexError, StopIteration, InvalidSignature):
        return False
    return True


def certificate_trust(store: Store, certificate: x509.Certificate, user_oid: str) -> str:
    """``certified`` by the study CA, ``pending`` (self-signed, waiting for the CA), or ``refused``."""
    if not _is_about(certificate, user_oid):
        return "refused"
    authority = x509.load_pem_x509_certificate(store.ca_certificate)
    try:
        certificate.verify_directly_issued_by(authority)
        return "certified"
    except (ValueError, TypeError, InvalidSignature):
        pass
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return "refused"
    return "pending"


def ca_fingerprint(store: Store) -> str:
    """SHA-256 of the study's authority certificate (DER), hex: what people compare by telephone."""
    return x509.load_pem_x509_certificate(store.ca_certificate).fingerprint(hashes.SHA256()).hex()


def local_time(row: Change) -> str:
    """When the row was written, on the writer's clock, ISO 8601 with offset."""
    moment = datetime.fromisoformat(row.recorded_at.replace("Z", "+00:00"))
    return moment.astimezone(timezone(timedelta(minutes=row.utc_offset_min))).isoformat(timespec="seconds")

"""What a bundle says about itself, signed before encryption."""

from __future__ import annotations

import re
from typing import Any, Final

import rfc8785
from attrs import field, frozen
from attrs.validators import matches_re

from crf_desktop.exchange import strict_json
from crf_desktop.exchange.record import CAPS, RecordError, RecordType

FORMAT: Final = 1
SIGNING_CONTEXT: Final = b"CRF-DESKTOP-MANIFEST\x01"
"""Stands before the manifest's bytes in what the installation key signs."""

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
HEX32 = re.compile(r"[0-9a-f]{64}")
_hex32 = matches_re(HEX32, func=re.fullmatch)
_age = matches_re(r"age1[02-9ac-hj-np-z]{58}", func=re.fullmatch)


def _is_text(instance: object, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or len(value) > 4096:
        raise ValueError(attribute.name)


def _is_count(instance: object, attribute: Any, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(attribute.name)


def _are_digests(instance: object, attribute: Any, value: tuple[str, ...]) -> None:
    if list(value) != sorted(set(value)) or not all(isinstance(d, str) and DIGEST.fullmatch(d) for d in value):
        raise ValueError(attribute.name)


@frozen
class Run:
    """A contiguous run of one origin's rows."""

    origin: str = field(validator=_is_text)
    first_seq: int = field(validator=_is_count)
    last_seq: int = field(validator=_is_count)
    previous_head: str = field(validator=_hex32)
    """Hex of ``previous_hash`` of the first row: what the receiver must hold already."""
    head: str = field(validator=_hex32)
    """Hex of the last row's hash."""

    @property
    def rows(self) -> int:
        """How many rows the run has."""
        return self.last_seq - self.first_seq + 1


@frozen
class Sender:
    """Who exported, at which installation."""

    user_oid: str = field(validator=_is_text)
    origin: str = field(validator=_is_text)
    device_oid: str = field(validator=_is_text)
    ed25519: str = field(validator=_hex32)
    """Hex of the installation's public signing key."""
    certificate: str | None = field()
    """PEM; None while the study's CA has not countersigned."""

    @certificate.validator
    def _is_pem(self, attribute: Any, value: Any) -> None:
        if value is not None:
            _is_text(self, attribute, value)


@frozen
class Manifest:
    """The first record of a bundle."""

    study_oid: str = field(validator=_is_text)
    ca_fingerprint: str = field(validator=_hex32)
    """Hex SHA-256 of the study CA's certificate (DER)."""
    runs: tuple[Run, ...]
    rows: int = field(validator=_is_count)
    metadata_digests: tuple[str, ...] = field(validator=_are_digests)
    document_digests: tuple[str, ...] = field(validator=_are_digests)
    sender: Sender
    recipients: tuple[str, ...] = field()
    """age recipients it was encrypted to: a re-wrapped bundle shows."""
    program_version: str = field(validator=_is_text)
    created_at: str = field(validator=_is_text)
    utc_offset_min: int = field()
    format: int = FORMAT

    @utc_offset_min.validator
    def _is_offset(self, attribute: Any, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 24 * 60:
            raise ValueError(attribute.name)

    @recipients.validator
    def _are_recipients(self, attribute: Any, value: tuple[str, ...]) -> None:
        for recipient in value:
            _age(self, attribute, recipient)

    def __attrs_post_init__(self) -> None:
        origins = [r.origin for r in self.runs]
        if origins != sorted(set(origins)) or any(r.first_seq < 1 or r.rows < 1 for r in self.runs):
            raise ValueError("runs")
        if self.rows != sum(r.rows for r in self.runs):
            raise ValueError("rows")

    def to_bytes(self) -> bytes:
        """RFC 8785 JSON."""
        return rfc8785.dumps(
            {
                "ca_fingerprint": self.ca_fingerprint,
                "created_at": self.created_at,
                "document_digests": list(self.document_digests),
                "format": self.format,
                "metadata_digests": list(self.metadata_digests),
                "program_version": self.program_version,
                "recipients": list(self.recipients),
                "rows": self.rows,
                "runs": [{name: getattr(run, name) for name in _RUN} for run in self.runs],
                "sender": {name: getattr(self.sender, name) for name in _SENDER},
                "study_oid": self.study_oid,
                "utc_offset_min": self.utc_offset_min,
            }
        )


_RUN = ("first_seq", "head", "last_seq", "origin", "previous_head")
_SENDER = ("certificate", "device_oid", "ed25519", "origin", "user_oid")


def read_manifest(data: bytes) -> Manifest:
    """The manifest in those bytes; raises RecordError ``newer`` or ``malformed`` (canonical form included)."""
    try:
        body = strict_json.read_object(data, CAPS[RecordType.MANIFEST])
    except strict_json.StrictError:
        raise RecordError("malformed") from None
    version = body.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise RecordError("newer")
    try:
        manifest = Manifest(
            **body
            | {
                "runs": tuple(Run(**run) for run in body["runs"]),
                "sender": Sender(**body["sender"]),
                **{name: tuple(body[name]) for name in ("metadata_digests", "document_digests", "recipients")},
            }
        )
        if manifest.to_bytes() != data:
            raise ValueError("not canonical")
    except (ValueError, TypeError, KeyError, AttributeError):
        raise RecordError("malformed") from None
    return manifest

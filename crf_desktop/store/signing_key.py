"""A person's signing key, while it is in use."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from crf_desktop.model.data import Person


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

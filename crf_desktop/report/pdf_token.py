"""A signature by a PKCS #11 token: a card or stick whose key never leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import field, frozen

from crf_desktop.errors import EnvironmentProblem, Refused


@frozen
class Token:
    """Where the hospital's key is: a card or stick, reached through its maker's module."""

    module: str
    """Path of the PKCS #11 library."""
    label: str
    """Of the token, as its maker's program shows it."""
    pin: str = field(repr=False)
    certificate: str = ""
    """Label of the certificate on it; empty where there is one with a key."""


@frozen
class OnToken:
    """What was found on a token, while its session is open."""

    certificate: bytes
    """DER."""
    others: tuple[bytes, ...]
    """DER of the other certificates on it."""
    sign: Callable[[bytes], bytes] = field(repr=False)


@contextmanager
def on_token(token: Token) -> Iterator[OnToken]:
    """The certificate on the token and its key, for as long as the session is open.

    Refused ``token.pin``, ``token.no_certificate``, ``token.several``, ``signer.no_key``; EnvironmentProblem
    ``token.no_module``, ``token.module``, ``token.absent``, ``token.blocked``, ``token.removed``, ``token.failed``.
    """
    import pkcs11  # few sign with a token, and its C library is loaded with it

    session = _session(token)
    try:
        yield _found(session, token)
    except pkcs11.PKCS11Error as error:
        raise _told(error) from None
    finally:
        _close(session)


def _session(token: Token) -> Any:
    import pkcs11

    if not Path(token.module).is_file():
        raise EnvironmentProblem("token.no_module")
    try:
        library = pkcs11.lib(token.module)
        library.reinitialize()  # else a token that was put in or pulled out since is not noticed
    except Exception:  # whatever a file that is no module, or a module without its service, leads to
        raise EnvironmentProblem("token.module") from None
    try:
        slots = library.get_slots(token_present=True)
        there = next((t for t in (_token_in(slot) for slot in slots) if t is not None and t.label == token.label), None)
        if there is None:
            raise EnvironmentProblem("token.absent")
        return there.open(user_pin=token.pin)
    except pkcs11.PKCS11Error as error:
        raise _told(error) from None


def _token_in(slot: Any) -> Any:
    import pkcs11

    try:
        return slot.get_token()
    except pkcs11.PKCS11Error:
        return None


def _close(session: Any) -> None:
    import pkcs11

    try:
        session.close()
    except pkcs11.PKCS11Error:
        return  # the token is gone, and the session with it


def _found(session: Any, token: Token) -> OnToken:
    from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass

    held = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    wanted = [c for c in held if not token.certificate or c[Attribute.LABEL] == token.certificate]
    keys = {k[Attribute.ID]: k for k in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    with_key = [c for c in wanted if c[Attribute.ID] in keys]
    if not wanted:
        raise Refused("token.no_certificate")
    if not with_key:
        raise Refused("signer.no_key")
    if len(with_key) > 1:
        raise Refused("token.several")
    key = keys[with_key[0][Attribute.ID]]
    if key[Attribute.KEY_TYPE] != KeyType.RSA:
        raise Refused("signer.not_rsa")
    others = tuple(bytes(c[Attribute.VALUE]) for c in held if c is not with_key[0])

    def sign(data: bytes) -> bytes:
        return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))

    return OnToken(bytes(with_key[0][Attribute.VALUE]), others, sign)


def _told(error: Exception) -> EnvironmentProblem | Refused:
    """What the token said, as a person can act on it."""
    match type(error).__name__:
        case "PinIncorrect" | "PinInvalid" | "PinLenRange":
            return Refused("token.pin")
        case "PinLocked" | "PinExpired" | "UserPinNotInitialized":
            return EnvironmentProblem("token.blocked")
        case "DeviceRemoved" | "TokenNotPresent" | "SlotIDInvalid" | "SessionHandleInvalid" | "SessionClosed":
            return EnvironmentProblem("token.removed")
    return EnvironmentProblem("token.failed", kind=type(error).__name__)

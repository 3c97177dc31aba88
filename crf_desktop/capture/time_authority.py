"""Which timestamp authority a study asks: set once by whoever configures it, as a row, so that every laptop has it."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

ACT: Final = "timestamp.authority"
_LONGEST: Final = 1_000


@frozen(slots=True)
class TimeAuthority:
    """The authority that is asked, and the roots its timestamps have to lead to."""

    url: str
    """Empty: none is set any more."""
    roots: tuple[bytes, ...]
    """PEM."""


def time_authorities(store: Store) -> list[TimeAuthority]:
    """Every setting the study ever had, oldest first: older timestamps lead to older roots."""
    found = []
    for row in store.rows(Kind.SYSTEM):
        payload: dict[str, Any] = json.loads(row.payload or "{}")
        if payload.get("act") == ACT and not store.who.barred(row):
            roots = tuple(str(pem).encode("ascii", "replace") for pem in payload.get("roots", ()))
            found.append(TimeAuthority(str(payload.get("url", "")), roots))
    return found


def time_authority(store: Store) -> TimeAuthority | None:
    """The one in force; None where none is set."""
    every = time_authorities(store)
    return every[-1] if every and every[-1].url else None


def time_roots(store: Store) -> tuple[bytes, ...]:
    """The roots of every authority the study ever had, PEM."""
    return tuple(dict.fromkeys(pem for one in time_authorities(store) for pem in one.roots))


def set_time_authority(study: Study, url: str, roots: bytes, reason: str) -> TimeAuthority:
    """Sets the authority; ``roots``: one or more certificates as PEM. An empty address takes it away.

    Refused ``access.no_right``, ``entry.reason_needed``, ``timestamp.address``, ``timestamp.root_unreadable``.
    """
    require_writable(study.store)
    require(study.session, Action.CONFIGURE)
    if not reason.strip():
        raise Refused("entry.reason_needed", item=ACT)
    made = TimeAuthority(_address(url), _roots(roots) if url.strip() else ())
    payload = {"act": ACT, "url": made.url, "roots": [pem.decode("ascii") for pem in made.roots]}
    entry = Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload, reason_for_change=reason.strip())
    study.store.append([entry])
    return made


def _address(typed: str) -> str:
    """The address, which must carry no secret: it travels to every laptop and is printed."""
    url = typed.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.username and not parts.password
        good = good and len(url) <= _LONGEST and url.isascii() and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise Refused("timestamp.address")
    return url


def _roots(pem: bytes) -> tuple[bytes, ...]:
    try:
        found = x509.load_pem_x509_certificates(pem)
        authorities = all(c.extensions.get_extension_for_class(x509.BasicConstraints).value.ca for c in found)
    except (ValueError, x509.ExtensionNotFound):
        authorities = False
    if not authorities:
        raise Refused("timestamp.root_unreadable")
    return tuple(c.public_bytes(Encoding.PEM) for c in found)

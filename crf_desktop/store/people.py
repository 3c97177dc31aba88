"""Who is who: the fold of the log's rows about users, certificates and installations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import define, evolve, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crf_desktop.model.access import Action, may, may_write
from crf_desktop.model.data import ROLES, Change, Kind, Person
from crf_desktop.store import certificate
from crf_desktop.store.installation import CertificateRequest

Order = tuple[int, str, int]
LEAST_ROLE: Final = "coordinator"
"""What a person whom no invitation named may ask for when joining."""

_BY_ADMINISTRATOR: Final = frozenset({"create", "certify", "certify_installation", "revoke", "role", "study"})
_BY_INVITER: Final = frozenset({"block"})
_BY_CONFIGURER: Final = frozenset({"laboratory_profile", "parameter"})
_BY_PAYLOAD: Final = frozenset({Kind.USER, Kind.SYSTEM, Kind.ANNOTATION})


@define(slots=True)
class LogKey:
    """A key that signs rows in one origin."""

    key_id: str
    user_oid: str
    public: Ed25519PublicKey
    introduced: int
    """Seq, in its origin, of the row that made it known."""
    log_certificate: bytes
    signing_certificate: bytes
    certified: bool
    revoked: Order | None = None


@frozen(slots=True)
class Known:
    """A person and since when which role."""

    person: Person
    roles: tuple[tuple[Order, str], ...]


@define
class People:
    """Everybody the log tells of; grows row by row, in (lamport, origin, seq)."""

    authority: x509.Certificate
    own_origin: str
    known: dict[str, Known] = field(factory=dict)
    keys: dict[tuple[str, str], LogKey] = field(factory=dict)
    """(origin, key id) → key."""
    installations: dict[str, bytes] = field(factory=dict)
    """Origin → certificate of the installation, PEM."""
    asked: dict[tuple[str, str], CertificateRequest] = field(factory=dict)
    early: dict[tuple[str, str], tuple[str, bytes, bytes]] = field(factory=dict)
    """Certificates (owner, log, signing) that came before the request they answer."""
    early_revoked: dict[tuple[str, str], Order] = field(factory=dict)

    def copy(self) -> People:
        """One that can learn without this one learning."""
        keys = {at: evolve(key) for at, key in self.keys.items()}
        return People(
            self.authority, self.own_origin, dict(self.known), keys, dict(self.installations), dict(self.asked),
            dict(self.early), dict(self.early_revoked),
        )  # fmt: skip

    def learn_all(self, changes: Iterable[Change]) -> None:
        """From rows of kind user and system in any order; who somebody is comes before what they ask."""
        for change in sorted(changes, key=lambda c: (_TURN.get(act_of(c), 0), c.order)):
            self.learn(change)

    def learn(self, change: Change) -> None:
        """What one row adds; a row that makes no sense adds nothing, and its author fails at the next check."""
        if change.kind not in (Kind.USER, Kind.SYSTEM) or change.payload is None:
            return
        payload = json.loads(change.payload)
        handler = _HANDLERS.get(str(payload.get("act"))) if isinstance(payload, dict) else None
        if handler is None:
            return
        try:
            handler(self, change, payload)
        except (KeyError, ValueError, TypeError):
            return

    def people(self) -> list[Person]:
        """All accounts, by OID."""
        return sorted((known.person for known in self.known.values()), key=lambda p: (len(p.user_oid), p.user_oid))

    def role_at(self, user_oid: str, order: Order) -> str | None:
        """The person's role at a point of the log; None for somebody unknown then."""
        found = self.known.get(user_oid)
        held = [role for since, role in found.roles if since <= order] if found else []
        return held[-1] if held else None

    def fault_of(self, change: Change) -> str | None:
        """Why a row is not valid where it stands: key, signature, revoked, role or right; None when it is valid."""
        key = self.keys.get((change.origin, change.key_id))
        if key is None or key.introduced > change.seq or key.user_oid != change.user_oid:
            return "key"
        if key.revoked is not None and change.order > key.revoked:
            return "revoked"
        try:
            key.public.verify(change.row_signature, change.hash)
        except Exception:
            return "signature"
        if self.role_at(change.user_oid, change.order) != change.role:
            return "role"
        right = has_right(change.role, change.kind, payload_of(change), certified=key.certified)
        return None if right else "right"

    def certified(self, origin: str, key_id: str) -> bool:
        """Whether the study's authority has certified the key."""
        key = self.keys.get((origin, key_id))
        return key is not None and key.certified

    def pending(self) -> list[CertificateRequest]:
        """Requests nobody has countersigned yet."""
        return [asked for at, asked in sorted(self.asked.items()) if not self.certified(*at)]

    def _named(self, change: Change, user_oid: str, body: dict[str, Any]) -> None:
        if user_oid in self.known or body["role"] not in ROLES:
            return
        person = Person(user_oid, str(body["user_name"]), str(body["full_name"]), str(body["role"]))
        self.known[user_oid] = Known(person, (((0, "", 0), person.role),))

    def _study(self, change: Change, payload: dict[str, Any]) -> None:
        """The first row of the founding origin certifies the key it is signed with."""
        if change.seq == 1:
            self._named(change, change.user_oid, payload["person"])
            self._certify(change, {**payload, "user_oid": change.user_oid, "origin": change.origin})

    def _create(self, change: Change, payload: dict[str, Any]) -> None:
        self._named(change, str(payload["user_oid"]), payload)

    def _certify(self, change: Change, payload: dict[str, Any]) -> None:
        log = certificate.load(payload["log_certificate"])
        signing = certificate.load(payload["signing_certificate"])
        public = certificate.log_public(log)
        if public is None or not all(certificate.issued_by(c, self.authority) for c in (log, signing)):
            return
        at = (str(payload["origin"]), certificate.key_id(certificate.raw_public(public)))
        user_oid, before = str(payload["user_oid"]), self.keys.get(at)
        if before is not None and before.user_oid != user_oid:
            return
        pems = (certificate.pem(log), certificate.pem(signing))
        if before is None and at[0] != change.origin:
            self.early[at] = (user_oid, *pems)
            return
        introduced = before.introduced if before else change.seq
        self.keys[at] = LogKey(at[1], user_oid, public, introduced, *pems, True, before.revoked if before else None)

    def _certify_installation(self, change: Change, payload: dict[str, Any]) -> None:
        found = certificate.load(payload["certificate"])
        if certificate.issued_by(found, self.authority):
            self.installations[str(payload["origin"])] = certificate.pem(found)

    def _request(self, change: Change, payload: dict[str, Any]) -> None:
        log = certificate.load(payload["log_certificate"])
        signing = certificate.load(payload["signing_certificate"])
        installation = certificate.load(payload["installation_certificate"])
        public = certificate.log_public(log)
        if public is None or not all(certificate.issued_by(c, c) for c in (log, signing, installation)):
            return
        found = certificate.key_id(certificate.raw_public(public))
        if found != change.key_id or (change.origin, found) in self.keys:
            return
        if change.origin == self.own_origin or payload["person"]["role"] == LEAST_ROLE:
            self._named(change, change.user_oid, payload["person"])
        person = self.known[change.user_oid].person
        pems = (certificate.pem(log), certificate.pem(signing))
        at = (change.origin, found)
        owner, *early = self.early.get(at, ("", *pems))
        known = owner == person.user_oid
        log_pem, signing_pem = early if known else pems
        self.keys[at] = LogKey(
            found, person.user_oid, public, change.seq, log_pem, signing_pem, known, self.early_revoked.get(at)
        )
        self.asked[at] = CertificateRequest(
            person, change.origin, change.seq, found, *pems, certificate.pem(installation), change.device_oid,
            change.recorded_at,
        )  # fmt: skip

    def _joined(self, change: Change, payload: dict[str, Any]) -> None:
        """Whom the invitation named; known here until the founding file's own rows arrive."""
        for body in payload["people"] if change.origin == self.own_origin else ():
            self._named(change, str(body["user_oid"]), body)

    def _role(self, change: Change, payload: dict[str, Any]) -> None:
        found = self.known.get(str(payload["user_oid"]))
        role = str(payload["role"])
        if found is None or role not in ROLES:
            return
        person = Person(found.person.user_oid, found.person.user_name, found.person.full_name, role)
        self.known[person.user_oid] = Known(person, tuple(sorted((*found.roles, (change.order, role)))))

    def _revoke(self, change: Change, payload: dict[str, Any]) -> None:
        at = (str(payload["origin"]), str(payload["key_id"]))
        key = self.keys.get(at)
        if key is None:
            self.early_revoked.setdefault(at, change.order)
        elif key.revoked is None:
            key.revoked = change.order


_TURN: Final = {"request": 1, "certify": 2, "certify_installation": 2, "role": 3, "revoke": 3}
"""A joined file's first row is older by its clock than the rows that name its author."""


def payload_of(change: Change) -> dict[str, Any]:
    """The payload of a row that is judged by it; empty where there is none, or none that can be read."""
    if change.kind not in _BY_PAYLOAD or change.payload is None:
        return {}
    try:
        payload = json.loads(change.payload)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}


def act_of(change: Change) -> str:
    """What a row about users or the system does; empty for any other."""
    return str(payload_of(change).get("act", "")) if change.kind in (Kind.USER, Kind.SYSTEM) else ""


def has_right(role: str, kind: Kind, payload: Mapping[str, Any] | None, *, certified: bool) -> bool:
    """Whether a role may write such a row; what makes or changes accounts needs a certified administrator."""
    if kind not in (Kind.USER, Kind.SYSTEM):
        return may_write(role, kind, payload)
    act = str((payload or {}).get("act", ""))
    if act in _BY_ADMINISTRATOR:
        return certified and may(role, Action.ADMINISTER)
    if act in _BY_INVITER:
        return certified and (may(role, Action.INVITE) or may(role, Action.ADMINISTER))
    if act in _BY_CONFIGURER:
        return certified and may(role, Action.CONFIGURE)
    return True


_HANDLERS: Final = {
    "study": People._study, "create": People._create, "certify": People._certify, "request": People._request,
    "certify_installation": People._certify_installation, "joined": People._joined, "role": People._role,
    "revoke": People._revoke,
}  # fmt: skip

"""Who is who: the fold of the log's rows about users, certificates and installations."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from attrs import define, evolve, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crf_desktop.model.access import may_write
from crf_desktop.model.data import ROLES, Change, Kind, Person
from crf_desktop.store import certificate
from crf_desktop.store.installation import CertificateRequest

Order = tuple[int, str, int]
LEAST_ROLE: Final = "coordinator"
"""What a person whom no invitation named may ask for when joining."""

_BY_PAYLOAD: Final = frozenset({Kind.USER, Kind.SYSTEM, Kind.ANNOTATION})


def folded(user_name: str) -> str:
    """What makes two user names the same: neither case nor width nor composition tells people apart."""
    return unicodedata.normalize("NFKC", user_name).strip().casefold()


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
    named_in: str
    """Origin of the row that named the person."""


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
    closed: dict[str, Order] = field(factory=dict)
    """User OID → the row since which nothing of that person counts, whichever key signs it."""
    admitted: dict[tuple[str, str], int] = field(factory=dict)
    """(user OID, origin) → up to which seq rows count that were written before the closing was known there."""
    accepted: set[tuple[str, str]] = field(factory=set)
    """(origin, key id) of keys whose owners have accepted what their signature means."""
    heard: dict[tuple[str, str], tuple[tuple[int, int], ...]] = field(factory=dict)
    """(origin, other origin) → (own seq, seq of the other held by then), as acknowledged."""
    before: frozenset[str] = frozenset()
    """The origins this file had before its own."""

    def copy(self) -> People:
        """One that can learn without this one learning."""
        keys = {at: evolve(key) for at, key in self.keys.items()}
        return People(
            self.authority, self.own_origin, dict(self.known), keys, dict(self.installations), dict(self.asked),
            dict(self.early), dict(self.early_revoked), dict(self.closed), dict(self.admitted),
            set(self.accepted), dict(self.heard),
            self.before,
        )  # fmt: skip

    def learn_all(self, changes: Iterable[Change]) -> None:
        """From rows of these kinds in any order; who somebody is comes before what they ask."""
        for change in sorted(changes, key=lambda c: (_TURN.get(act_of(c), 0), c.order)):
            self.learn(change)

    def learn(self, change: Change) -> None:
        """What one row adds; a row that makes no sense adds nothing, and its author fails at the next check."""
        if change.kind not in (Kind.USER, Kind.SYSTEM, Kind.ACKNOWLEDGEMENT) or change.payload is None:
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

    def named(self, user_name: str) -> list[Person]:
        """Everybody who has or had that user name; more than one where two laptops gave it before they met."""
        return [person for person in self.people() if folded(person.user_name) == folded(user_name)]

    def role_at(self, user_oid: str, order: Order) -> str | None:
        """The person's role at a point of the log; None for somebody unknown then."""
        found = self.known.get(user_oid)
        held = [role for since, role in found.roles if since <= order] if found else []
        return held[-1] if held else None

    def may_have_acted_as(self, change: Change) -> frozenset[str]:
        """The roles a row may carry: the one of that point, and the one before while its laptop cannot have heard."""
        found, roles = self.known.get(change.user_oid), set()
        for since, role in reversed(found.roles if found else ()):
            if since <= change.order:
                roles.add(role)
                if since[1] in ("", change.origin) or self._heard(change, since):
                    break
        return frozenset(roles)

    def _heard(self, change: Change, row: Order) -> bool:
        """Whether the laptop that wrote a row had said before that it holds another laptop's row."""
        said = self.heard.get((change.origin, row[1]), ())
        return any(at < change.seq and upto >= row[2] for at, upto in said)

    def barred_since(self, origin: str, key_id: str, user_oid: str) -> Order | None:
        """The row since which a key or its owner counts no more; None while both count."""
        key = self.keys.get((origin, key_id))
        found = (self.closed.get(user_oid), key.revoked if key else None)
        return min((order for order in found if order is not None), default=None)

    def barred(self, change: Change) -> bool:
        """Whether a row was written after its key was revoked or its author's account closed."""
        since = self.barred_since(change.origin, change.key_id, change.user_oid)
        if since is None or change.order <= since:
            return False
        if self._own(change) and change.origin != since[1] and not self._heard(change, since):
            return False  # this laptop wrote it before it heard; whether others take it, an administrator says
        return change.seq > self.admitted.get((change.user_oid, change.origin), 0)

    def fault_of(self, change: Change) -> str | None:
        """Why a row is not valid where it stands: key, signature, revoked, role or right; None when it is valid."""
        key = self.keys.get((change.origin, change.key_id))
        if key is None or key.introduced > change.seq or key.user_oid != change.user_oid:
            return "key"
        if (key.revoked is not None or change.user_oid in self.closed) and self.barred(change):
            return "revoked"
        try:
            key.public.verify(change.row_signature, change.hash)
        except Exception:
            return "signature"
        held = self.role_at(change.user_oid, change.order)
        if change.role != held and change.role not in self.may_have_acted_as(change):
            return "role"
        right = may_write(change.role, change.kind, payload_of(change), certified=key.certified)
        return None if right else "right"

    def steady(self, origin: str, key_id: str, user_oid: str, role: str, kind: Kind) -> LogKey | None:
        """The key of an author whose rows of this kind count from its introduction on if their signature fits.

        None where :meth:`fault_of` is asked row by row: another role once, a key withdrawn, a payload that decides.
        """
        key, known = self.keys.get((origin, key_id)), self.known.get(user_oid)
        if key is None or known is None or key.user_oid != user_oid or kind in _BY_PAYLOAD:
            return None
        plain = known.roles == (((0, "", 0), role),) and self.barred_since(origin, key_id, user_oid) is None
        return key if plain and may_write(role, kind, certified=key.certified) else None

    def certified(self, origin: str, key_id: str) -> bool:
        """Whether the study's authority has certified the key."""
        key = self.keys.get((origin, key_id))
        return key is not None and key.certified

    def pending(self) -> list[CertificateRequest]:
        """Requests nobody has countersigned yet."""
        asked = sorted(self.asked.items())
        waiting = (one for at, one in asked if not self.certified(*at) and not self.keys[at].revoked)
        return [asked for asked in waiting if asked.person.user_oid not in self.closed]

    def _named(self, change: Change, user_oid: str, body: dict[str, Any]) -> None:
        if user_oid in self.known or body["role"] not in ROLES:
            return
        person = Person(user_oid, str(body["user_name"]), str(body["full_name"]), str(body["role"]))
        if any(self.known[same.user_oid].named_in == change.origin for same in self.named(person.user_name)):
            return  # a name is never given again by whoever gave it
        self.known[user_oid] = Known(person, (((0, "", 0), person.role),), change.origin)

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

    def _recovered(self, change: Change, payload: dict[str, Any]) -> None:
        """New keys of a person that the recovery code let in: the row is signed by the very key it certifies."""
        if "log_certificate" not in payload or payload["user_oid"] != change.user_oid:
            return  # without the authority the keys are those of a request
        log, signing = certificate.load(payload["log_certificate"]), certificate.load(payload["signing_certificate"])
        public = certificate.log_public(log)
        own = public is not None and certificate.key_id(certificate.raw_public(public)) == change.key_id
        named = all(certificate.owner(found) == change.user_oid for found in (log, signing))
        if own and named and (change.origin, change.key_id) not in self.keys and payload["origin"] == change.origin:
            self._certify(change, payload)

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
        if self._own(change) or payload["person"]["role"] == LEAST_ROLE:
            self._named(change, change.user_oid, payload["person"])
        person = self.known[change.user_oid].person
        pems = (certificate.pem(log), certificate.pem(signing))
        at = (change.origin, found)
        owner, *early = self.early.get(at, ("", *pems))
        issued = self._issued(change, payload, log, signing)
        known = issued is not None or owner == person.user_oid
        log_pem, signing_pem = issued or (early if known else pems)
        revoked = [self.early_revoked.get(at), *(key.revoked for key in self._same_key(found))]
        self.keys[at] = LogKey(
            found, person.user_oid, public, change.seq, log_pem, signing_pem, known,
            min((order for order in revoked if order is not None), default=None),
        )  # fmt: skip
        self.asked[at] = CertificateRequest(
            person, change.origin, change.seq, found, *pems, certificate.pem(installation), change.device_oid,
            change.recorded_at,
        )  # fmt: skip

    def _issued(
        self, change: Change, payload: dict[str, Any], log: x509.Certificate, signing: x509.Certificate
    ) -> tuple[bytes, bytes] | None:
        """Certificates that the study's authority made for just these keys, for a file that goes on under this origin.

        The installation's names the origin, so that none made for another file serves here.
        """
        if "issued" not in payload:
            return None
        made = payload["issued"]
        found = [certificate.load(made[f"{what}_certificate"]) for what in ("log", "signing", "installation")]
        same = found[0].public_key() == log.public_key() and found[1].public_key() == signing.public_key()
        named = all(certificate.owner(one) == change.user_oid for one in found[:2])
        named = named and certificate.owner(found[2]) == change.origin
        if not same or not named or not all(certificate.issued_by(one, self.authority) for one in found):
            return None
        self.installations[change.origin] = certificate.pem(found[2])
        return certificate.pem(found[0]), certificate.pem(found[1])

    def _goes_on(self, change: Change, payload: dict[str, Any]) -> None:
        """What the origin before had heard of others, this one has heard."""
        origin, upto = str(payload["from_origin"]), int(payload["from_seq"])
        heard = [(origin, upto)]
        for (who, other), said in self.heard.items():
            heard += [(other, held) for at, held in said if who == origin and at <= upto]
        for other, held in heard:
            at = (change.origin, other)
            self.heard[at] = (*self.heard.get(at, ()), (0, held))

    def _own(self, change: Change) -> bool:
        return change.origin == self.own_origin or change.origin in self.before

    def _same_key(self, key_id: str) -> list[LogKey]:
        """One key may sign in several origins of one file; it is revoked in all of them."""
        return [key for (_, found), key in self.keys.items() if found == key_id]

    def _joined(self, change: Change, payload: dict[str, Any]) -> None:
        """Whom the invitation named; known here until the founding file's own rows arrive."""
        if self._own(change):
            for body in payload["people"]:
                self._named(change, str(body["user_oid"]), body)
            for user_oid in payload.get("closed", ()):
                self.closed.setdefault(str(user_oid), change.order)

    def _role(self, change: Change, payload: dict[str, Any]) -> None:
        found = self.known.get(str(payload["user_oid"]))
        role = str(payload["role"])
        if found is None or role not in ROLES:
            return
        person = Person(found.person.user_oid, found.person.user_name, found.person.full_name, role)
        roles = tuple(sorted({*found.roles, (change.order, role)}))
        self.known[person.user_oid] = Known(evolve(person, role=roles[-1][1]), roles, found.named_in)

    def _revoke(self, change: Change, payload: dict[str, Any]) -> None:
        at = (str(payload["origin"]), str(payload["key_id"]))
        if at not in self.keys:
            self.early_revoked[at] = min(self.early_revoked.get(at, change.order), change.order)
        for key in self._same_key(at[1]):
            key.revoked = min(key.revoked or change.order, change.order)

    def _close(self, change: Change, payload: dict[str, Any]) -> None:
        user_oid = str(payload["user_oid"])
        self.closed[user_oid] = min(self.closed.get(user_oid, change.order), change.order)

    def _admit(self, change: Change, payload: dict[str, Any]) -> None:
        at = (str(payload["user_oid"]), str(payload["origin"]))
        self.admitted[at] = max(self.admitted.get(at, 0), int(payload["seq"]))

    def _accept(self, change: Change, payload: dict[str, Any]) -> None:
        if payload["user_oid"] == change.user_oid:
            self.accepted.add((change.origin, change.key_id))

    def _acknowledge(self, change: Change, payload: dict[str, Any]) -> None:
        at = (change.origin, str(payload["origin"]))
        self.heard[at] = (*self.heard.get(at, ()), (change.seq, int(payload["seq"])))


_TURN: Final = {
    "request": 1, "certify": 2, "certify_installation": 2, "recovery.used": 2, "role": 3, "revoke": 3, "close": 3,
}  # fmt: skip
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


_HANDLERS: Final = {
    "study": People._study, "create": People._create, "certify": People._certify, "request": People._request,
    "certify_installation": People._certify_installation, "joined": People._joined, "role": People._role,
    "revoke": People._revoke, "recovery.used": People._recovered,
    "restored": People._goes_on, "copied": People._goes_on,
    "close": People._close, "admit": People._admit, "accept": People._accept, "acknowledge": People._acknowledge,
}  # fmt: skip

"""The list of authorised persons, now or on any past day: who, in which role, from when until when, with which keys.

Read from the log alone (REQ-05, REQ-09): every line is the fold of rows that say who did it, when and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, field, frozen

from crf_desktop.model.data import ROLES, Change, Kind, Person
from crf_desktop.store import accounts, certificate
from crf_desktop.store.people import People, act_of

if TYPE_CHECKING:
    from crf_desktop.store import Store

State = Literal["in_force", "pending", "closed"]


@frozen(slots=True)
class Period:
    """A role for a time; moments are ISO 8601 with the offset of the writer's clock."""

    role: str
    since: str
    until: str = ""
    """Empty while it lasts."""
    reason: str = ""
    """Why the role was given."""


@frozen(slots=True)
class KeyFact:
    """A pair of certificates of a person on one file."""

    origin: str
    key_id: str
    serial: str
    """Of the signing certificate, hex."""
    log_serial: str
    since: str
    until: str
    """When it was revoked, else when the certificate ends."""
    revoked: bool
    certified: bool
    accepted: str = ""
    """When its owner accepted what a signature with it means; empty: has signed nothing yet."""


@frozen(slots=True)
class Authorised:
    """One person of the list."""

    person: Person
    """With the role at the end of the day asked for."""
    state: State
    since: str
    until: str
    """When the account was closed; empty while it is open."""
    reason: str
    """Why it was closed."""
    periods: tuple[Period, ...]
    keys: tuple[KeyFact, ...]
    last_log_in: str
    """On any file of the study whose rows are here; empty: never."""
    opens_here: bool
    name_twice: bool
    """Another person has the same user name: two laptops gave it before they met."""
    identity: str = ""
    """How the person was identified before the keys were given, as the administrator said last."""


@frozen(slots=True)
class Roster:
    """The list, with what it was read from."""

    people: tuple[Authorised, ...]
    on: str
    """The day, ISO; empty: now."""
    made: str
    study_oid: str
    site: str
    origin: str
    seq: int
    head: str
    """SHA-256 of the last row, hex."""
    authority: str = ""
    """SHA-256 of the certificate of the study's authority, hex."""


@define
class _Draft:
    """What the rows have told of one person so far."""

    person: Person
    since: Change
    named_by: str
    """The act that named the person."""
    roles: list[tuple[Change, str]] = field(factory=list)
    closed: Change | None = None
    last: str = ""
    identity: str = ""


@define
class _Fold:
    """Rows about people, in order, up to the end of a day."""

    who: People
    upto: str
    drafts: dict[str, _Draft] = field(factory=dict)
    revoked: dict[tuple[str, str], Change] = field(factory=dict)
    given: dict[tuple[str, str], Change] = field(factory=dict)
    accepted: dict[tuple[str, str], Change] = field(factory=dict)

    def read(self, row: Change) -> None:
        """What one row adds; those of a later day add nothing."""
        body, act = json.loads(row.payload or "{}"), act_of(row)
        if _local(row)[:10] > self.upto:
            return
        if act in ("study", "create", "request", "joined"):
            self._name(row, act, body)
        elif act in ("role", "close", "reset", "identify"):
            self._change(row, act, body)
        elif act == "accept" and body.get("user_oid") == row.user_oid:
            self.accepted.setdefault((row.origin, row.key_id), row)
        elif act == "revoke":
            self.revoked.setdefault((str(body.get("origin")), str(body.get("key_id"))), row)
        elif act == "unlock" and row.user_oid in self.drafts:
            self.drafts[row.user_oid].last = _local(row)
        if act in ("study", "certify", "request"):
            self._keys(row, act, body)

    def _name(self, row: Change, act: str, body: dict[str, Any]) -> None:
        named = body.get("people", [body.get("person", body)])
        for one in named if isinstance(named, list) else ():
            oid = row.user_oid if act in ("study", "request") else str(one.get("user_oid", ""))
            known, held = self.who.known.get(oid), self.drafts.get(oid)
            if known is not None and (held is None or (held.named_by, act) == ("joined", "create")):
                said = str(one.get("identity", ""))
                self.drafts[oid] = _Draft(known.person, row, act, [(row, known.roles[0][1])], identity=said)

    def _change(self, row: Change, act: str, body: dict[str, Any]) -> None:
        draft = self.drafts.get(str(body.get("user_oid")))
        if draft is None:
            return
        if act == "role" and str(body.get("role")) in ROLES:
            draft.roles.append((row, str(body["role"])))
        elif act == "close" and draft.closed is None:
            draft.closed = row
        elif act in ("reset", "identify"):
            draft.identity = str(body.get("identity", draft.identity))

    def _keys(self, row: Change, act: str, body: dict[str, Any]) -> None:
        try:
            public = certificate.log_public(certificate.load(body["log_certificate"]))
        except (KeyError, ValueError, TypeError):
            return
        if public is not None:
            origin = str(body["origin"]) if act == "certify" else row.origin
            self.given.setdefault((origin, certificate.key_id(certificate.raw_public(public))), row)


def roster(store: Store, made: str, on: date | None = None) -> Roster:
    """Everybody who was authorised on a day (by the clocks of who wrote), or has ever been, where none is given."""
    fold = _Fold(store.who, on.isoformat() if on else "9999")
    for row in sorted((*store.rows(Kind.SYSTEM), *store.rows(Kind.USER)), key=_turn):
        fold.read(row)
    found = (_authorised(store, fold, draft, on) for draft in fold.drafts.values())
    people = sorted((f for f in found if f is not None), key=lambda a: (a.state == "closed", _number(a.person)))
    origin, seq, head = store.head()
    day = on.isoformat() if on else ""
    authority = certificate.fingerprint(store.ca_certificate)
    return Roster(tuple(people), day, made, store.study_oid, store.site, origin, seq, head.hex(), authority)


def _turn(row: Change) -> tuple[bool, tuple[int, str, int]]:
    """Who somebody is comes before everything else, whatever the logical clocks."""
    return act_of(row) not in ("study", "create", "joined"), row.order


def _authorised(store: Store, fold: _Fold, draft: _Draft, on: date | None) -> Authorised | None:
    closed = draft.closed
    if on is not None and closed is not None and _local(closed)[:10] < on.isoformat():
        return None
    until = _local(closed) if closed else ""
    periods = tuple(_periods(draft, until))
    oid = draft.person.user_oid
    keys = tuple(_key_facts(store.who, fold, oid, draft))
    state: State = "closed" if closed else "in_force" if any(k.certified for k in keys) else "pending"
    if not keys:  # named by others, whose certificates have not come yet
        state = "closed" if closed else "pending"
    name, last = draft.person, periods[-1].role
    person = Person(oid, name.user_name, name.full_name, last)
    twice = len(store.who.named(name.user_name)) > 1
    why = (closed.reason_for_change or "") if closed else ""
    return Authorised(
        person, state, _local(draft.since), until, why, periods, keys, draft.last, accounts.has_slot(store, oid),
        twice, draft.identity,
    )  # fmt: skip


def _periods(draft: _Draft, closed: str) -> Iterable[Period]:
    roles = sorted(draft.roles, key=lambda told: told[0].order)
    for at, (row, role) in enumerate(roles):
        until = _local(roles[at + 1][0]) if at + 1 < len(roles) else closed
        yield Period(role, _local(row), until, (row.reason_for_change or "") if at else "")


def _key_facts(who: People, fold: _Fold, user_oid: str, draft: _Draft) -> Iterable[KeyFact]:
    for at, row in sorted(fold.given.items(), key=lambda given: given[1].order):
        key = who.keys.get(at)
        if key is None or key.user_oid != user_oid:
            continue
        ended = fold.revoked.get(at) or draft.closed
        ends = certificate.dates(key.signing_certificate)[1].isoformat()
        yield KeyFact(
            at[0], at[1], certificate.serial(key.signing_certificate), certificate.serial(key.log_certificate),
            _local(row), _local(ended) if ended else ends, ended is not None, key.certified,
            _local(fold.accepted[at]) if at in fold.accepted else "",
        )  # fmt: skip


def _number(person: Person) -> tuple[int, str]:
    return len(person.user_oid), person.user_oid


def _local(row: Change) -> str:
    """When the row was written, on the writer's clock."""
    moment = datetime.fromisoformat(row.recorded_at.replace("Z", "+00:00"))
    return moment.astimezone(timezone(timedelta(minutes=row.utc_offset_min))).isoformat(timespec="seconds")

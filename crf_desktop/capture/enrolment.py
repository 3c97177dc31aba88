"""How a person became a signer: who checked the identity and by what, what was accepted, with which certificate.

21 CFR 11.100(b) and (c): the identity is verified before a signature is certified, and the person states that it is the
legally binding equivalent of a handwritten one. Read from the log alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from crf_desktop.capture.acceptance import ACT, STATEMENT
from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.signature import ca_fingerprint, local_time
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Change, Entry, Kind, Person
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import certificate
from crf_desktop.store.people import act_of

IDENTIFY: Final = "identify"
_SAYS: Final = ("create", "reset", "let_in", IDENTIFY)
_LONGEST: Final = 300


@frozen(slots=True)
class SigningCertificate:
    """The certificate a person's signatures are made with on one file."""

    origin: str
    serial: str
    """Hex."""
    fingerprint: str
    """SHA-256 of the DER, hex."""
    since: str
    until: str
    """ISO 8601, UTC."""
    certified: bool
    accepted: str
    """When its owner accepted what a signature with it means; ISO 8601 with offset; empty: has signed nothing yet."""
    statement: TranslatedText
    """What was accepted, word for word; before that what will be."""


@frozen(slots=True)
class Enrolment:
    """One person as a signer, as the log tells."""

    person: Person
    signs: bool
    """Whether the role may sign."""
    identity: str
    """How the person was identified: which kind of document, or known in person; empty: nobody said."""
    identified_by: str
    """Full and user name of the administrator."""
    identified_at: str
    """ISO 8601 with offset."""
    certificates: tuple[SigningCertificate, ...]
    study_name: TranslatedText
    registry: str
    study_oid: str
    site: str
    ca_fingerprint: str
    """SHA-256 of the certificate of the study's authority, hex."""
    head: tuple[str, int, str]
    """(origin, seq, hash as hex) of the log when it was read."""
    made: str
    """ISO 8601 with offset."""


def enrolment(study: Study, user_oid: str) -> Enrolment:
    """The enrolment of a person; Refused ``people.unknown``."""
    store = study.store
    person = store.person(user_oid)
    if person is None:
        raise Refused("people.unknown")
    said, accepted = None, dict[tuple[str, str], Change]()
    for row in store.rows(Kind.USER):
        body = _body(row)
        if act_of(row) in _SAYS and body.get("user_oid") == user_oid and body.get("identity"):
            said = row
        elif act_of(row) == ACT and body.get("user_oid") == user_oid == row.user_oid:
            accepted.setdefault((row.origin, row.key_id), row)
    origin, seq, head = store.head()
    return Enrolment(
        person=person,
        signs=may(person.role, Action.SIGN),
        identity=str(_body(said)["identity"]) if said else "",
        identified_by=_name(store.person(said.user_oid), said.user_oid) if said else "",
        identified_at=local_time(said) if said else "",
        certificates=tuple(_certificates(study, user_oid, accepted)),
        study_name=study.definition.study_name,
        registry=study.definition.registry,
        study_oid=store.study_oid,
        site=store.site,
        ca_fingerprint=ca_fingerprint(store),
        head=(origin, seq, head.hex()),
        made=study.clock.now().isoformat(timespec="seconds"),
    )


def _certificates(
    study: Study, user_oid: str, accepted: dict[tuple[str, str], Change]
) -> Iterable[SigningCertificate]:
    """Those of the keys that are in force, by file."""
    who = study.store.who
    for (origin, key_id), key in sorted(who.keys.items()):
        if key.user_oid != user_oid or who.barred_since(origin, key_id, user_oid) is not None:
            continue
        pem = key.signing_certificate
        since, until = certificate.dates(pem)
        row = accepted.get((origin, key_id))
        told = _body(row).get("statement", {}) if row else {}
        statement = TranslatedText(str(told["en"]), str(told["zh"])) if told else STATEMENT
        yield SigningCertificate(
            origin, certificate.serial(pem), certificate.fingerprint(pem), since.isoformat(), until.isoformat(),
            key.certified, local_time(row) if row else "", statement,
        )  # fmt: skip


def identify(study: Study, user_oid: str, identity: str, reason: str) -> None:
    """Says how a person was identified, where that was not said when the account was made; a row.

    ``identity``: which kind of document was seen, never its number. Refused ``access.no_right``, ``people.unknown``,
    ``people.yourself``, ``people.reason_needed``, ``people.no_number`` for words with a long number in them.
    """
    require_writable(study.store)
    require(study.session, Action.ADMINISTER)
    if study.store.person(user_oid) is None:
        raise Refused("people.unknown")
    if user_oid == study.session.person.user_oid:
        raise Refused("people.yourself")
    if not identity.strip() or not reason.strip():
        raise Refused("people.reason_needed")
    if has_number(identity):
        raise Refused("people.no_number")
    payload = {"act": IDENTIFY, "user_oid": user_oid, "identity": identity.strip()[:_LONGEST]}
    study.store.append([Entry(Kind.USER, ItemPath(), "Insert", payload=payload, reason_for_change=reason.strip())])


def has_number(words: str) -> bool:
    """Whether the words hold what looks like the number of a document: five digits, spaces and dashes between them."""
    run = 0
    for char in words:
        run = run + 1 if char.isdigit() else run if char in " -./" and run else 0
        if run >= 5:
            return True
    return False


def _name(person: Person | None, user_oid: str) -> str:
    return f"{person.full_name} ({person.user_name})" if person else user_oid


def _body(row: Change | None) -> dict[str, Any]:
    found = json.loads(row.payload or "{}") if row is not None else {}
    return found if isinstance(found, dict) else {}

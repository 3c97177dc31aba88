"""The signed PDFs a study holds: which row names each, whom it expects as signers, and what became of it later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen
from cryptography import x509

from crf_desktop.capture.expected import ExpectedSigner
from crf_desktop.capture.own_certificate import OwnCertificate, fingerprint_of, own_certificates
from crf_desktop.capture.right import require_writable
from crf_desktop.capture.signature import certificate_trust
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Change, Entry, Kind, Person
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

UPGRADED: Final = "pdf.upgraded"
_DEPTH: Final = 20


def signer_entry(user_oid: str, certificate: bytes) -> dict[str, str]:
    """What the row that names a PDF says of one signer: who, by which certificate (PEM)."""
    return {"user_oid": user_oid, "fingerprint": fingerprint_of(certificate)}


@frozen(slots=True)
class FiledPdf:
    """A signed PDF that a row of the log names."""

    digest: str
    """``sha256:…``"""
    row: Change = field(repr=False)
    """Of the signature that it was filed with."""
    signers: tuple[ExpectedSigner, ...]
    """In the order of the signatures; empty for a row that names none."""
    awaits_second: bool
    """Whether a second signature is foreseen and none was filed."""
    level: str
    """``B-B``, or what a row says it was lifted to."""
    newer: str = ""
    """Digest of the file that was made of this one; empty: it is the newest."""
    before: str = ""
    """Digest of the file that this one was made of by a timestamp."""

    @property
    def path(self) -> ItemPath:
        """Of the visit."""
        return self.row.path


def filed(study: Study) -> list[FiledPdf]:
    """Every signed PDF of the study, oldest first, those that were lifted or countersigned included."""
    reading = _Reading.of(study.store)
    return [reading.of_digest(digest) for digest in reading.digests()]


def filed_as(study: Study, digest: str) -> FiledPdf | None:
    """What the log says of a PDF with this SHA-256 (``sha256:…``); None: it names no such file."""
    reading = _Reading.of(study.store)
    return reading.of_digest(digest) if digest in reading.digests() else None


def newest(study: Study, digest: str) -> FiledPdf:
    """The file that is left of one after timestamps and a second signature; Refused ``document.not_filed``."""
    reading = _Reading.of(study.store)
    if digest not in reading.digests():
        raise Refused("document.not_filed")
    found = reading.of_digest(digest)
    for _ in range(_DEPTH):
        if not found.newer:
            break
        found = reading.of_digest(found.newer)
    return found


def file_upgrade(study: Study, digest: str, pdf: bytes, level: str) -> str:
    """Files what a timestamp made of a PDF, by a row based on the one that names it; returns its own digest.

    By whoever may sign or configure. Refused ``access.no_right``, ``document.not_filed``; EnvironmentProblem
    ``sign.other_pages`` for a file that does not begin with the one it was made of.
    """
    require_writable(study.store)
    require_upgrading(study)
    found = filed_as(study, digest)
    if found is None:
        raise Refused("document.not_filed")
    held = study.store.document(digest)
    if held is None or not pdf.startswith(held[1]):
        raise EnvironmentProblem("sign.other_pages")
    made = study.store.put_document("application/pdf", pdf)
    last = _Reading.of(study.store).naming(digest)
    payload = {"act": UPGRADED, "document": made, "of": digest, "level": level}
    based = (last.origin, last.seq)
    study.store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload, based_on=based)])
    return made


def require_upgrading(study: Study) -> None:
    """Refused ``access.no_right`` for a role that may neither sign nor configure."""
    role = study.session.person.role
    if not (may(role, Action.SIGN) or may(role, Action.CONFIGURE)):
        raise Refused("access.no_right", action=Action.SIGN.value, role=role)


@frozen
class _Reading:
    """The rows that name PDFs, read once."""

    store: Store
    named: Mapping[str, Change]
    """Digest → the signature row."""
    upgrades: Mapping[str, tuple[Change, str, str]]
    """Digest → (row, digest it was made of, level)."""
    own: Mapping[str, OwnCertificate]

    @classmethod
    def of(cls, store: Store) -> _Reading:
        named: dict[str, Change] = {}
        for row in store.signatures(ItemPath(), visits=True):
            if row.datum.value:
                named.setdefault(row.datum.value, row)
        lifted: dict[str, tuple[Change, str, str]] = {}
        for row in store.rows(Kind.SYSTEM):
            body = _body(row)
            source, made = str(body.get("of")), str(body.get("document"))
            if body.get("act") == UPGRADED and (source in named or source in lifted) and made not in named:
                lifted.setdefault(made, (row, source, str(body.get("level", ""))))
        return cls(store, named, lifted, own_certificates(store))

    def digests(self) -> list[str]:
        """Oldest first."""
        return sorted({*self.named, *self.upgrades}, key=lambda digest: self.naming(digest).order)

    def naming(self, digest: str) -> Change:
        """The row that names it."""
        return self.named[digest] if digest in self.named else self.upgrades[digest][0]

    def of_digest(self, digest: str) -> FiledPdf:
        """What is known of one that is named."""
        first, level, before = digest, "B-B", ""
        if digest in self.upgrades:
            _, before, level = self.upgrades[digest]
        for _ in range(_DEPTH):
            if first not in self.upgrades:
                break
            first = self.upgrades[first][1]
        row = self.named[first]
        body = _body(row)
        second = next((made for made, later in self.named.items() if _body(later).get("countersigns") == first), "")
        lifted = next((made for made, (_, source, _) in self.upgrades.items() if source == digest), "")
        awaits = bool(body.get("second")) and not second
        newer = second if second and first == digest else lifted
        return FiledPdf(digest, row, tuple(self._expected(row)), awaits, level, newer, before)

    def _expected(self, row: Change) -> Iterator[ExpectedSigner]:
        body = _body(row)
        first = self.named.get(str(body.get("countersigns", "")))
        rows: Sequence[Change] = (first, row) if first is not None else (row,)
        for one in rows:
            named = _body(one).get("signers")
            for told in named if isinstance(named, list) else ():
                if isinstance(told, dict):
                    yield self._signer(one, str(told.get("user_oid")), str(told.get("fingerprint")))

    def _signer(self, row: Change, user_oid: str, fingerprint: str) -> ExpectedSigner:
        """A signer as the row names them; they counted if they counted where the row stands."""
        person = self.store.person(user_oid)
        own, study = self.own.get(fingerprint), self._of_study(row, fingerprint)
        theirs = user_oid == row.user_oid and (study or (own is not None and own.user_oid == user_oid))
        in_force = not self.store.who.barred(row) and (own is None or own.in_force(row.order))
        right = may(row.role, Action.SIGN) and row.role in self.store.who.may_have_acted_as(row)
        return ExpectedSigner(
            user_oid, _name(person, user_oid), fingerprint, own is not None, in_force, bool(theirs and right),
            study and self.store.certified(row),
        )  # fmt: skip

    def _of_study(self, row: Change, fingerprint: str) -> bool:
        """Whether it is the certificate of the study that belongs to the key of the row."""
        key = self.store.who.keys.get((row.origin, row.key_id))
        if key is None:
            return False
        if fingerprint_of(key.signing_certificate) == fingerprint:
            return certificate_trust(self.store, _loaded(key.signing_certificate), row.user_oid) != "refused"
        asked = self.store.who.asked.get((row.origin, row.key_id))  # while its countersignature was awaited
        return asked is not None and fingerprint_of(asked.signing_certificate) == fingerprint


def _loaded(pem: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem)


def _name(person: Person | None, user_oid: str) -> str:
    return f"{person.full_name} ({person.user_name})" if person else user_oid


def _body(row: Change) -> dict[str, Any]:
    payload = json.loads(row.payload or "{}")
    return payload if isinstance(payload, dict) else {}

"""The ODM 1.3.2 snapshot of one or more visits of a participant: the data of a document in a form that others read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.capture.record import SignatureRecord, VisitRecord
from crf_desktop.exchange.odm_clinical import clinical_element, signature_oids
from crf_desktop.exchange.odm_metadata import study_element
from crf_desktop.exchange.odm_xml import NAMESPACE, Node, add, node, written
from crf_desktop.model.data import Person

SYSTEM: Final = "CRF Desktop"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_USER_TYPES: Final = {"investigator": "Investigator", "monitor": "Sponsor", "data_manager": "Sponsor"}
LEGAL_REASON: Final = (
    "The electronic signature is the legally binding equivalent of the signer's handwritten signature "
    "(21 CFR 11.100(c)), as the signer has accepted in the log."
)


@frozen
class OdmFile:
    """A snapshot as it is written."""

    data: bytes = field(repr=False)
    steady: tuple[int, int]
    """From which byte to which it is the study's, the same for every participant."""


def odm_document(records: Sequence[VisitRecord], beside: Sequence[tuple[str, str]] = ()) -> OdmFile:
    """The file: same records, same bytes; ``beside``: (name, SHA-256 hex) of the files it goes with.

    All records are of one participant under one definition, taken at one moment.
    """
    first = records[0]
    study = study_element(first.definition, first.metadata_digest, [record.event.oid for record in records])
    root = written(node("ODM", _about(records, beside)))
    head = _DECLARATION + root.removesuffix(b" />") + b">\n"
    rest = written(_admin(records)) + b"\n" + written(clinical_element(records)) + b"\n</ODM>\n"
    return OdmFile(head + study + b"\n" + rest, (len(head), len(head) + len(study)))


def _about(records: Sequence[VisitRecord], beside: Sequence[tuple[str, str]]) -> dict[str, str]:
    first = records[0]
    origin, seq, head = first.head
    files = "".join(f"; {name} SHA-256 {digest}" for name, digest in beside)
    return {
        "xmlns": NAMESPACE,
        "Description": f"Log {origin}:{seq} {head}; definition {first.metadata_digest}{files}",
        "FileType": "Snapshot",
        "Granularity": "SingleSubject",
        "FileOID": f"CRF.{origin}.{seq}.{records[0].event.oid if len(records) == 1 else 'SUBJECT'}",
        "CreationDateTime": first.printed_at,
        "AsOfDateTime": first.printed_at,
        "ODMVersion": "1.3.2",
        "Originator": f"Site {first.site}",
        "SourceSystem": SYSTEM,
        "SourceSystemVersion": first.program_version,
    }


def _admin(records: Sequence[VisitRecord]) -> Node:
    """AdminData: everybody who wrote or signed, where, and what a signature means."""
    first = records[0]
    made = node("AdminData", {"StudyOID": first.study_oid})
    places = sorted({f"L.{first.site}", *(row.location_oid for record in records for row in record.log.rows)})
    for oid, person in sorted(_people(records).items()):
        user = add(made, "User", {"OID": oid, "UserType": _USER_TYPES.get(person.role, "Other")})
        add(user, "LoginName", text=person.user_name)
        add(user, "FullName", text=person.full_name)
    since = min((row.recorded_at[:10] for record in records for row in record.log.rows), default=first.printed_at[:10])
    for oid in places:
        place = add(made, "Location", {"OID": oid, "Name": oid.removeprefix("L."), "LocationType": "Site"})
        version = {"StudyOID": first.study_oid, "MetaDataVersionOID": first.definition.oid, "EffectiveDate": since}
        add(place, "MetaDataVersionRef", version)
    for meaning, oid in signature_oids(records).items():
        sign = add(made, "SignatureDef", {"OID": oid, "Methodology": "Digital"})
        add(sign, "Meaning", text=meaning)
        add(sign, "LegalReason", text=LEGAL_REASON)
    return made


def _people(records: Sequence[VisitRecord]) -> dict[str, Person]:
    """By OID; a row whose author nobody introduced names them by the OID alone."""
    found: dict[str, Person] = {}
    for record in records:
        found |= {row.user_oid: _nobody(row.user_oid, row.role) for row in record.log.rows}
    for record in records:
        found |= {w.person.user_oid: w.person for w in record.log.writers}
        found |= {i.by.user_oid: i.by for form in record.forms for i in form.items.values()}
        found |= {s.person.user_oid: s.person for s in _signers(record)}
    return found


def _nobody(user_oid: str, role: str) -> Person:
    return Person(user_oid, user_oid, user_oid, role)


def _signers(record: VisitRecord) -> Iterable[SignatureRecord]:
    return record.signatures

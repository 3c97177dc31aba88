"""The ODM of a visit says everything the log says of it: valid under the schema of CDISC, no reference dangling."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from crf_desktop.capture import query as asking
from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.study import Study
from crf_desktop.exchange.audit_reading import NotAudit, read_audit
from crf_desktop.exchange.audit_slice import audit_slice
from crf_desktop.exchange.odm_document import odm_document
from crf_desktop.exchange.odm_reading import NotOdm, read_odm
from crf_desktop.exchange.odm_xml import NAMESPACE
from crf_desktop.model.data import Datum, Kind, NullFlavor
from crf_desktop.report.attachment import AUDIT, ODM, attachments_of, attachments_of_all
from crf_desktop.report.proof import proof_text, record_hash
from tests.capture.asking import WEIGHT, Room, make, room
from tests.report.builder import visit

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT.parent / "shared" / "reference" / "schemas" / "odm-1.3.2" / "ODM1-3-2.xsd"
N = {"o": NAMESPACE}


def odm_of(record: VisitRecord) -> bytes:
    return odm_document([record]).data


@cache
def schema() -> etree.XMLSchema:
    if not SCHEMA.is_file():
        pytest.skip("the schema of ODM 1.3.2 is not beside the repository")
    return etree.XMLSchema(etree.parse(SCHEMA))


def require_valid(odm: bytes) -> None:
    assert schema().validate(etree.fromstring(odm)), str(schema().error_log)[:2000]


DEFINED_BY = {
    "StudyEventOID": "StudyEventDef", "FormOID": "FormDef", "ItemGroupOID": "ItemGroupDef", "ItemOID": "ItemDef",
    "CodeListOID": "CodeList", "MeasurementUnitOID": "MeasurementUnit", "MethodOID": "MethodDef",
    "CollectionExceptionConditionOID": "ConditionDef", "UserOID": "User", "LocationOID": "Location",
    "SignatureOID": "SignatureDef", "StudyOID": "Study", "MetaDataVersionOID": "MetaDataVersion",
}  # fmt: skip


def loose_ends(odm: bytes) -> list[str]:
    """What the schema does not find: references without a definition, a value and no value at once, foreign codes."""
    root = etree.fromstring(odm)
    known: dict[str, set[str]] = {}
    for element in root.iter():
        known.setdefault(etree.QName(element).localname, set()).add(element.get("OID", ""))
    found = [
        f"{name} {value}"
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in DEFINED_BY and value not in known.get(DEFINED_BY[name], set())
    ]
    oids = [e.get("OID") for e in root.find(".//o:MetaDataVersion", N) if e.get("OID")]
    found += [oid for oid in set(oids) if oids.count(oid) > 1]
    for item in root.iterfind(".//o:ItemData", N):
        if (item.get("IsNull") == "Yes") == (item.get("Value") is not None):
            found.append(f"{item.get('ItemOID')}: value and no value")
    codes = {c.get("OID"): {i.get("CodedValue") for i in c} for c in root.iterfind(".//o:CodeList", N)}
    for tag in ("FlagValue", "FlagType"):
        flags = root.iterfind(f".//o:{tag}", N)
        found += [f"{tag} {f.text}" for f in flags if f.text not in codes[f.get("CodeListOID")]]
    lists = {i.get("OID"): r.get("CodeListOID") for i in root.iterfind(".//o:ItemDef", N)
             if (r := i.find("o:CodeListRef", N)) is not None}  # fmt: skip
    for item in root.iterfind(".//o:ItemData", N):
        oid, value = item.get("ItemOID"), item.get("Value")
        if oid in lists and value is not None and value not in codes[lists[oid]]:
            found.append(f"{oid}: a code that is not on its list")
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A value behind ``<``, one in another unit, one missing with a remark, queries, a changed answer, rows."""
    folder = make(tmp_path_factory.mktemp("odm") / "study.crf")
    with room(folder) as at:
        entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
        entry.set("I.IGG", "<20", "MU.MG_DL")
        entry.set_missing("I.NOTE", NullFlavor.UNKNOWN, remark="Sheet lost, 纸张遗失")
        entry.set(f"I.STEP.RATE#{entry.add_row('IG.STEP')}", "500", override="The pump allows it.")
        asking.raise_query(at.as_("mon"), WEIGHT, "30.0 or 13.0?")
        at.write(WEIGHT, "31.0")
    return folder


@pytest.fixture(scope="module")
def at(made: Path) -> Iterator[Room]:
    with room(made) as opened:
        yield opened


@pytest.fixture
def record(at: Room) -> VisitRecord:
    return visit_record(at.study, "01-001", "SE.W0")


def item(odm: bytes, oid: str) -> etree._Element:
    [found] = etree.fromstring(odm).iterfind(f".//o:ItemData[@ItemOID='{oid}']", N)
    return found


def text(element: etree._Element, path: str) -> str | None:
    return element.findtext("/".join(f"o:{tag}" for tag in path.split("/")), namespaces=N)


@pytest.mark.requirement("REQ-42")
def test_that_the_file_is_valid_and_refers_to_nothing_that_is_not_there(record: VisitRecord) -> None:
    odm = odm_of(record)
    assert loose_ends(odm) == [] and odm == odm_of(record)
    require_valid(odm)


def test_that_a_whole_visit_of_the_trial_is_valid_too() -> None:
    odm = odm_of(visit())
    assert loose_ends(odm) == []
    require_valid(odm)


def test_that_an_answer_has_who_where_when_why_and_the_row_of_the_log(at: Room, record: VisitRecord) -> None:
    weight = item(odm_of(record), "I.WEIGHT")
    row = [row for row in at.study.store.history(WEIGHT) if row.kind is Kind.ITEM][-1]
    assert weight.get("Value") == "31.0"
    audit = weight.find("o:AuditRecord", N)
    assert text(audit, "SourceID") == f"{row.origin}:{row.seq}"
    assert audit.find("o:UserRef", N).get("UserOID") == row.user_oid
    assert audit.find("o:LocationRef", N).get("LocationOID") == "L.01"
    assert (text(audit, "DateTimeStamp") or "").endswith(("+00:00", "+08:00"))


def test_that_a_limit_is_never_read_as_a_measured_value(record: VisitRecord) -> None:
    odm = odm_of(record)
    igg = item(odm, "I.IGG")
    assert igg.get("Value") == "<20" and igg.find("o:MeasurementUnitRef", N).get("MeasurementUnitOID") == "MU.MG_DL"
    [defined] = etree.fromstring(odm).iterfind(".//o:ItemDef[@OID='I.IGG']", N)
    assert defined.get("DataType") == "text"


def test_that_a_missing_value_has_its_reason_and_remark(record: VisitRecord) -> None:
    note = item(odm_of(record), "I.NOTE")
    assert note.get("IsNull") == "Yes" and note.get("Value") is None
    assert text(note, "Annotation/Flag/FlagValue") == "UNK"
    assert text(note, "Annotation/Comment") == "Sheet lost, 纸张遗失"


def test_that_open_queries_and_values_kept_against_a_check_are_told(record: VisitRecord) -> None:
    odm = odm_of(record)
    weight = item(odm, "I.WEIGHT")
    assert text(weight, "Annotation/Comment") == "30.0 or 13.0?"
    assert text(weight, "Annotation/Flag/FlagValue") == "Open"
    assert weight.find("o:Annotation/o:Comment", N).get("SponsorOrSite") == "Sponsor"
    rate = item(odm, "I.STEP.RATE")
    assert rate.getparent().get("ItemGroupRepeatKey") == "1"
    flags = {text(a, "Flag/FlagValue"): text(a, "Comment") for a in rate.iterfind("o:Annotation", N)}
    assert flags["KEPT"] == "The pump allows it."


def test_that_derived_values_stand_among_the_items_with_the_method_that_gives_them() -> None:
    odm = odm_of(visit())
    total = item(odm, "CRF.M.ESSDAI.TOTAL")
    assert total.get("Value") == "28" and total.getparent().get("ItemGroupOID") == "CRF.F.ESSDAI.DERIVED"
    [ref] = etree.fromstring(odm).iterfind(".//o:ItemRef[@ItemOID='CRF.M.ESSDAI.TOTAL']", N)
    assert ref.get("MethodOID") == "M.ESSDAI.TOTAL"


def test_that_the_date_of_the_visit_is_an_item(record: VisitRecord) -> None:
    assert item(odm_of(record), "CRF.VISIT.DATE").get("Value") == record.visit_date


def test_that_a_signature_stands_only_where_it_holds() -> None:
    signed = visit()
    count = b"<Signature>"
    assert odm_of(signed).count(count) == len(signed.signatures)
    lapsed = evolve(signed, signatures=tuple(evolve(s, current=False) for s in signed.signatures))
    assert odm_of(lapsed).count(count) == 0


def test_that_what_is_written_is_what_is_read_again(record: VisitRecord) -> None:
    read = read_odm(odm_of(record))
    told = {path.item_address: (o.value, o.unit, o.missing) for path, o in read.items.items() if path.item}
    assert told["I.IGG"] == ("<20", "MU.MG_DL", None) and told["I.NOTE"] == (None, None, "UNK")
    assert told["I.STEP.RATE#1"][0] == "500" and read.study_oid == "ST.SMALL"


@pytest.mark.parametrize("typed", ["a < b & c > d", 'say "no"', "two\nlines", "tab-free  ￾ end", "李伟 ≥ µ ×10⁶"])
def test_that_any_text_survives(record: VisitRecord, typed: str) -> None:
    [form] = record.forms
    told = evolve(form.items["I.WEIGHT"], datum=Datum(typed))
    odm = odm_of(evolve(record, log=evolve(record.log, rows=()), forms=(evolve(form, items={"I.NOTE": told}),)))
    [note] = [o for path, o in read_odm(odm).items.items() if path.item == "I.NOTE"]
    assert note.value == typed.replace("￾", "\ufffd")
    require_valid(odm)


def nested(depth: int) -> bytes:
    return b"<ODM xmlns='%s' ODMVersion='1.3.2' FileType='Snapshot'>" % NAMESPACE.encode() + b"<a>" * depth


@pytest.mark.parametrize(
    ("hostile", "code"),
    [
        (b'<!DOCTYPE ODM [<!ENTITY e "e">]><ODM/>', "odm_dtd"),
        (b'<!DOCTYPE ODM SYSTEM "http://127.0.0.1/x"><ODM/>', "odm_dtd"),
        (nested(70), "odm_deep"),
        (nested(3), "odm_malformed"),
        (b"", "odm_malformed"),
        (b"\xff\xfe\x00<", "odm_malformed"),
        (b"<html/>", "odm_malformed"),
        (b" " * (64 << 20) + b"x", "odm_large"),
    ],
)
def test_that_a_hostile_file_is_refused_with_its_reason(hostile: bytes, code: str) -> None:
    with pytest.raises(NotOdm) as no:
        read_odm(hostile)
    assert no.value.code == code


@pytest.mark.requirement("REQ-15")
def test_that_the_audit_slice_holds_every_row_of_the_visit_with_hash_and_signature(
    at: Room, record: VisitRecord
) -> None:
    audit = read_audit(audit_slice([record]))
    assert audit.rows == tuple(at.study.store.history(WEIGHT.event_path)) == record.rows
    assert (audit.n_altered, audit.n_unsigned, audit.n_pending) == (0, 0, 0)
    assert audit.heads[audit.head[0]] == audit.head[1:]


def test_that_an_altered_row_a_forged_signature_and_a_strange_key_are_counted(record: VisitRecord) -> None:
    body = json.loads(audit_slice([record]))
    body["rows"][0]["reason_for_change"] = "another"
    body["rows"][1]["row_signature"] = "00" * 64
    body["keys"][0]["certified"] = False
    found = read_audit(json.dumps(body).encode())
    assert (found.n_altered, found.n_unsigned) == (1, 1)
    body["keys"][0]["public_key"] = "11" * 32
    assert read_audit(json.dumps(body).encode()).n_unsigned > 1


@pytest.mark.parametrize("hostile", [b"", b"[]", b"{", b'{"what":1}', b"[" * 9999, b'{"a":1.5}', b"\xff"])
def test_that_garbage_is_no_audit_trail(hostile: bytes) -> None:
    with pytest.raises(NotAudit):
        read_audit(hostile)


def test_that_the_attachments_of_a_record_are_the_same_each_time_and_named_by_the_record_hash(
    record: VisitRecord,
) -> None:
    one = attachments_of(record)
    assert one is attachments_of(record) and one == attachments_of_all([record])
    files = {a.name: a.data for a in one}
    assert record_hash(record) == hashlib.sha256(files[ODM]).hexdigest()
    assert hashlib.sha256(files[AUDIT]).hexdigest().encode() in files[ODM]


def test_that_the_qr_code_names_record_and_head_and_no_participant(record: VisitRecord) -> None:
    origin, seq, head = record.head
    told = proof_text(record)
    assert told == f"CRF:2/ST.SMALL/{record_hash(record)}/{origin}/{seq}/{head}".upper()
    assert record.subject not in told


def test_that_the_independent_checker_finds_nothing_and_finds_a_changed_answer(
    record: VisitRecord, tmp_path: Path
) -> None:
    for attachment in attachments_of(record):
        (tmp_path / attachment.name).write_bytes(attachment.data)
    command = [sys.executable, "-m", "tests.check_document", str(tmp_path / AUDIT), str(tmp_path / ODM)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.split("\n")[:2] == ["whole", f"record hash {record_hash(record)}"], told.stderr
    odm = (tmp_path / ODM).read_bytes()
    (tmp_path / ODM).write_bytes(odm.replace(b'Value="31.0"', b'Value="13.0"'))
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 1 and "whole" not in told.stdout


@pytest.mark.full
def test_that_every_visit_of_a_finished_trial_is_valid_and_agrees_with_its_rows(finished: Path) -> None:
    from crf_desktop.demo.maker import PASSWORD
    from crf_desktop.exchange.document_check import check_data

    study = Study.open(finished, "investigator", PASSWORD, read_only=True)
    for subject in study.subjects():
        visits = sorted({head.path.event_address for head in study.store.form_heads(subject)})
        records = [visit_record(study, subject, event) for event in visits]
        for one in ([r] for r in records):
            audit, odm = (a.data for a in attachments_of_all(one))
            require_valid(odm)
            assert loose_ends(odm) == []
            assert {f.code for f in check_data(odm, audit, study)} == {"data_agree", "equal", "unchanged_since"}
        require_valid(attachments_of_all(records)[1].data)
    study.close()



"""What is said of the data inside a PDF: unaltered, or which attachment was; equal to the log; changed; foreign."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from attrs import evolve
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.signature import ca_fingerprint
from crf_desktop.cli import run
from crf_desktop.errors import LANGUAGES
from crf_desktop.report.archive import Attachment
from crf_desktop.report.attachment import AUDIT, ODM, attachments_of
from crf_desktop.report.data_check import check_attached
from crf_desktop.report.extraction import Unreadable, attachments_in
from crf_desktop.report.visit_summary import visit_summary
from crf_desktop.wording.document_finding import FINDINGS
from tests.capture.asking import PASSWORD, WEIGHT, Room, make, room
from tests.report.conftest import signed_pdf
from tests.report.test_archive import drawn

SOUND = ["data_agree", "equal", "unchanged_since"]
ALONE = ["data_agree", "authority_unknown"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("checked") / "study.crf")


@pytest.fixture(scope="module")
def at(made: Path) -> Iterator[Room]:
    with room(made) as opened:
        yield opened


@pytest.fixture(scope="module")
def record(at: Room) -> VisitRecord:
    return visit_record(at.study, "01-001", "SE.W0")


@pytest.fixture(scope="module")
def pdf(record: VisitRecord) -> bytes:
    return visit_summary(record, "en")


def codes(pdf: bytes, at: Room | None = None) -> list[str]:
    return [finding.code for finding in check_attached(pdf, at.study if at else None)]


def with_files(record: VisitRecord, change: Callable[[str, bytes], bytes]) -> bytes:
    """A PDF with changed attachments, and with the lengths and checksums that go with them."""
    return drawn(tuple(evolve(a, data=change(a.name, a.data), steady=(0, 0)) for a in attachments_of(record)))


def replaced(pdf: bytes, name: str, data: bytes) -> bytes:
    """The PDF with one attachment replaced by an incremental update, as an attacker would: length and checksum fit."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = next(names[i + 1] for i in range(0, len(names), 2) if names[i] == name)
    stream = generic.StreamObject(stream_data=data)
    stream["/Type"], stream["/Subtype"] = pdf_name("/EmbeddedFile"), pdf_name("/application/xml")
    checksum = generic.ByteStringObject(hashlib.md5(data, usedforsecurity=False).digest())
    stream["/Params"] = generic.DictionaryObject(
        {pdf_name("/Size"): generic.NumberObject(len(data)), pdf_name("/CheckSum"): checksum}
    )
    spec["/EF"]["/F"] = spec["/EF"]["/UF"] = writer.add_object(stream)
    writer.update_container(spec["/EF"])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


pdf_name = generic.NameObject


def test_that_untouched_data_agree_with_themselves_and_with_the_log(pdf: bytes, at: Room) -> None:
    assert codes(pdf) == ALONE and codes(pdf, at) == SOUND
    assert ca_fingerprint(at.study.store) in check_attached(pdf)[-1].sentence("en")


def test_that_every_finding_has_both_languages_and_no_value(pdf: bytes, at: Room) -> None:
    for finding in check_attached(pdf, at.study):
        for language in LANGUAGES:
            assert "01-001" not in finding.sentence(language) and "30.0" not in finding.sentence(language)
    for en, zh in FINDINGS.values():
        assert sorted(re.findall(r"\{\w+\}", en)) == sorted(re.findall(r"\{\w+\}", zh))


def streams(pdf: bytes) -> list[int]:
    return [found.end() for found in re.finditer(rb"\bstream\r?\n", pdf)]


def unpacked(pdf: bytes, at: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(pdf[at:])
    except zlib.error:
        return b""


@pytest.mark.parametrize("name", [ODM, AUDIT])
def test_that_a_flipped_byte_inside_an_attachment_names_it(
    pdf: bytes, record: VisitRecord, at: Room, name: str
) -> None:
    data = next(a.data for a in attachments_of(record) if a.name == name)
    start = next(at for at in streams(pdf) if unpacked(pdf, at) == data)
    packed = pdf[start : pdf.index(b"endstream", start)]
    for offset in (2, len(packed) // 3, len(packed) // 2, len(packed) - 2):
        flipped = bytearray(pdf)
        flipped[start + offset] ^= 0x10
        found = check_attached(bytes(flipped), at.study)
        told = {f.code for f in found if f.weight == "bad"} & {"attachment_unreadable", "attachment_altered"}
        assert told and all(dict(f.context).get("name", name) == name for f in found), offset


@pytest.mark.requirement("REQ-22")
def test_that_an_odm_replaced_after_the_signature_is_named(record: VisitRecord, at: Room) -> None:
    signed = signed_pdf(record)
    odm = next(a.data for a in attachments_of(record) if a.name == ODM)
    forged = replaced(signed, ODM, odm.replace(b'Value="30.0"', b'Value="13.0"'))
    assert codes(signed, at) == SOUND
    findings = check_attached(forged, at.study)
    assert [f.code for f in findings if f.weight == "bad"] == ["attachment_replaced", "answers_differ"]
    assert findings[0].sentence("en") == "The attachment odm.xml was replaced after the document was signed."
    assert "Weight" in findings[1].sentence("en") or "weight" in findings[1].sentence("en")


def test_that_an_answer_changed_in_the_odm_alone_is_named(record: VisitRecord, at: Room) -> None:
    forged = with_files(record, lambda name, data: data.replace(b'Value="30.0"', b'Value="13.0"'))
    assert codes(forged, at) == ["answers_differ"]


def test_that_a_row_changed_in_both_files_is_found_without_the_study_too(record: VisitRecord, at: Room) -> None:
    audit = next(a.data for a in attachments_of(record) if a.name == AUDIT)
    other = audit.replace(b'"30.0"', b'"13.0"')

    def change(name: str, data: bytes) -> bytes:
        digests = (hashlib.sha256(a).hexdigest().encode() for a in (audit, other))
        return other if name == AUDIT else data.replace(b'"30.0"', b'"13.0"').replace(*digests)

    assert "rows_altered" in codes(with_files(record, change))


def test_that_a_row_left_out_of_both_files_is_missed_when_the_study_is_there(record: VisitRecord, at: Room) -> None:
    short = evolve(record, log=evolve(record.log, rows=record.rows[:-1]), forms=())
    pdf = drawn(attachments_of(short))
    assert codes(pdf) == ALONE and codes(pdf, at) == ["document_lacks"]


def test_that_other_bytes_in_place_of_an_attachment_are_refused_with_their_reason(record: VisitRecord) -> None:
    entity = b'<!DOCTYPE ODM [<!ENTITY x SYSTEM "file:///etc/hosts">]><ODM>&x;</ODM>'
    assert codes(with_files(record, lambda name, data: entity if name == ODM else data)) == ["odm_dtd"]
    assert codes(with_files(record, lambda name, data: b"{}" if name == AUDIT else data)) == ["audit_malformed"]
    body = json.loads(next(a.data for a in attachments_of(record) if a.name == AUDIT))
    body["heads"] = {}
    told = codes(with_files(record, lambda name, data: json.dumps(body).encode() if name == AUDIT else data))
    assert told == ["audit_not_named", "authority_unknown"]


def test_that_a_missing_attachment_is_named_and_a_pdf_without_data_says_so(record: VisitRecord) -> None:
    audit, odm = attachments_of(record)
    [finding] = check_attached(drawn((odm,)))
    assert (finding.code, dict(finding.context)) == ("attachment_missing", {"name": AUDIT})
    [finding] = check_attached(drawn(()))
    assert (finding.code, finding.weight) == ("no_data", "note")
    assert codes(drawn((audit, odm, odm))) == ["attachment_twice"]


@pytest.mark.parametrize("garbage", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>", bytes(999)])
def test_that_garbage_has_a_finding_and_no_exception(garbage: bytes) -> None:
    assert codes(garbage) == ["attachments_unreadable"]


def test_that_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crf_desktop.report.extraction.MOST_BYTES", 1000)
    [found] = attachments_in(drawn((Attachment(ODM, bytes(2000), "application/xml", "Data", ""),)))
    assert found.data is None


@pytest.mark.full
def test_that_no_flipped_byte_raises_anything(pdf: bytes, at: Room) -> None:
    for position in range(0, len(pdf), 97):
        flipped = bytearray(pdf)
        flipped[position] ^= 0x04
        check_attached(bytes(flipped), at.study)
        check_attached(bytes(pdf[:position]))


def test_that_unreadable_is_told_apart_from_empty() -> None:
    with pytest.raises(Unreadable):
        attachments_in(b"%PDF-")
    assert attachments_in(drawn(())) == ()


@pytest.fixture
def room_of_its_own(made: Path, tmp_path: Path) -> Iterator[Room]:
    with room(Path(shutil.copytree(made, tmp_path / "study.crf"))) as opened:
        yield opened


@pytest.mark.requirement("REQ-25")
def test_that_what_has_changed_since_is_named_without_its_value(pdf: bytes, room_of_its_own: Room) -> None:
    at = room_of_its_own
    at.write(WEIGHT, "31.5")
    at.as_("inv").form("01-001", "SE.W0", "F.DOSE").set("I.NOTE", "given slowly")
    findings = check_attached(pdf, at.study)
    assert [f.code for f in findings] == ["data_agree", "equal", "changed_since"]
    told = findings[-1].sentence("en")
    assert "2 answers" in told and "31.5" not in told and all(f.weight != "bad" for f in findings)


# ---- on the command line


@pytest.fixture
def laid(pdf: bytes, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv("CRF_USER", "inv")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    (tmp_path / "visit.pdf").write_bytes(pdf)
    return tmp_path / "visit.pdf", Path(shutil.copytree(made, tmp_path / "far" / "study.crf"))


def test_that_verify_compares_an_unsigned_pdf_and_says_that_its_pages_prove_nothing(
    laid: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, study = laid
    assert run(["verify", str(path), "--study", str(study)]) == 1
    told = capsys.readouterr().out
    for code in ("equal", "unchanged_since"):
        assert FINDINGS[code][0].split("{")[0] in told
    assert "no signature" in told and "names no PDF with these bytes" not in told and "NOT VERIFIED." in told


def test_that_verify_refuses_the_pdf_of_another_study_with_a_sentence(
    laid: tuple[Path, Path], record: VisitRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, study = laid
    path.write_bytes(signed_pdf(evolve(record, study_oid="ST.OTHER", log=type(record.log)())))
    assert run(["verify", str(path), "--study", str(study)]) == 1
    assert FINDINGS["other_study"][0] in capsys.readouterr().out
    path.write_bytes(visit_summary(record, "en"))
    other = make(tmp_path / "other.crf")
    assert run(["verify", str(path), "--study", str(other)]) == 1
    told = capsys.readouterr().out
    assert FINDINGS["other_authority"][0] in told and "01-001" not in told


def test_that_verify_names_an_attachment_replaced_after_the_signature(
    laid: tuple[Path, Path], record: VisitRecord, capsys: pytest.CaptureFixture[str]
) -> None:
    path, study = laid
    odm = next(a.data for a in attachments_of(record) if a.name == ODM)
    path.write_bytes(replaced(signed_pdf(record), ODM, odm.replace(b'Value="30.0"', b'Value="13.0"')))
    assert run(["verify", str(path), "--study", str(study)]) == 1
    told = capsys.readouterr().out
    assert FINDINGS["attachment_replaced"][0].format(name=ODM) in told and "13.0" not in told


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbar-tools is not installed")
def test_that_the_qr_code_on_the_page_names_the_data_in_the_file(pdf: bytes, tmp_path: Path) -> None:
    pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().save(tmp_path / "page.png")
    command = ["zbarimg", "-q", "--raw", str(tmp_path / "page.png")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    odm = next(found.data for found in attachments_in(pdf) if found.name == ODM)
    assert odm is not None and hashlib.sha256(odm).hexdigest().upper() in told.stdout

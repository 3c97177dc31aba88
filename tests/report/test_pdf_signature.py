"""The signature of a PDF: what other programs say of it, and that it never depends on chance or clock."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.report.pdf_signature import SigningMaterial, sign_pdf
from crf_desktop.report.visit_summary import visit_summary
from tests.report.builder import visit
from tests.report.conftest import SIGNED_AT, signed_pdf
from tests.report.people import ca_pem, material

needs_pdfsig = pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")


def told(path: Path, *command: str) -> str:
    return subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=60, check=False).stdout


@needs_pdfsig
@pytest.mark.requirement("REQ-22")
def test_that_pdfsig_says_valid_and_total_document_signed(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "visit.pdf"
    path.write_bytes(signed)
    said = told(path, "pdfsig")
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


@needs_pdfsig
@pytest.mark.requirement("REQ-22")
def test_that_pdfsig_says_not_after_a_flipped_byte_inside_the_signed_ranges(signed: bytes, tmp_path: Path) -> None:
    at = signed.index(b"/Reason") + 12
    path = tmp_path / "visit.pdf"
    path.write_bytes(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])
    assert "Signature is Valid." not in told(path, "pdfsig")


@needs_qpdf
def test_that_qpdf_finds_no_fault(signed: bytes, tmp_path: Path) -> None:
    for name, pdf in (("signed", signed), ("draft", visit_summary(visit(signed=False), "zh"))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        assert "No syntax or stream encoding errors found" in told(path, "qpdf", "--check")


def test_that_the_same_record_key_and_time_give_the_same_bytes(signed: bytes) -> None:
    assert signed_pdf(visit()) == signed


def test_that_the_file_states_the_time_it_was_given(signed: bytes) -> None:
    assert b"(D:20260506164305+08'00')" in signed


def test_that_the_signature_forbids_every_later_change(signed: bytes) -> None:
    assert re.search(rb"/DocMDP\b", signed) and re.search(rb"/P 1\b", signed)


def test_that_a_key_of_someone_else_is_refused() -> None:
    mixed = SigningMaterial(material("Somebody").private_key_pem, material("Li Wei").certificate, (ca_pem(),))
    with pytest.raises(Refused) as refused:
        sign_pdf(visit_summary(visit(), "en"), mixed, "Li Wei", "", SIGNED_AT)
    assert refused.value.code == "report.key_mismatch"


def test_that_what_is_no_pdf_is_not_signed() -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        sign_pdf(b"no PDF", material("Li Wei"), "Li Wei", "", datetime(2026, 5, 6, tzinfo=UTC))
    assert problem.value.code == "report.pdf_unreadable"


def test_that_the_key_never_shows_in_a_traceback() -> None:
    assert "PRIVATE" not in repr(material("Li Wei"))
    assert "PRIVATE" not in repr(evolve(material("Li Wei"), chain=()))

"""Pages with the place of the signature, and the file that begins with them, in both languages and for two signers."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from crf_desktop.capture.acceptance import STATEMENT
from crf_desktop.capture.enrolment import Enrolment, SigningCertificate
from crf_desktop.capture.signing import Shown, ToSign
from crf_desktop.model.path import ItemPath
from crf_desktop.report.enrolment_sheet import enrolment_pdf
from crf_desktop.report.signed_summary import file_to_countersign, sign_shown_pages, summary_to_sign
from tests.report.builder import DAY, INVESTIGATOR, definition, visit
from tests.report.people import material

SIGNED_AT = datetime.fromisoformat(f"{DAY}T16:43:05+08:00")
DIGEST = "sha256:" + "0123456789abcdef" * 4


def text_of(pdf: bytes, folder: Path) -> str:
    """Every word, as another program reads it."""
    (folder / "pages.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(folder / "pages.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def asked(second: bool = False, first: str = "") -> ToSign:
    record = visit()
    forms = tuple((form.form.oid, DIGEST) for form in record.forms[:3])
    path, meaning = ItemPath.of(record.subject, record.event.oid), definition().signature_meanings[0]
    return ToSign(path, evolve(record, signatures=()), INVESTIGATOR, meaning, forms, second, first)


@pytest.fixture(scope="module")
def shown() -> Shown:
    return summary_to_sign(asked(), "en")


@pytest.mark.requirement("REQ-22")
def test_that_the_signed_file_begins_with_the_pages_shown_and_is_made_the_same_again(shown: Shown) -> None:
    signed = sign_shown_pages(shown, material("Li Wei"), SIGNED_AT)
    assert signed.startswith(shown.pdf) and len(signed) > len(shown.pdf)
    assert sign_shown_pages(shown, material("Li Wei"), SIGNED_AT) == signed
    assert summary_to_sign(asked(), "en") == shown


@pytest.mark.requirement("REQ-21")
@pytest.mark.parametrize(("language", "heading"), [("en", "Signed by this file"), ("zh", "由本文件签署")])
def test_that_the_pages_say_who_signs_what_in_which_meaning(language: Any, heading: str, tmp_path: Path) -> None:
    pages = summary_to_sign(asked(second=True), language)
    text = text_of(pages.pdf, tmp_path)
    assert heading in text and text.replace(" ", "").count("0123456789abcdef" * 4) == 3
    assert definition().signature_meanings[0].in_(language)[:20] in text
    assert "Not signed" not in text and "未签名" not in text
    assert pages.second_place is not None and pages.second_place[3] < pages.place[1]


@pytest.mark.requirement("REQ-22")
def test_that_a_second_person_signs_exactly_the_file_of_the_first() -> None:
    pages = summary_to_sign(asked(second=True), "en")
    first = sign_shown_pages(pages, material("Li Wei"), SIGNED_AT)
    second = file_to_countersign(asked(first=DIGEST), "en", first)
    assert (second.pdf, second.n_pages) == (first, pages.n_pages)
    assert second.place == pytest.approx(pages.second_place)
    assert sign_shown_pages(second, material("Ana Maria"), SIGNED_AT).startswith(first)


def enrolled() -> Enrolment:
    """A signer who accepted the statement."""
    certificate = SigningCertificate(
        "lap1", "1234abcd", "ab" * 32, "2027-01-01T00:00:00+00:00", "2032-01-01T00:00:00+00:00", True,
        "2027-05-06T09:00:00+08:00", STATEMENT,
    )  # fmt: skip
    trial = definition()
    return Enrolment(
        INVESTIGATOR, True, "Staff card 工作证 😀", "Administrator (adm)", "2027-05-01T09:00:00+08:00", (certificate,),
        trial.study_name, trial.registry, trial.study_oid, "01", "cd" * 32, ("lap1", 7, "ef" * 32),
        "2027-05-06T10:00:00+08:00",
    )  # fmt: skip


@pytest.mark.requirement("REQ-26")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_the_enrolment_sheet_prints_identity_statement_and_fingerprints(language: Any, tmp_path: Path) -> None:
    found = enrolled()
    pdf = enrolment_pdf(found, language)
    assert enrolment_pdf(found, language) == pdf
    text = text_of(pdf, tmp_path)
    squeezed = "".join(text.split())
    assert "ab" * 32 in squeezed and "cd" * 32 in squeezed and "工作证" in text and "U+1F600" in text
    assert "".join(STATEMENT.in_(language).split())[:30] in squeezed

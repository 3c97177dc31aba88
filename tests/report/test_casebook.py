"""The casebook holds everything of one participant, in contents and bookmarks too, and can be cancelled."""

from __future__ import annotations

import pickle
import re
import shutil
import subprocess
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pikepdf import pdfa
from pypdf import PdfReader

from crf_desktop.capture.casebook import CasebookRecord, casebook_record
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD
from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.model.data import Kind
from crf_desktop.report.audit_section import _spelled
from crf_desktop.report.casebook import casebook, ticks
from crf_desktop.report.casebook_source import Source
from crf_desktop.report.drawing import grouped
from crf_desktop.report.form_section import begun

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
WHO = "01-002"


@pytest.fixture(scope="module")
def record(finished: Path) -> CasebookRecord:
    study = Study.open(finished, "data-manager", PASSWORD, read_only=True)
    try:
        return casebook_record(study, WHO)
    finally:
        study.close()


TOLD: dict[Language, int] = {"en": 0, "zh": 0}
"""How often the making of each told how far it was."""


@pytest.fixture(scope="module")
def made(record: CasebookRecord) -> dict[Language, bytes]:
    def tick(language: Language) -> None:
        TOLD[language] += 1

    return {language: casebook(record, language, partial(tick, language)) for language in LANGUAGES}


def pages_of(pdf: bytes, tmp_path: Path) -> list[str]:
    """The text of each page without blanks, which break words in narrow cells."""
    path = tmp_path / "book.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return [re.sub(r"[\s\u00a0]+", "", page) for page in told.decode().split("\f")[:-1]]


def bare(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", "", text)


@pytest.mark.requirement("REQ-38", "REQ-15")
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_visit_form_signature_and_row_is_in_it(
    record: CasebookRecord, made: dict[Language, bytes], language: Language, tmp_path: Path
) -> None:
    source = Source(record, language)
    pages = pages_of(made[language], tmp_path)
    whole = "".join(pages)
    for reader in source.readers:
        assert bare(reader.visit_name()) in whole
        for form in reader.record.forms:
            assert not begun(form) or bare(form.form.title.in_(language)) in whole
        for one in reader.record.signatures:
            assert bare(reader.moment(one.when, seconds=True)) in whole
    trail = whole.split(bare(source.say("lead")))[-1]
    for row in record.rows:
        assert str(row.seq) in trail
        assert row.kind is not Kind.ITEM or bare(_spelled(source.trail, row, row.datum)) in trail
    for _, digest in record.heads.values():
        assert bare(grouped(digest)) in pages[0]
    assert bare(grouped(record.first.ca_fingerprint)) in pages[0]
    assert "SE.RTX" not in whole and "SE.BEL" not in whole, "a visit is told by its title"


def test_that_contents_bookmarks_and_numbers_of_pages_agree(made: dict[Language, bytes], tmp_path: Path) -> None:
    reader, pages = PdfReader(BytesIO(made["en"])), pages_of(made["en"], tmp_path)
    marks: list[tuple[str, int]] = []

    def walk(outline: list[Any]) -> None:
        for one in outline:
            if isinstance(one, list):
                walk(one)
            else:
                marks.append((str(one.title), (reader.get_destination_page_number(one) or 0) + 1))

    walk(list(reader.outline))
    assert len(marks) > 100
    contents = "".join(pages[1:5])
    for title, page in marks:
        assert bare(title) in pages[page - 1]
        assert bare(title) + str(page) in contents
    assert all(WHO in page and f"Page{n}of{len(pages)}" in page for n, page in enumerate(pages, 1))
    assert sum(len(page.get("/Annots", ())) for page in reader.pages) == len(marks), "each line is a link"


def test_that_the_data_are_attached_and_the_file_is_fit_for_archives(made: dict[Language, bytes]) -> None:
    assert set(PdfReader(BytesIO(made["en"])).attachments) == {"odm.xml", "audit.json"}
    assert [str(found) for found in pdfa.validate_written(BytesIO(made["zh"]), "3b").findings] == []


def test_that_a_casebook_from_a_worker_process_is_the_same(record: CasebookRecord, made: dict[Language, bytes]) -> None:
    sent = pickle.loads(pickle.dumps(record))
    assert sent == record and casebook(sent, "zh") == made["zh"]


def test_that_it_tells_how_far_it_is_and_stops_when_told(
    record: CasebookRecord, made: dict[Language, bytes]
) -> None:
    assert made and set(TOLD.values()) == {ticks(record)}

    class Stopped(Exception):
        """Somebody pressed Cancel."""

    for at in (0, 4):
        left = iter(range(at))

        def stop(left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise Stopped

        with pytest.raises(Stopped):
            casebook(record, "en", stop)

"""The marks of a paper page: corners at their places, a code on every page that says which page it is."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import segno
from pikepdf import pdfa
from pypdf import PdfReader

from crf_desktop.model.serial import digest, to_bytes
from crf_desktop.report.paper_book import PaperLabel, annotated_book, blank_book, filled_forms
from crf_desktop.report.paper_mark import PageName, corners, modules
from tests.report.builder import visit
from tests.report.paper_reading import LANGUAGES, WHEN, definition, needs_poppler, pixels, told, words
from tests.small_trial import small_trial

MM = 72 / 25.4
LABEL = PaperLabel("01-003", "01")
VISIT = ("SE.RTX2",)


def code(form: str, page: str, subject: str = "", place: str = "SE.RTX2") -> str:
    """The text that docs/paper_format.md gives a page."""
    found = digest(to_bytes(definition()))[7:19].upper()
    return " ".join(p for p in ("CRF1", definition().study_oid, found, place, form, page, subject) if p)


def test_that_the_text_of_a_code_is_as_documented() -> None:
    name = PageName("ST.X", "sha256:" + "0a" * 32, "SE.UNS#2", "F.AE#3", 2, 4, "01-003")
    assert name.text == "CRF1 ST.X 0A0A0A0A0A0A SE.UNS#2 F.AE#3 2/4 01-003"


def test_that_corner_marks_are_five_millimetres_in_five_millimetres_from_every_edge() -> None:
    assert [(round(x / MM, 2), round(y / MM, 2)) for x, y in corners()] == [(5, 5), (200, 5), (5, 287), (200, 287)]


@needs_poppler
@pytest.mark.requirement("REQ-45")
@pytest.mark.parametrize("page", [1, 2, 5])
def test_that_the_marks_are_printed_where_they_should_be(page: int) -> None:
    width, height, grey = pixels(blank_book(definition(), "both", VISIT, when=WHEN), page, 254)  # 10 pixels in 1 mm
    assert (width, height) == (2101, 2971)  # the last pixel is begun

    def at(x: float, y: float) -> int:
        return grey[round(y * 10) * width + round(x * 10)]

    for left, top in ((5, 5), (200, 5), (5, 287), (200, 287)):
        inside = [(left + dx, top + dy) for dx in (0.2, 2.5, 4.8) for dy in (0.2, 2.5, 4.8)]
        around = [(left + dx, top + dy) for dx in (-0.4, 5.4) for dy in (-0.4, 2.5, 5.4)]
        assert all(at(x, y) == 0 for x, y in inside) and all(at(x, y) == 255 for x, y in around), (left, top)


@needs_poppler
def test_that_the_code_of_a_page_is_the_one_its_text_gives_module_by_module() -> None:
    pdf = blank_book(definition(), "en", VISIT, LABEL, when=WHEN, forms=("F.VITALS",))
    width, _, grey = pixels(pdf, 1, 254)
    expected = segno.make(code("F.VITALS", "1/1", "01-003"), error="m", micro=False, boost_error=False, mask=2).matrix
    assert [list(row) for row in modules(code("F.VITALS", "1/1", "01-003"))] == [list(row) for row in expected]
    step = 220 / len(expected)
    left = 1739.0 - 0.1  # 173.9 mm
    for r, row in enumerate(expected):
        for c, module in enumerate(row):
            x, y = round(left + (c + 0.5) * step), round(120 + (r + 0.5) * step)
            assert (grey[y * width + x] < 128) == bool(module & 1), (r, c)


@needs_poppler
@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbar-tools is not installed")
@pytest.mark.parametrize("subject", [pytest.param("", marks=pytest.mark.full), "01-003"])
def test_that_a_reader_of_codes_reads_every_page_of_a_visit(tmp_path: Path, subject: str) -> None:
    d = definition()
    label = PaperLabel(subject) if subject else None
    pdf = tmp_path / "visit.pdf"
    pdf.write_bytes(blank_book(d, "en", VISIT, label, when=WHEN))
    subprocess.run(["pdftoppm", "-gray", "-r", "100", pdf, tmp_path / "page"], check=True, timeout=120)
    found = []
    for page in sorted(tmp_path.glob("page-*.pgm")):
        read = subprocess.run(
            ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", page],
            capture_output=True,
            check=True,
            timeout=60,
        )
        found.append(read.stdout.decode().strip())
    assert found[0] == code("CONTENTS", "1/1", subject, "-")
    forms = dict.fromkeys(text.split()[4] for text in found[1:])
    assert tuple(forms) == d.event["SE.RTX2"].forms
    for form in forms:
        own = [text for text in found if f" {form} " in text]
        assert own == [code(form, f"{n}/{len(own)}", subject) for n in range(1, len(own) + 1)]


@needs_poppler
def test_that_a_label_is_printed_and_without_one_nobody_is_named() -> None:
    named = told(blank_book(definition(), "en", VISIT, LABEL, when=WHEN, forms=("F.VITALS",)))
    assert "01-003" in named and "site 01" in named
    unnamed = told(blank_book(definition(), "en", VISIT, when=WHEN, forms=("F.VITALS",)))
    assert "01-003" not in unnamed and "Participant label" in unnamed
    site = told(blank_book(definition(), "en", VISIT, PaperLabel(site="07"), when=WHEN, forms=("F.VITALS",)))
    assert "site 07" in site and "0 7 –" in site


@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_page_has_its_number_a_line_to_sign_and_the_missing_codes(language: str) -> None:
    pdf = blank_book(definition(), language, ("SE.BEL1",), when=WHEN)  # type: ignore[arg-type]
    pages = told(pdf).split("\f")[1:-1]
    wanted = {"en": ("Completed by", "Page", "not done"), "zh": ("填写人", "第1页" if len(pages) < 2 else "页", "未做")}
    for page in pages:
        assert all(word in page for word in wanted["zh" if language == "zh" else "en"])


@needs_poppler
def test_that_no_head_of_a_table_stands_alone_at_the_foot_of_a_page() -> None:
    for page in words(blank_book(definition(), "both", ("SE.SCR",), when=WHEN))[1:]:
        body = [w for w in page if 136 < w[1] < 762]
        last = max(body, key=lambda w: w[3])
        near = [w[4] for w in page if w[3] > last[1] - 30 and w[1] < 762]
        assert any(word in ("ND", "NA", "UK", "RF") or word.isdigit() for word in near) or len(near) > 2


@pytest.mark.parametrize("kind", ["blank", "annotated", "filled"])
def test_that_paper_is_fit_for_archives(kind: str) -> None:
    pdf = {
        "blank": lambda: blank_book(small_trial(), "both", label=LABEL, when=WHEN),
        "annotated": lambda: annotated_book(small_trial(), "zh", when=WHEN),
        "filled": lambda: filled_forms(visit(), "both", ("F.ESSDAI", "F.EXAM", "F.PRIOR")),
    }[kind]()
    assert [str(f) for f in pdfa.validate_written(BytesIO(pdf), "3b").findings] == []
    fonts = {str(f["/BaseFont"]) for p in PdfReader(BytesIO(pdf)).pages for f in _fonts(p)}
    assert fonts and all("CRFSans" in font for font in fonts)


def _fonts(page: object) -> list[dict[str, str]]:
    return [f.get_object() for f in page["/Resources"]["/Font"].values()]  # type: ignore[index]

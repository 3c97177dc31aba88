"""Every PDF the program makes is PDF/A-3b before it is signed, and the same record gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from attrs import evolve
from pikepdf import pdfa

from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.report import archive
from crf_desktop.report.archive import Attachment
from crf_desktop.report.embedding import Embedding, pictures
from crf_desktop.report.extraction import attachments_in
from tests.report.kinds import KINDS

WHEN = datetime.fromisoformat("2026-05-06T16:43:05+08:00")
ATTACHED = (
    Attachment("odm.xml", b"<a>\xc3\xa9</a>", "application/xml", "Data", "The data (of these pages) 数据"),
    Attachment("audit.json", b"{}" * 999, "application/json", "Supplement", "Audit trail"),
)


def findings(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/A-3b; empty when nothing does."""
    return [str(found) for found in pdfa.validate_written(BytesIO(pdf), "3b").findings]


def drawn(attachments: tuple[Attachment, ...] = ATTACHED) -> bytes:
    out = BytesIO()
    canvas = archive.canvas(out, WHEN, "A title with µ, 标题 and (brackets)", "zh", attachments=attachments)
    canvas.drawString(72, 72, "Page")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


LONG = ("statistical report",)
"""Thirty pages of curves, which take the checker seconds; one figure of them is checked always."""


@pytest.mark.requirement("REQ-42")
@pytest.mark.parametrize("kind", [pytest.param(k, marks=pytest.mark.full) if k in LONG else k for k in KINDS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_kind_of_pdf_is_fit_for_archives(kind: str, language: Language) -> None:
    assert findings(KINDS[kind](language)) == []


def test_that_attachments_are_associated_files_with_type_size_and_date() -> None:
    pdf = drawn()
    assert findings(pdf) == [] and pdf == drawn() and pdf == drawn(ATTACHED[::-1])
    with pikepdf.open(BytesIO(pdf)) as read:
        assert set(read.attachments) == {"odm.xml", "audit.json"}
        assert [str(spec.UF) for spec in read.Root.AF] == ["audit.json", "odm.xml"]
        spec = read.Root.AF[1]
        stream = spec.EF.F
        assert (spec.AFRelationship, stream.Subtype) == (pikepdf.Name.Data, pikepdf.Name("/application/xml"))
        assert read.Root.AF[0].AFRelationship == pikepdf.Name.Supplement
        assert str(spec.Desc) == ATTACHED[0].description
        assert stream.read_bytes() == ATTACHED[0].data and stream.Params.Size == len(ATTACHED[0].data)
        assert str(stream.Params.ModDate) == str(stream.Params.CreationDate) == "D:20260506164305+08'00'"


@pytest.mark.parametrize(("tool", "option"), [("qpdf", "--check"), ("pdfdetach", "-list")])
def test_that_tools_anybody_has_read_the_attachments(tool: str, option: str, tmp_path: Path) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    (tmp_path / "a.pdf").write_bytes(drawn())
    told = subprocess.run([tool, option, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    assert "No syntax" in told.stdout if tool == "qpdf" else "2 embedded files" in told.stdout


def test_that_an_attachment_of_which_a_part_is_packed_once_unpacks_to_the_same_bytes() -> None:
    data = b"<a>" + b"x" * 70_000 + b"</a>"
    for steady in ((0, 0), (3, 70_003), (0, len(data)), (5, 5)):
        [found] = attachments_in(drawn((evolve(ATTACHED[0], data=data, steady=steady),)))
        assert found.data == data and found.as_stated


def test_that_a_pdf_without_attachments_lists_none() -> None:
    with pikepdf.open(BytesIO(drawn(()))) as read:
        assert "/AF" not in read.Root and "/Names" not in read.Root


def figure() -> bytes:
    """A figure with hatched and plain surfaces and words, as PDF."""
    from crf_desktop.analysis.figure_color import DOMAIN_FILLS
    from crf_desktop.analysis.figure_sheet import Sheet, inked
    from crf_desktop.analysis.figures import as_pdf

    with inked():
        sheet = Sheet(120)
        for n, fill in enumerate(DOMAIN_FILLS):
            sheet.box(10 + 40 * n, 10, 30, 90, fill=fill, edge="text")
        sheet.text(10, 115, "ESSDAI ≥ 5 得分")
        return as_pdf(sheet.figure)


def test_that_a_hatched_figure_has_no_pattern_left_and_looks_the_same(tmp_path: Path) -> None:
    out, whole = BytesIO(), figure()
    canvas = archive.canvas(out, WHEN, "Figure", "en", (515.2756, 120))
    [picture] = pictures(whole)
    Embedding(canvas._doc).draw(canvas, picture, 0, 0)
    canvas.showPage()
    canvas.save()
    assert findings(out.getvalue()) == [] and b"/Pattern" not in out.getvalue()
    assert b"/Pattern" in whole
    before, after = (pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_numpy() for pdf in (whole, out.getvalue()))
    differs = abs(before.astype(int) - after.astype(int)).max(axis=2) > 60
    assert before.shape == after.shape and differs.mean() < 0.01

"""Every PDF the program makes is PDF/A-3b before it is signed, and the same record gives the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.report import archive
from crf_desktop.report.archive import Attachment
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


@pytest.mark.requirement("REQ-59")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_kind_of_pdf_is_fit_for_archives(kind: str, language: Language) -> None:
    assert findings(KINDS[kind](language)) == []


@pytest.mark.requirement("REQ-59")
def test_that_attachments_are_associated_files_with_type_size_date_and_checksum() -> None:
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
        assert bytes(stream.Params.CheckSum) == hashlib.md5(ATTACHED[0].data, usedforsecurity=False).digest()
        assert str(stream.Params.ModDate) == str(stream.Params.CreationDate) == "D:20260506164305+08'00'"


@pytest.mark.parametrize(("tool", "option"), [("qpdf", "--check"), ("pdfdetach", "-list")])
def test_that_tools_anybody_has_read_the_attachments(tool: str, option: str, tmp_path: Path) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    (tmp_path / "a.pdf").write_bytes(drawn())
    told = subprocess.run([tool, option, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    assert "No syntax" in told.stdout if tool == "qpdf" else "2 embedded files" in told.stdout


def test_that_a_pdf_without_attachments_lists_none() -> None:
    with pikepdf.open(BytesIO(drawn(()))) as read:
        assert "/AF" not in read.Root and "/Names" not in read.Root

"""The course of the main scores on a summary: what is drawn, what stays hidden, and that a draft says so."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from pikepdf import pdfa
from pypdf import PdfReader

from crf_desktop.capture.record import VisitRecord
from crf_desktop.errors import Language
from crf_desktop.model.data import FormHead, FormState
from crf_desktop.model.path import ItemPath
from crf_desktop.report.answer import Reader
from crf_desktop.report.visit_course import before, course_view
from crf_desktop.report.visit_head import standing
from crf_desktop.report.visit_summary import visit_summary
from tests.analysis.builder import DAY_0, WEEK_28, head, levels, participant
from tests.report.builder import definition, visit
from tests.report.conftest import signed_pdf

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
WEEK_14 = "2026-08-12"
SCORED = ("F.ESSDAI", "F.ESSPRI", "F.PGA")


def signed(event: str, form: str) -> FormHead:
    return FormHead(ItemPath.of("01-001", event, form), 12, 0, True, True, False)


def record(event: str = "SE.W28", day: str = WEEK_28, heads: Iterable[FormHead] = ()) -> VisitRecord:
    """ESSDAI 4 at week 0, 8 at week 14 (not signed), 2 at week 28; PGA 62, then 44."""
    visits = {
        "SE.W0": (DAY_0, {**levels(articular=2), "pga": "62", "rtx_given": "true"}),
        "SE.BEL3": (WEEK_14, {**levels(articular=2, glandular=2), "pga": "44"}),
        "SE.W28": (WEEK_28, levels(articular=1)),
    }
    complete = {(at, form): head(at, form, signed=False) for at in visits for form in SCORED}
    complete |= {("SE.W0", form): signed("SE.W0", form) for form in SCORED}
    complete |= {(h.path.event_address, h.path.form_address): h for h in heads}
    whole = participant(visits, heads=complete.values()).record
    return evolve(visit(), event=definition().event[event], visit_date=day, whole=whole, subject=whole.subject)


def test_that_the_points_are_the_scores_up_to_the_visit_and_open_ones_are_not_signed() -> None:
    seen = course_view(Reader(record(), "en"))
    assert seen is not None
    essdai, esspri, pga = seen.lanes
    assert [(p.day, p.text, p.signed) for p in essdai.points] == [(0, "4", True), (98, "8", False), (196, "2", False)]
    assert esspri.points == () and [p.text for p in pga.points] == ["62", "44"]
    earlier = course_view(Reader(record("SE.BEL3", WEEK_14), "en"))
    assert earlier is not None and [p.day for p in earlier.lanes[0].points] == [0, 98], "what came later is not told"


def test_that_one_moment_is_no_course() -> None:
    assert course_view(Reader(record("SE.W0", DAY_0), "en")) is None
    assert course_view(Reader(visit(), "en")) is None, "a record of this visit alone"


def test_that_a_score_stands_beside_what_it_was_at_week_0() -> None:
    reader = Reader(record(), "en")
    score = definition().form["F.ESSDAI"].scores[0]
    assert before(reader, "F.ESSDAI", score) == "4"
    assert before(Reader(record("SE.W0", DAY_0), "en"), "F.ESSDAI", score) == "", "its own visit"


def test_that_earlier_ratings_stay_hidden_while_the_page_is_open() -> None:
    begun = FormHead(ItemPath.of("01-001", "SE.W28", "F.ESSDAI"), 3, 0, False, False, False)
    reader = Reader(record(heads=[begun]), "en")
    seen = course_view(reader)
    assert seen is not None and seen.lanes[0].points == () and seen.lanes[0].waits is not None
    assert before(reader, "F.ESSDAI", definition().form["F.ESSDAI"].scores[0]) == ""
    assert seen.lanes[2].points, "another page's ratings are shown"


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "visit.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return re.sub(r"\s+", " ", told.decode().replace("\u00a0", " "))


@needs_poppler
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Course", "open point: not signed", "Week 0: 4")), ("zh", ("病程变化", "空心点：未签名", "第0周：4"))],
)
def test_that_the_summary_draws_it(language: Language, words: tuple[str, ...], tmp_path: Path) -> None:
    made = record()
    score = next(f for f in made.forms if f.form.oid == "F.ESSDAI")
    whole = text_of(visit_summary(evolve(made, forms=(score,)), language), tmp_path)
    for one in words:
        assert one in whole


# ---- drafts


def shades(pdf: bytes, tmp_path: Path) -> set[int]:
    """The greys of the first page where no text stands: a column beside the tables' edge."""
    path = tmp_path / "visit.pdf"
    path.write_bytes(pdf)
    command = ["pdftoppm", "-r", "30", "-gray", "-f", "1", "-l", "1", str(path), str(tmp_path / "page")]
    subprocess.run(command, check=True, timeout=60)
    picture = next(tmp_path.glob("page-*.pgm"))
    found = set(picture.read_bytes().split(b"255\n", 1)[1])
    picture.unlink()
    return found


@needs_poppler
def test_that_a_draft_is_marked_under_its_text_and_a_signed_file_is_not(tmp_path: Path) -> None:
    def marked(pdf: bytes) -> list[bool]:
        drawn = (page.get_contents() for page in PdfReader(BytesIO(pdf)).pages)
        return [one is not None and b"ActualText" in one.get_data() for one in drawn]

    draft = visit_summary(visit(signed=False), "en")
    assert [str(found) for found in pdfa.validate_written(BytesIO(draft), "3b").findings] == []
    assert all(marked(draft)) and not any(marked(signed_pdf(visit(signed=False))))
    assert not any(marked(visit_summary(visit(), "en")))
    assert "DRAFT" not in text_of(draft, tmp_path), "the mark is no part of the text"
    assert 0.93 * 255 // 1 in shades(draft, tmp_path)


@pytest.mark.requirement("REQ-25")
def test_that_what_is_signed_in_part_or_changed_since_is_a_draft_too(tmp_path: Path) -> None:
    made = visit()
    first, *others = made.forms
    for state, word in ((FormState.CHANGED, "changed"), (FormState.COMPLETE, "partly")):
        record_ = evolve(made, forms=(evolve(first, state=state), *others))
        assert standing(Reader(record_, "en")) == word
    assert standing(Reader(made, "en")) == "signed" and standing(Reader(visit(signed=False), "en")) == "draft"
    assert standing(Reader(visit(signed=False), "en"), sealed=True) == "signed"

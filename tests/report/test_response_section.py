"""The summary of week 28 tells the response and why; an earlier one, and one that is not complete, tell nothing."""

from __future__ import annotations

import pickle
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.capture.record import VisitRecord
from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.report.visit_summary import visit_summary
from tests.analysis.builder import AFTER, BASE, DAY_0, WEEK_28, doses, head, participant, shown
from tests.report.builder import definition, visit

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")

BLIND = [f for f in definition().event["SE.W28"].forms if definition().form[f].blind_previous]


def record_of(event: str, missing: str = "", day: str = WEEK_28) -> VisitRecord:
    """The summary's record of a visit of the participant of the response page; ``missing``: a form not completed."""
    heads = [head("SE.W28", form) for form in BLIND if form != missing]
    whole = shown(heads=heads).record
    return evolve(visit(), event=definition().event[event], visit_date=day, whole=whole, subject=whole.subject)


def text_of(record: VisitRecord, language: Language, tmp_path: Path) -> str:
    path = tmp_path / "visit.pdf"
    path.write_bytes(visit_summary(record, language))
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return re.sub(r"\s+", " ", told.decode().replace("\u00a0", " "))


def test_that_week_28_tells_every_item_with_both_values_and_why(tmp_path: Path) -> None:
    whole = text_of(record_of("SE.W28"), "en", tmp_path)
    for expected in (
        "Response at week 28",
        "3 /5 Not decided", "3 /5 Responder", "8 /9 Responder",
        "62 mm 31 mm Fell by 31 of 62 mm: 50.0 %, ≥30 %.",
        "Hočevar fell by 8 of 32: 25.0 %, exactly at 25 %.",
        "5.0 mm refused",
    ):  # fmt: skip
        assert expected in whole, expected


def test_that_it_says_that_it_rests_on_week_0_and_was_not_entered(tmp_path: Path) -> None:
    whole = text_of(record_of("SE.W28"), "en", tmp_path)
    assert "Derived by the program from this visit and from week 0 (6 May 2026)" in whole
    assert "nothing here was entered" in whole and "Options: all as proposed" in whole


def test_that_it_is_chinese_in_chinese(tmp_path: Path) -> None:
    whole = text_of(record_of("SE.W28"), "zh", tmp_path)
    assert "第28周应答" in whole and "并非录入内容" in whole and "**" not in whole
    assert "Responder" not in whole and "Met " not in whole


@pytest.mark.parametrize("event", ["SE.SCR", "SE.W0", "SE.BEL3"])
def test_that_the_summary_of_an_earlier_visit_shows_nothing_of_it(event: str, tmp_path: Path) -> None:
    for language, words in (("en", ("Response at", "STAR, at", "Fell by")), ("zh", ("应答", "STAR，至少"))):
        whole = text_of(record_of(event, day=DAY_0), language, tmp_path)  # type: ignore[arg-type]
        assert [w for w in words if w in whole] == []


@pytest.mark.parametrize("form", BLIND)
def test_that_nothing_is_shown_while_a_form_hides_earlier_ratings(form: str, tmp_path: Path) -> None:
    whole = text_of(record_of("SE.W28", missing=form), "en", tmp_path)
    name = definition().form[form].short_title.en
    assert f"Not shown: {name} hides earlier ratings until it is complete." in whole
    assert "Fell by" not in whole and "responder" not in whole.lower()


def test_that_without_week_0_it_says_that_nothing_can_be_compared(tmp_path: Path) -> None:
    bare = participant({"SE.W28": (WEEK_28, AFTER)}, heads=[head("SE.W28", form) for form in BLIND]).record
    whole = text_of(evolve(record_of("SE.W28"), whole=bare), "en", tmp_path)
    assert "Week 0 was not recorded, so that nothing can be compared." in whole


def test_that_early_termination_is_told_apart_from_the_end_point(tmp_path: Path) -> None:
    visits = {"SE.SCR": ("2026-04-20", {"sex": "F", "birth_date": "2014-02-03"})} | doses(2)
    visits["SE.W0"], visits["SE.ET"] = (DAY_0, BASE), ("2026-07-09", AFTER)
    heads = [head("SE.ET", form) for form in BLIND]
    who = participant(visits, {"F.ET": {"stop_decided_on": "2026-07-04"}}, heads=heads).record
    record = evolve(record_of("SE.W28"), event=definition().event["SE.ET"], visit_date="2026-07-09", whole=who)
    whole = text_of(record, "en", tmp_path)
    assert "Response at early termination" in whole and "who stops before counts as a non-responder" in whole
    assert "62 mm 31 mm Fell by 31 of 62 mm" in whole and "Early end" in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_same_record_gives_the_same_bytes_after_the_way_to_a_worker(language: Language) -> None:
    record = record_of("SE.W28")
    assert visit_summary(pickle.loads(pickle.dumps(record)), language) == visit_summary(record, language)

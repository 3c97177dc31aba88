"""Criteria, verdicts, rows, joints and grids without a total on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.capture.record import FormRecord, ItemChange, ItemRecord, VisitRecord
from crf_desktop.errors import Language
from crf_desktop.model.data import Datum, FormState, NullFlavor
from crf_desktop.model.derive import Visit
from crf_desktop.model.layout import JointFigure
from crf_desktop.model.path import split
from crf_desktop.report.visit_summary import visit_summary
from tests.report.builder import COORDINATOR, DAY, visit
from tests.ui.controls.small import staged

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")

D = staged()
FIGURE = next(b for b in D.form["F.EXAM"].layout.blocks if isinstance(b, JointFigure))
JOINTS = [joint.item for joint in FIGURE.joints]
NONE, TENDER, SWOLLEN, BOTH = (c.coded_value for c in D.code_list[D.item[JOINTS[0]].code_list or ""].items)
CRITERIA = {f"I.T.C{n:02}": Datum("true") for n in range(25) if n not in (5, 7)} | {
    "I.T.C03": Datum("false"), "I.T.C05": Datum("UNSURE"), "I.T.C07": Datum(null_flavor=NullFlavor.NOT_DONE),
    "I.T.WEIGHT": Datum("38.6", unit_oid="MU.KG"), "I.T.STAINED": Datum("true"),
}  # fmt: skip


def step(key: str, time: str, minutes: str, rate: str) -> dict[str, Datum]:
    return {
        f"I.T.CLOCK#{key}": Datum(time), f"I.T.MINUTES#{key}": Datum(minutes, unit_oid="MU.MINUTE"),
        f"I.T.RATE#{key}": Datum(rate, unit_oid="MU.ML_H"), f"I.T.CALM#{key}": Datum("true"),
    }  # fmt: skip


def record(form: str, answers: dict[str, Datum], **items: ItemRecord) -> VisitRecord:
    """A visit of one form; the answers of other forms are known to what is derived."""
    facts = Visit(D, answers, DAY)
    when = f"{DAY}T09:10:00+08:00"
    mine = {at: ItemRecord(d, COORDINATOR, when) for at, d in answers.items() if D.form_of_item[split(at)[0]] == form}
    relevant = {i.oid for i in D.items_of(form) if facts.relevant(i)} | set(mine)
    page = FormRecord(D.form[form], FormState.COMPLETE, mine | items, facts.form(D.form[form]), frozenset(relevant))
    return evolve(visit(signed=False), definition=D, forms=(page,))


def said(made: VisitRecord, tmp_path: Path, language: Language = "en") -> str:
    """The text of all pages, one space between words."""
    path = tmp_path / "visit.pdf"
    path.write_bytes(visit_summary(made, language))
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return re.sub(r"\s+", " ", found.decode().replace("\u00a0", " "))


def test_that_whole_questions_are_printed_with_their_answers_and_reasons(tmp_path: Path) -> None:
    text = said(record("F.T.CRITERIA", CRITERIA), tmp_path)
    assert "Inclusion Answer 1. Age 6 to 18 years on the day of screening? Yes" in text
    assert "Not certain" in text and "8. A live vaccine within 30 days before the first dose? not done" in text
    assert "Live vaccine 8: not done" in text


def test_that_a_verdict_is_printed_with_every_reason(tmp_path: Path) -> None:
    answers = CRITERIA | {"I.T.C00": Datum("false"), "I.T.C03": Datum("true")}
    text = said(record("F.T.CRITERIA", answers), tmp_path)
    assert "Eligible No – Criterion 1 is not met: age 6 to 18 years. – Exclusion 4 applies" in text
    assert "Body surface area (Mosteller) 1.29 m² – From 38.6 kg." in text
    assert text.count("Eligible") == 1


def test_that_an_unknown_verdict_is_called_so(tmp_path: Path) -> None:
    assert "Eligible – cannot be computed" in said(record("F.T.CRITERIA", {"I.T.C02": Datum("true")}), tmp_path)


def test_that_rows_are_a_table_in_the_order_of_their_keys_with_what_follows_from_each(tmp_path: Path) -> None:
    rows = step("10", "10:31", "60", "150") | step("2", "10:01", "30", "100")
    rows["I.T.RATE#10"] = Datum(null_flavor=NullFlavor.UNKNOWN)
    text = said(record("F.T.CRITERIA", CRITERIA | rows), tmp_path)
    assert "Rate steps At From minute (min) Rate (mL/h) Tolerated Volume so far" in text
    assert "1 10:01 30 min 100 mL/h Yes 50.0 mL" in text
    assert "2 10:31 60 min unknown Yes" in text
    assert "Rate, row 2: unknown" in text
    assert "Volume in all 50.0 mL" in text


def test_that_a_change_in_a_row_names_the_row(tmp_path: Path) -> None:
    rows = step("1", "10:01", "30", "100")
    when, old = f"{DAY}T11:05:44+08:00", Datum("90", unit_oid="MU.ML_H")
    change = ItemChange(old, rows["I.T.RATE#1"], when, COORDINATOR, "Typing error.")
    changed = ItemRecord(rows["I.T.RATE#1"], COORDINATOR, when, changed=True, history=(change,))
    text = said(record("F.T.CRITERIA", CRITERIA | rows, **{"I.T.RATE#1": changed}), tmp_path)
    assert "Rate, row 1 90 mL/h → 100 mL/h" in text and "Typing error." in text


def test_that_a_group_without_rows_says_so(tmp_path: Path) -> None:
    assert "Rate steps: No row was entered." in said(record("F.T.CRITERIA", CRITERIA), tmp_path)


def test_that_rows_of_many_columns_are_pairs_under_their_number(tmp_path: Path) -> None:
    rows = {
        "I.T.DRUG#3": Datum("HCQ"), "I.T.DRUG#1": Datum("PRED"), "I.T.DRUG_START#1": Datum("2024-03"),
        "I.T.DOSE#1": Datum("20", unit_oid="MU.MG"), "I.T.WHY#1": Datum("Growth arrest"),
    }  # fmt: skip
    text = said(record("F.T.DRUGS", rows), tmp_path)
    first, second = text.split("Row 1", 1)[1].split("Row 2", 1)
    assert "Prednisone or equivalent" in first and "Mar 2024" in first and "20 mg" in first and "Growth arrest" in first
    assert "Hydroxychloroquine" in second


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_joints_are_counted_and_named_by_state(tmp_path: Path, language: Language) -> None:
    answers = dict.fromkeys(JOINTS, Datum(NONE)) | {
        JOINTS[2]: Datum(BOTH), JOINTS[0]: Datum(TENDER), JOINTS[-1]: Datum(SWOLLEN),
    }  # fmt: skip
    text = said(record("F.EXAM", answers), tmp_path, language)
    expected = {
        "en": ("Tender joints: 2 /28", "Swollen joints: 2 /28", "Neither (25)", "Tender (1): Right shoulder",
               "Swollen (1): Left knee", "Tender and swollen (1): Right wrist"),
        "zh": ("压痛关节数：2 /28", "肿胀关节数：2 /28", "无（25）", "压痛（1）：右肩关节", "肿胀（1）：左膝关节"),
    }  # fmt: skip
    for words in expected[language]:
        assert words.replace(" ", "") in text.replace(" ", ""), words


def test_that_joints_without_an_answer_are_named_too(tmp_path: Path) -> None:
    answers = dict.fromkeys(JOINTS, Datum(NONE)) | {JOINTS[1]: Datum(null_flavor=NullFlavor.NOT_DONE)}
    del answers[JOINTS[2]]
    text = said(record("F.EXAM", answers), tmp_path)
    assert "not done (1): Right elbow" in text and "No answer yet (1): Right wrist" in text
    assert text.count("26 of 28 answered") >= 2


def test_that_every_state_of_a_joint_is_drawn_differently(tmp_path: Path) -> None:
    drawn = set()
    for answer in (Datum(NONE), Datum(TENDER), Datum(SWOLLEN), Datum(BOTH), Datum(null_flavor=NullFlavor.REFUSED)):
        path = tmp_path / "joint.pdf"
        path.write_bytes(visit_summary(record("F.EXAM", {JOINTS[0]: answer}), "en"))
        subprocess.run(
            ["pdftoppm", "-r", "60", "-gray", str(path), str(tmp_path / "page")], check=True, timeout=60
        )
        pictures = sorted(tmp_path.glob("page-*.pgm"))
        drawn.add(b"".join(picture.read_bytes() for picture in pictures))
        for picture in pictures:
            picture.unlink()
    assert len(drawn) == 5


def test_that_a_grid_without_a_total_has_sums_and_a_title_and_one_not_asked_is_only_counted(tmp_path: Path) -> None:
    stained = {"I.T.STAINED": Datum("true"), "I.T.OSS.R_CORNEA": Datum("2"), "I.T.OSS.R_NASAL": Datum("1")}
    text = said(record("F.T.OSS", stained | {"I.T.OSS.R_TEMPORAL": Datum("1")}), tmp_path)
    assert "Ocular staining score Right eye Left eye" in text and "Sum 4 /9" in text and "Total" not in text
    begun = ItemRecord(Datum("true"), COORDINATOR, f"{DAY}T09:10:00+08:00")
    text = said(record("F.T.OSS", {"I.T.STAINED": Datum("false")}, **{"I.T.STAINED": begun}), tmp_path)
    assert "Ocular staining score" not in text
    assert re.search(r"\d+ questions were not asked, as the answers given do not call for them", text)

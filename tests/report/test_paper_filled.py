"""A filled form is the blank one with the answers in its boxes; what nobody answered stays open."""

from __future__ import annotations

import pytest
from attrs import evolve

from crf_desktop.capture.record import FormRecord, ItemRecord, VisitRecord
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.report.paper_book import filled_forms
from tests.report.builder import COORDINATOR, DAY, visit
from tests.report.paper_reading import bare, crosses, needs_poppler, text, told

pytestmark = needs_poppler
WHEN = f"{DAY}T09:10:00+08:00"


def answered(form: str, **answers: Datum) -> VisitRecord:
    """The visit with one form, which holds these answers alone; names are OIDs with ``__`` for the point."""
    whole = visit(signed=False)
    page = next(f for f in whole.forms if f.form.oid == form)
    items = {
        name.replace("__", ".").replace("ROW", "#"): ItemRecord(d, COORDINATOR, WHEN) for name, d in answers.items()
    }
    return evolve(whole, forms=(evolve(page, items=items, derived={}),))


def drawn(form: str, **answers: Datum) -> bytes:
    return filled_forms(answered(form, **answers), "en")


def test_that_a_form_without_answers_has_no_cross_and_no_digit_in_its_boxes() -> None:
    pdf = drawn("F.VITALS")
    assert crosses(pdf) == 0
    assert "1\n4\n2" not in told(pdf)


def test_that_an_answer_is_crossed_a_number_written_and_a_unit_ticked() -> None:
    assert crosses(drawn("F.DEMO", I__DEMO__SEX=Datum("F"))) == 1
    assert "1425cm" in text(drawn("F.VITALS", I__VITALS__HEIGHT=Datum("142.5", unit_oid="MU.CM"))).replace(".", "")
    igg = drawn("F.LAB2", I__LAB__IGG=Datum("2140", unit_oid="MU.MG_DL"))
    assert crosses(igg) == 1 and "2140" in text(igg)
    censored = drawn("F.LAB2", I__LAB__RF=Datum("20", "<", "MU.IU_ML"))
    assert crosses(censored) == 1


@pytest.mark.parametrize("flavor", list(NullFlavor))
def test_that_a_missing_reason_is_ticked(flavor: NullFlavor) -> None:
    pdf = drawn("F.VITALS", I__VITALS__PULSE=Datum(null_flavor=flavor))
    assert crosses(pdf) == 1
    assert pdf != drawn("F.VITALS", I__VITALS__RESPIRATION=Datum(null_flavor=flavor))


def test_that_levels_grades_scales_and_joints_are_crossed() -> None:
    assert crosses(drawn("F.ESSDAI", I__ESSDAI__RENAL=Datum("1"))) == 1
    assert crosses(drawn("F.HOCEVAR", I__HOCEVAR__PAROTID_R__HOMOGENEITY=Datum("2"))) == 1
    assert crosses(drawn("F.ESSPRI", I__ESSPRI__PAIN=Datum("0"))) == 1
    assert crosses(drawn("F.EXAM", I__EXAM__JOINT_R_KNEE=Datum("TS"))) == 1
    assert "ND" in text(drawn("F.EXAM", I__EXAM__JOINT_R_KNEE=Datum(null_flavor=NullFlavor.NOT_DONE)))


def test_that_a_column_without_any_grade_is_ticked_below() -> None:
    gland = {f"I__HOCEVAR__PAROTID_R__{p}": Datum(null_flavor=NullFlavor.NOT_DONE) for p in (
        "ECHOGENICITY", "HOMOGENEITY", "HYPOECHOGENIC", "HYPERECHOGENIC", "BORDERS")}  # fmt: skip
    assert crosses(drawn("F.HOCEVAR", **gland)) == 1


def test_that_dates_moments_and_partial_dates_stand_in_their_boxes() -> None:
    pdf = text(drawn("F.DEMO", I__DEMO__FIRST_SYMPTOM_DATE=Datum("2022-08"), I__DEMO__BIRTH_DATE=Datum("2014-03-11")))
    assert "11DDMARMON2014YYYY" in pdf and "DDAUGMON2022YYYY" in pdf and "06DDAUG" not in pdf
    moment = told(drawn("F.SCHIRMER", I__SCHIRMER__RIGHT_START=Datum(f"{DAY}T09:31:00+08:00")))
    assert "0931" in bare(moment).replace(":", "")


def test_that_rows_are_written_in_order_with_their_codes() -> None:
    rows = {
        "I__PRIOR__DRUGROW2": Datum("MTX"), "I__PRIOR__DOSEROW2": Datum("15 mg weekly"),
        "I__PRIOR__DRUGROW10": Datum("PREDNISONE"), "I__PRIOR__STARTROW10": Datum("2024-03"),
    }  # fmt: skip
    record = answered("F.PRIOR", **rows)
    codes = record.definition.code_list["CL.PRIOR.DRUG"].items
    wanted = [c.coded_value for c in codes]
    rows = {k: (Datum(wanted[8]) if v.value == "MTX" else Datum(wanted[0]) if v.value == "PREDNISONE" else v)
            for k, v in rows.items()}  # fmt: skip
    printed = told(drawn("F.PRIOR", **rows))
    assert printed.index("15 mg weekly") < printed.index("Mar 2024")
    assert "\n1\n9\n15 mg weekly" in printed or "9 15 mg weekly" in printed.replace("\n", " ")


def test_that_a_long_text_gets_the_lines_it_needs() -> None:
    words = " ".join(f"word{n}" for n in range(150))
    assert bare(words) in text(drawn("F.HX", I__HX__OTHER_WHICH=Datum(words)))


@pytest.mark.requirement("REQ-41")
@pytest.mark.parametrize("language", ["en", "both"])
def test_that_a_changed_item_is_marked_and_said_with_who_when_and_why(language: str) -> None:
    printed = text(filled_forms(visit(), language, ("F.ESSDAI",)))  # type: ignore[arg-type]
    assert bare("1 Low → 2 Moderate, 6 May 2026 11:05, Li Wei 李伟 (inv01): Synovitis of both wrists") in printed


def test_that_scores_stand_with_their_values_and_who_filled_and_signed_in_the_foot() -> None:
    printed = told(filled_forms(visit(), "en", ("F.ESSDAI",)))
    assert "28 /123" in printed.replace("\u00a0", " ") and "Novák Jiří (coord01)" in printed
    assert "electronic Li Wei 李伟" in printed and "7b1e94c02f5da816" in printed


def test_that_only_the_forms_asked_for_are_printed_and_nothing_is_refused() -> None:
    one = told(filled_forms(visit(), "en", ("F.ESSPRI",)))
    assert "Answered by the participant" in one and "Contents" not in one and "Page 1 of 1" in one


def test_that_a_character_that_cannot_be_printed_is_named_with_its_question() -> None:
    record = answered("F.HX", I__HX__ALLERGY_TO=Datum("peanut \U0001f95c and 𠮷"))
    printed = told(filled_forms(record, "both"))
    assert "The character U+1F95C" in printed and "[U+1F95C]" in printed
    assert "U+1F95C" in printed and bare("中的字符U+1F95C") in bare(printed)


def test_that_every_form_of_a_visit_is_filled_in_every_language_the_same_each_time() -> None:
    forms: tuple[FormRecord, ...] = visit().forms
    ticked = sum(1 for f in forms for i in f.items.values() if i.datum.value in ("true", "false"))
    for language in ("zh", "both"):
        first = filled_forms(visit(), language)
        assert crosses(first) >= ticked > 100
    assert first == filled_forms(visit(), "both")

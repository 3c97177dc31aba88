"""Infection screen: hepatitis B rule, tuberculosis, live vaccine."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from tests.forms.conftest import MakeVisit
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
VACCINE: Typed = {"live_vaccine": "true"}
CORE: Typed = {"hbsag": "NEG", "hbsab": "NEG", "hbcab": "POS"}
CHECKS: list[Row] = [
    ("EC.INFECTION.001", {"hbsag": "POS"}, {"hbsag": "NEG", "hbcab": "NEG"}, {"hbsag": ND}),
    ("EC.INFECTION.001", {"hbsab": "POS", "hbcab": "POS"}, {"hbsag": "NEG", "hbsab": "POS", "hbcab": "NEG"}, {"hbsab": "POS", "hbcab": ND}),
    ("EC.INFECTION.002", CORE | {"hbv_plan": "NONE"}, CORE | {"hbv_plan": "MONITORING"}, CORE),
    ("EC.INFECTION.003", CORE | {"hbv_dna": "POS"}, CORE | {"hbv_dna": "NEG"}, CORE | {"hbv_dna": ND}),
    ("EC.INFECTION.004", {"hcv_ab": "POS"}, {"hcv_ab": "NEG"}, {"hcv_ab": ND}),
    ("EC.INFECTION.005", {"hiv_ab": "POS"}, {"hiv_ab": "NEG"}, {}),
    ("EC.INFECTION.006", {"tb_active": "true"}, {"tb_active": "false"}, {"tb_active": ND}),
    ("EC.INFECTION.007", {"chest_imaging": "TB", "tb_active": "false"}, {"chest_imaging": "OLD_TB", "tb_active": "false"}, {"chest_imaging": "TB"}),
    ("EC.INFECTION.008", {"tb_test": "IGRA", "tb_igra": "POS", "tb_preventive": "false"}, {"tb_test": "IGRA", "tb_igra": "POS", "tb_preventive": "true"}, {"tb_test": "IGRA", "tb_igra": "POS"}),
    ("EC.INFECTION.009", VACCINE | {"live_vaccine_date": "2026-02-06"}, VACCINE | {"live_vaccine_date": "2026-02-05"}, VACCINE | {"live_vaccine_date": "2026"}),
    ("EC.INFECTION.009", VACCINE | {"live_vaccine_date": "2026-03"}, VACCINE | {"live_vaccine_date": "2026-01"}, VACCINE | {"live_vaccine_date": "2026-02"}),
    ("EC.INFECTION.010", VACCINE | {"live_vaccine_date": "2026-05-07"}, VACCINE | {"live_vaccine_date": "2026-05-06"}, VACCINE | {"live_vaccine_date": "2026"}),
    ("EC.INFECTION.011", {"infection_sample_date": "2026-05-07"}, {"infection_sample_date": "2026-05-06"}, {"infection_sample_date": "2026-05"}),
    ("EC.INFECTION.012", {"infection_sample_date": "2026-04-07"}, {"infection_sample_date": "2026-04-08"}, {"infection_sample_date": "2026-04"}),
    ("EC.INFECTION.013", {"chest_imaging_date": "2026-02-05"}, {"chest_imaging_date": "2026-02-06"}, {"chest_imaging_date": "2026"}),
    ("EC.INFECTION.014", {"tb_test_date": "2026-05-07"}, {"tb_test_date": "2026-05-06", "chest_imaging_date": "2026-05-01"}, {"tb_test_date": "2026-05-06"}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


@pytest.mark.parametrize(
    ("antigen", "antibody", "core", "excluded", "reasons"),
    [
        ("NEG", "NEG", "NEG", False, 0), ("NEG", "POS", "NEG", False, 1), ("NEG", "NEG", "POS", False, 1), ("NEG", "POS", "POS", True, 1),
        ("POS", "NEG", "NEG", True, 1), ("POS", "POS", "POS", True, 2), ("POS", ND, ND, True, 1), ("NEG", "POS", ND, None, 0), ("NEG", "NEG", ND, False, 0),
        (ND, "NEG", "NEG", None, 0), (ND, "POS", "POS", True, 1),
    ],
)  # fmt: skip
def test_that_hepatitis_b_excludes_by_antigen_or_by_both_antibodies(
    visit: MakeVisit, antigen: str, antibody: str, core: str, excluded: bool | None, reasons: int
) -> None:
    derived = got(visit(hbsag=antigen, hbsab=antibody, hbcab=core), "hbv_excluded")
    assert derived.value is excluded and len(derived.reasons) == reasons


@pytest.mark.parametrize(
    ("typed", "asked"),
    [({"hbsag": "POS"}, True), ({"hbcab": "POS"}, True), ({"hbsab": "POS"}, False), ({"hbsag": "NEG", "hbcab": "NEG"}, False), ({}, False)],
)
def test_that_dna_and_a_plan_are_asked_for_when_the_virus_was_met(
    visit: MakeVisit, typed: Typed, asked: bool
) -> None:
    sheet = visit(**typed)
    items = sheet.definition.item_by_name
    assert {sheet.relevant(items[name]) for name in ("hbv_dna", "hbv_plan")} == {asked}


@pytest.mark.parametrize(
    ("typed", "recent"),
    [
        ({"live_vaccine": "false"}, False), ({}, None), (VACCINE, None), (VACCINE | {"live_vaccine_date": "2026-02-06"}, True),
        (VACCINE | {"live_vaccine_date": "2026-02-05"}, False), (VACCINE | {"live_vaccine_date": "2025"}, False), (VACCINE | {"live_vaccine_date": "2026"}, None),
    ],
)  # fmt: skip
def test_that_a_live_vaccine_counts_for_three_months(visit: MakeVisit, typed: Typed, recent: bool | None) -> None:
    assert got(visit(**typed), "live_vaccine_recent").value is recent


def test_that_the_message_names_the_day_of_the_vaccine(visit: MakeVisit) -> None:
    sheet = visit(live_vaccine="true", live_vaccine_date="2026-03-02")
    (check,) = sheet.broken(sheet.definition.form["F.INFECTION"])
    assert "2\u00a0Mar\u00a02026" in check.message.en and "2026年3月2日" in check.message.zh


@pytest.mark.parametrize(
    ("typed", "shown"),
    [({"tb_test": "IGRA"}, {"tb_igra"}), ({"tb_test": "TST"}, {"tb_tst_mm"}), ({"tb_test": "BOTH"}, {"tb_igra", "tb_tst_mm"}), ({}, set())],
)
def test_that_each_test_for_tuberculosis_asks_for_its_own_result(
    visit: MakeVisit, typed: Typed, shown: set[str]
) -> None:
    sheet = visit(**typed)
    assert {n for n in ("tb_igra", "tb_tst_mm") if sheet.relevant(sheet.definition.item_by_name[n])} == shown

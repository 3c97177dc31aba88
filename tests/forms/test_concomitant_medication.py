"""Concomitant medication: prednisone equivalents, rescue, live vaccines."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Visit
from tests.forms.course import logged
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

TODAY = "2026-06-30"
VISITS = {"SE.W0": ("2026-05-06", {"weight": "32", "height": "140"}), "SE.RTX2": ("2026-05-13", {"weight": "30"})}
STEROID = {"cm_class": "GLUCOCORTICOID", "cm_steroid": "PREDNISONE", "cm_unit": "MG", "cm_route": "ORAL"}
ENDED = {"cm_start": "2026-05-10", "cm_ongoing": "false"}
LIVE = {"cm_class": "VACCINE", "cm_live": "true"}
RESCUE = {"cm_class": "GLUCOCORTICOID", "cm_rescue": "true"}

CM_CHECKS: list[Row] = [
    ("EC.CM.001", ENDED | {"cm_stop": "2026-05-09"}, ENDED | {"cm_stop": "2026-05-10"}, ENDED | {"cm_stop": "2026"}),
    ("EC.CM.002", {"cm_start": "2026-07"}, {"cm_start": "2026-06-30"}, {"cm_start": "2026"}),
    ("EC.CM.003", ENDED | {"cm_stop": "2026-07-01"}, ENDED | {"cm_stop": "2026-06-30"}, ENDED),
    ("EC.CM.004", STEROID | {"cm_dose": "65", "cm_frequency": "QD"}, STEROID | {"cm_dose": "64", "cm_frequency": "QD"}, STEROID | {"cm_dose": "61"}),
    ("EC.CM.004", STEROID | {"cm_dose": "30.5", "cm_frequency": "BID", "cm_start": "2026-05-13"}, STEROID | {"cm_dose": "61", "cm_frequency": "ONCE"}, STEROID | {"cm_dose": "61", "cm_frequency": "PRN"}),
    ("EC.CM.005", LIVE | {"cm_start": "2026-02-04"}, LIVE | {"cm_start": "2026-02-03"}, LIVE | {"cm_start": "2026-02"}),
    ("EC.CM.005", LIVE | {"cm_start": "2026-06-01"}, {"cm_class": "VACCINE", "cm_live": "false", "cm_start": "2026-06-01"}, {"cm_class": "VACCINE", "cm_start": "2026-06-01"}),
    ("EC.CM.006", {"cm_class": "BIOLOGIC", "cm_start": "2026-05-06"}, {"cm_class": "BIOLOGIC", "cm_start": "2026-05-05"}, {"cm_class": "BIOLOGIC", "cm_start": "2026"}),
    ("EC.CM.007", {"cm_dose": "0"}, {"cm_dose": "0.5"}, {}),
]  # fmt: skip


def drug(trial: MetaDataVersion, typed: Typed, **more: tuple[str, Typed]) -> Visit:
    return logged(trial, "F.CM#1", typed, {**VISITS, **{k.replace("_", "."): v for k, v in more.items()}}, TODAY)


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CM_CHECKS, ids=named(CM_CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(drug(trial, fires), check)
    assert not fired(drug(trial, holds), check)
    assert not fired(drug(trial, unknown), check)


@pytest.mark.parametrize(
    ("typed", "per_day", "per_kg"),
    [
        ({"cm_dose": "15", "cm_frequency": "QD"}, "15.0", "0.50"),
        ({"cm_dose": "12", "cm_frequency": "QD", "cm_steroid": "METHYLPRED"}, "15.0", "0.50"),
        ({"cm_dose": "1.5", "cm_frequency": "QD", "cm_steroid": "DEXAMETHASONE"}, "10.0", "0.33"),
        ({"cm_dose": "20", "cm_frequency": "TID", "cm_steroid": "HYDROCORTISONE"}, "15.0", "0.50"),
        ({"cm_dose": "0.5", "cm_unit": "G", "cm_frequency": "ONCE", "cm_route": "IV", "cm_steroid": "METHYLPRED"}, "625.0", "20.83"),
        ({"cm_dose": "0.5", "cm_unit": "MG_KG", "cm_frequency": "QD"}, "15.0", "0.50"),
        ({"cm_dose": "10", "cm_frequency": "QOD"}, "5.0", "0.17"),
        ({"cm_dose": "10", "cm_frequency": "PRN"}, "", ""),
        ({"cm_dose": "10", "cm_frequency": "QD", "cm_route": "INHALED"}, "", ""),
        ({"cm_dose": "2", "cm_unit": "TABLET", "cm_frequency": "QD"}, "", ""),
        ({"cm_dose": "10", "cm_frequency": "QD", "cm_steroid": "OTHER"}, "", ""),
        ({"cm_dose": "200", "cm_frequency": "BID", "cm_class": "ANTIMALARIAL"}, "", ""),
    ],
)
def test_that_glucocorticoids_are_told_as_prednisone_by_the_weight_of_their_start(
    trial: MetaDataVersion, typed: Typed, per_day: str, per_kg: str
) -> None:
    sheet = drug(trial, {**STEROID, "cm_start": "2026-06", **typed})
    assert (got(sheet, "cm_prednisone_mg_day").text, got(sheet, "cm_prednisone_mg_kg_day").text) == (per_day, per_kg)


@pytest.mark.parametrize(
    ("start", "per_kg"),
    [("2024", "0.50"), ("2026-05-06", "0.50"), ("2026-05-12", "0.50"), ("2026-05", "0.50"), ("2026-05-13", "0.53"), ("2026-06", "0.53"), ("", "0.50")],
)
def test_that_a_later_weight_leaves_the_dose_per_kg_as_it_was(trial: MetaDataVersion, start: str, per_kg: str) -> None:
    typed = {**STEROID, "cm_dose": "16", "cm_frequency": "QD"} | ({"cm_start": start} if start else {})
    assert got(drug(trial, typed), "cm_prednisone_mg_kg_day").text == per_kg


@pytest.mark.parametrize(
    ("start", "counts"),
    [("2026-05-05", False), ("2026-05-06", True), ("2026-11-17", True), ("2026-11-18", False), ("2026-05", None), ("2026-07", True)],
)
def test_that_rescue_counts_from_day_0_until_before_week_28(trial: MetaDataVersion, start: str, counts: bool | None) -> None:
    assert got(drug(trial, RESCUE | {"cm_start": start}), "cm_rescue_before_w28").value is counts


def test_that_week_28_as_it_was_held_ends_the_time_of_rescue(trial: MetaDataVersion) -> None:
    held = {"SE_W28": ("2026-11-13", {})}
    assert got(drug(trial, RESCUE | {"cm_start": "2026-11-12"}, **held), "cm_rescue_before_w28").value is True
    assert got(drug(trial, RESCUE | {"cm_start": "2026-11-13"}, **held), "cm_rescue_before_w28").value is False


def test_that_ivig_says_what_it_does_to_igg(trial: MetaDataVersion) -> None:
    flag = got(drug(trial, {"cm_class": "IVIG"}), "cm_ivig")
    assert flag.value is True and [r.en for r in flag.reasons] == ["IgG is not evaluable for 4 months after it"]
    assert got(drug(trial, {"cm_class": "OTHER"}), "cm_ivig").value is False


def test_that_a_drug_that_is_no_rescue_by_its_class_counts_as_none(trial: MetaDataVersion) -> None:
    sheet = drug(trial, {"cm_class": "ANTIMICROBIAL", "cm_start": "2026-06-01"})
    assert got(sheet, "cm_rescue_before_w28").value is False
    assert [r.en for r in got(sheet, "cm_prednisone_mg_day").reasons] == ["Worked out for glucocorticoids only"]

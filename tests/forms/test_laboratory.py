"""Laboratory 1 and 2 and B cells: units, limits, censored results, what is worked out, what is asked when."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from fractions import Fraction

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.value import exact, first_broken, parse
from tests.forms.conftest import Answer, MakeVisit, MakeVisits
from tests.forms.firing import FarRow, Row, Typed, after, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
CHECKS: list[Row] = [
    ("EC.LAB1.001", {"lab1_sample_time": "2026-04-28T08:00:00+08:00"}, {"lab1_sample_time": "2026-04-29T08:00:00+08:00"}, {}),
    ("EC.LAB1.001", {"lab1_sample_time": "2026-05-14T00:00:00+08:00"}, {"lab1_sample_time": "2026-05-13T23:59:00+08:00"}, {}),
    ("EC.LAB1.002", {"wbc": "5", "anc": "3.6", "lymphocytes": "1.6"}, {"wbc": "5", "anc": "3.5", "lymphocytes": "1.6"}, {"wbc": "5", "anc": "9"}),
    ("EC.LAB1.002", {"wbc": "5", "anc": ("5200", "MU.PER_UL"), "lymphocytes": "0"}, {"wbc": "5", "anc": ("3000", "MU.PER_UL"), "lymphocytes": "1"}, {"wbc": ND, "anc": "3", "lymphocytes": "2"}),
    ("EC.LAB1.003", {"height": "140", "creatinine": "180"}, {"height": "140", "creatinine": "170"}, {"creatinine": "180"}),
    ("EC.LAB1.004", {"urine_protein": "NEG", "upcr": "0.5"}, {"urine_protein": "NEG", "upcr": "0.499"}, {"urine_protein": "NEG", "upcr": "<0.5"}),
    ("EC.LAB1.004", {"urine_protein": "TRACE", "upcr": ("500", "MU.MG_G")}, {"urine_protein": "1", "upcr": "2"}, {"upcr": "2"}),
    ("EC.LAB1.005", {"anc": "0.499"}, {"anc": ("500", "MU.PER_UL")}, {"anc": ND}),
    ("EC.BCELL.001", {"b_pct": "2", "lymphocytes": "1.0", "b_count": "24.1"}, {"b_pct": "2", "lymphocytes": "1.0", "b_count": "24"}, {"b_pct": "2", "lymphocytes": "1.0", "b_count": "<5"}),
]  # fmt: skip
FAR_CHECKS: list[FarRow] = [
    ("EC.LAB.006", {"rf_type": "IGM"}, {"rf_type": "TOTAL"}, {"rf_type": "IGM"}, {"rf_type": ND}),
]


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "earlier", "fires", "holds", "unknown"), FAR_CHECKS, ids=named(FAR_CHECKS))
def test_that_a_check_against_the_last_visit_fires_holds_and_keeps_silent(
    visits: MakeVisits, check: str, earlier: Typed, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    sampled: Typed = {"c3": "1"}
    assert fired(at_week_28(visits, earlier, fires), check)
    assert not fired(at_week_28(visits, earlier, holds | sampled), check)
    assert not fired(at_week_28(visits, earlier, unknown), check)
    assert not fired(at_week_28(visits, {}, fires), check)


def at_week_28(visits: MakeVisits, earlier: Typed, now: Typed):  # type: ignore[no-untyped-def]
    return visits(("SE.W0", "2026-05-06", earlier), ("SE.W28", "2026-11-18", now))[-1]


@pytest.mark.parametrize(
    ("check", "event", "rf", "asks"),
    [
        ("EC.LAB.005", "SE.W0", "<20", True), ("EC.LAB.005", "SE.W0", ">3000", True), ("EC.LAB.005", "SE.W0", "20", False),
        ("EC.LAB.005", "SE.W0", ND, False), ("EC.LAB.005", "SE.W28", "<20", False), ("EC.LAB.005", "SE.SCR", "<20", False),
    ],
)  # fmt: skip
def test_that_a_censored_rheumatoid_factor_is_asked_about_at_baseline_only(
    visits: MakeVisits, check: str, event: str, rf: Answer, asks: bool
) -> None:
    (sheet,) = visits((event, "2026-05-06", {"rf": rf}))
    assert fired(sheet, check) is asks


def test_that_a_censored_baseline_is_flagged_at_every_later_visit(visits: MakeVisits) -> None:
    late = at_week_28(visits, {"rf": "<20"}, {"rf": "15"})
    assert got(late, "rf_censored").value is False and got(late, "rf_baseline_censored").value is True
    assert [w.en for w in got(late, "rf_baseline_censored").reasons] == ["No percentage can be worked out from it"]
    assert got(at_week_28(visits, {"rf": "40"}, {"rf": "<20"}), "rf_baseline_censored").value is False
    assert got(at_week_28(visits, {"rf": "40"}, {"rf": "<20"}), "rf_censored").value is True
    assert got(at_week_28(visits, {}, {"rf": "15"}), "rf_baseline_censored").value is None


CONVERSIONS = [
    ("hb", "12", "MU.G_DL", 120), ("hb", "11.9", "MU.G_DL", 119), ("albumin", "4.1", "MU.G_DL", 41),
    ("creatinine", "1", "MU.CREA_MG_DL", Fraction("88.4")), ("creatinine", "0.5", "MU.CREA_MG_DL", Fraction("44.2")),
    ("platelets", "150000", "MU.PER_UL", 150), ("lymphocytes", "999", "MU.PER_UL", Fraction("0.999")), ("anc", "1500", "MU.PER_UL", Fraction("1.5")),
    ("igg", "1600", "MU.MG_DL", 16), ("iga", "90", "MU.MG_DL", Fraction("0.9")), ("c3", "73", "MU.MG_DL", Fraction("0.73")),
    ("upcr", "100", "MU.MG_MMOL", Fraction("0.884")), ("upcr", "500", "MU.MG_G", Fraction("0.5")), ("crp", "1", "MU.MG_DL", 10),
    ("b2m", "0.25", "MU.MG_DL", Fraction("2.5")), ("b_count", "20", "MU.PER_UL", 20), ("kappa_free", "2", "MU.MG_DL", 20),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "unit", "base"), CONVERSIONS)
def test_that_a_unit_is_converted_exactly_and_kept_as_typed(
    trial: MetaDataVersion, name: str, typed: str, unit: str, base: Fraction
) -> None:
    item = trial.item_by_name[name]
    datum = parse(trial, item, typed, unit)
    assert (datum.value, datum.unit_oid) == (typed, unit)
    assert exact(trial, item, datum) == base


def test_that_every_laboratory_number_has_a_unit_limits_and_the_last_value_beside_it(trial: MetaDataVersion) -> None:
    for oid in ("F.LAB1", "F.LAB2"):
        for item in trial.items_of(oid):
            if item.data_type in ("integer", "decimal"):
                assert item.units and item.previous, item.oid
                kinds = {c.soft_hard for c in item.range_checks}
                assert kinds == {"Hard", "Soft"}, item.oid


def test_that_every_soft_limit_lies_within_the_hard_one(trial: MetaDataVersion) -> None:
    for item in trial.items:
        held = {(c.comparator, c.soft_hard): Fraction(c.value) for c in item.range_checks}
        if {("GE", "Soft"), ("GE", "Hard")} <= set(held):
            assert held["GE", "Hard"] <= held["GE", "Soft"], item.oid
        if {("LE", "Soft"), ("LE", "Hard")} <= set(held):
            assert held["LE", "Soft"] <= held["LE", "Hard"], item.oid


@pytest.mark.parametrize(
    ("name", "typed", "unit", "refused"),
    [("hb", "25", "MU.G_DL", False), ("hb", "130", "MU.G_DL", True), ("platelets", "250000", "MU.E9_L", True), ("creatinine", "60", "MU.CREA_MG_DL", True),
     ("c3", "90", "MU.G_L", True), ("upcr", "150", "MU.G_G", True), ("upcr", "150", "MU.MG_MMOL", False), ("ck_uln", "0", "MU.U_L", True)],
)  # fmt: skip
def test_that_a_number_in_the_wrong_unit_is_refused(
    trial: MetaDataVersion, name: str, typed: str, unit: str, refused: bool
) -> None:
    item = trial.item_by_name[name]
    if refused:
        with pytest.raises(Refused):
            parse(trial, item, typed, unit)
    else:
        assert first_broken(trial, item, parse(trial, item, typed, unit), "Hard") is None


@pytest.mark.parametrize(
    ("creatinine", "egfr"),
    [(("44.2", "MU.UMOL_L"), "115.6"), (("0.5", "MU.CREA_MG_DL"), "115.6"), (("85.2", "MU.UMOL_L"), "60.0"), (("170.4", "MU.UMOL_L"), "30.0")],
)
def test_that_the_filtration_rate_is_schwartz_in_either_unit(
    visit: MakeVisit, creatinine: tuple[str, str], egfr: str
) -> None:
    sheet = visit(height="140", creatinine=creatinine)
    assert got(sheet, "egfr").text == egfr
    mg_dl = Fraction(creatinine[0]) / (Fraction("88.4") if creatinine[1] == "MU.UMOL_L" else 1)
    assert got(sheet, "egfr").value == Fraction("0.413") * 140 / mg_dl


def test_that_the_filtration_rate_takes_the_height_before_and_says_so(visits: MakeVisits) -> None:
    sheet = after(visits, {"height": "140"}, {"creatinine": "44.2"})
    assert got(sheet, "egfr").text == "115.6"
    assert [w.en for w in got(sheet, "egfr").reasons] == ["With the height of an earlier visit, 140\u00a0cm"]
    first = visits(("SE.W0", "2026-05-06", {"creatinine": "44.2"}), ("SE.BEL1", "2026-06-10", {"height": "141"}))[0]
    assert got(first, "egfr").value is None, "never the height of a later visit"


@pytest.mark.parametrize(
    ("event", "asked"),
    [("SE.SCR", True), ("SE.W0", True), ("SE.W28", True), ("SE.ET", True), ("SE.BEL3", False), ("SE.UNS#1", False)],
)
def test_that_light_chains_and_cryoglobulin_are_due_where_the_schedule_says(
    visits: MakeVisits, event: str, asked: bool
) -> None:
    names = ("kappa_free", "lambda_free", "b2m", "b2m_uln", "cryoglobulin", "clonal_component")
    (sheet,) = visits((event, "2026-05-06", {}))
    items = sheet.definition.item_by_name
    assert {sheet.relevant(items[n]) for n in names} == {asked}
    assert sheet.relevant(items["lab_extended"]) is not asked
    if not asked:
        (wanted,) = visits((event, "2026-05-06", {"lab_extended": "true"}))
        assert all(wanted.relevant(items[n]) for n in names)


def test_that_the_light_chain_ratio_and_the_limits_are_worked_out(visit: MakeVisit) -> None:
    sheet = visit(kappa_free="30", lambda_free=("2", "MU.MG_DL"), b2m="2.6", b2m_uln="2.5")
    assert got(sheet, "kappa_lambda_ratio").text == "1.50" and got(sheet, "b2m_above_uln").value is True
    assert got(visit(b2m="2.5", b2m_uln="2.5"), "b2m_above_uln").value is False


@pytest.mark.parametrize(
    ("name", "low", "normal"),
    [("anc", "1.499", "1.5"), ("hb", "119.9", "120"), ("platelets", "149.9", "150"), ("lymphocytes", "0.999", "1")],
)
def test_that_the_cause_of_a_low_count_is_asked_for_only_when_it_is_low(
    trial: MetaDataVersion, visit: MakeVisit, name: str, low: str, normal: str
) -> None:
    cause = trial.item_by_name[f"{name}_attribution"]
    assert visit(**{name: low}).relevant(cause)
    assert not visit(**{name: normal}).relevant(cause) and not visit().relevant(cause)


@pytest.mark.parametrize(
    ("typed", "depleted"),
    [
        ({"b_pct": "<0.1"}, True), ({"b_pct": "<0.5"}, True), ({"b_pct": "<0.6"}, None), ({"b_pct": "<1", "b_count": "300"}, None),
        ({"b_pct": "1", "b_count": "<5"}, True), ({"b_pct": "1", "b_count": "<20"}, True), ({"b_pct": "1", "b_count": "<21"}, None),
        ({"b_pct": ">5", "b_count": "300"}, False), ({"b_pct": "1", "b_count": ">500"}, False), ({"b_pct": "1", "b_count": ">10"}, None),
        ({"b_pct": "0.5", "b_count": "20"}, False), ({"b_pct": "0.4", "b_count": "300"}, True), ({"b_pct": ND, "b_count": "19"}, True),
        ({"b_pct": ND, "b_count": "20"}, None), ({"b_pct": "1", "b_count": ("19", "MU.PER_UL")}, True),
    ],
)  # fmt: skip
def test_that_a_censored_result_decides_only_where_it_is_certain(
    visit: MakeVisit, typed: Typed, depleted: bool | None
) -> None:
    assert got(visit(**typed), "b_depleted").value is depleted


def test_that_depletion_says_by_what(visit: MakeVisit) -> None:
    def why(**typed: str) -> list[str]:
        return [w.en for w in got(visit(**typed), "b_depleted").reasons]

    assert why(b_pct="0.4", lymphocytes="9") == ["The percentage lies below 0.5\u00a0%"]
    assert why(b_pct="1", lymphocytes="1.2") == ["Lymphocytes × percentage give 12.0 ×10⁶/L, below 20".replace(" ×10⁶", "\u00a0×10⁶")]
    assert why(b_pct="5", lymphocytes="1", b_count="12") == ["The measured count lies below 20\u00a0×10⁶/L"]
    assert why(b_pct="5", lymphocytes="1") == ["Neither lies below its limit"]

"""Frames a statistician can trust: typed as the definition says, exact, ordered, nothing dropped, nothing invented."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from crf_desktop.analysis import trial as trial_module
from crf_desktop.analysis.column import scale
from crf_desktop.analysis.frames import BESIDE, Frames
from crf_desktop.analysis.item_frame import STATUS
from crf_desktop.analysis.option import Options
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import ItemDef, MethodDef
from crf_desktop.model.table_shape import RESERVED, WHEN, Shape, column, shapes
from crf_desktop.wording import column as wording
from tests.analysis.builder import trial
from tests.analysis.tabled import HOSTILE, nobody, record_of, tabled

TABLES = {shape.name: shape for shape in shapes(trial())}
Types = dict[str, str]


def told(dtype: Any) -> str:
    """The type in a word, as the tests below say it."""
    if isinstance(dtype, pd.CategoricalDtype):
        assert dtype.ordered
        return "category"
    return str(dtype)


def expected_of_item(item: ItemDef) -> Types:
    """What the definition says the columns of an item are, worked out apart from the program."""
    base = column(item.name, item.oid)
    number = "Int64"
    if item.data_type == "decimal" or len(item.units) > 1:
        number = "decimal"
    plain = {
        "integer": {"": number}, "decimal": {"": number}, "boolean": {"": "boolean"}, "text": {"": "string"},
        "time": {"": "string"}, "document": {"": "string"}, "code": {"": "category"},
        "date": {"": "string", "__date": "datetime64[us]", "__known": "category"},
        "datetime": {"": "string", "__utc": "datetime64[us, UTC]"},
    }[item.data_type]  # fmt: skip
    if item.code_list and item.data_type != "boolean":
        plain = {"": "category"}
    elif item.qualifiers:
        plain |= {"__qualifier": "category", "__limit": number}
    if len(item.units) > 1:
        plain |= {"__unit": "category", "__typed": "string"}
    return {base + suffix: kind for suffix, kind in (plain | {"__null": "category"}).items()}


def expected_of_method(method: MethodDef) -> Types:
    base = column(method.name, method.oid)
    kind = {"integer": "Int64", "decimal": "decimal", "boolean": "boolean", "code": "category", "text": "string"}[
        method.data_type
    ]
    found = {base: kind} | ({base + "__exact": "string"} if kind == "decimal" else {})
    return found | ({base + "__at_least": kind} if method.lower_bound else {})


def expected(shape: Shape) -> Types:
    found: Types = {}
    if set(WHEN) <= set(shape.keys):
        found = {"visit_date": "datetime64[us]", "study_day": "Int64", "study_week": "Int64"}
    for item in shape.items:
        found |= expected_of_item(item)
    for method in shape.methods:
        found |= expected_of_method(method)
    return found | dict(zip(STATUS, ("category", "boolean", "boolean", "Int64"), strict=True))


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_that_every_column_has_the_type_that_the_definition_says(name: str, filled: bool) -> None:
    frame, shape = (tabled() if filled else nobody()).tables[name], TABLES[name]
    types = {n: told(t) for n, t in frame.dtypes.items()}
    assert {n: "decimal" if t.startswith("decimal128") else t for n, t in types.items()} == expected(shape)
    assert list(types) == list(expected(shape)), "in the order of the form"
    assert tuple(frame.index.names) == tuple(k for k in shape.keys if k not in WHEN)
    digits = {column(i.name, i.oid): scale(trial(), i) for i in shape.items}
    digits |= {column(m.name, m.oid): m.digits or 0 for m in shape.methods if m.data_type == "decimal"}
    for at, kind in types.items():
        if kind.startswith("decimal128"):
            assert kind.endswith(f", {digits[at.partition('__')[0]]})[pyarrow]"), at


def test_that_every_item_and_derived_value_of_the_definition_stands_in_one_frame() -> None:
    held = [n for frame in tabled().tables.values() for n in frame.columns if "__" not in n]
    named = [column(d.name, d.oid) for d in (*trial().items, *trial().methods)]
    assert sorted(n for n in held if n not in RESERVED) == sorted(named)


def test_that_codes_are_ordered_as_in_the_definition_and_levels_are_whole_numbers() -> None:
    study = tabled()
    level = study["essdai"]["essdai_articular"].dtype.categories
    assert level.tolist() == [0, 1, 2, 3] and level.dtype.kind == "i"
    for shape in TABLES.values():
        for item in shape.items:
            if item.code_list and item.data_type == "code":
                listed = [i.coded_value for i in trial().code_list[item.code_list].items]
                assert study[shape.name][column(item.name, item.oid)].dtype.categories.tolist() == listed
    events = study["physician_global"].index.get_level_values("event")
    assert events.categories.tolist() == [e.oid for e in trial().events] and events.ordered


def test_that_decimals_are_exact_and_in_one_unit_with_what_was_typed_beside_them() -> None:
    lab = tabled()["laboratory_2"]
    first, second = lab.iloc[0], lab.iloc[-1]
    assert (first["igg"], first["igg__typed"], first["igg__unit"]) == (Decimal("21.4050"), "2140.5", "MU.MG_DL")
    assert (second["igg"], second["igg__unit"]) == (Decimal("21.4"), "MU.G_L") and second["igg__typed"] is pd.NA
    creatinine = trial().item_by_name["creatinine"]
    assert scale(trial(), creatinine) == 3, "two decimals in mg/dL, times 88.4"


def test_that_a_censored_result_is_no_number_and_its_limit_stands_beside_it() -> None:
    first = tabled()["laboratory_2"].iloc[0]
    assert first["rf"] is pd.NA and (first["rf__qualifier"], first["rf__limit"]) == ("<", Decimal(10))
    assert tabled()["laboratory_2"].iloc[-1]["rf"] == 64


def test_that_a_derived_value_is_printed_and_exact() -> None:
    esspri = tabled()["esspri"]
    at_week_28 = esspri.loc[("01-001", "SE.W28", "")]
    assert (at_week_28["esspri_mean"], at_week_28["esspri_mean__exact"]) == (Decimal("3.67"), "11/3")
    at_week_0 = esspri.loc[("01-001", "SE.W0", "")]
    assert at_week_0["esspri_mean"] == 6 and at_week_0["esspri_mean__exact"] is pd.NA


def test_that_number_and_exact_value_together_say_every_derived_value_of_every_visit() -> None:
    study, seen = tabled(), 0
    for who in study.record.participants(study.definition):
        for occurrence in who.course.occurrences:
            for name, shape in TABLES.items():
                at = (who.subject, occurrence.event, *([occurrence.key] if "event_key" in shape.keys else []))
                if shape.form.repeating or shape.group.repeating or at not in study[name].index:
                    continue
                row, visit = study[name].loc[at], who.course.visit(occurrence)
                for method in (m for m in shape.methods if m.data_type == "decimal"):
                    base, value = column(method.name, method.oid), visit.method(method)
                    told = row[base] if row[base + "__exact"] is pd.NA else row[base + "__exact"]
                    assert (None if told is pd.NA else Fraction(told)) == value, method.oid
                    seen += value is not None
    assert seen == 20


def test_that_a_partial_date_says_how_far_it_is_known_and_is_never_filled() -> None:
    events = tabled()["adverse_events"]
    assert events["ae_start"].tolist() == ["2026-05", "2026", "2026-06-01"]
    assert events["ae_start__known"].astype(str).tolist() == ["month", "year", "day"]
    assert events["ae_start__date"].isna().tolist() == [True, True, False]


def test_that_a_moment_keeps_its_offset_and_has_its_utc_beside_it() -> None:
    first = tabled()["laboratory_2"].iloc[0]
    assert first["lab_sample_time"] == "2026-05-06T07:35:00+08:00"
    assert first["lab_sample_time__utc"] == pd.Timestamp("2026-05-05T23:35Z")


@pytest.mark.requirement("REQ-33")
def test_that_the_reason_for_a_missing_answer_stands_beside_it() -> None:
    pga = tabled()["physician_global"]
    reasons = pga["pga_before_essdai__null"]
    assert reasons.cat.categories.tolist() == [n.value for n in NullFlavor]
    assert reasons.iloc[0] == "UNK" and reasons.iloc[1:].isna().all()
    assert pga["pga_before_essdai"].iloc[0] is pd.NA


def test_that_what_repeats_has_its_keys_in_the_index_in_the_order_people_count() -> None:
    study = tabled()
    assert [k[-1] for k in study["adverse_events"].index] == ["1", "2", "10"], "2 before 10; what was emptied is gone"
    assert [k[-1] for k in study["rituximab_rate"].index] == ["1", "2", "10"]
    visits = [(k[1], k[2]) for k in study["physician_global"].index if k[0] == "01-001"]
    assert visits == [("SE.W0", ""), ("SE.UNS", "1"), ("SE.W28", "")], "in time"


def test_that_text_comes_through_as_it_was_typed() -> None:
    assert HOSTILE in tabled()["adverse_events"]["ae_term"].tolist()


def test_that_what_was_entered_is_the_same_without_derived_values() -> None:
    study = tabled()
    for name, shape in TABLES.items():
        derived = {n for m in shape.methods for n in expected_of_method(m)}
        pd.testing.assert_frame_equal(study.entered[name], study.tables[name].drop(columns=list(derived)))


def test_that_frames_do_not_share_what_one_of_them_is_changed_in() -> None:
    study = Frames(tabled().record)
    whole, entered = study.tables["physician_global"], study.entered["physician_global"]
    whole.loc[:, "pga"] = 0
    assert entered["pga"].tolist() == [62, 50, 31, 62]


def test_that_a_value_nobody_foresaw_widens_the_column_rather_than_being_dropped() -> None:
    from crf_desktop.analysis.column import category, decimals

    assert decimals(["123456789.5", None], 3, 1)[0] == Decimal("123456789.5")
    kind = pd.CategoricalDtype(["a", "b"], ordered=True)
    assert category(kind, ["a", "z", None]).categories.tolist() == ["a", "b", "z"]


def test_that_the_order_of_participants_changes_nothing() -> None:
    first, second = tabled().record.subjects
    turned = Frames(record_of(second, first))
    for name, frame in tabled().all().items():
        back = turned[name]
        level = back.index.get_level_values("subject")
        order = np.argsort(level.to_numpy(dtype=str), kind="stable")
        pd.testing.assert_frame_equal(frame, back.iloc[order])


def test_that_no_frame_takes_the_name_of_another() -> None:
    assert not set(BESIDE) & set(TABLES) and "codebook" not in TABLES and not set(TABLES) & set(wording.FILES)


def test_that_a_participant_has_one_row_of_outcomes_under_the_options_that_hold() -> None:
    usual, stricter = tabled(), Frames(tabled().record, Options().with_("schirmer_normal_baseline", "stays_normal"))
    outcomes = usual.outcomes
    assert outcomes.index.tolist() == ["01-001", "01-002"]
    found = {o.subject: o for o in usual.found}
    for subject, row in outcomes.iterrows():
        outcome = found[str(subject)]
        assert (row["responder"], row["n_met"]) == (outcome.responder, outcome.five.n_met)
        assert (row["star_counted"], row["star_possible"]) == (outcome.star.total, outcome.star.possible)
        assert row["determinacy"] == outcome.determinacy.value and row["why_zh"]
        assert [row[i.key] if row[i.key] is not pd.NA else None for i in outcome.five.items] == [
            i.met for i in outcome.five.items
        ]
    assert outcomes["status"].astype(str).tolist() == ["at_week_28", "missed"]
    assert stricter.options.schirmer_normal_baseline == "stays_normal"


def test_that_every_comparison_of_every_verdict_is_a_row_with_its_values_and_its_sentence() -> None:
    study = tabled()
    parts = study.parts
    for outcome in study.found:
        for item in outcome.five.items:
            rows = parts.xs((outcome.subject, "five", item.key), level=("subject", "instrument", "item"))
            assert rows.index.tolist() == [p.key for p in item.parts]
            assert rows["why_en"].tolist() == [p.why.en.replace("**", "") for p in item.parts]
            values = [None if v is pd.NA else Fraction(v) for v in rows["base"]]
            assert values == [None if p.pair.base.value is None else p.pair.base.value for p in item.parts]
    assert not parts["why_en"].str.contains("**", regex=False).any()
    censored = parts.loc[("01-001", "five", "c_bcell", "rf")]
    assert (censored["base_lack"], censored["base_text"]) == ("censored", "<10")


def test_that_a_change_is_follow_up_minus_week_0_exactly() -> None:
    change = tabled().changes.loc[("01-001", "esspri_mean")]
    assert (change["base"], change["followup__exact"], change["change__exact"]) == (6, "11/3", "-7/3")


def test_that_visits_have_their_window_and_what_became_of_them() -> None:
    visits = tabled().visits
    first = visits.loc[("01-001", "SE.W28", "")]
    assert first["status"] == "begun" and first["study_day"] == 196 and first["days_outside"] == 0
    missed = visits.loc[("01-002", "SE.BEL1", "")]
    assert (missed["status"], missed["reason"]) == ("missed", "Snow.")


def test_that_a_trial_without_participants_has_every_frame_with_its_columns() -> None:
    empty, full = nobody(), tabled()
    for name, frame in empty.all().items():
        assert len(frame) == 0
        assert frame.columns.tolist() == full[name].columns.tolist(), name
        assert [told(t) for t in frame.dtypes] == [told(t) for t in full[name].dtypes], name
        assert frame.index.names == full[name].index.names


def test_that_the_codebook_is_at_hand_in_a_notebook() -> None:
    book = tabled().codebook
    assert book.loc[("laboratory_2", "igg"), "unit"] == "g/L"
    assert "UNK=unknown" in book.loc[("physician_global", "pga__null"), "codes_en"]
    assert "01-001" not in repr(tabled()) and "2 participants" in repr(tabled())


def test_that_the_frames_rest_on_the_record_alone() -> None:
    import pickle

    record = pickle.loads(pickle.dumps(tabled().record))
    assert isinstance(record, trial_module.TrialRecord)
    pd.testing.assert_frame_equal(Frames(record).outcomes, tabled().outcomes)

"""The trial as a whole: who is counted, rates, paired changes, completeness, safety; small trials by hand."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from crf_desktop.analysis.exact_test import clopper_pearson, sign_test, signed_rank
from crf_desktop.analysis.option import AMBIGUITIES, Options
from crf_desktop.analysis.outcome import Determinacy, Outcome, Status
from crf_desktop.analysis.paired_change import band_tables, paired_changes
from crf_desktop.analysis.response_rate import PRIMARY, VERDICTS, item_rows, rate
from crf_desktop.analysis.summary import Summary, summarise
from crf_desktop.analysis.trial import Participant, TrialRecord
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import AFTER, BASE, DAY_0, TODAY, WEEK_28, Typed, doses, head, participant, shown
from tests.analysis.trial import trial_of
from tests.forms.conftest import Answer

DRY: dict[str, Answer] = {"schirmer_right": "3", "schirmer_left": "3"}
WETTER: dict[str, Answer] = {"schirmer_right": "10", "schirmer_left": "10"}
SAME: dict[str, Answer] = {name: BASE[name] for name in AFTER}
"""Nothing is better at week 28."""


def responder() -> Participant:
    return shown({}, WETTER)


def non_responder() -> Participant:
    return shown({}, SAME)


def stopped(day: int = 100) -> Participant:
    on = (date.fromisoformat(DAY_0) + timedelta(day)).isoformat()
    visits = doses(2) | {"SE.W0": (DAY_0, BASE)}
    return participant(visits, {"F.ET": {"stop_decided_on": on, "stop_kind": "TREATMENT", "stop_final_visit": "false"}})


def on_the_way() -> Participant:
    start = (date.fromisoformat(TODAY) - timedelta(60)).isoformat()
    return participant(doses(2, start) | {"SE.W0": (start, BASE)})


def passed() -> Participant:
    """Week 28 was due and nobody came."""
    start = (date.fromisoformat(TODAY) - timedelta(250)).isoformat()
    return participant(doses(2, start) | {"SE.W0": (start, BASE)})


def screened() -> Participant:
    return participant({"SE.SCR": ("2026-11-25", {"sex": "F"})})


def failed() -> Participant:
    return participant({"SE.SCR": ("2026-05-01", {"sex": "F", "elig_confirmed": "false"})})


EVERYBODY = (responder, non_responder, stopped, on_the_way, passed, screened, failed)


@cache
def whole() -> TrialRecord:
    """One of each kind."""
    return trial_of(make() for make in EVERYBODY)


@cache
def whole_summary() -> Summary:
    return summarise(whole())


# ---- who is counted


def test_that_everybody_stands_in_exactly_one_line_of_the_enrolment() -> None:
    found = whole_summary().enrolment
    assert (found.goal, found.screened, found.treated) == (15, 7, 5)
    assert (found.at_week_28, found.stopped, found.missed, found.under_way) == (2, 1, 1, 1)
    assert (found.in_screening, found.failed) == (1, 1)
    lines = (found.in_screening, found.failed, found.under_way, found.at_week_28, found.stopped, found.missed)
    assert sum(lines) == found.screened
    assert found.months[-1].screened_so_far == sum(m.screened for m in found.months)
    assert found.months[-1].treated_so_far == found.treated


def test_that_whoever_has_not_reached_week_28_is_in_no_denominator_and_named() -> None:
    found = whole_summary()
    assert found.population.under_way == ("01-004",)
    assert set(found.population.counted) == {"01-001", "01-002", "01-003", "01-005"}
    assert all(r.n == 4 for r in found.rates)
    assert "**1 of 5** have not reached week 28" in found.population.note.en
    assert "5名中有**1名**尚未到第28周" in found.population.note.zh
    line = next(x for x in found.listing if x.subject == "01-004")
    assert (line.counted, line.responder, line.five_ge4, line.determinacy) == (False, None, None, None)
    assert line.status_text.zh == "尚未到第28周"


def test_that_stopped_and_missed_count_as_non_responders_and_as_not_decided() -> None:
    found = whole_summary().primary
    assert (found.responders, found.n) == (1, 4)
    assert found.interval == clopper_pearson(1, 4)
    assert found.determinacy == {
        Determinacy.RESPONDER: 1, Determinacy.NON_RESPONDER: 1, Determinacy.INDETERMINATE: 2,
    }  # fmt: skip
    assert found.indeterminate == ("01-003", "01-005")


def test_that_with_missing_excluded_what_the_data_do_not_decide_is_left_out() -> None:
    found = summarise(whole(), Options(missing="excluded"))
    assert (found.primary.responders, found.primary.n) == (1, 2)
    assert found.population.left_out == ("01-003", "01-005")
    assert sum(found.primary.determinacy.values()) == 4


def test_that_among_the_enrolled_only_the_confirmed_are_counted_once_their_time_is_over() -> None:
    outcomes = [outcome_of(who) for who in whole().participants()]
    from crf_desktop.analysis.response_rate import population_of

    everybody = [o.subject for o in outcomes]
    options = Options(population="enrolled")
    found = population_of(outcomes, everybody, ["01-007"], options)
    assert found.members == tuple(everybody)
    assert "01-007" in found.counted and "01-006" in found.under_way
    assert population_of(outcomes, ["01-001"], [], options).members == ("01-001",)


def test_that_an_empty_trial_has_a_summary_without_a_rate() -> None:
    found = summarise(trial_of([]))
    assert found.primary.n == 0 and found.primary.interval is None
    assert found.changes == () and found.listing == () and found.completeness.forms == ()
    assert found.population.note.en == "Nobody is in the population yet."
    nobody = summarise(trial_of([screened()]))
    assert nobody.primary.interval is None and nobody.safety.at_risk == 0


@pytest.mark.parametrize(("start", "certain"), [("2026-08-01", True), ("2026-07", True), ("2026-05", False)])
def test_that_rescue_that_is_certain_makes_a_non_responder_at_every_threshold(start: str, certain: bool) -> None:
    log: dict[str, Typed] = {"F.CM#1": {"cm_class": "GLUCOCORTICOID", "cm_rescue": "true", "cm_start": start}}
    told = trial_of([shown({}, WETTER, log=log)])
    found = summarise(told)
    assert [r.responders for r in found.rates] == [0 if certain else 1] * 4 + [found.rates[4].responders]
    assert found.rates[4].responders == (0 if certain else found.listing[0].star > 5)
    assert (found.primary.determinacy[Determinacy.NON_RESPONDER] == 1) is certain
    ignored = summarise(told, Options(rescue="ignored"))
    assert ignored.primary.responders == ignored.rates[3].responders == 1
    row = next(a for a in ignored.sensitivity if a.option.name == "rescue")
    assert row.lost == (("01-001",) if certain else ())


# ---- items and subgroups


def test_that_items_add_up_to_everybody_who_is_counted_and_say_why_not() -> None:
    refused = shown()
    found = summarise(trial_of([responder(), non_responder(), stopped(), refused]))
    for row in (*found.items, *found.star_items):
        assert row.met + row.not_met + row.not_evaluable == 4
    lacrimal = found.items[3]
    assert (lacrimal.met, lacrimal.not_met, lacrimal.not_evaluable) == (1, 1, 2)
    told = dict(lacrimal.unknown)
    assert told["01-003"].en == "stopped early: no week 28"
    assert "refused" in told["01-004"].en and "拒绝" in told["01-004"].zh


def test_that_subgroups_are_those_with_an_abnormal_value_at_week_0() -> None:
    dry = shown(DRY, WETTER)
    exactly_5 = shown({"schirmer_right": "5", "schirmer_left": "5"}, SAME)
    calm = shown({"esr": "12", "schirmer_right": "9", "schirmer_left": "9"}, SAME)
    refused = dict.fromkeys(("schirmer_right", "schirmer_left"), NullFlavor.REFUSED)
    unknown = shown({"esr_uln": NullFlavor.UNKNOWN, **refused})
    told = trial_of([dry, exactly_5, calm, unknown])
    schirmer, esr = summarise(told).subgroups
    assert (schirmer.rate.responders, schirmer.rate.n, schirmer.unknown) == (1, 1, ("01-004",))
    assert (esr.rate.n, esr.unknown) == (2, ("01-004",))
    assert schirmer.item is not None and schirmer.item.key == "d_lacrimal" and schirmer.item.met == 1
    assert esr.item is not None and esr.item.key == "b_esr"
    wider, _ = summarise(told, Options(schirmer_abnormal="up_to_5")).subgroups
    assert wider.rate.n == 2 and "≤5" in wider.title.en
    nobody, _ = summarise(trial_of([calm])).subgroups
    assert (nobody.rate.n, nobody.rate.interval, nobody.item) == (0, None, None)


# ---- paired change


def test_that_a_change_is_paired_and_its_tests_are_those_of_the_differences() -> None:
    pairs = (("60", "30"), ("50", "50"), ("70", "60"), ("40", "45"))
    rows = [shown({"pga": b}, {"pga": f, **WETTER}) for b, f in pairs]
    found = next(c for c in summarise(trial_of([*rows, stopped()])).changes if c.name == "pga")
    differences = [Fraction(n) for n in (-30, 0, -10, 5)]
    assert (found.n, found.sign, found.rank) == (4, sign_test(differences), signed_rank(differences))
    assert (found.sign.zeros, found.rank.zeros) == (1, 1)
    assert found.base is not None and found.base.median == 55 and found.followup is not None
    assert found.change is not None
    assert [found.change.q1, found.change.median, found.change.q3] == [-15, -5, Fraction(5, 4)]
    assert dict(found.missing)["01-005"].zh == "提前终止，无第28周访视"
    assert found.improved is None and found.rule is None


def test_that_a_value_missing_at_one_visit_is_named_with_its_reason() -> None:
    found = next(c for c in summarise(trial_of([responder(), shown()])).changes if c.name == "schirmer_mean")
    assert found.n == 1
    assert "refused" in dict(found.missing)["01-002"].en


def test_that_the_clinically_important_improvement_is_counted_where_it_can_be_told() -> None:
    found = {c.name: c for c in summarise(trial_of([responder(), non_responder(), stopped()])).changes}
    assert found["essdai_total"].improved == (1, 2)
    assert found["essdai_total"].interval == clopper_pearson(1, 2)
    assert found["esspri_mean"].rule is not None and "≥15" in found["esspri_mean"].rule.en
    assert found["rf"].improved is None


def test_that_bands_cross_week_0_with_week_28() -> None:
    essdai, clin = band_tables([outcome_of(w) for w in trial_of([responder(), stopped()]).participants()])
    assert essdai.counts == ((0, 0, 0), (0, 0, 0), (0, 1, 0))  # 28 → 8
    assert clin.counts == ((0, 0, 0), (0, 0, 0), (0, 1, 0))  # 30 → 9
    assert (essdai.without, clin.without) == (1, 1)


# ---- completeness, safety, options


def test_that_forms_are_expected_where_a_visit_was_or_should_have_been() -> None:
    begun = participant(
        doses(2) | {"SE.W0": (DAY_0, BASE), "SE.W28": (WEEK_28, AFTER)},
        heads=[head("SE.W0", "F.PGA"), head("SE.W28", "F.PGA", completed=False, signed=False)],
    )
    forms = {(f.event, f.form): f for f in summarise(trial_of([begun, passed()])).completeness.forms}
    week_0, week_28 = forms["SE.W0", "F.PGA"], forms["SE.W28", "F.PGA"]
    assert (week_0.expected, week_0.begun, week_0.complete, week_0.signed) == (2, 1, 1, 1)
    assert (week_28.expected, week_28.begun, week_28.complete) == (2, 1, 0)
    assert ("SE.W28", "F.LUNG") not in forms  # optional
    assert ("SE.ET", "F.PGA") not in forms


def test_that_what_an_outcome_lacks_is_counted_by_reason() -> None:
    found = summarise(trial_of([responder(), shown(), stopped()])).completeness
    schirmer = {v.event: v for v in found.values if v.name == "schirmer_mean"}
    assert (schirmer["SE.W0"].expected, schirmer["SE.W0"].present) == (3, 3)
    assert (schirmer["SE.W28"].expected, schirmer["SE.W28"].present) == (3, 1)
    assert {why.en: n for why, n in schirmer["SE.W28"].reasons} == {"refused": 1, "stopped early: no week 28": 1}


def adverse(**typed: Answer) -> Typed:
    """An event of grade 2 a week after the first dose."""
    told: dict[str, Answer] = {
        "ae_listed": "FEVER", "ae_term": "Fever", "ae_grade": "2", "ae_start": "2026-05-13", "ae_special": "NONE",
        "ae_rel_rtx": "NONE", "ae_rel_bel": "NONE", "ae_serious": "false", "ae_ongoing": "false",
    }  # fmt: skip
    return told | typed


def test_that_a_participant_counts_once_at_the_worst_grade() -> None:
    log = {
        "F.AE#1": adverse(ae_grade="1"), "F.AE#2": adverse(ae_grade="3", ae_serious="true", ae_rel_rtx="POSSIBLE"),
        "F.AE#3": adverse(ae_listed="OTHER", ae_term="Sore knee"), "F.AE#4": adverse(ae_start="2026-05-05"),
        "F.AE#5": adverse(ae_start="2026-05"), "F.AE#6": adverse(ae_listed="PNEUMONIA", ae_start="2026-06"),
    }  # fmt: skip
    other = {"F.AE#1": adverse()}
    found = summarise(trial_of([shown(log=log), shown(log=other), screened()])).safety
    fever = found.terms[0]
    assert (fever.key, fever.participants, fever.events) == ("FEVER", 2, 3)
    assert fever.by_grade == (0, 1, 1, 0, 0, 0) and fever.events_by_grade == (1, 1, 1, 0, 0, 0)
    assert (fever.serious, fever.related) == ((1, 1), (1, 1))
    free = next(t for t in found.terms if not t.listed)
    assert (free.term.en, free.participants) == ("Sore knee", 1)
    assert (found.at_risk, found.any_event.participants, found.any_event.events) == (2, 2, 5)
    assert (found.before.events, found.unknown.events) == (1, 1)  # the day before; some day in May
    infection = found.special[0]
    assert (infection.key, infection.events) == ("INFECTION", 1)


def test_that_infusion_reactions_stand_with_their_infusions() -> None:
    visits = doses(2) | {"SE.W0": (DAY_0, BASE)}
    reaction: dict[str, Answer] = {"rtx_given": "true", "irr_any": "true", "irr_grade": "2", "irr_drug": "RTX"}
    visits["SE.RTX2"] = ("2026-05-13", reaction | {"irr_anaphylaxis": "false"})
    rituximab, belimumab = summarise(trial_of([participant(visits)])).safety.reactions
    assert (rituximab.infusions, rituximab.asked, rituximab.reactions) == (2, 1, 1)
    assert rituximab.by_grade == (0, 1, 0, 0, 0, 0)
    assert (belimumab.infusions, belimumab.reactions) == (0, 0)


def test_that_a_dose_without_its_mg_leaves_the_participant_out_of_the_sums_by_name() -> None:
    def dosed(*mg: str | None) -> Participant:
        planned: dict[str, Answer] = {
            "rtx_given": "true", "rtx_measured_today": "false", "rtx_bsa": "1", "rtx_mg_m2": "375",
        }  # fmt: skip
        days = ((DAY_0, "SE.W0"), ("2026-05-13", "SE.RTX2"))
        each = zip(days, mg, strict=True)
        return participant({event: (day, planned | ({"rtx_dose": m} if m else {})) for (day, event), m in each})

    told = trial_of([dosed("375", "300"), dosed("375", None)], today="2026-05-14")
    rituximab, belimumab = summarise(told).exposure
    assert (rituximab.participants, rituximab.doses, rituximab.unknown) == (2, 4, ("01-002",))
    assert rituximab.mg is not None and (rituximab.mg.n, rituximab.mg.median) == (1, 675)
    assert rituximab.intensity is not None and rituximab.intensity.median == Fraction(675, 750)
    assert (belimumab.participants, belimumab.mg, belimumab.unknown) == (0, None, ())


def test_that_every_option_in_force_and_every_fixed_reading_stands_there_in_both_languages() -> None:
    found = whole_summary()
    assert [row.name for row in found.in_force] == list(AMBIGUITIES)
    assert all(row.default and row.title.zh and row.value_title.zh for row in found.in_force)
    fixed = {number for number, _ in found.fixed}
    assert fixed == {"A3", "A4", "A7", "A13", "A15", "A16", "A18", "A19", "A20", "A21", "A23", "A24"}
    assert fixed.isdisjoint(AMBIGUITIES.values())
    assert {f"A{n}" for n in range(1, 25)} == fixed | {a for a in AMBIGUITIES.values() if a.startswith("A")}
    assert all(text.en.endswith(".") and text.zh.endswith("。") for _, text in found.fixed)


def test_that_months_without_anybody_stand_between_the_others() -> None:
    early = participant({"SE.SCR": ("2025-11-20", {"sex": "F"}), "SE.W0": ("2025-12-01", {"rtx_given": "true"})})
    late = participant({"SE.SCR": ("2026-02-20", {"sex": "F"})})
    months = summarise(trial_of([early, late])).enrolment.months
    told = [(m.month, m.screened, m.treated, m.screened_so_far, m.treated_so_far) for m in months]
    assert told == [("2025-11", 1, 0, 1, 0), ("2025-12", 0, 1, 1, 1), ("2026-01", 0, 0, 1, 1), ("2026-02", 1, 0, 2, 1)]


def test_that_questions_left_open_on_a_form_that_was_begun_are_counted() -> None:
    begun = participant(
        {"SE.W0": (DAY_0, {"rtx_given": "true", "esspri_dryness": "7", "esspri_pain": NullFlavor.REFUSED})},
        heads=[head("SE.W0", "F.ESSPRI", completed=False, signed=False)],
    )
    found = summarise(trial_of([begun])).completeness.forms
    esspri = next(f for f in found if (f.event, f.form) == ("SE.W0", "F.ESSPRI"))
    assert (esspri.begun, esspri.complete, esspri.by_reason[NullFlavor.REFUSED]) == (1, 0, 1)
    assert esspri.unanswered == 2  # fatigue, and who answered


def test_that_the_sensitivity_table_is_the_analysis_done_again_with_one_option_changed() -> None:
    told = trial_of([responder(), non_responder(), shown(), stopped(), on_the_way()])
    found = summarise(told).sensitivity
    assert [(a.option.name, a.option.value) for a in found] == [(n, v) for n, v, _ in Options().alternatives()]
    participants = told.participants()
    for row in found:
        options = Options().with_(row.option.name, row.option.value)
        outcomes = [outcome_of(who, options) for who in participants]
        counted = [o for o in outcomes if o.status in (Status.AT_WEEK_28, Status.STOPPED)]
        if row.option.name != "population":
            again = rate(PRIMARY, counted, options)
            assert (row.responders, row.n, row.interval) == (again.responders, again.n, again.interval)


def test_that_the_sensitivity_table_names_who_changes() -> None:
    three = shown({}, WETTER | {"esr": "46"})
    found = {(a.option.name, a.option.value): a for a in summarise(trial_of([three, responder()])).sensitivity}
    row = found["response_at_least", "3"]
    assert (row.gained, row.lost, row.responders) == (("01-001",), (), 2)
    assert found["depletion", "both"].gained == found["depletion", "both"].lost == ()


def test_that_every_issue_of_every_participant_is_kept() -> None:
    found = whole_summary()
    assert len(found.issues) == sum(len(o.issues) for o in found.outcomes)
    assert {i.subject for i in found.issues if i.kind == "no_week_28"} == {"01-003", "01-005"}


def test_that_a_summary_travels_to_another_process_and_cancelling_stops_it() -> None:
    assert pickle.loads(pickle.dumps(whole_summary())) == whole_summary()

    def cancel(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        summarise(whole(), progress=cancel)


# ---- properties


@cache
def pool() -> tuple[Outcome, ...]:
    """Outcomes of different kinds, worked out once."""
    makes = (responder, non_responder, stopped, passed, shown)
    told = trial_of([make() for make in makes for _ in range(3)]).participants()
    return tuple(outcome_of(who) for who in told)


COUNTED = st.lists(st.integers(0, 14), unique=True, max_size=15).map(lambda numbers: [pool()[n] for n in numbers])
OPTIONS = st.sampled_from([Options(), Options(missing="excluded"), Options(rescue="ignored")])


@given(st.permutations(EVERYBODY))
@settings(deadline=None, max_examples=5)
def test_that_the_order_of_participants_changes_nothing_at_all(makes: list[Callable[[], Participant]]) -> None:
    in_order = whole().subjects
    shuffled = [in_order[EVERYBODY.index(make)] for make in makes]
    assert summarise(evolve(whole(), subjects=tuple(shuffled))) == whole_summary()


@given(COUNTED, OPTIONS, st.sampled_from([PRIMARY, *VERDICTS]))
@settings(deadline=None)
def test_that_one_more_responder_raises_a_rate_and_one_more_non_responder_lowers_it(
    counted: list[Outcome], options: Options, key: str
) -> None:
    before = rate(key, counted, options)
    more = rate(key, [*counted, pool()[0]], options)
    less = rate(key, [*counted, pool()[3]], options)
    assert (more.responders, more.n) == (before.responders + 1, before.n + 1)
    assert (less.responders, less.n) == (before.responders, before.n + 1)
    if before.interval and more.interval and less.interval:
        assert less.interval.low <= before.interval.low <= more.interval.low
        assert less.interval.high <= before.interval.high <= more.interval.high


@given(COUNTED, OPTIONS, st.sampled_from([PRIMARY, *VERDICTS]))
@settings(deadline=None)
def test_that_the_determinacy_table_bounds_the_rate(counted: list[Outcome], options: Options, key: str) -> None:
    found = rate(key, counted, options)
    assert sum(found.determinacy.values()) == len(counted)
    assert found.responders == found.determinacy[Determinacy.RESPONDER]
    assert len(found.indeterminate) == found.determinacy[Determinacy.INDETERMINATE]


@given(COUNTED)
@settings(deadline=None)
def test_that_tables_over_participants_add_up(counted: list[Outcome]) -> None:
    for row in item_rows([(o, o.five.items) for o in counted]):
        assert row.met + row.not_met + row.not_evaluable == len(counted)
    for change in paired_changes(counted):
        assert change.n + len(change.missing) == len(counted)
        assert change.sign.n + change.sign.zeros == change.rank.n + change.rank.zeros == change.n
    for table in band_tables(counted):
        assert sum(map(sum, table.counts)) + table.without == len(counted)
    assert all(o.status in (Status.AT_WEEK_28, Status.STOPPED, Status.MISSED) for o in counted)

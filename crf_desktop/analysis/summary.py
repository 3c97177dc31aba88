"""The trial as a whole: everything the statistical report and the analysis page print, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from attrs import frozen

from crf_desktop.analysis.completeness import Completeness, completeness_of
from crf_desktop.analysis.enrolment import Enrolment, confirmed, ended_untreated, enrolment_of
from crf_desktop.analysis.exposure import Depletion, Exposed, depletion_of, exposed
from crf_desktop.analysis.measure import baseline
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Issue, Outcome, Status
from crf_desktop.analysis.paired_change import BandTable, ChangeRow, band_tables, paired_changes
from crf_desktop.analysis.quantile import Spread, spread
from crf_desktop.analysis.response_rate import (
    ItemRow,
    Line,
    Population,
    Rate,
    Subgroup,
    item_rows,
    lines,
    population_of,
    rates,
    subgroup,
)
from crf_desktop.analysis.safety import Safety, safety_of
from crf_desktop.analysis.sensitivity import Alternative, OptionRow, in_force, sensitivity_of
from crf_desktop.analysis.treatment import Treatment, treatment_of
from crf_desktop.analysis.trial import Participant, Progress, TrialRecord
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.schedule import Planned, plan
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_summary import FIXED


@frozen
class Summary:
    """Everything about the trial at one moment, under the options that hold."""

    options: Options
    today: str
    """ISO date the schedule was seen from."""
    enrolment: Enrolment
    population: Population
    rates: tuple[Rate, ...]
    """Primary under the options first, then ≥4, ≥3, STAR ≥5, STAR >5."""
    items: tuple[ItemRow, ...]
    star_items: tuple[ItemRow, ...]
    star_total: Spread | None
    """Points the data show at week 28, of everybody counted who was there; week 0 has none (A3)."""
    subgroups: tuple[Subgroup, ...]
    listing: tuple[Line, ...]
    changes: tuple[ChangeRow, ...]
    bands: tuple[BandTable, ...]
    treatments: tuple[Treatment, ...]
    """Of everybody, by number."""
    exposure: tuple[Exposed, ...]
    depletion: Depletion
    safety: Safety
    completeness: Completeness
    sensitivity: tuple[Alternative, ...]
    in_force: tuple[OptionRow, ...]
    fixed: tuple[tuple[str, TranslatedText], ...]
    """Ambiguities without an alternative here, with how they are read."""
    issues: tuple[Issue, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def primary(self) -> Rate:
        """The registered end point under the options that hold."""
        return self.rates[0]


def summarise(
    record: TrialRecord,
    options: Options | None = None,
    outcomes: Sequence[Outcome] | None = None,
    progress: Progress = lambda done, of: None,
) -> Summary:
    """Everything about the trial; ``outcomes`` under these options, where they are worked out already.

    ``progress`` is told step by step and raises to cancel.
    """
    chosen = options or Options()
    participants = sorted(record.participants(), key=lambda who: who.subject)
    known = {outcome.subject: outcome for outcome in outcomes or ()}
    told = tuple(known.get(who.subject) or outcome_of(who, chosen) for who in participants)
    plans = {w.subject: plan(w.course, w.today, frozenset(w.record.missed)) for w in participants}
    population = _population(participants, told, plans, chosen)
    counted = [o for o in told if o.subject in set(population.counted)]
    treatments = tuple(treatment_of(who, chosen, plans[who.subject]) for who in participants)
    return Summary(
        chosen, record.today, enrolment_of(participants, told, plans), population, rates(counted, chosen),
        item_rows([(o, o.five.items) for o in counted]), item_rows([(o, o.star.items) for o in counted]),
        spread(Fraction(o.star.total) for o in counted if o.status is Status.AT_WEEK_28),
        _subgroups(participants, counted, chosen),
        lines(told, {t.subject: t for t in treatments}, population.counted, chosen),
        paired_changes(counted), band_tables(counted), treatments, exposed(treatments),
        depletion_of(treatments, chosen), safety_of(participants),
        completeness_of(participants, plans, told, chosen),
        sensitivity_of(participants, told, chosen, partial(_counted, participants, plans), progress),
        in_force(chosen), tuple((number, TranslatedText(*words)) for number, words in FIXED.items()),
        tuple(issue for o in told for issue in o.issues), told,
    )  # fmt: skip


def _population(
    participants: Sequence[Participant],
    outcomes: Sequence[Outcome],
    plans: Mapping[str, Sequence[Planned]],
    options: Options,
) -> Population:
    untreated = {o.subject for o in outcomes if o.status is Status.NOT_TREATED}
    over = [w.subject for w in participants if w.subject in untreated and ended_untreated(plans[w.subject])]
    return population_of(outcomes, [w.subject for w in participants if confirmed(w)], over, options)


def _counted(
    participants: Sequence[Participant],
    plans: Mapping[str, Sequence[Planned]],
    outcomes: Sequence[Outcome],
    options: Options,
) -> list[Outcome]:
    counted = set(_population(participants, outcomes, plans, options).counted)
    return [o for o in outcomes if o.subject in counted]


def _subgroups(
    participants: Sequence[Participant], counted: Sequence[Outcome], options: Options
) -> tuple[Subgroup, ...]:
    """Abnormal Schirmer and abnormal ESR at week 0."""
    schirmer = {w.subject: _dry(w, options) for w in participants}
    esr = {w.subject: _raised(w) for w in participants}
    return subgroup("schirmer", schirmer, counted, options), subgroup("esr", esr, counted, options)


def _dry(who: Participant, options: Options) -> bool | None:
    mean = baseline(who, "schirmer_mean").value
    if mean is None:
        return None
    return mean < Fraction(5) if options.schirmer_abnormal == "below_5" else mean <= Fraction(5)


def _raised(who: Participant) -> bool | None:
    esr, limit = baseline(who, "esr").value, baseline(who, "esr_uln").value
    return None if esr is None or limit is None else esr > limit

"""Exposure to both drugs and the course of the B cells over all who were treated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from crf_desktop.analysis.b_cell import Repopulation
from crf_desktop.analysis.dose import DUE, Exposure, Told
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.quantile import Spread, spread
from crf_desktop.analysis.treatment import Treatment
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_summary import DEPLETION, DRUGS, PER_SIZE


@frozen
class Exposed:
    """One drug over all who were treated."""

    drug: str
    """``rituximab`` or ``belimumab``."""
    name: TranslatedText
    size_unit: TranslatedText
    """``mg/m²`` or ``mg/kg``."""
    participants: int
    """Who had a dose of this drug."""
    doses: int
    by_number: Mapping[int, int]
    """Doses given → participants treated with so many; 0 where they had none of this drug (yet)."""
    due: int
    left_out: int
    """Due, and not given."""
    delayed: int
    mg: Spread | None
    """Cumulative, of who had a dose."""
    per_size: Spread | None
    """Cumulative mg/m² or mg/kg."""
    intensity: Spread | None
    """mg given / mg planned; 1 = as planned."""
    unknown: tuple[str, ...] = field(repr=False)
    """Who had a dose whose mg, or plan, is not on record, and is in one of the three above less."""


@frozen
class Depletion:
    """B cells over all who were treated."""

    treated: int
    depleted: int
    """At any sample."""
    days_to_depletion: Spread | None
    """Day 0 to the first depleted sample."""
    after_last: tuple[int, int]
    """(depleted at the first sample after the last rituximab, of those with such a sample)"""
    not_after_four: tuple[str, ...] = field(repr=False)
    """Four doses and not depleted (A18)."""
    repopulated: tuple[str, ...] = field(repr=False)
    still_depleted: int
    days_to_repopulation: Spread | None
    """From the last rituximab."""
    definition: TranslatedText
    """How depletion and repopulation are told."""


def exposed(treatments: Sequence[Treatment]) -> tuple[Exposed, ...]:
    """Both drugs over everybody who had a dose of rituximab."""
    treated = [t for t in treatments if t.rituximab.given]
    return tuple(_exposed(drug, treated) for drug in DRUGS)


def _exposed(drug: str, treated: Sequence[Treatment]) -> Exposed:
    every = [t.exposures[drug] for t in treated]
    had = [e for e in every if e.given]
    left_out = sum(d.told in DUE and d.told is not Told.GIVEN for e in every for d in e.doses)
    return Exposed(
        drug, TranslatedText(*DRUGS[drug]), TranslatedText(PER_SIZE[drug], PER_SIZE[drug]), len(had),
        sum(e.given for e in every), dict(sorted(Counter(e.given for e in every).items())), sum(e.due for e in every),
        left_out, sum(e.delayed for e in every), spread(e.mg for e in had if e.mg is not None),
        spread(e.per_size for e in had if e.per_size is not None),
        spread(e.intensity for e in had if e.intensity is not None),
        tuple(t.subject for t in treated if _open(t.exposures[drug])),
    )  # fmt: skip


def _open(exposure: Exposure) -> bool:
    return exposure.given > 0 and None in (exposure.mg, exposure.per_size, exposure.intensity)


def depletion_of(treatments: Sequence[Treatment], options: Options) -> Depletion:
    """B cells of everybody who had a dose of rituximab."""
    treated = [t for t in treatments if t.rituximab.given]
    depleted = [t for t in treated if t.b_cells.first_depleted]
    sampled = [t for t in treated if t.b_cells.after_last]
    back = [t for t in treated if t.b_cells.repopulation is Repopulation.REPOPULATED]
    return Depletion(
        len(treated), len(depleted), spread(days for t in depleted for days in _days_to(t)),
        (sum(t.b_cells.depleted_after_last is True for t in sampled), len(sampled)),
        tuple(t.subject for t in treated if t.b_cells.not_depleted_after_four), tuple(t.subject for t in back),
        sum(t.b_cells.repopulation is Repopulation.STILL_DEPLETED for t in treated),
        spread(Fraction(t.b_cells.days) for t in back if t.b_cells.days is not None),
        TranslatedText(*DEPLETION[options.depletion]),
    )  # fmt: skip


def _days_to(treatment: Treatment) -> tuple[Fraction, ...]:
    """Days from the first rituximab to the first depleted sample."""
    sample, first = treatment.b_cells.first_depleted, treatment.rituximab.first
    if sample is None or first is None:
        return ()
    return (Fraction((date.fromisoformat(sample.date) - date.fromisoformat(first)).days),)

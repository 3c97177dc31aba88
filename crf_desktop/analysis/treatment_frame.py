"""Frames of doses, exposure and B cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crf_desktop.analysis.b_cell import Repopulation, Sample
from crf_desktop.analysis.dose import Dose, Exposure, Told
from crf_desktop.analysis.frame_column import (
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    WHY,
    Columns,
    Row,
    choice,
    events,
    exact_number,
    framed,
    why,
)
from crf_desktop.analysis.treatment import Treatment
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import split


def doses(definition: MetaDataVersion, found: Mapping[str, Treatment]) -> Any:
    """One row per dose of the schedule and what became of it; mg, m² or kg, days since day 0."""
    columns: Columns = {
        "subject": TEXT, "drug": choice(("rituximab", "belimumab")), "dose": NUMBER, "event": events(definition),
        "event_key": TEXT, "told": choice(Told), "date": DAY, "study_day": NUMBER, "due": DAY, "days_late": NUMBER,
        "mg": exact_number, "planned_mg": exact_number, "size": exact_number, "per_size": exact_number, **WHY,
    }  # fmt: skip
    rows = [
        _dose(subject, dose)
        for subject, treatment in found.items()
        for exposure in (treatment.rituximab, treatment.belimumab)
        for dose in exposure.doses
    ]
    return framed(rows, columns, 3)


def _dose(subject: str, dose: Dose) -> Row:
    event, key = split(dose.event)
    return {
        "subject": subject, "drug": dose.drug, "dose": dose.number, "event": event, "event_key": key,
        "told": dose.told, "date": dose.date, "study_day": dose.day, "due": dose.due, "days_late": dose.late,
        "mg": dose.mg, "planned_mg": dose.planned_mg, "size": dose.size, "per_size": dose.per_size, **why(dose.why),
    }  # fmt: skip


def exposure(found: Mapping[str, Treatment]) -> Any:
    """One row per participant and drug: doses given and due, mg, intensity (1 = as planned)."""
    columns: Columns = {
        "subject": TEXT, "drug": choice(("rituximab", "belimumab")), "given": NUMBER, "due": NUMBER, "to_come": NUMBER,
        "after_stop": NUMBER, "delayed": NUMBER, "first": DAY, "last": DAY, "mg": exact_number,
        "planned_mg": exact_number, "per_size": exact_number, "intensity": exact_number, **WHY,
    }  # fmt: skip
    rows = [_exposure(subject, drug) for subject, t in found.items() for drug in (t.rituximab, t.belimumab)]
    return framed(rows, columns, 2)


def _exposure(subject: str, e: Exposure) -> Row:
    return {
        "subject": subject, "drug": e.drug, "given": e.given, "due": e.due, "to_come": e.to_come,
        "after_stop": e.after_stop, "delayed": e.delayed, "first": e.first, "last": e.last, "mg": e.mg,
        "planned_mg": e.planned_mg, "per_size": e.per_size, "intensity": e.intensity, **why(e.why),
    }  # fmt: skip


def b_cells(definition: MetaDataVersion, found: Mapping[str, Treatment]) -> Any:
    """One row per sample; per cent of lymphocytes and cells, in the units named beside them."""
    columns: Columns = {
        "subject": TEXT, "event": events(definition), "event_key": TEXT, "date": DAY, "study_day": NUMBER,
        "percent": exact_number, "percent_text": TEXT, "percent_unit": TEXT, "count": exact_number, "count_text": TEXT,
        "count_unit": TEXT, "count_derived": TRUTH, "depleted": TRUTH, "first_depleted": TRUTH,
        "after_last_rituximab": TRUTH, "repopulated": TRUTH, "repopulation": choice(Repopulation),
    }  # fmt: skip
    rows = [_sample(subject, t, sample) for subject, t in found.items() for sample in t.b_cells.samples]
    return framed(rows, columns, 3)


def _sample(subject: str, treatment: Treatment, s: Sample) -> Row:
    event, key = split(s.event)
    cells = treatment.b_cells
    return {
        "subject": subject, "event": event, "event_key": key, "date": s.date, "study_day": s.day,
        "percent": s.percent.value, "percent_text": s.percent.text or None, "percent_unit": s.percent.unit.en or None,
        "count": s.count.value, "count_text": s.count.text or None, "count_unit": s.count.unit.en or None,
        "count_derived": s.derived, "depleted": s.depleted, "first_depleted": s == cells.first_depleted,
        "after_last_rituximab": s == cells.after_last, "repopulated": s == cells.repopulated,
        "repopulation": cells.repopulation,
    }  # fmt: skip

"""What is answered where the participant has something to say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from crf_desktop.capture.entry import FormEntry, Given
from crf_desktop.demo import blood, body, history, infusing, paper
from crf_desktop.demo.answering import Asked
from crf_desktop.demo.body import Answer
from crf_desktop.demo.patient import Patient

_ANSWERS: Final[dict[str, Answer]] = {
    **body.ANSWERS,
    **blood.ANSWERS,
    **infusing.ANSWERS,
    **history.ANSWERS,
    **paper.ANSWERS,
}
_ROWS: Final[dict[str, int]] = {**infusing.ROWS, **history.ROWS}
_REASONS: Final = {
    "SE.RTX2": "The ward had no bed until then.",
    "SE.BEL4": "School examination in the week of the visit.",
}
_KEPT: Final = {
    "EC.VITALS.001": "Weighed twice on two scales; the dose is worked out anew.",
    "EC.LAB.005": "The laboratory reports nothing below 20 IU/mL; no other laboratory was at hand.",
    "EC.ESSPRI.003": "Turned 8 since week 0 and answers without a parent from now on.",
    "EC.HOCEVAR.002": "This gland was removed in 2021.",
    "I.VITALS.TEMPERATURE": "Fever since yesterday; measured again after ten minutes.",
}


def why_kept(checks: Iterable[str]) -> str:
    """Why an unusual value is kept, by the OIDs of the checks it breaks."""
    return next((_KEPT[oid] for oid in checks if oid in _KEPT), "Checked against the source.")


def of(patient: Patient, asked: Asked) -> Given | str | None:
    """The answer to one item; None where any plausible answer will do."""
    answer = _ANSWERS.get(asked.name) or body.by_beginning(asked.name)
    return answer(patient, asked) if answer else None


def rows(patient: Patient, entry: FormEntry) -> Mapping[str, int]:
    """Table name of a repeating group → how many rows."""
    return _ROWS


def wants(patient: Patient, event: str, form: str) -> bool:
    """Whether a form without which the visit would be complete is filled in all the same."""
    if event.startswith("SE.UNS"):
        return form in ("F.LAB1", "F.PGA", "F.ESSPRI", "F.LAB2", "F.BCELL", "F.ESSDAI")
    return form == "F.LUNG" and "ILD" in patient.story.tags


def why_off_schedule(patient: Patient, event: str) -> str:
    """The reason for a date outside its window."""
    return _REASONS.get(event, "The family could not come on another day.")

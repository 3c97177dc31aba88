"""What is answered where the participant has something to say about it."""

from __future__ import annotations

from collections.abc import Mapping
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

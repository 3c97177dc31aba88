"""Consent, demographics, what is asked at every visit, lung and organs, end of study of an invented participant."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from crf_desktop.demo.answering import Asked
from crf_desktop.demo.body import Answer, always, moment
from crf_desktop.demo.history import day_of
from crf_desktop.demo.patient import Patient

_VERSION: Final = "V2.0, 2026-01-15"
_CHILD_VERSION: Final = "Child 8–17, V2.0, 2026-01-15"


def _age(patient: Patient, asked: Asked) -> str:
    return str(patient.age(asked.when.date()))


def _guardians(patient: Patient, asked: Asked) -> str:
    return "BOTH" if patient.number % 3 == 0 else "ONE"


CONSENT: Final[dict[str, Answer]] = {
    "consent_version": always(_VERSION),
    "consent_time": moment(50),
    "consent_age": _age,
    "consent_explained_by": always("INV-01"),
    "guardian_consent": always("true"),
    "explained_to_child": always("true"),
    "child_objects": always("false"),
    "child_assent": always("true"),
    "own_consent": always("true"),
    "guardians_signed": _guardians,
    "guardian_relationship": always("MOTHER"),
    "guardian_relationship_2": always("FATHER"),
    "guardian_one_reason": always("ENOUGH"),
    "assent_version": always(_CHILD_VERSION),
    "assent_time": moment(55),
    "consent_before_procedures": always("true"),
    "consent_staff_signed": always("true"),
    "witness_needed": always("false"),
    "consent_copy_given": always("true"),
    "reconsent_version": always(_VERSION),
    "reconsent_time": moment(40),
    "reconsent_explained_by": always("INV-01"),
    "reconsent_guardian": always("true"),
    "reconsent_child": always("true"),
    "reconsent_own": always("true"),
    "reconsent_staff_signed": always("true"),
    "reconsent_copy_given": always("true"),
}


def _symptom(patient: Patient, asked: Asked) -> str:
    on = max(patient.screened - timedelta(days=860), patient.born + timedelta(days=1100))
    return on.isoformat()[: 4 if "PARTIAL_DATES" in patient.story.tags else 7]


def _diagnosis(patient: Patient, asked: Asked) -> str:
    on = max(patient.screened - timedelta(days=590), patient.born + timedelta(days=1400))
    return f"UK-{on:%m-%Y}" if "PARTIAL_DATES" in patient.story.tags else on.isoformat()


DEMOGRAPHICS: Final[dict[str, Answer]] = {
    "sex": lambda p, a: p.story.sex,
    "birth_date": lambda p, a: p.born.isoformat(),
    "ethnicity": lambda p, a: "OTHER" if p.number % 6 == 4 else "HAN",
    "ethnicity_other": always("Manchu"),
    "first_symptom_date": _symptom,
    "diagnosis_date": _diagnosis,
}

# ---- what is asked at every visit, and at the end


def _news(what: str) -> Answer:
    """Whether something of that kind was written into the log since the last visit."""
    return lambda patient, asked: "true" if what in patient.news else "false"


def _completed(patient: Patient, asked: Asked) -> str:
    return "false" if patient.story.stops_after else "true"


REVIEW: Final[dict[str, Answer]] = {
    "review_ae": _news("AE"),
    "review_cm": _news("CM"),
    **{f"review_{what}": always("false") for what in ("infection", "vaccine", "low_mood", "suicide")},
    "uns_reason": always("FLARE"),
    "uns_done": always("Examined; blood drawn; no change of treatment."),
    "eos_completed": _completed,
    "eos_reason": always("CONSENT"),
    "eos_last_contact": lambda p, a: day_of(a),
    "eos_death": always("false"),
}

# ---- lung and other organs


def _polyarthritis(patient: Patient, asked: Asked) -> str:
    return "true" if patient.activity(asked.when.date()) >= 30 else "false"


ORGANS: Final[dict[str, Answer]] = {
    **{f"organ_{name}": always("false") for name in ("liver", "kidney", "nerve", "skin", "blood", "other")},
    "organ_joint": _polyarthritis,
    "organ_joint_text": always("Small joints of both hands, symmetrical."),
    "lung_indicated": always("true"),
    "cough_bronchial": always("false"),
    "nyha": always("1"),
    "pft_done": always("true"),
    "pft_date": lambda p, a: day_of(a),
    "fvc_pct": always("92"),
    "dlco_pct": always("84"),
    "hrct_done": always("true"),
    "hrct_date": lambda p, a: day_of(a),
    "ild_on_hrct": always("true"),
    "ild_pattern": always("NSIP"),
}
ANSWERS: Final[dict[str, Answer]] = {**CONSENT, **DEMOGRAPHICS, **REVIEW, **ORGANS}

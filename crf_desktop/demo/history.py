"""History, earlier treatment and eligibility of an invented participant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from crf_desktop.demo.answering import LEAVE, Asked
from crf_desktop.demo.body import Answer, always
from crf_desktop.demo.patient import Patient


def day_of(asked: Asked) -> str:
    """The day on which the form is filled in."""
    return asked.when.date().isoformat()


def _today(patient: Patient, asked: Asked) -> str:
    return day_of(asked)


def _before(days: int, partial: int = 10) -> Answer:
    """A day before screening; ``partial`` 7 or 4: where dates are remembered in part, month or year alone."""

    def answer(patient: Patient, asked: Asked) -> str:
        on = max(patient.screened - timedelta(days=days), patient.born + timedelta(days=900))
        return on.isoformat()[: partial if "PARTIAL_DATES" in patient.story.tags else 10]

    return answer


def _as_measured(*names: str) -> Answer:
    """Yes exactly where one of these holds at this visit."""
    return lambda patient, asked: "true" if any(asked.value(n) is True for n in names) else "false"


def _inflamed(patient: Patient, asked: Asked) -> str:
    esr, limit = asked.value("esr"), asked.value("esr_uln")
    high = isinstance(esr, int) and isinstance(limit, int) and esr > limit
    return "true" if high else "false"


def _menarche(patient: Patient, asked: Asked) -> str:
    return "true" if "POST_MENARCHE" in patient.story.tags else "false"


def _menarche_date(patient: Patient, asked: Asked) -> str:
    return date(patient.born.year + 12, patient.born.month, 1).isoformat()[:7]


_PRESENT: Final = (
    "dry_eyes", "sand_eyes", "dry_mouth", "liquids", "parotitis", "arthralgia", "hyperglobulin", "essdai_suspected",
    "schirmer_done", "flow_done", "biopsy_done", "path_parotitis", "path_sicca",
)  # fmt: skip
_ABSENT: Final = (
    "family_autoimmune", "allergy", "other_disease", "tears_3x", "conjunctivitis", "mucosal", "fever", "hypokalaemia",
    "abdominal_pain", "staining_done", "amylase", "leucopenia_esr", "rta", "radiation", "hcv", "aids", "lymphoma",
    "sarcoidosis", "gvhd", "anticholinergic", "igg4", "amyloidosis", "other_autoimmune", "path_extraglandular",
)  # fmt: skip
HISTORY: Final[dict[str, Answer]] = {
    **{f"hx_{name}": always("true") for name in _PRESENT},
    **{f"hx_{name}": always("false") for name in _ABSENT},
    "menarche": _menarche,
    "menarche_date": _menarche_date,
    "hx_schirmer_right": always("4"),
    "hx_schirmer_left": always("3"),
    "hx_flow": always("0.08"),
    "hx_stimulated_flow": always("ABNORMAL"),
    "hx_sialography": always("ABNORMAL"),
    "hx_scintigraphy": always("ABNORMAL"),
    "hx_focus_score": always("1.6"),
    "hx_biopsy_date": _before(560, 7),
    "hx_ssa": always("POS"),
    "hx_ssb": lambda p, a: "POS" if p.number % 2 else "NEG",
    "hx_ana_high": always("POS"),
    "hx_rf_high": lambda p, a: "NEG" if "CENSORED_RF" in p.story.tags else "POS",
    "hx_japan_2018": always("DEFINITE"),
    "hx_florida": always("2"),
}

# ---- earlier treatment, one row per drug

_DRUGS: Final = (
    {"prior_drug": "PREDNISONE", "prior_dose": "0.5 mg/kg/d, now 5 mg/d", "prior_ongoing": "true"},
    {"prior_drug": "MYCOPHENOLATE", "prior_dose": "500 mg twice daily", "prior_ongoing": "true"},
    {"prior_drug": "HCQ", "prior_dose": "200 mg/d", "prior_ongoing": "false", "prior_stop_reason": "NO_EFFECT"},
)
ROWS: Final[dict[str, int]] = {"prior_treatment": len(_DRUGS)}


def _drug(patient: Patient, asked: Asked) -> str | None:
    return _DRUGS[int(asked.row) - 1].get(asked.name) if asked.row else None


def _drug_start(patient: Patient, asked: Asked) -> str:
    return str(_before(420 - 60 * int(asked.row), 7)(patient, asked))


PRIOR: Final[dict[str, Answer]] = {
    "prior_any": always("true"),
    **dict.fromkeys(("prior_drug", "prior_dose", "prior_ongoing", "prior_stop_reason"), _drug),
    "prior_start": _drug_start,
    "prior_stop": _before(30),
}

# ---- eligibility

_EXCLUDED: Final = (
    "rituximab_6m", "biologic", "trial_6m", "egfr_30", "infection", "hbsag_pos", "hbv_past", "hcv_pos", "hiv_pos", "tb",
    "suppressive", "hospital_60d", "parenteral_30d", "live_vaccine_3m", "high_risk", "further",
)  # fmt: skip
_ORGANS: Final = ("vasculitis", "cytopenia", "skin", "kidney", "lung", "nerve", "liver")
_MET: Final = ("age", "criteria", "agrees", "systemic", "polyarthritis", "confirmed")
_SINCE: Final = ("infection", "laboratory", "vaccine", "biologic", "withdrawn", "other")
ELIGIBILITY: Final[dict[str, Answer]] = {
    **{f"elig_{name}": always("true") for name in _MET},
    **{f"elig_{name}": always("false") for name in (*_EXCLUDED, *_ORGANS)},
    "elig_criteria_set": always("AECG_2002"),
    "elig_b_cell": _as_measured("igg_above_age_uln", "b2m_above_uln"),
    "elig_b_igg": _as_measured("igg_above_age_uln"),
    "elig_b_microglobulin": _as_measured("b2m_above_uln"),
    **{f"elig_b_{name}": always("false") for name in ("light_chain", "c4", "cryoglobulin", "monoclonal")},
    "elig_inflammation": _inflamed,
    **{f"elig_{name}_end": lambda p, a: LEAVE for name in ("trial", "hospital", "parenteral")},
    "elig_confirmed_on": _today,
    "elig_confirmed_by": always("INV-01"),
    **{f"reconfirm_{n}": always("false") for n in _SINCE},
    "still_eligible": always("true"),
    "reconfirm_date": _today,
    "reconfirm_by": always("INV-01"),
}
ANSWERS: Final[dict[str, Answer]] = {**HISTORY, **PRIOR, **ELIGIBILITY}

"""Blood, urine and swabs of an invented participant, as a Chinese laboratory reports them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from crf_desktop.capture.entry import Given
from crf_desktop.demo.answering import LEAVE, Asked
from crf_desktop.demo.body import Answer, always, decimal
from crf_desktop.demo.patient import Patient


def _drawn(patient: Patient, asked: Asked) -> str:
    """Drawn on the morning of the visit, before anything is given."""
    moment = asked.when.replace(hour=7, minute=35 + patient.number % 20, second=0, microsecond=0)
    return moment.isoformat(timespec="minutes")


def _number(low: int, high: int, digits: int) -> Answer:
    """A measurement about its middle."""
    return lambda patient, asked: decimal(asked.rng.randint(low, high), digits)


def _active(well: int, ill: int, digits: int, spread: int = 0) -> Answer:
    """A measurement that follows disease activity."""

    def answer(patient: Patient, asked: Asked) -> str:
        return decimal(patient.part(asked.when.date(), well, ill) + asked.rng.randint(-spread, spread), digits)

    return answer


def _in_other_unit(usual: Answer, unit: str, other: Answer) -> Answer:
    """As another laboratory reports it, for the participant whose samples go there."""

    def answer(patient: Patient, asked: Asked) -> Given | str | None:
        if "UNITS" not in patient.story.tags:
            return usual(patient, asked)
        typed = other(patient, asked)
        return Given(typed, unit) if isinstance(typed, str) else typed

    return answer


def _missing(flavor: str, remark: str, tag: str, event: str, usual: Answer) -> Answer:
    """No value, with the reason, at one visit of one participant."""

    def answer(patient: Patient, asked: Asked) -> Given | str | None:
        told = tag in patient.story.tags and asked.event == event
        return Given(flavor=flavor, remark=remark) if told else usual(patient, asked)

    return answer


# ---- blood count, chemistry, urine


def _lymphocytes(patient: Patient, asked: Asked) -> str:
    return decimal(patient.b_cells(asked.when.date())[1] // 10, 2)


def _neutrophils(patient: Patient, asked: Asked) -> str:
    if asked.event == "SE.BEL5" and any(h.listed == "NEUTROPENIA" for h in patient.story.happenings):
        return "1.21"
    return decimal(patient.part(asked.when.date(), 340, 210) + asked.rng.randint(-25, 25), 2)


def _leucocytes(patient: Patient, asked: Asked) -> str:
    """Asked before its parts, so never less than they can be."""
    day = asked.when.date()
    parts = patient.part(day, 340, 210) + 25 + patient.b_cells(day)[1] // 10
    return decimal(parts + asked.rng.randint(45, 95), 2)


def _haemoglobin(patient: Patient, asked: Asked) -> str:
    anaemic = patient.number % 4 == 1
    return str(patient.part(asked.when.date(), 132, 110 if anaemic else 124) + asked.rng.randint(-1, 2))


def _rheumatoid_factor(patient: Patient, asked: Asked) -> str:
    if "CENSORED_RF" in patient.story.tags:
        return "<20"
    return str(patient.part(asked.when.date(), 18, 190) + asked.rng.randint(-3, 3))


def _after_infusions(patient: Patient, asked: Asked) -> str:
    """IgG in tenths of g/L: falls with activity, and a little more once B cells are gone."""
    lower = 8 * min(patient.doses_before(asked.when.date()), 3)
    return decimal(patient.part(asked.when.date(), 118, 262) - lower + asked.rng.randint(-3, 3), 1)


def _cells(patient: Patient, asked: Asked) -> str:
    return decimal(patient.b_cells(asked.when.date())[0], 2)


def _attributed(patient: Patient, asked: Asked) -> str:
    return "TREATMENT" if patient.doses_before(asked.when.date()) else "AUTOIMMUNE"


def _days_ago(days: int) -> Answer:
    return lambda patient, asked: (asked.when.date() - timedelta(days=days)).isoformat()


LABORATORY_1: Final[dict[str, Answer]] = {
    "lab1_sample_time": _drawn,
    "wbc": _leucocytes,
    "anc": _neutrophils,
    "lymphocytes": _lymphocytes,
    "hb": _in_other_unit(_haemoglobin, "MU.G_DL", _number(121, 131, 1)),
    "platelets": _in_other_unit(_number(212, 298, 0), "MU.PER_UL", always("241000")),
    "creatinine": _in_other_unit(_number(38, 56, 0), "MU.CREA_MG_DL", _number(45, 61, 2)),
    "albumin": _number(402, 446, 1),
    "alt": _number(13, 29, 0),
    "alt_uln": always("40"),
    "ast": _number(17, 31, 0),
    "ast_uln": always("40"),
    "ck": _number(58, 118, 0),
    "ck_uln": always("170"),
    "bilirubin": _number(62, 118, 1),
    "potassium": _number(38, 45, 1),
    "bicarbonate": _number(22, 26, 0),
    "glucose": _number(43, 54, 1),
    "urine_protein": always("NEG"),
    "urine_blood": always("NEG"),
    "urine_leucocytes": always("NEG"),
    "upcr": _number(6, 14, 2),
    "urine_protein_24h": lambda p, a: LEAVE,
    "esr": _active(9, 74, 0, 2),
    "esr_uln": lambda p, a: "20" if p.story.sex == "F" else "15",
    "esr_uln_source": always("CERTIFICATE"),
    "esr_method": always("WESTERGREN"),
    "crp": _active(8, 62, 1, 4),
}
LABORATORY_2: Final[dict[str, Answer]] = {
    "lab_sample_time": _drawn,
    "igg": _in_other_unit(_after_infusions, "MU.MG_DL", _active(1180, 2520, 0, 20)),
    "igg_uln": always("14.3"),
    "ivig_recent": always("false"),
    "iga": _number(142, 218, 2),
    "igm": _number(92, 148, 2),
    "rf": _rheumatoid_factor,
    "rf_uln": always("20"),
    "rf_type": always("IGM"),
    "c3": _active(104, 86, 2, 3),
    "c3_lln": always("0.73"),
    "c4": _active(21, 14, 2, 1),
    "c4_lln": always("0.10"),
    "lab_extended": always("true"),
    "kappa_free": _active(156, 290, 1, 6),
    "lambda_free": _active(134, 232, 1, 6),
    "b2m": _missing("ND", "tube haemolysed", "NOT_DONE", "SE.BEL3", _active(17, 34, 1, 1)),
    "b2m_uln": always("2.4"),
    "cryoglobulin": always("NEG"),
    "clonal_component": always("NEG"),
}
B_CELLS: Final[dict[str, Answer]] = {"bcell_sample_time": _drawn, "b_pct": _cells}
INFECTION: Final[dict[str, Answer]] = {
    "infection_sample_date": _days_ago(2),
    **{name: always("NEG") for name in ("hbsag", "hbcab", "hcv_ab", "hiv_ab", "syphilis")},
    "hbsab": always("POS"),
    "tb_test": always("IGRA"),
    "tb_test_date": _days_ago(3),
    "tb_igra": always("NEG"),
    "chest_imaging": always("NORMAL"),
    "chest_imaging_date": _days_ago(9),
    "tb_active": always("false"),
    "live_vaccine": always("false"),
    "vaccines_complete": lambda p, a: Given(flavor="UNK", remark="card lost") if "NOT_DONE" in p.story.tags else "true",
}
PREGNANCY: Final[dict[str, Answer]] = {
    "preg_test_date": _days_ago(0),
    "preg_test_type": always("URINE"),
    "preg_result": always("NEG"),
}
ANSWERS: Final[dict[str, Answer]] = {
    **LABORATORY_1,
    **LABORATORY_2,
    **B_CELLS,
    **INFECTION,
    **PREGNANCY,
    **{f"{cell}_attribution": _attributed for cell in ("anc", "lymphocytes", "hb", "platelets")},
    "low_igg_attribution": always("TREATMENT"),
}

"""Infusions of an invented participant: dose, premedication, rate steps, reaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from crf_desktop.demo.answering import Asked
from crf_desktop.demo.body import Answer, always, decimal
from crf_desktop.demo.patient import Patient

_MINUTES: Final = {"rtx": (265, 300), "bel": (70, 85)}
"""Shortest and longest infusion."""


def _start(asked: Asked) -> datetime:
    return asked.when.replace(hour=10, minute=0, second=0, microsecond=0)


def _at(minutes: int) -> Answer:
    """A moment so many minutes after the start of the infusion."""
    return lambda patient, asked: (_start(asked) + timedelta(minutes=minutes)).isoformat(timespec="minutes")


def _stop(patient: Patient, asked: Asked) -> str:
    low, high = _MINUTES[asked.name[:3]]
    slower = 30 if _reacts(patient, asked.event) else 0
    return (_start(asked) + timedelta(minutes=asked.rng.randint(low, high) + slower)).isoformat(timespec="minutes")


def _reacts(patient: Patient, event: str) -> bool:
    return "REACTION" in patient.story.tags and event == "SE.W0"


def _rounded(step: int) -> Answer:
    """The planned dose as a pharmacy makes it up."""

    def answer(patient: Patient, asked: Asked) -> str | None:
        planned = asked.value(asked.name.replace("_dose", "_planned_dose"))
        if not isinstance(planned, (int, Fraction)):
            return None
        return str(int(Fraction(planned) / step + Fraction(1, 2)) * step)

    return answer


def _row_time(minutes: int) -> Answer:
    """The time of a row: so many minutes between rows."""
    return lambda patient, asked: f"{_start(asked) + timedelta(minutes=minutes * (int(asked.row) - 1)):%H:%M}"


def _rate(step: int) -> Answer:
    return lambda patient, asked: str(step * int(asked.row))


def _paused(patient: Patient, asked: Asked) -> str:
    return "true" if _reacts(patient, asked.event) else "false"


def _about(middle: int, spread: int, digits: int = 0) -> Answer:
    return lambda patient, asked: decimal(middle + asked.rng.randint(-spread, spread), digits)


def _lot(patient: Patient, asked: Asked) -> str:
    return f"{asked.name[:1].upper()}{asked.when:%y%m}A"


def _any_reaction(patient: Patient, asked: Asked) -> str:
    return "true" if _reacts(patient, asked.event) else "false"


_SIGNS: Final = ("fever", "airway", "pressure", "gut", "pain", "anaphylaxis", "cytokine", "hospital")
REACTION: Final[dict[str, Answer]] = {
    "irr_any": _any_reaction,
    "irr_grade": always("2"),
    "irr_drug": always("RTX"),
    "irr_onset": _at(65),
    "irr_end": _at(110),
    "irr_skin": always("true"),
    **{f"irr_{sign}": always("false") for sign in _SIGNS},
    "irr_action": always("PAUSED"),
    "irr_treated": always("true"),
    "irr_treatment": always("Chlorphenamine 5 mg intravenously"),
    "irr_outcome": always("RECOVERED"),
}

ROWS: Final = {"rituximab_rate": 6, "rituximab_vital_signs": 3, "belimumab_rate": 1}
"""Rows of the tables of an infusion."""

RITUXIMAB: Final[dict[str, Answer]] = {
    "rtx_mg_m2": always("375"),
    "rtx_dose": _rounded(10),
    "rtx_volume": always("500"),
    "rtx_steroid": always("true"),
    "rtx_steroid_dose": always("40"),
    "rtx_steroid_time": _at(-30),
    "rtx_rate_time": _row_time(45),
    "rtx_rate": _rate(25),
    "rtx_sign_time": _row_time(90),
    "rtx_pulse": _about(90, 8),
    "rtx_sbp": _about(103, 7),
    "rtx_dbp": _about(63, 5),
    "rtx_temperature": _about(367, 3, 1),
}
BELIMUMAB: Final[dict[str, Answer]] = {
    "bel_mg_kg": always("10"),
    "bel_dose": _rounded(10),
    "bel_volume": always("250"),
    "bel_steroid": always("false"),
    "bel_rate_time": _row_time(30),
    "bel_rate": always("200"),
}
BOTH: Final[dict[str, Answer]] = {
    "given": always("true"),
    "measured_today": always("true"),
    "lot": _lot,
    "antipyretic": always("true"),
    "antipyretic_drug": always("Paracetamol 15 mg/kg"),
    "antipyretic_time": _at(-45),
    "antihistamine": always("true"),
    "antihistamine_drug": always("Cetirizine 10 mg"),
    "antihistamine_time": _at(-45),
    "start": _at(0),
    "stop": _stop,
    "paused": _paused,
    "pause_minutes": always("30"),
}
ANSWERS: Final[dict[str, Answer]] = {
    **{f"{drug}_{name}": answer for drug in ("rtx", "bel") for name, answer in BOTH.items()},
    **RITUXIMAB,
    **BELIMUMAB,
    **REACTION,
}

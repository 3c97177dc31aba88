"""What goes into the log of an invented participant: drugs, adverse events, consent given again, an early end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from crf_desktop.demo.patient import Patient
from crf_desktop.demo.story import Happening

Said = dict[str, str]
"""Analysis name → what is typed."""


def _drug(name: str, kind: str, dose: str, unit: str, frequency: str, route: str, purpose: str, **more: str) -> Said:
    return {
        "cm_drug": name, "cm_class": kind, "cm_dose": dose, "cm_unit": unit, "cm_frequency": frequency,
        "cm_route": route, "cm_purpose": purpose, "cm_rescue": "false", **more,
    }  # fmt: skip


DRUGS: Final[dict[str, Said]] = {
    "PREDNISONE": _drug("Prednisone", "GLUCOCORTICOID", "5", "MG", "QD", "ORAL", "SJOGREN", cm_steroid="PREDNISONE"),
    "MYCOPHENOLATE": _drug("Mycophenolate mofetil", "IMMUNOSUPPRESSANT", "500", "MG", "BID", "ORAL", "SJOGREN"),
    "TEARS": _drug("Artificial tears 人工泪液", "OTHER", "1", "DROP", "QID", "EYE", "SJOGREN"),
    "IBUPROFEN": _drug("Ibuprofen", "OTHER", "200", "MG", "PRN", "ORAL", "EVENT"),
    "CETIRIZINE": _drug("Cetirizine", "OTHER", "10", "MG", "QD", "ORAL", "EVENT"),
    "CEFTRIAXONE": _drug("Ceftriaxone", "ANTIMICROBIAL", "1", "G", "QD", "IV", "EVENT"),
}
_AT_SCREENING: Final = ("PREDNISONE", "MYCOPHENOLATE", "TEARS")


def drugs(patient: Patient) -> Iterator[Said]:
    """The medication at screening."""
    for n, name in enumerate(_AT_SCREENING):
        begun = patient.screened - timedelta(days=300 - 40 * n + patient.number)
        partial = 7 if "PARTIAL_DATES" in patient.story.tags else 10
        yield DRUGS[name] | {"cm_start": begun.isoformat()[:partial], "cm_ongoing": "true"}


def drug_for(patient: Patient, happening: Happening, begun: date, today: date) -> Said:
    """What was given for an adverse event."""
    over = begun + timedelta(days=happening.lasts)
    said = DRUGS[happening.drug] | {"cm_start": begun.isoformat(), "cm_indication": happening.term}
    if over > today:
        return said | {"cm_ongoing": "true"}
    return said | {"cm_ongoing": "false", "cm_stop": over.isoformat()}


def consent_again(patient: Patient, day: date) -> Iterator[str]:
    """Why consent is given again on a day, once for each reason."""
    for age, reason in ((8, "ASSENT_8"), (18, "CONSENT_18")):
        if patient.age(patient.screened) < age <= patient.age(day) and reason not in patient.remembered:
            patient.remembered[reason] = "true"
            yield reason


# ---- adverse events

_INFECTIONS: Final = ("UPPER_AIRWAY", "PNEUMONIA")
_SPECIAL: Final = {
    **dict.fromkeys(_INFECTIONS, "INFECTION"),
    "NEUTROPENIA": "LATE_NEUTROPENIA",
    "INFUSION_REACTION": "INFUSION_REACTION",
}
_SERIOUS: Final = ("death", "life", "hospital", "disability", "congenital", "other")


def adverse_event(patient: Patient, happening: Happening, begun: date, now: datetime) -> Said:
    """The whole entry: known when it is over, or reported at once because it is serious."""
    return {
        "ae_listed": happening.listed,
        "ae_term": happening.term,
        "ae_grade": str(happening.grade),
        "ae_start": begun.isoformat(),
        "ae_special": _SPECIAL.get(happening.listed, "NONE"),
        "ae_treatment": DRUGS[happening.drug]["cm_drug"] if happening.drug else "",
        **_relation(happening),
        **end_of(happening, begun, now.date()),
        **_seriousness(happening, begun, now),
    }


def _relation(happening: Happening) -> Said:
    early = happening.after in ("SE.W0", "SE.RTX2", "SE.RTX3", "SE.RTX4")
    infused = happening.listed == "INFUSION_REACTION"
    return {
        "ae_rel_rtx": "DEFINITE" if infused else "POSSIBLE",
        "ae_action_rtx": "INTERRUPTED" if infused else "NONE",
        "ae_rel_bel": "NOT_GIVEN" if early else "POSSIBLE",
        "ae_action_bel": "NOT_APPLICABLE" if early else "NONE",
    }


def end_of(happening: Happening, begun: date, today: date) -> Said:
    """How it ended, or that it goes on."""
    over = begun + timedelta(days=happening.lasts)
    if over > today:
        return {"ae_ongoing": "true", "ae_outcome": "RECOVERING"}
    return {"ae_ongoing": "false", "ae_stop": over.isoformat(), "ae_outcome": "RECOVERED"}


def _seriousness(happening: Happening, begun: date, now: datetime) -> Said:
    if not happening.serious:
        return {"ae_serious": "false"}
    aware = datetime.combine(begun, time(20, 10), now.tzinfo)
    return {
        "ae_serious": "true",
        **{f"ae_ser_{kind}": "true" if kind == "hospital" else "false" for kind in _SERIOUS},
        "sae_aware": aware.isoformat(timespec="minutes"),
        "sae_reported": (aware + timedelta(hours=9, minutes=20)).isoformat(timespec="minutes"),
        "sae_narrative": "Fever and cough; infiltrate of the right lower lobe; taken into hospital for antibiotics.",
    }


def stops(day: date) -> Said:
    """The family withdraws; what was recorded may be kept."""
    return {
        "stop_decided_on": day.isoformat(),
        "stop_kind": "CONSENT",
        "stop_who": "GUARDIAN",
        "stop_reason": "WISH",
        "stop_final_visit": "true",
        "stop_keep_data": "true",
    }

"""Invents a participant: values that fit together, from a seed; nobody's."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from attrs import frozen

from crf_desktop.model.definition import MetaDataVersion


@frozen
class Answer:
    """What is typed into one item, or the reason why nothing is."""

    item: str
    typed: str = ""
    unit: str = ""
    flavor: str = ""
    remark: str = ""


LEVELS = {
    "constitutional": (0, 1, 2),
    "lymphadenopathy": (0, 0, 1, 2),
    "glandular": (0, 1, 1, 2),
    "articular": (0, 1, 2),
    "cutaneous": (0, 0, 2),
    "pulmonary": (0, 0, 0, 1),
    "renal": (0, 0, 1, 2),
    "muscular": (0, 0, 0, 1),
    "pns": (0, 0, 0, 1),
    "cns": (0, 0, 0, 0, 2),
    "haematological": (0, 1, 1, 2),
}
"""Levels drawn from, by how common they are at a baseline."""

GLANDS = ("parotid_r", "parotid_l", "submand_r", "submand_l")
PARAMETERS = ("echogenicity", "homogeneity", "hypoechogenic", "hyperechogenic", "borders")


@frozen
class Participant:
    """One invented participant and how far the week-0 visit has come."""

    progress: str
    """``signed``, ``changed`` (after signature), ``complete``, ``begun`` or ``enrolled``."""
    seed: int
    refused_schirmer: bool
    no_biology: bool

    @property
    def late_pga(self) -> str:
        """The PGA that replaces the signed one."""
        return str(30 + self.seed % 40)

    def forms(self, definition: MetaDataVersion, day: datetime) -> dict[str, list[Answer]]:
        """Form OID → answers in page order, up to where this participant has come."""
        rng = random.Random(self.seed)
        typed = _values(rng, day)
        pages: dict[str, list[Answer]] = {}
        for form in definition.event["SE.W0"].forms:
            items = definition.items_of(form)
            pages[form] = [self._answer(i.oid, i.name, typed[i.name]) for i in items if i.name in typed]
        if self.progress == "begun":
            pages = {form: answers for form, answers in pages.items() if form in ("F.DEMO", "F.ESSPRI", "F.PGA")}
            pages["F.PGA"] = pages["F.PGA"][:1]
        return pages

    def _answer(self, oid: str, name: str, typed: str) -> Answer:
        if self.refused_schirmer and name in ("schirmer_right", "schirmer_left"):
            return Answer(oid, flavor="REF")
        if self.no_biology and (name == "essdai_biological" or name in ("igg", "rf", "c3", "c4")):
            return Answer(oid, flavor="ND", remark="tube haemolysed")
        return Answer(oid, typed)


def invent(rng: random.Random, number: int, total: int) -> Participant:
    """The participant with that place in the list; the first is signed, the last two have just begun."""
    order = ("signed", "changed", "signed", "signed", "complete", "signed")
    progress = order[number % len(order)]
    if total > 3 and number == total - 1:
        progress = "enrolled"
    elif total > 3 and number == total - 2:
        progress = "begun"
    return Participant(progress, rng.randrange(10**6), number % 6 == 3, number % 6 == 2)


def _values(rng: random.Random, day: datetime) -> dict[str, str]:
    """Analysis name → what is typed."""
    return {
        **_demographics(rng, day),
        **_patient(rng),
        **_activity(rng),
        **_eyes_and_saliva(rng, day),
        **_ultrasound(rng),
        **_blood(rng, day),
    }


def _demographics(rng: random.Random, day: datetime) -> dict[str, str]:
    born = day - timedelta(days=rng.randrange(8 * 366, 17 * 365))
    onset = born + timedelta(days=rng.randrange(5 * 365, 7 * 365))
    found = onset + timedelta(days=rng.randrange(60, 360))
    return {
        "sex": rng.choice("FFFFM"),
        "birth_date": born.date().isoformat(),
        "ethnicity": "HAN",
        "first_symptom_date": onset.strftime("%Y-%m"),
        "diagnosis_date": found.date().isoformat(),
    }


def _patient(rng: random.Random) -> dict[str, str]:
    scales = {f"esspri_{name}": str(rng.randrange(3, 9)) for name in ("dryness", "fatigue", "pain")}
    return {"esspri_respondent": "CHILD", **scales, "pga": str(rng.randrange(35, 85)), "pga_before_essdai": "true"}


def _activity(rng: random.Random) -> dict[str, str]:
    levels = {f"essdai_{domain}": str(rng.choice(choices)) for domain, choices in LEVELS.items()}
    lung = {"essdai_lung_basis": "NOT_SUSPECTED"} if levels["essdai_pulmonary"] == "0" else {}
    return levels | lung | {"essdai_biological": "2"}


def _eyes_and_saliva(rng: random.Random, day: datetime) -> dict[str, str]:
    values = {"schirmer_no_anaesthetic": "true", "schirmer_eyes_closed": "true", "schirmer_no_tears_2h": "true"}
    for minute, eye in enumerate(("right", "left")):
        values[f"schirmer_{eye}_start"] = (day - timedelta(minutes=40 - minute)).isoformat(timespec="seconds")
        values[f"schirmer_{eye}"] = str(rng.randrange(2, 19))
    values |= {"saliva_nothing_by_mouth": "true", "saliva_morning": "true", "saliva_no_secretagogue": "true"}
    for number in (1, 2):
        tube = rng.randrange(12200, 12400)
        grams = rng.randrange(250, 1600)
        values[f"saliva_{number}_start"] = (day - timedelta(minutes=35 - 10 * number)).isoformat(timespec="seconds")
        values[f"saliva_{number}_before"] = f"{tube // 1000}.{tube % 1000:03}"
        values[f"saliva_{number}_after"] = f"{(tube + grams) // 1000}.{(tube + grams) % 1000:03}"
        values[f"saliva_{number}_seconds"] = "300"
    return values


def _ultrasound(rng: random.Random) -> dict[str, str]:
    values = {"hocevar_reference": "THYROID", "hocevar_thyroid_disease": "false", "hocevar_clips_stored": "true"}
    for gland in GLANDS:
        for parameter in PARAMETERS:
            top = 1 if parameter == "echogenicity" or (parameter == "hyperechogenic" and gland.startswith("sub")) else 3
            values[f"hocevar_{gland}_{parameter}"] = str(min(top, rng.choice((0, 1, 1, 2, 2, 3))))
    return values


def _blood(rng: random.Random, day: datetime) -> dict[str, str]:
    drawn = (day - timedelta(days=1)).isoformat(timespec="seconds")
    igg = rng.randrange(203, 318)
    percent, lymphocytes = rng.randrange(62, 188), rng.randrange(110, 260)
    return {
        "lab_sample_time": drawn,
        "esr": str(rng.randrange(24, 68)),
        "esr_uln": "20",
        "esr_uln_source": "CERTIFICATE",
        "esr_method": "WESTERGREN",
        "igg": f"{igg // 10}.{igg % 10}",
        "igg_uln": "14.3",
        "ivig_recent": "false",
        "rf": str(rng.randrange(24, 240)),
        "rf_type": "IGM",
        "rf_uln": "20",
        "c3": f"0.{rng.randrange(74, 99)}",
        "c3_lln": "0.73",
        "c4": f"0.{rng.randrange(11, 24)}",
        "c4_lln": "0.10",
        "cryoglobulin": "NEG",
        "clonal_component": "NEG",
        "bcell_sample_time": drawn,
        "b_pct": f"{percent // 10}.{percent % 10}",
        "lymphocytes": f"{lymphocytes // 100}.{lymphocytes % 100:02}",
    }

"""What is measured and seen on an invented participant: vital signs, examination, scores, eyes, saliva, glands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Final

from crf_desktop.capture.entry import Given
from crf_desktop.demo.answering import LEAVE, Asked
from crf_desktop.demo.patient import Patient

Answer = Callable[[Patient, Asked], Given | str | None]
"""None: no opinion."""


def decimal(number: int, digits: int) -> str:
    """``decimal(1234, 2)`` is ``12.34``."""
    return str(Decimal(number).scaleb(-digits)) if digits else str(number)


def always(typed: str) -> Answer:
    """The same for everybody."""
    return lambda patient, asked: typed


def moment(minutes: int) -> Answer:
    """A moment before the form is filled in."""
    return lambda patient, asked: (asked.when - timedelta(minutes=minutes)).isoformat(timespec="minutes")


def _post_menarche(patient: Patient, asked: Asked) -> str:
    return "true" if "POST_MENARCHE" in patient.story.tags else "false"


def _temperature(patient: Patient, asked: Asked) -> str:
    if asked.event.startswith("SE.UNS"):
        return "38.4"  # a flare with fever: above the usual range, kept with a reason
    return decimal(363 + asked.rng.randint(0, 7), 1)


def _about(middle: int, spread: int) -> Answer:
    return lambda patient, asked: str(middle + asked.rng.randint(-spread, spread))


VITALS: Final[dict[str, Answer]] = {
    "vitals_time": lambda p, a: f"{a.when - timedelta(minutes=25):%H:%M}",
    "height": lambda p, a: decimal(p.height(a.when.date()), 1),
    "weight": lambda p, a: decimal(p.weight(a.when.date()) // 10 * 10, 2),
    "temperature": _temperature,
    "pulse": _about(86, 9),
    "respiratory_rate": _about(19, 2),
    "sbp": _about(104, 8),
    "dbp": _about(64, 5),
    "post_menarche": _post_menarche,
}

# ---- examination


_HANDS: Final = ("joint_r_wrist", "joint_r_mcp2", "joint_l_wrist", "joint_r_mcp3", "joint_l_mcp2", "joint_r_pip2")


def _joint(patient: Patient, asked: Asked) -> str:
    """The same few joints, fewer of them as activity falls."""
    active = patient.activity(asked.when.date())
    place = _HANDS.index(asked.name) if asked.name in _HANDS else 99
    if place < active // 24:
        return "TS"
    return "T" if place < active // 14 else "N"


def _gland(large: str, small: str) -> Answer:
    def answer(patient: Patient, asked: Asked) -> str:
        active = patient.activity(asked.when.date())
        return large if active > 70 else small if active > 35 else "NONE"

    return answer


def _stiffness(patient: Patient, asked: Asked) -> str:
    return str(patient.activity(asked.when.date()) // 3 * 2)


_ORGANS: Final = ("general", "skin", "eyes", "mouth", "chest", "abdomen", "muscles", "nerves")
EXAMINATION: Final[dict[str, Answer]] = {
    **{f"exam_{organ}": always("NORMAL") for organ in _ORGANS},
    "exam_parotid": _gland("LARGE", "SMALL"),
    "exam_submandibular": _gland("LIMITED", "NONE"),
    "exam_lacrimal": always("NONE"),
    "nodes_enlarged": lambda p, a: "true" if p.activity(a.when.date()) > 60 else "false",
    "node_cm": always("1.2"),
    "node_inguinal_cm": always("0"),
    "splenomegaly": always("false"),
    "morning_stiffness_min": _stiffness,
    "synovitis_sjogren": always("true"),
}

# ---- what the participant and the physician rate


def _scale(offset: int) -> Answer:
    def answer(patient: Patient, asked: Asked) -> str:
        return str(max(0, min(10, patient.part(asked.when.date(), 1, 10) + offset + asked.rng.randint(-1, 1))))

    return answer


def _pga(patient: Patient, asked: Asked) -> str:
    return str(max(3, min(96, patient.activity(asked.when.date()) + asked.rng.randint(-4, 4))))


def _domain(moderate: int, low: int) -> Answer:
    """A level from the activity, where nothing measured tells one."""

    def answer(patient: Patient, asked: Asked) -> str | None:
        if asked.item.hints and asked.seen.suggestion(asked.item) is not None:
            return None
        active = patient.activity(asked.when.date())
        return "2" if active >= moderate else "1" if active >= low else "0"

    return answer


_NEVER: Final = 101
SCORES: Final[dict[str, Answer]] = {
    "esspri_respondent": lambda p, a: "CHILD" if p.age(a.when.date()) >= 8 else "PARENT",
    "esspri_dryness": _scale(1),
    "esspri_fatigue": _scale(0),
    "esspri_pain": _scale(-1),
    "pga": _pga,
    "pga_before_essdai": always("true"),
    "pga_assessor": always("INV-01"),
    "essdai_constitutional": _domain(_NEVER, 60),
    "essdai_lymphadenopathy": _domain(_NEVER, 61),
    "essdai_glandular": _domain(71, 36),
    "essdai_articular": _domain(48, 30),
    "essdai_cutaneous": _domain(65, _NEVER),
    "essdai_pulmonary": _domain(_NEVER, _NEVER),
    "essdai_renal": _domain(_NEVER, _NEVER),
    "essdai_muscular": _domain(_NEVER, _NEVER),
    "essdai_pns": _domain(_NEVER, _NEVER),
    "essdai_cns": _domain(_NEVER, _NEVER),
    "essdai_haematological": _domain(_NEVER, _NEVER),
    "essdai_biological": _domain(40, 20),
    "essdai_lung_basis": always("NOT_SUSPECTED"),
}

# ---- eyes, saliva, glands


def _schirmer(patient: Patient, asked: Asked) -> Given | str:
    if "REFUSED_SCHIRMER" in patient.story.tags and asked.event == "SE.W28":
        return Given(flavor="REF", remark="strip not tolerated")
    return str(max(0, patient.part(asked.when.date(), 17, 0) + asked.rng.randint(-1, 2)))


def _tube(patient: Patient, asked: Asked) -> str:
    return decimal(12200 + asked.rng.randint(0, 199), 3)


def _tube_after(patient: Patient, asked: Asked) -> str | None:
    before = asked.value(asked.name.replace("after", "before"))
    grams = patient.part(asked.when.date(), 1500, 250) + asked.rng.randint(0, 60)
    return decimal(int(before * 1000) + grams, 3) if before is not None else None  # type: ignore[operator]


def _staining(patient: Patient, asked: Asked) -> str:
    return str(patient.part(asked.when.date(), 0, 3))


def _fasting(patient: Patient, asked: Asked) -> str:
    return "false" if "FASTING_MISSED" in patient.story.tags and asked.event == "SE.W0" else "true"


def _grade(patient: Patient, asked: Asked) -> Given | str:
    if "NO_GLAND" in patient.story.tags and "submand_l" in asked.name:
        return Given(flavor="NA", remark="gland removed in 2021")
    top = len(patient_codes(asked)) - 1
    active = patient.activity(asked.when.date())
    return str(min(top, max(0, active // 28 + asked.rng.randint(-1, 0))))


def patient_codes(asked: Asked) -> list[str]:
    """The answers an item offers."""
    return [c.coded_value for c in asked.seen.definition.code_list[asked.item.code_list or ""].items]


GLANDS: Final[dict[str, Answer]] = {
    **{f"schirmer_{what}": always("true") for what in ("no_anaesthetic", "eyes_closed", "no_tears_2h")},
    "schirmer_right_start": moment(22),
    "schirmer_left_start": moment(21),
    "schirmer_right": _schirmer,
    "schirmer_left": _schirmer,
    "saliva_nothing_by_mouth": _fasting,
    "saliva_morning": always("true"),
    "saliva_no_secretagogue": always("true"),
    **{f"saliva_{n}_start": moment(20 - 8 * n) for n in (1, 2)},
    **{f"saliva_{n}_before": _tube for n in (1, 2)},
    **{f"saliva_{n}_after": _tube_after for n in (1, 2)},
    **{f"saliva_{n}_seconds": always("300") for n in (1, 2)},
    "oss_done": lambda p, a: "true" if p.number % 3 == 1 else "false",
    **{f"oss_{eye}_{zone}": _staining for eye in ("right", "left") for zone in ("cornea", "nasal", "temporal")},
    **{f"oss_{eye}_{sign}": always("0") for eye in ("right", "left") for sign in ("confluent", "pupil", "filament")},
    "hocevar_reference": always("THYROID"),
    "hocevar_thyroid_disease": always("false"),
    "hocevar_same_sonographer": lambda p, a: LEAVE if a.event in ("SE.SCR", "SE.W0") else "true",
    "hocevar_clips_stored": always("true"),
}


def by_beginning(name: str) -> Answer | None:
    """Answers to families of items."""
    if name.startswith("joint_"):
        return _joint
    return _grade if name.startswith("hocevar_") else None


ANSWERS: Final[dict[str, Answer]] = {**VITALS, **EXAMINATION, **SCORES, **GLANDS}

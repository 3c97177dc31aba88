"""Participants in memory from plain answers: what the analysis reads, without a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from crf_desktop.analysis.trial import Participant, SubjectRecord
from crf_desktop.forms import definition
from crf_desktop.model.data import Datum, FormHead, NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath, split
from crf_desktop.model.serial import from_bytes, to_bytes
from tests.forms.conftest import Answer
from tests.forms.course import LOG, datum_of

Typed = Mapping[str, Answer]
Visits = Mapping[str, tuple[str, Typed]]
DAY_0, WEEK_28 = "2026-05-06", "2026-11-18"
TODAY = "2026-12-01"
EFFICACY = ("F.PGA", "F.ESSPRI", "F.ESSDAI", "F.SCHIRMER", "F.SALIVA", "F.HOCEVAR", "F.LAB1", "F.LAB2")

DOMAINS = (
    "constitutional", "lymphadenopathy", "glandular", "articular", "cutaneous", "pulmonary", "renal", "muscular", "pns",
    "cns", "haematological", "biological",
)  # fmt: skip
_GLANDS = ("parotid_r", "parotid_l", "submand_r", "submand_l")
_GRADES = ("echogenicity", "homogeneity", "hypoechogenic", "hyperechogenic", "borders")


@cache
def trial() -> MetaDataVersion:
    """The definition, read back from its serialised form."""
    return from_bytes(to_bytes(definition()))


def levels(**given: int) -> dict[str, Answer]:
    """A whole ESSDAI page; what is not named is level 0."""
    return {f"essdai_{d}": str(given.get(d, 0)) for d in DOMAINS}


def glands(total: int) -> dict[str, Answer]:
    """Grades of the four glands that make a total of 0 to 48."""
    found: dict[str, Answer] = {}
    for gland in _GLANDS:
        for grade in _GRADES:
            most = 1 if grade == "echogenicity" or (grade == "hyperechogenic" and "submand" in gland) else 3
            found[f"hocevar_{gland}_{grade}"] = str(min(most, total))
            total -= min(most, total)
    return found


def saliva(first: str, second: str | None = None) -> dict[str, Answer]:
    """Two collections of 300 s that gave that many grams each, above a tube of 10 g; None: the second was not done."""
    from decimal import Decimal

    given: dict[str, Answer] = {}
    for n, grams in ((1, first), (2, second)):
        held: tuple[Answer, ...] = (NullFlavor.NOT_DONE,) * 3
        if grams is not None:
            held = ("10.000", str(Decimal("10.000") + Decimal(grams)), "300")
        given |= {f"saliva_{n}_{what}": v for what, v in zip(("before", "after", "seconds"), held, strict=True)}
    return given


def participant(
    visits: Visits,
    log: Mapping[str, Typed] | None = None,
    *,
    subject: str = "01-001",
    today: str = TODAY,
    missed: Mapping[str, str] | None = None,
    heads: Iterable[FormHead] = (),
    queried: Iterable[tuple[str, str, str]] = (),
    parameters: Mapping[str, str] | None = None,
) -> Participant:
    """``visits`` by address: date and answers under analysis names; ``log`` by form address (``F.CM#1``): answers."""
    held: dict[tuple[str, str], dict[str, dict[str, Datum]]] = {}
    for event, (_, typed) in visits.items():
        for name, answer in typed.items():
            at, datum = datum_of(trial(), name, answer)
            form = trial().form_of_item[split(at)[0]]
            held.setdefault((event, form), {}).setdefault("", {})[at] = datum
    for address, typed in (log or {}).items():
        form, key = split(address)
        found = held.setdefault((LOG, form), {}).setdefault(key, {})
        found.update(datum_of(trial(), name, answer) for name, answer in typed.items())
    dates = {event: day for event, (day, _) in visits.items()}
    record = SubjectRecord(subject, dates, dict(missed or {}), held, tuple(heads), frozenset(queried))
    return Participant(record, trial(), today, parameters or {})


def head(event: str, form: str, *, completed: bool = True, signed: bool = True, changed: bool = False) -> FormHead:
    """The status of a form."""
    return FormHead(ItemPath("01-001", *split(event), form), 1, 0, completed, signed, changed)


def doses(n: int, day_0: str = DAY_0) -> dict[str, tuple[str, Typed]]:
    """The visits of 2 to 4 rituximab doses, a week apart; the first is week 0."""
    from datetime import date, timedelta

    first = date.fromisoformat(day_0)
    names = ("SE.W0", "SE.RTX2", "SE.RTX3", "SE.RTX4")[:n]
    return {e: ((first + timedelta(7 * i)).isoformat(), {"rtx_given": "true"}) for i, e in enumerate(names)}


BASE: dict[str, Answer] = {
    "pga": "62", "esr": "46", "esr_uln": "20", "igg": "21.4", "rf": "64", "schirmer_right": "6", "schirmer_left": "4",
    **saliva("0.590", "0.590"), **glands(32),
    "esspri_dryness": "7", "esspri_fatigue": "6", "esspri_pain": "5", "ivig_recent": "false", "rtx_given": "true",
    **levels(
        constitutional=1, lymphadenopathy=1, glandular=1, articular=2, cutaneous=2, renal=1, haematological=1,
        biological=2,
    ),
}  # fmt: skip
"""Week 0 of the participant on the response page of the design: ESSDAI 28, ClinESSDAI 30, flow 0.118 mL/min."""
AFTER: dict[str, Answer] = {
    "pga": "31", "esr": "30", "esr_uln": "20", "igg": "17.2", "rf": "52",
    "schirmer_right": NullFlavor.REFUSED, "schirmer_left": NullFlavor.REFUSED, **saliva("0.680", "0.680"), **glands(24),
    "esspri_dryness": "4", "esspri_fatigue": "4", "esspri_pain": "3", "ivig_recent": "false",
    **levels(articular=1, renal=1, biological=1),
}  # fmt: skip
"""Week 28 of the same: ESSDAI 8, ClinESSDAI 9, Schirmer refused."""


def shown(base: Typed | None = None, after: Typed | None = None, **other: object) -> Participant:
    """That participant, with some answers replaced; further arguments go to :func:`participant`."""
    visits = doses(2) | {"SE.W28": (WEEK_28, AFTER | dict(after or {}))}
    visits["SE.W0"] = (DAY_0, BASE | dict(base or {}))
    demographics: dict[str, Answer] = {"sex": "F", "birth_date": "2014-02-03"}
    visits["SE.SCR"] = ("2026-04-20", demographics)
    return participant(visits, **other)  # type: ignore[arg-type]

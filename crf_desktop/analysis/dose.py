"""The doses of one drug: what was due, what was given, and how much of what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from crf_desktop.analysis.measure import measure
from crf_desktop.analysis.sentence import Said, both, days, doses, joined, percent, said
from crf_desktop.analysis.trial import Participant
from crf_desktop.forms import b_cell_rule
from crf_desktop.forms.schedule import AFTER_DAY_0
from crf_desktop.model.definition import Reason
from crf_desktop.model.derive import Visit
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.model.text import TranslatedText


class Told(StrEnum):
    """What became of a dose."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"
    """The visit took place, the dose was left out although it was due: :attr:`Dose.why`."""
    MISSED = "missed"
    """The visit did not take place, or its window has passed."""
    NOT_NEEDED = "not_needed"
    """Rituximab: the B-cell rule was met; belimumab: week 28 would have come first."""
    STOPPED = "stopped"
    """After the decision to stop."""
    TO_COME = "to_come"
    UNKNOWN = "unknown"
    """The visit took place and nobody has said yet."""


DUE: Final = (Told.GIVEN, Told.NOT_GIVEN, Told.MISSED)


@frozen
class Dose:
    """One dose of the schedule and what became of it. Exact mg; days are counted from day 0."""

    drug: str
    """``rituximab`` or ``belimumab``."""
    number: int
    """As the visit counts: rituximab 1 to 4, belimumab 1 to 6."""
    event: str
    told: Told
    date: str | None = None
    """ISO date of the visit."""
    day: int | None = None
    """Study day: 0 is the first rituximab."""
    due: str | None = None
    """ISO date on which it was due by the schedule."""
    late: int | None = None
    """Days after the day it was due; negative: before."""
    mg: Fraction | None = None
    """What ran in."""
    planned_mg: Fraction | None = None
    """The site's dose per m² or kg × body surface or weight; of a dose that was left out, that of the nearest one."""
    size: Fraction | None = None
    """m² or kg that the dose was worked out from."""
    per_size: Fraction | None = None
    """mg/m² or mg/kg given."""
    why: TranslatedText | None = None
    """Why it was not given."""
    outside: int = 0
    """Days before (negative) or after the window of its visit."""
    beyond: bool = False
    """Given although the protocol spared it: counts as given, not as due."""


@frozen
class Exposure:
    """All doses of one drug. Planned: what was due until the data were read or it was decided to stop."""

    drug: str
    doses: tuple[Dose, ...]
    given: int
    due: int
    """Given, left out or missed; a dose that the B-cell rule spared was not due."""
    to_come: int
    after_stop: int
    """Not given because the participant had stopped; not counted as due."""
    mg: Fraction | None
    """Given in all; None where the mg of a dose that was given is not on record."""
    recorded_mg: Fraction
    """Given in all as far as it is on record."""
    planned_mg: Fraction | None
    per_size: Fraction | None
    """Sum of mg/m² or mg/kg given."""
    intensity: Fraction | None
    """mg given / mg planned, 1 = as planned; None where a weight or a dose is not known."""
    delayed: int
    """Doses given more days after their due day than the window allows."""
    why: TranslatedText
    """One or two sentences; ``**…**`` stands around the figure that decides."""

    @property
    def first(self) -> str | None:
        """ISO date of the first dose given."""
        return next((d.date for d in self.doses if d.told is Told.GIVEN), None)

    @property
    def last(self) -> str | None:
        """ISO date of the last dose given."""
        return next((d.date for d in reversed(self.doses) if d.told is Told.GIVEN), None)


@frozen
class _Drug:
    """The names of one drug in the definition."""

    name: str
    short: str
    visits: tuple[str, ...]
    size: str


RITUXIMAB: Final = _Drug("rituximab", "rtx", b_cell_rule.VISITS, "rtx_bsa_used")
BELIMUMAB: Final = _Drug("belimumab", "bel", tuple(f"SE.BEL{n}" for n in range(1, 7)), "bel_weight_used")
_PER_SIZE: Final = {"rtx": "rtx_dose_per_m2", "bel": "bel_dose_per_kg"}
_SPARED: Final = frozenset(r.expression for r in AFTER_DAY_0)


def exposure_of(who: Participant, drug: _Drug, visits: Mapping[str, Planned]) -> Exposure:
    """Every dose of one drug; ``visits``: the participant's schedule by address."""
    told = [_dose(who, drug, number, visits[event]) for number, event in enumerate(drug.visits, 1) if event in visits]
    found = tuple(_planned(dose, told) for dose in told)
    given = [d for d in found if d.told is Told.GIVEN]
    due = [d for d in found if d.told in DUE and not d.beyond]
    mg = sum((d.mg for d in given if d.mg is not None), Fraction())
    planned = _sum([d.planned_mg for d in due])
    whole = all(d.mg is not None for d in given)
    exposure = Exposure(
        drug.name, found, len(given), len(due),
        to_come=sum(d.told is Told.TO_COME for d in found),
        after_stop=sum(d.told is Told.STOPPED for d in found),
        mg=mg if whole else None, recorded_mg=mg, planned_mg=planned, per_size=_sum([d.per_size for d in given]),
        intensity=mg / planned if planned and whole else None,
        delayed=sum(d.outside > 0 for d in given), why=TranslatedText("", ""),
    )  # fmt: skip
    return evolve(exposure, why=_why(exposure))


def _sum(values: Sequence[Fraction | None]) -> Fraction | None:
    """None where one is not known, or there is none."""
    known = [v for v in values if v is not None]
    return sum(known, Fraction()) if known and len(known) == len(values) else None


# ---- one dose


def _dose(who: Participant, drug: _Drug, number: int, visit: Planned) -> Dose:
    dose = Dose(drug.name, number, visit.address, Told.UNKNOWN, due=_due(number, drug, visit))
    if visit.status is not VisitStatus.BEGUN or visit.date is None:
        what, why = _not_held(who, visit)
        return evolve(dose, told=what, why=why)
    day = date.fromisoformat(visit.date)
    dose = evolve(dose, date=visit.date, day=day_of(who, day))
    seen = who.course.visit(next(o for o in who.course.occurrences if o.address == visit.address))
    spared = _rule(who, drug, visit, seen)
    if seen.named(f"{drug.short}_given") is not True:
        what, why = _not_given(who, drug, seen, spared)
        return evolve(dose, told=what, why=why)
    event = visit.address
    return evolve(
        dose, told=Told.GIVEN, beyond=spared is not None,
        late=None if dose.due is None else (day - date.fromisoformat(dose.due)).days,
        outside=0 if dose.due is None else visit.days_outside(visit.date),
        mg=measure(who, f"{drug.short}_dose", event).value,
        planned_mg=measure(who, f"{drug.short}_planned_dose", event).value,
        size=measure(who, drug.size, event).value,
        per_size=measure(who, _PER_SIZE[drug.short], event).value,
    )  # fmt: skip


def day_of(who: Participant, day: date) -> int | None:
    """Study day: 0 is the day of the first rituximab visit; None before there is one."""
    zero = who.occurrence(who.definition.banner.day_zero_event)
    return (day - date.fromisoformat(zero.date)).days if zero and zero.date else None


def _due(number: int, drug: _Drug, visit: Planned) -> str | None:
    """Day 0 has no day on which it was due: everything else is counted from it."""
    if visit.target is None or (drug is RITUXIMAB and number == 1):
        return None
    return visit.target.isoformat()


def _not_held(who: Participant, visit: Planned) -> tuple[Told, TranslatedText | None]:
    if visit.status is VisitStatus.MISSED:
        reason = who.record.missed.get(visit.address, "")
        return Told.MISSED, TranslatedText(reason, reason) if reason else said("missed_visit")
    if visit.status is VisitStatus.OVERDUE:
        return Told.MISSED, said("window_over")
    if visit.status is not VisitStatus.NOT_NEEDED:
        return Told.TO_COME, None
    own = who.course.anywhere().holding(_own(visit.event.not_needed))
    if own:
        return Told.NOT_NEEDED, own[0]
    stopped = who.course.anywhere().named("latest:stop_decided_on")
    if not isinstance(stopped, date) or visit.target is None:
        return Told.STOPPED if stopped is not None else Told.NOT_NEEDED, next(iter(visit.reasons), None)
    if visit.closes is not None and visit.closes < stopped:
        return Told.MISSED, said("window_over")
    return Told.STOPPED, next(iter(visit.reasons), None)


def _own(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What spares this dose itself, not everything after a stop."""
    return tuple(r for r in reasons if r.expression not in _SPARED)


def _rule(who: Participant, drug: _Drug, visit: Planned, seen: Visit) -> TranslatedText | None:
    """Why this dose was not to be given by the protocol although its visit was held."""
    if drug is RITUXIMAB:
        return next(iter(seen.holding(who.definition.form["F.RTX"].not_needed)), None)
    return next(iter(who.course.anywhere().holding(_own(visit.event.not_needed))), None)


def _not_given(
    who: Participant, drug: _Drug, seen: Visit, spared: TranslatedText | None
) -> tuple[Told, TranslatedText | None]:
    item = who.definition.item_by_name[f"{drug.short}_not_given_reason"]
    code = seen.named(item.name)
    if spared is not None:
        return Told.NOT_NEEDED, spared
    if seen.named(f"{drug.short}_given") is None:
        return Told.UNKNOWN, None
    if not isinstance(code, str):
        return Told.NOT_GIVEN, said("no_reason")
    answers = who.definition.code_list[item.code_list or ""]
    reason = TranslatedText(answers.decode(code, "en"), answers.decode(code, "zh"))
    return Told.NOT_NEEDED if code == "BCELL" else Told.NOT_GIVEN, reason


def _planned(dose: Dose, doses: Sequence[Dose]) -> Dose:
    """A dose that was left out was planned like the nearest one that was given, the earlier of two as near."""
    if dose.told not in (Told.NOT_GIVEN, Told.MISSED):
        return dose
    known = [d for d in doses if d.planned_mg is not None]
    near = min(known, key=lambda d: (abs(d.number - dose.number), d.number), default=None)
    return evolve(dose, planned_mg=near.planned_mg) if near else dose


# ---- in words


def _why(exposure: Exposure) -> TranslatedText:
    sentences = [_total(exposure), *_odd(exposure.doses), *_spared(exposure.doses)]
    if exposure.after_stop:
        sentences.append(said("after_stop", n=doses(exposure.after_stop)))
    if exposure.to_come:
        sentences.append(said("to_come", n=doses(exposure.to_come)))
    return joined(sentences)


def _total(exposure: Exposure) -> TranslatedText:
    if not exposure.due and not exposure.given:
        return said("no_dose")
    counted: dict[str, Said] = {"given": exposure.given, "due": exposure.due, "mg": both(exposure.recorded_mg)}
    if exposure.intensity is not None and exposure.planned_mg is not None:
        planned = both(exposure.planned_mg, 1)
        return said("doses", **counted, planned=planned, intensity=percent(exposure.intensity))
    unknown = next((d for d in exposure.doses if d.told is Told.GIVEN and d.mg is None), None)
    key = "mg_unknown" if unknown else "planned_unknown"
    lacking = unknown or next((d for d in exposure.doses if d.told in DUE and d.planned_mg is None), None)
    return said("doses_open", **counted, why=said(key, n=lacking.number if lacking else 1))


def _odd(found: Sequence[Dose]) -> list[TranslatedText]:
    """Doses left out, given beyond the rule, or outside their window."""
    sentences = []
    for dose in found:
        if dose.told in (Told.NOT_GIVEN, Told.MISSED):
            sentences.append(said("left_out", n=dose.number, why=_unpointed(dose.why or said("no_reason"))))
        elif dose.told is Told.UNKNOWN:
            sentences.append(said("still_open", n=dose.number))
        elif dose.beyond:
            sentences.append(said("after_rule", n=dose.number))
        if dose.outside and dose.late:
            key = "late" if dose.outside > 0 else "early"
            sentences.append(said(key, n=dose.number, days=days(abs(dose.late))))
    return sentences


def _unpointed(text: TranslatedText) -> TranslatedText:
    """Without its last full stop: it stands inside a sentence."""
    return TranslatedText(text.en.rstrip(".。"), text.zh.rstrip(".。"))


def _spared(found: Sequence[Dose]) -> list[TranslatedText]:
    """Doses that were not due, once for each reason."""
    by_reason: dict[TranslatedText, list[int]] = {}
    for dose in found:
        if dose.told is Told.NOT_NEEDED and dose.why is not None:
            by_reason.setdefault(dose.why, []).append(dose.number)
    sentences = []
    for why, numbers in by_reason.items():
        key = "which_more" if len(numbers) > 1 else "which_one"
        sentences.append(said("spared", which=said(key, n=_listed(numbers)), why=_unpointed(why)))
    return sentences


def _listed(numbers: Sequence[int]) -> TranslatedText:
    """``3``, ``3 and 4``, ``1 to 4``, ``1, 3 and 4``."""
    first, *_, last = [*numbers, numbers[-1]]
    if len(numbers) > 2 and list(numbers) == list(range(first, last + 1)):
        return TranslatedText(f"{first} to {last}", f"{first}至{last}")
    head = ", ".join(map(str, numbers[:-1]))
    return TranslatedText(f"{head} and {last}" if head else str(last), "、".join(map(str, numbers)))

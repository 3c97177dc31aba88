"""How many came how far, against the fifteen that are planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from crf_desktop.analysis.measure import BASE, SCREENING
from crf_desktop.analysis.outcome import Outcome, Status
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.schedule import Planned, VisitStatus

GOAL: Final = 15
"""Participants the registry plans."""


@frozen
class Month:
    """New in one month."""

    month: str
    """``2026-05``"""
    screened: int
    treated: int
    screened_so_far: int
    treated_so_far: int


@frozen
class Enrolment:
    """Counts of participants; each of ``screened`` is in exactly one of ``in_screening`` to ``missed``."""

    goal: int
    screened: int
    eligible: int
    """Confirmed by the investigator at screening."""
    treated: int
    """Had a dose of rituximab."""
    in_screening: int
    """Not treated, and may still be."""
    failed: int
    """Not treated and will not be: not eligible, or stopped before."""
    under_way: int
    """Treated, week 28 has not come."""
    at_week_28: int
    stopped: int
    missed: int
    """Treated, without the visit of week 28, whose window has passed."""
    months: tuple[Month, ...]


def enrolment_of(
    participants: Sequence[Participant], outcomes: Sequence[Outcome], plans: Mapping[str, Sequence[Planned]]
) -> Enrolment:
    """How far everybody came; ``plans``: participant → schedule."""
    of = {outcome.subject: outcome for outcome in outcomes}
    status = Counter(outcome.status for outcome in outcomes)
    untreated = [who for who in participants if of[who.subject].status is Status.NOT_TREATED]
    failed = sum(ended_untreated(plans[who.subject]) for who in untreated)
    return Enrolment(
        GOAL, len(participants), sum(confirmed(who) for who in participants), len(participants) - len(untreated),
        len(untreated) - failed, failed, status[Status.ON_THE_WAY], status[Status.AT_WEEK_28], status[Status.STOPPED],
        status[Status.MISSED], _months(participants, of),
    )  # fmt: skip


def confirmed(who: Participant) -> bool:
    """Whether the investigator confirmed eligibility at screening."""
    return who.course.anywhere().named("latest:eligibility_confirmed") is True


def ended_untreated(plan: Sequence[Planned]) -> bool:
    """Whether a participant without a dose will not have one: not eligible, stopped, or the time for week 0 is over.

    While week 0 is held and undecided, or may still be held, the answer is no.
    """
    visit = {v.address: v for v in plan}
    first, second = visit[BASE].status, visit["SE.RTX2"].status
    if first is VisitStatus.BEGUN:
        return second is VisitStatus.NOT_NEEDED
    return first in (VisitStatus.NOT_NEEDED, VisitStatus.MISSED, VisitStatus.OVERDUE)


def _months(participants: Sequence[Participant], of: Mapping[str, Outcome]) -> tuple[Month, ...]:
    """From the first month of a screening to the last of a screening or a first dose, empty ones included."""
    screened = Counter(m for who in participants for m in _month(who.record.dates.get(SCREENING)))
    treated = Counter(m for who in participants for m in _month(_day_zero(of[who.subject])))
    seen = sorted(screened.keys() | treated.keys())
    found: list[Month] = []
    for month in _from_to(seen[0], seen[-1]) if seen else ():
        before = (found[-1].screened_so_far, found[-1].treated_so_far) if found else (0, 0)
        new = screened[month], treated[month]
        found.append(Month(month, *new, before[0] + new[0], before[1] + new[1]))
    return tuple(found)


def _day_zero(outcome: Outcome) -> str | None:
    return None if outcome.status is Status.NOT_TREATED else outcome.day_zero


def _month(date: str | None) -> Iterable[str]:
    return (date[:7],) if date else ()


def _from_to(first: str, last: str) -> list[str]:
    numbers = range(_number(first), _number(last) + 1)
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1

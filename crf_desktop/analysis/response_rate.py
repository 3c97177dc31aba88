"""Response rates with exact intervals, whether the data decide, and the items behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.exact_test import Interval, clopper_pearson
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Determinacy, Item, Outcome, Status, Verdict
from crf_desktop.analysis.sentence import joined, said
from crf_desktop.analysis.treatment import Treatment
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_summary import POPULATIONS, RATES

ENDED: Final = (Status.AT_WEEK_28, Status.STOPPED, Status.MISSED)
VERDICTS: Final[Mapping[str, Callable[[Outcome], Verdict]]] = {
    "five_ge4": lambda o: o.five.literal,
    "five_ge3": lambda o: o.five.inclusive,
    "star_ge5": lambda o: o.star.published,
    "star_gt5": lambda o: o.star.literal,
}
PRIMARY: Final = "primary"


@frozen
class Rate:
    """Responders among those whose response can be told: week 28 came, or will not come."""

    key: str
    """``primary``, ``five_ge4``, ``five_ge3``, ``star_ge5``, ``star_gt5``."""
    title: TranslatedText
    responders: int
    n: int
    interval: Interval | None
    """None where nobody is in the denominator."""
    determinacy: Mapping[Determinacy, int]
    """Adds up to everybody of the population who is not under way, left out or not."""
    indeterminate: tuple[str, ...] = field(repr=False)
    """Who the data do not decide."""


@frozen
class ItemRow:
    """One item over all who are counted."""

    key: str
    title: TranslatedText
    points: int
    met: int
    not_met: int
    not_evaluable: int
    unknown: tuple[tuple[str, TranslatedText], ...] = field(repr=False)
    """(participant, why it cannot be evaluated)"""


@frozen
class Population:
    """Who is counted."""

    title: TranslatedText
    members: tuple[str, ...] = field(repr=False)
    """Treated, or confirmed eligible, by the option ``population``."""
    counted: tuple[str, ...] = field(repr=False)
    """Of these, whose week 28 has come or will not come."""
    under_way: tuple[str, ...] = field(repr=False)
    """Not in any denominator yet."""
    left_out: tuple[str, ...] = field(repr=False)
    """Not decided by the data, with the option ``missing=excluded``; of the primary end point."""
    note: TranslatedText
    """What the reader has to know of an interim state."""


@frozen
class Subgroup:
    """The primary end point and its item among participants with an abnormal value at week 0."""

    key: str
    """``schirmer`` (A10), ``esr`` (A5)."""
    title: TranslatedText
    rate: Rate
    item: ItemRow | None
    """None where nobody is in the subgroup."""
    unknown: tuple[str, ...] = field(repr=False)
    """Whose value of week 0 does not tell."""


@frozen
class Line:
    """One participant in the listing."""

    subject: str = field(repr=False)
    status: Status
    status_text: TranslatedText
    day_zero: str | None
    followup: str | None
    rituximab: int
    belimumab: int
    items: tuple[bool | None, ...]
    """The five, in their order; None: not evaluable."""
    n_met: int
    star: int
    star_possible: int
    five_ge4: bool | None
    """Verdicts are None while under way, or not in the population."""
    five_ge3: bool | None
    star_ge5: bool | None
    star_gt5: bool | None
    responder: bool | None
    determinacy: Determinacy | None
    why: TranslatedText
    counted: bool


def population_of(
    outcomes: Sequence[Outcome], eligible: Iterable[str], ended: Iterable[str], options: Options
) -> Population:
    """``eligible``: confirmed at screening; ``ended``: of the untreated, who will not be treated any more."""
    confirmed, over = set(eligible), set(ended)
    treated = [o for o in outcomes if o.status is not Status.NOT_TREATED]
    members = treated if options.population == "treated" else [o for o in outcomes if o.subject in confirmed]
    counted = [o for o in members if o.status in ENDED or o.subject in over]
    under_way = [o for o in members if o not in counted]
    left_out = [o for o in counted if options.missing == "excluded" and _open(o, PRIMARY, options)]
    return Population(
        TranslatedText(*POPULATIONS[options.population]), _subjects(members), _subjects(counted), _subjects(under_way),
        _subjects(left_out), _note(len(members), len(under_way)),
    )  # fmt: skip


def _subjects(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(o.subject for o in outcomes)


def _note(members: int, under_way: int) -> TranslatedText:
    if not members:
        return said("nobody")
    return said("interim", n=under_way, of=members) if under_way else said("complete", of=members)


def verdict_of(outcome: Outcome, key: str, options: Options) -> tuple[bool, Determinacy]:
    """(responder with what is missing counted as not met, whether the data decide); rescue decides for every rate."""
    if key == PRIMARY:
        return outcome.responder, outcome.determinacy
    if options.rescue == "non_responder" and outcome.rescue is not None:
        return False, Determinacy.NON_RESPONDER
    verdict = VERDICTS[key](outcome)
    return verdict.responder, verdict.determinacy


def _open(outcome: Outcome, key: str, options: Options) -> bool:
    return verdict_of(outcome, key, options)[1] is Determinacy.INDETERMINATE


def rate(key: str, counted: Sequence[Outcome], options: Options) -> Rate:
    """One rate over those who are counted; with ``missing=excluded`` without those the data do not decide."""
    told = [(o, *verdict_of(o, key, options)) for o in counted]
    asked = [t for t in told if options.missing != "excluded" or t[2] is not Determinacy.INDETERMINATE]
    responders = sum(responder for _, responder, _ in asked)
    found = Counter(determinacy for *_, determinacy in told)
    return Rate(
        key, TranslatedText(*RATES[key]), responders, len(asked),
        clopper_pearson(responders, len(asked)) if asked else None, {d: found[d] for d in Determinacy},
        tuple(o.subject for o, _, d in told if d is Determinacy.INDETERMINATE),
    )  # fmt: skip


def rates(counted: Sequence[Outcome], options: Options) -> tuple[Rate, ...]:
    """The primary end point, then every threshold."""
    return tuple(rate(key, counted, options) for key in (PRIMARY, *VERDICTS))


def item_rows(items: Sequence[tuple[Outcome, Sequence[Item]]]) -> tuple[ItemRow, ...]:
    """Met, not met, not evaluable, item by item."""
    if not items:
        return ()
    return tuple(_item_row([(o, found[n]) for o, found in items]) for n in range(len(items[0][1])))


def _item_row(told: Sequence[tuple[Outcome, Item]]) -> ItemRow:
    met = Counter(item.met for _, item in told)
    first = told[0][1]
    unknown = tuple((o.subject, _why(o, item)) for o, item in told if item.met is None)
    return ItemRow(first.key, first.title, first.points, met[True], met[False], met[None], unknown)


def _why(outcome: Outcome, item: Item) -> TranslatedText:
    """Why an item cannot be evaluated."""
    if outcome.status is not Status.AT_WEEK_28:
        return said(str(outcome.status))
    told = [p.why for p in item.parts if p.counts and p.met is None]
    whole = all(why.en.endswith(".") for why in told)
    return joined(told) if whole else joined(told, between=("; ", "；"))


def subgroup(
    key: str, abnormal: Mapping[str, bool | None], counted: Sequence[Outcome], options: Options
) -> Subgroup:
    """Participants with an abnormal value at week 0; ``abnormal``: participant → whether it was."""
    members = [o for o in counted if abnormal.get(o.subject)]
    rows = item_rows([(o, o.five.items) for o in members])
    title = said(f"subgroup_{key}" + (f"_{options.schirmer_abnormal}" if key == "schirmer" else ""))
    unknown = tuple(o.subject for o in counted if abnormal.get(o.subject) is None)
    item = rows[SUBGROUPS[key]] if rows else None
    return Subgroup(key, title, rate(PRIMARY, members, options), item, unknown)


SUBGROUPS: Final[Mapping[str, int]] = {"schirmer": 3, "esr": 1}
"""Subgroup → place of its item among the five."""


def lines(
    outcomes: Sequence[Outcome], treatments: Mapping[str, Treatment], counted: Iterable[str], options: Options
) -> tuple[Line, ...]:
    """The listing: everybody, by number."""
    asked = set(counted)
    return tuple(_line(o, treatments[o.subject], o.subject in asked, options) for o in outcomes)


def _line(outcome: Outcome, treatment: Treatment, counted: bool, options: Options) -> Line:
    told = {key: verdict_of(outcome, key, options) for key in (PRIMARY, *VERDICTS)}
    ge4, ge3, star_ge5, star_gt5 = (told[key][0] if counted else None for key in VERDICTS)
    return Line(
        outcome.subject, outcome.status, said(str(outcome.status)), outcome.day_zero, outcome.followup,
        treatment.rituximab.given, treatment.belimumab.given, tuple(i.met for i in outcome.five.items),
        outcome.five.n_met, outcome.star.total, outcome.star.possible, ge4, ge3, star_ge5, star_gt5,
        told[PRIMARY][0] if counted else None, told[PRIMARY][1] if counted else None, outcome.why, counted,
    )  # fmt: skip

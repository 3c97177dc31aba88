"""The values of one participant in time, as a figure draws them: exact, or a gap with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from crf_desktop.analysis.age_limit import igg_upper
from crf_desktop.analysis.measure import Lack, Measure, Note, measure
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.schedule import planned
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_figure import FIGURE
from crf_desktop.wording.column import NULLS

if TYPE_CHECKING:
    from crf_desktop.analysis.b_cell import Sample
    from crf_desktop.analysis.figure_data import Domain
    from crf_desktop.analysis.trial import Participant, TrialRecord

Day = Callable[[str | None], int | None]
"""ISO date → day of the axis."""

_FLAGS = frozenset({Note.UNSIGNED, Note.CHANGED, Note.QUERIED, Note.UNFINISHED})
_WORDS: Final = {Lack.NO_VISIT: "no_visit", Lack.MISSED: "visit_missed", Lack.EMPTY: "not_entered"}


@frozen
class Edition:
    """Which program, form and rows of the log a figure was made from."""

    program: str
    form: str
    heads: tuple[str, ...]
    """First eight hex digits of the last row's hash of each log, in the order of their origins."""
    today: str


@frozen
class Reading:
    """One value at one visit. ``value`` None: a gap, and ``why`` says the reason."""

    day: int
    event: str
    value: Fraction | None
    text: str = ""
    """As printed, without unit, with ``<``, ``>`` or ``≥`` before a bound."""
    bound: str = ""
    """``<`` or ``>``: ``value`` is the limit of the laboratory; ``≥``: what is certain of a total."""
    why: TranslatedText | None = None
    flagged: bool = False
    """Not signed, changed after the signature, or queried."""


@frozen
class Bar:
    """ESSDAI at one visit: its total and the points of its domains, in the order of the form."""

    total: Reading
    points: tuple[int | None, ...]
    """None: not rated."""
    lacks: tuple[TranslatedText | None, ...]
    """Why a domain is not rated."""


@frozen
class Limit:
    """A limit of normal on a day."""

    day: int
    value: Fraction
    certificate: bool
    """From the laboratory's certificate; else from the table by age."""


def edition_of(record: TrialRecord) -> Edition:
    """Of a trial as it was read."""
    heads = tuple(record.heads[origin][1][:8] for origin in sorted(record.heads))
    form = record.definition().oid.rpartition(".")[2]
    return Edition(record.program_version, form, heads, record.today)


def reading(found: Measure, day: int, event: str) -> Reading:
    """What a measure says at a visit."""
    flagged = any(note in _FLAGS for note in found.notes)
    if found.value is not None:
        return Reading(day, event, found.value, found.text, flagged=flagged)
    if found.lack is Lack.CENSORED and found.text:
        return Reading(day, event, Fraction(found.text[1:]), found.text, found.text[0], flagged=flagged)
    return Reading(day, event, None, why=gap(found), flagged=flagged)


def gap(found: Measure) -> TranslatedText:
    """Why there is no value, in a word or two."""
    if found.null is not None:
        return TranslatedText(*NULLS[found.null.value])
    lack = found.lack or Lack.EMPTY
    return TranslatedText(*FIGURE[_WORDS.get(lack, lack.value)])


def series(who: Participant, name: str, day: Day) -> tuple[Reading, ...]:
    """A quantity at every visit that asks for it, by day; a visit that was missed stands at the day it was due."""
    found = []
    for occurrence, form in _asked(who, name):
        at = day(occurrence.date)
        one = measure(who, name, occurrence.address)
        if at is not None and not (one.lack is Lack.EMPTY and _may_stay_open(who, name, occurrence, form)):
            found.append(reading(one, at, occurrence.address))
    found += _missed(who, name, day)
    return tuple(sorted(found, key=lambda r: r.day))


def _form_of(who: Participant, name: str) -> str:
    item = who.definition.item_by_name.get(name)
    if item is not None:
        return who.definition.form_of_item[item.oid]
    return who.definition.form_of_method[who.definition.method_by_name[name].oid]


def _asked(who: Participant, name: str) -> Iterator[tuple[Occurrence, str]]:
    form = _form_of(who, name)
    for occurrence in who.course.occurrences:
        if occurrence.date and form in who.definition.event[occurrence.event].forms:
            yield occurrence, form


def _may_stay_open(who: Participant, name: str, at: Occurrence, form: str) -> bool:
    """An optional form or item that nobody filled in is no gap."""
    item = who.definition.item_by_name.get(name)
    return form in who.definition.event[at.event].optional or (item is not None and not item.mandatory)


def _missed(who: Participant, name: str, day: Day) -> Iterator[Reading]:
    form = _form_of(who, name)
    for address in who.record.missed:
        visit = planned(who.course, address, who.today, frozenset(who.record.missed))
        at = day(visit.target.isoformat()) if visit.target else None
        if at is not None and form in visit.event.forms and form not in visit.event.optional:
            yield Reading(at, address, None, why=TranslatedText(*FIGURE["visit_missed"]))


def bars(who: Participant, domains: tuple[Domain, ...], day: Day) -> tuple[Bar, ...]:
    """ESSDAI at every visit that asks for it; a total that is not final carries what is certain."""
    method = who.definition.method_by_name["essdai_total"]
    found = []
    for total in series(who, "essdai_total", day):
        occurrence = who.occurrence(total.event)
        levels = [measure(who, d.name, total.event) for d in domains]
        points = [None if m.value is None else int(m.value) * d.weight for m, d in zip(levels, domains, strict=True)]
        if total.value is None and occurrence is not None and any(p is not None for p in points):
            least = who.course.visit(occurrence).derived(method).lower_text or "0"
            total = Reading(
                total.day, total.event, Fraction(least), f"≥\u00a0{least}", "≥", total.why, total.flagged
            )  # fmt: skip
        found.append(Bar(total, tuple(points), tuple(gap(m) if m.value is None else None for m in levels)))
    return tuple(found)


def counts(drawn: Iterable[Sample], day: Day) -> tuple[Reading, ...]:
    """B-cell counts of every sample that has one, measured, or worked out from the lymphocytes."""
    known = [(day(s.date), s) for s in drawn]
    found = [reading(s.count, at, s.event) for at, s in known if at is not None]
    return tuple(r for r in found if r.value is not None)


def igg_limits(who: Participant, day: Day) -> tuple[Limit, ...]:
    """The upper limit of IgG for age at each visit with laboratory 2, the certificate's before the table's."""
    found = []
    for occurrence, _ in _asked(who, "igg"):
        at = day(occurrence.date)
        given = measure(who, "igg_uln", occurrence.address).value
        table = igg_upper(who.course.visit(occurrence).named("age_years"))
        value = table if given is None else given
        if at is not None and value is not None:
            found.append(Limit(at, value, given is not None))
    return tuple(found)

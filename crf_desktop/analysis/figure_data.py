"""What the figures draw, exact and without the store: it can be sent to another process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.adverse_event import Event, events_of
from crf_desktop.analysis.figure_reading import Bar as Bar
from crf_desktop.analysis.figure_reading import Edition, Reading, bars, counts, edition_of, igg_limits, series
from crf_desktop.analysis.figure_reading import Limit as Limit
from crf_desktop.analysis.measure import BASE, FOLLOWUP, Measure, baseline, measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome, Status
from crf_desktop.analysis.treatment import Treatment, treatment_of
from crf_desktop.analysis.trial import Participant, TrialRecord
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import LevelTable
from crf_desktop.model.schedule import planned
from crf_desktop.model.text import TranslatedText

SCALES: Final = ("esspri_dryness", "esspri_fatigue", "esspri_pain")
SCORES: Final = (
    "essdai_total", "clinessdai_total", "esspri_mean", "schirmer_mean", "saliva_flow", "hocevar_total",
)  # fmt: skip
"""What is drawn from week 0 to week 28."""
INTERIM: Final = "SE.BEL3"


class Group(StrEnum):
    """How a participant is told apart in the figures of the study."""

    RESPONDER = "responder"
    NON_RESPONDER = "non-responder"
    INDETERMINATE = "indeterminate"
    NO_WEEK_28 = "no_week_28"


@frozen
class Domain:
    """One ESSDAI domain: its item's name, its wording and the points a level is worth."""

    name: str
    label: TranslatedText
    short: TranslatedText
    weight: int


@frozen
class Course:
    """One participant over time. Days are counted from ``origin``: day 0, else the first visit."""

    subject: str = field(repr=False)
    sex: TranslatedText | None
    age: int | None
    """Completed years at day 0, before it at the first visit."""
    day_zero: str | None
    """ISO date of the first rituximab's visit."""
    origin: str | None
    """ISO date that day 0 of the axis stands for; None: no visit yet."""
    today: int | None
    """Day on which the data were read."""
    edition: Edition | None
    domains: tuple[Domain, ...]
    essdai: tuple[Bar, ...]
    """The points of each bar in the order of ``domains``."""
    esspri: tuple[tuple[Reading, ...], ...]
    """Dryness, fatigue, pain, mean."""
    pga: tuple[Reading, ...]
    igg: tuple[Reading, ...]
    igg_limit: tuple[Limit, ...]
    b_percent: tuple[Reading, ...]
    b_count: tuple[Reading, ...]
    """×10⁶/L, as measured, else from lymphocytes × %."""
    treatment: Treatment
    events: tuple[Event, ...] = field(repr=False)
    stopped: int | None
    """Day of the decision to stop early."""
    visits: tuple[tuple[int, str], ...]
    """(day, event address) of every visit that took place."""
    window_28: tuple[int, int] | None
    """First and last day of the window of week 28."""
    week_28: int | None
    """Day of the visit of week 28."""

    def day(self, iso: str | None) -> int | None:
        """Days from the origin of the axis; None where the date is not whole or there is no origin."""
        return days_between(self.origin, iso)

    @property
    def last(self) -> int:
        """Last day on which something is known."""
        return max([0, *(d for d, _ in self.visits), *([self.stopped] if self.stopped is not None else [])])


@frozen
class Line:
    """One participant in the figures of the study."""

    course: Course
    group: Group
    status: Status
    scores: Mapping[str, tuple[Measure, Measure, Measure]]
    """Analysis name → week 0, belimumab 3, week 28."""
    levels: Mapping[str, tuple[Measure, Measure]]
    """Item name of an ESSDAI domain → week 0, week 28."""

    @property
    def subject(self) -> str:
        """The participant's number."""
        return self.course.subject

    @property
    def treated(self) -> bool:
        """Whether rituximab was given."""
        return self.status is not Status.NOT_TREATED

    def change(self, name: str = "essdai_total") -> Fraction | None:
        """Week 28 minus week 0."""
        first, _, last = self.scores[name]
        return None if first.value is None or last.value is None else last.value - first.value


@frozen
class FigureData:
    """Everything the figures draw."""

    domains: tuple[Domain, ...]
    lines: tuple[Line, ...]
    """Everybody, in the order of their numbers."""
    changed_options: Mapping[str, str]
    """Options that differ from the defaults."""

    @property
    def treated(self) -> tuple[Line, ...]:
        """Who had rituximab."""
        return tuple(line for line in self.lines if line.treated)

    def course(self, subject: str) -> Course:
        """One participant's; KeyError for another number."""
        return {line.subject: line.course for line in self.lines}[subject]


def days_between(first: str | None, iso: str | None) -> int | None:
    """Whole days from one ISO date to another; None where one is missing or known in part."""
    if not first or not iso or len(iso) != 10:
        return None
    return (date.fromisoformat(iso) - date.fromisoformat(first)).days


def domains_of(definition: MetaDataVersion) -> tuple[Domain, ...]:
    """The domains with their points in ESSDAI, as the study's own form lays them out."""
    form = definition.form[definition.form_of_method[definition.method_by_name["essdai_total"].oid]]
    table = next(b for b in form.layout.blocks if isinstance(b, LevelTable))
    column = table.scores.index(definition.method_by_name["essdai_total"].oid)
    rows = ((definition.item[r.item], r.short, r.weights[column]) for r in table.rows)
    return tuple(Domain(i.name, i.label, short or i.label, weight) for i, short, weight in rows if weight is not None)


def course_data(who: Participant, edition: Edition | None = None, options: Options | None = None) -> Course:
    """One participant's course; ``edition`` tells the program and the rows of the log that the banner names."""
    zero = next((o.date for o in who.course.occurrences if o.event == BASE), None)
    visits = [(o.date, o.address) for o in who.course.occurrences if o.date]
    origin = zero or min((day for day, _ in visits), default=None)

    def day(iso: str | None) -> int | None:
        return days_between(origin, iso)

    window = planned(who.course, FOLLOWUP, who.today, frozenset(who.record.missed))
    opens, closes = (day(d.isoformat()) if d else None for d in (window.opens, window.closes))
    treatment, domains = treatment_of(who, options), domains_of(who.definition)
    return Course(
        subject=who.subject, sex=_sex(who), age=_age(who), day_zero=zero, origin=origin, today=day(who.today),
        edition=edition, domains=domains, essdai=bars(who, domains, day),
        esspri=tuple(series(who, name, day) for name in (*SCALES, "esspri_mean")), pga=series(who, "pga", day),
        igg=series(who, "igg", day), igg_limit=igg_limits(who, day), b_percent=series(who, "b_pct", day),
        b_count=counts(treatment.b_cells.samples, day),
        treatment=treatment, events=events_of(who), stopped=day(_stopped(who)),
        visits=tuple((day(iso) or 0, at) for iso, at in visits),
        window_28=(opens, closes) if zero and opens is not None and closes is not None else None,
        week_28=day(next((o.date for o in who.course.occurrences if o.event == FOLLOWUP), None)),
    )  # fmt: skip


def figure_data(
    record: TrialRecord, outcomes: Iterable[Outcome] | None = None, options: Options | None = None
) -> FigureData:
    """Everybody; ``outcomes`` are worked out where they are not given."""
    definition, edition = record.definition(), edition_of(record)
    options = options or Options()
    known = {o.subject: o for o in outcomes or ()}
    domains = domains_of(definition)
    lines = []
    for who in record.participants(definition):
        outcome = known.get(who.subject) or outcome_of(who, options)
        lines.append(_line(who, outcome, domains, course_data(who, edition, options)))
    return FigureData(domains, tuple(lines), options.changed())


def _line(who: Participant, outcome: Outcome, domains: Iterable[Domain], course: Course) -> Line:
    pairs = {c.name: c.pair for c in outcome.changes}
    scores = {}
    for name in SCORES:
        pair = pairs.get(name)
        first = pair.base if pair else baseline(who, name)
        last = pair.followup if pair else measure(who, name, FOLLOWUP)
        scores[name] = (first, measure(who, name, INTERIM), last)
    levels = {d.name: (measure(who, d.name, BASE), measure(who, d.name, FOLLOWUP)) for d in domains}
    there = outcome.status is Status.AT_WEEK_28
    group = Group(outcome.determinacy.value) if there else Group.NO_WEEK_28
    return Line(course, group, outcome.status, scores, levels)


def _sex(who: Participant) -> TranslatedText | None:
    item = who.definition.item.get(who.definition.banner.sex)
    datum = who.course.banner.get(who.definition.banner.sex)
    if item is None or item.code_list is None or datum is None or datum.value is None:
        return None
    words = who.definition.code_list[item.code_list]
    return TranslatedText(words.decode(datum.value, "en"), words.decode(datum.value, "zh"))


def _age(who: Participant) -> int | None:
    held = [o for o in who.course.occurrences if o.date]
    at = next((o for o in held if o.event == BASE), held[0] if held else None)
    age = who.course.visit(at).named("age_years") if at else None
    return age if isinstance(age, int) else None


def _stopped(who: Participant) -> str | None:
    value = who.course.anywhere().named("latest:stop_decided_on")
    return value.isoformat() if isinstance(value, date) else None

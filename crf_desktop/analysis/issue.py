"""What a reader of the results has to know of the data behind them: named one by one, never silently dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from crf_desktop.analysis import age_limit
from crf_desktop.analysis.measure import BASE, EARLY_END, FOLLOWUP, Lack, Measure, Note, measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Issue, Pair, Pairs, Status
from crf_desktop.analysis.pairs import after_ivig, pairs_of, seen
from crf_desktop.analysis.spelling import both, filled, shown
from crf_desktop.analysis.treatment import treatment_of
from crf_desktop.analysis.trial import Participant
from crf_desktop.forms.b_cell_rule import MAXIMUM
from crf_desktop.model.derive import Visit, shortest
from crf_desktop.model.expression import PartialDate
from crf_desktop.model.schedule import Planned
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure
from crf_desktop.wording.outcome import ISSUES, LABELS
from crf_desktop.wording.response import VISITS

NAMES: Final = (
    "pga", "esr", "esr_uln", "igg", "rf", "schirmer_mean", "oss_mean", "saliva_flow", "hocevar_total", "essdai_total",
    "clinessdai_total", "esspri_sum",
)  # fmt: skip
_OF_THE_FORM: Final = {Note.UNFINISHED: "unfinished", Note.UNSIGNED: "unsigned", Note.CHANGED: "changed"}
_OF_THE_VALUE: Final = {Note.QUERIED: "queried", Note.ONE_EYE: "one_eye", Note.ONE_COLLECTION: "one_collection"}
_PERCENT_OF: Final = ("pga", "esr", "igg", "rf", "hocevar_total", "saliva_flow")
COMPARABLE: Final = (
    "EC.LAB.001", "EC.LAB.006", "EC.LAB.007", "EC.LAB1.001", "EC.LAB1.006", "EC.LAB1.007", "EC.ESSPRI.003",
    "EC.SCHIRMER.001", "EC.SALIVA.005", "EC.HOCEVAR.001",
)  # fmt: skip
"""Soft checks about when and how a value was taken: what they say bears on a comparison with week 0."""


def issues(who: Participant, options: Options, pairs: Pairs, status: Status, visit: Planned) -> tuple[Issue, ...]:
    """Of the participant, safety, of every value, of how it was taken, of the form it stands on; each once.

    ``visit``: week 28 in the schedule.
    """
    compared = [pairs, *([pairs_of(who, options, EARLY_END)] if who.occurrence(EARLY_END) else [])]
    found = [*_of_participant(who, options, status), *_outside(who, visit), *_low_igg(who)]
    for one in compared:
        for name in NAMES:
            found += _of_pair(who, name, one[name])
    found += _conduct(who)
    found += _of_forms(who, compared)
    return tuple(dict.fromkeys(found))


def _issue(who: Participant, kind: str, text: TranslatedText, event: str = "", name: str = "") -> Issue:
    return Issue(who.subject, event, name, kind, text)


def _said(kind: str, **values: TranslatedText | str) -> TranslatedText:
    return filled(ISSUES[kind], **values)


def _day(iso: str) -> TranslatedText:
    return TranslatedText(figure.day(iso, "en"), figure.day(iso, "zh"))


def visit_title(who: Participant, event: str) -> TranslatedText:
    """Week 0, week 28 …; another visit by its short title."""
    if event in VISITS:
        return TranslatedText(*VISITS[event])
    return who.definition.event[event.partition("#")[0]].short_title


# ---- of the participant


def rescued(who: Participant) -> str | None:
    """ISO date, perhaps partial, from which rescue treatment before week 28 was given for certain; the earliest."""
    pages = [c for c in _drugs(who) if c.named("cm_rescue_before_w28") is True]
    return min((_iso(c.named("cm_start")) for c in pages), default=None)


def _drugs(who: Participant) -> list[Visit]:
    return who.course.contexts("F.CM")


def _iso(value: object) -> str:
    return value.known if isinstance(value, PartialDate) else value.isoformat() if isinstance(value, date) else ""


def stopped_on(who: Participant) -> str | None:
    """ISO date of the decision to stop early."""
    told = (c.named("stop_decided_on") for c in who.course.contexts("F.ET"))
    return next((_iso(day) for day in told if day is not None), None)


def _of_participant(who: Participant, options: Options, status: Status) -> Iterator[Issue]:
    if status is Status.STOPPED:
        yield _issue(who, "no_week_28", both(ISSUES["stopped"], _day(stopped_on(who) or "")), FOLLOWUP)
    if status is Status.MISSED:
        kind = "missed" if FOLLOWUP in who.record.missed else "overdue"
        yield _issue(who, "no_week_28", both(ISSUES[kind]), FOLLOWUP)
    if (since := rescued(who)) is not None:
        yield _issue(who, "rescue", both(ISSUES["rescue"], _day(since)))
    elif any(c.named("cm_rescue") is True and c.named("cm_rescue_before_w28") is None for c in _drugs(who)):
        yield _issue(who, "rescue", both(ISSUES["rescue_open"]))
    doses = sum(c.named("rtx_given") is True for c in who.course.contexts("F.RTX"))
    if doses >= MAXIMUM and treatment_of(who, options).b_cells.not_depleted_after_four:
        yield _issue(who, "not_depleted", both(ISSUES["not_depleted"]))


def _outside(who: Participant, visit: Planned) -> Iterator[Issue]:
    zero = who.record.dates.get(BASE)
    if visit.date is None or zero is None or not (days := visit.days_outside(visit.date)):
        return
    since = (date.fromisoformat(visit.date) - date.fromisoformat(zero)).days
    text = both(ISSUES["early" if days < 0 else "late"], str(since), str(abs(days)))
    yield _issue(who, "outside_window", text, FOLLOWUP)


# ---- of a value


def _of_pair(who: Participant, name: str, pair: Pair) -> Iterator[Issue]:
    of = TranslatedText(*LABELS[name])
    for value in (pair.base, pair.followup):
        yield from _of_value(who, name, value, of)
    base = pair.base
    if name in _PERCENT_OF and base.value == 0:
        kind = "flow_zero" if name == "saliva_flow" else "baseline_zero"
        yield _issue(who, "baseline_zero", _said(kind, of=of, visit=visit_title(who, base.event)), base.event, name)
    if name == "pga" and base.value is not None and 0 < base.value < 10:
        text = _said("pga_low", value=shown(base), visit=visit_title(who, base.event))
        yield _issue(who, "pga_low", text, base.event, name)
    if _unit(base) != _unit(pair.followup) and base.text and pair.followup.text:
        text = _said(
            "other_unit", of=of, unit=_unit(base), visit=visit_title(who, base.event), unit_now=_unit(pair.followup),
            visit_now=visit_title(who, pair.followup.event),
        )  # fmt: skip
        yield _issue(who, "other_unit", text, pair.followup.event, name)


def _unit(value: Measure) -> str:
    """The unit it was entered in."""
    return value.typed.partition(" ")[2] or value.unit.en


def _of_value(who: Participant, name: str, value: Measure, of: TranslatedText) -> Iterator[Issue]:
    if not value.event or who.occurrence(value.event) is None:
        return
    visit = visit_title(who, value.event)
    for note, kind in _OF_THE_VALUE.items():
        if note in value.notes:
            yield _issue(who, kind, _said(kind, of=of, visit=visit), value.event, name)
    if Note.SCREENING in value.notes:
        text = _said("screening", of=of, date=_day(value.date or ""))
        yield _issue(who, "screening", text, BASE, name)
    if value.lack is Lack.CENSORED:
        yield _issue(who, "censored", _said("censored", of=of, visit=visit, value=shown(value)), value.event, name)
    if name == "igg" and value.text and after_ivig(who, value.event):
        yield _issue(who, "ivig", _said("ivig", visit=visit), value.event, name)


# ---- of a form


def _of_forms(who: Participant, compared: list[Pairs]) -> Iterator[Issue]:
    """Each form once, by the first value on it."""
    values = [m for one in compared for name in NAMES for m in (one[name].base, one[name].followup)]
    for value in values:
        for note, kind in _OF_THE_FORM.items():
            if note in value.notes:
                form = _form(who, value.name)
                title = who.definition.form[form].short_title
                text = _said(kind, of=title, visit=visit_title(who, value.event))
                first = next(n for n in NAMES if _form(who, n) == form)
                yield _issue(who, kind, text, value.event, first)


def _form(who: Participant, name: str) -> str:
    item = who.definition.item_by_name.get(name)
    if item is not None:
        return who.definition.form_of_item[item.oid]
    return who.definition.form_of_method[who.definition.method_by_name[name].oid]


def _conduct(who: Participant) -> Iterator[Issue]:
    """How and when the values of both visits were taken, where that bears on the comparison."""
    for event in (BASE, FOLLOWUP, EARLY_END):
        visit = seen(who, event)
        if visit is None:
            continue
        at = visit_title(who, event)
        if visit.named("pga_before_essdai") is False:
            yield _issue(who, "order", _said("order", visit=at), event, "pga")
        if visit.named("hocevar_same_sonographer") is False:
            yield _issue(who, "other_sonographer", _said("other_sonographer", visit=at), event, "hocevar_total")
        forms = {_form(who, name) for name in NAMES}
        for form in (f for f in who.definition.event[event].forms if f in forms):
            told = who.definition.form[form]
            for check in visit.broken(told):
                if check.oid in COMPARABLE:
                    text = _said("check", of=told.short_title, visit=at, told=check.message)
                    yield _issue(who, "check", text, event, next(n for n in NAMES if _form(who, n) == form))


# ---- safety


def _low_igg(who: Participant) -> Iterator[Issue]:
    """IgG below the lower limit for age after day 0: perhaps toxicity, also where item c counts the fall (A8)."""
    zero = who.record.dates.get(BASE)
    for occurrence in who.course.occurrences:
        if zero is None or occurrence.date is None or occurrence.date <= zero:
            continue
        if "F.LAB2" not in who.definition.event[occurrence.event].forms:
            continue
        value = measure(who, "igg", occurrence.address)
        age = who.course.visit(occurrence).named("age_years")
        limit = age_limit.igg_lower(age)
        if value.value is not None and limit is not None and value.value < limit:
            years = both(ISSUES["adult"]) if isinstance(age, int) and age >= 18 else both(ISSUES["age"], str(age))
            text = _said(
                "igg_below_limit", value=shown(value), visit=visit_title(who, occurrence.address), age=years,
                limit=figure.with_unit(shortest(limit), value.unit.en),
            )  # fmt: skip
            yield _issue(who, "igg_below_limit", text, occurrence.address, "igg")

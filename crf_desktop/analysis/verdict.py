"""Where one participant stands with regard to every end point, and why."""

from __future__ import annotations

from attrs import evolve

from crf_desktop.analysis import issue, response, spelling
from crf_desktop.analysis import star as star_points
from crf_desktop.analysis.change import changes
from crf_desktop.analysis.measure import BASE, EARLY_END, FOLLOWUP
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Determinacy, Five, Outcome, Star, Status
from crf_desktop.analysis.pairs import pairs_of
from crf_desktop.analysis.spelling import both, joined
from crf_desktop.analysis.threshold import headline
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.schedule import Planned, VisitStatus, planned
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure
from crf_desktop.wording.response import OUTCOMES


def outcome_of(who: Participant, options: Options = STANDARD) -> Outcome:
    """Every end point of one participant; early termination stands apart and never for week 28."""
    pairs = pairs_of(who, options)
    five, star = response.five(pairs, options), star_points.star(pairs, options)
    visit = planned(who.course, FOLLOWUP, who.today, frozenset(who.record.missed))
    status = _status(who, visit)
    rescue = _rescued(who, options)
    return Outcome(
        who.subject, status, who.record.dates.get(BASE), who.record.dates.get(FOLLOWUP), five, star,
        changes(who, pairs), *_primary(five, options, rescue),
        _why(who, status, five, options, visit, rescue), issue.issues(who, options, pairs, status, visit),
        _early(who, options), issue.rescued(who),
    )  # fmt: skip


def again(outcome: Outcome, who: Participant, options: Options) -> Outcome:
    """The verdicts of the same participant under other options; changes, sentences and issues stay as they are.

    A sensitivity analysis asks for nothing else, in a third of the time.
    """
    pairs = pairs_of(who, options)
    five, star = response.five(pairs, options), star_points.star(pairs, options)
    responder, determinacy = _primary(five, options, _rescued(who, options))
    return evolve(outcome, five=five, star=star, responder=responder, determinacy=determinacy)


def _rescued(who: Participant, options: Options) -> bool:
    return options.rescue == "non_responder" and issue.rescued(who) is not None


def _primary(five: Five, options: Options, rescue: bool) -> tuple[bool, Determinacy]:
    verdict = response.primary(five, options)
    return (False, Determinacy.NON_RESPONDER) if rescue else (verdict.responder, verdict.determinacy)


def _status(who: Participant, visit: Planned) -> Status:
    if not any(c.named("rtx_given") is True for c in who.course.contexts("F.RTX")):
        return Status.NOT_TREATED
    if visit.status is VisitStatus.BEGUN:
        return Status.AT_WEEK_28
    if issue.stopped_on(who):
        return Status.STOPPED
    late = visit.status in (VisitStatus.MISSED, VisitStatus.OVERDUE)
    return Status.MISSED if late else Status.ON_THE_WAY


def _early(who: Participant, options: Options) -> tuple[Five, Star] | None:
    if who.occurrence(EARLY_END) is None:
        return None
    pairs = pairs_of(who, options, EARLY_END)
    return response.five(pairs, options, early=True), star_points.star(pairs, options)


def _why(
    who: Participant, status: Status, five: Five, options: Options, visit: Planned, rescue: bool
) -> TranslatedText:
    verdict, told = response.primary(five, options), said_day(issue.rescued(who) or "")
    if status is Status.AT_WEEK_28:
        found = both(OUTCOMES["verdict"], headline(verdict, five.items), verdict.why)
        return joined(both(OUTCOMES["rescue"], told), found) if rescue else found
    counted = both(OUTCOMES["left_out" if options.missing == "excluded" else "counted"])
    if rescue:
        counted = both(OUTCOMES["rescue_too"], told)
    if status is Status.STOPPED:
        return joined(both(OUTCOMES["stopped"], said_day(issue.stopped_on(who) or "")), counted)
    if status is Status.MISSED:
        return joined(both(OUTCOMES["missed" if visit.status is VisitStatus.MISSED else "overdue"]), counted)
    if status is Status.NOT_TREATED:
        return both(OUTCOMES["not_treated"])
    due = both(OUTCOMES["no_target"])
    if visit.target is not None:
        due = both(OUTCOMES["on_the_way"], said_day(visit.target.isoformat()))
    return joined(due, counted) if rescue else due


def said_day(iso: str) -> TranslatedText:
    """A date in both languages."""
    return TranslatedText(figure.day(iso, "en"), figure.day(iso, "zh")) if iso else spelling.NONE

"""How complete the data are: forms by visit, the values the outcomes are worked out from, and why some are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.measure import BASE, FOLLOWUP, Lack, Measure, baseline, measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome, Status
from crf_desktop.analysis.sentence import said
from crf_desktop.analysis.spelling import lack_words, shown
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.data import FormHead, NullFlavor
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.model.text import TranslatedText

NEEDED: Final = (
    "pga", "esr", "esr_uln", "igg", "rf", "schirmer_mean", "saliva_flow", "hocevar_total", "essdai_total",
    "clinessdai_total", "esspri_mean",
)  # fmt: skip
"""What the outcomes are worked out from."""
AHEAD: Final = (Status.ON_THE_WAY, Status.NOT_TREATED)
_Place = tuple[Participant, Sequence[FormHead]]
"""Where a form is expected: whose, and what is there."""
Plans = Mapping[str, Sequence[Planned]]
"""Participant → schedule."""


@frozen
class FormRow:
    """One form at one visit over all participants."""

    event: str
    visit: TranslatedText
    form: str
    title: TranslatedText
    expected: int
    """Visits that took place or should have; a form that was not needed is not expected."""
    begun: int
    complete: int
    signed: int
    changed: int
    """Changed after the signature."""
    values: int
    """Answers with a value, on all of them."""
    reasons: int
    """Answers with a missing reason."""
    by_reason: Mapping[NullFlavor, int]
    """The same, reason by reason."""
    unanswered: int
    """Mandatory questions without answer or reason on forms that were begun and are not complete."""


@frozen
class ValueRow:
    """One value an outcome needs at one visit."""

    name: str
    label: TranslatedText
    event: str
    visit: TranslatedText
    expected: int
    present: int
    lacking: tuple[tuple[str, TranslatedText], ...] = field(repr=False)
    """(participant, why)"""
    reasons: tuple[tuple[TranslatedText, int], ...]
    """(why, how many), the most frequent first."""


@frozen
class Completeness:
    """Everything about what is there and what is not."""

    forms: tuple[FormRow, ...]
    values: tuple[ValueRow, ...]
    visits_missed: tuple[tuple[str, str, str], ...] = field(repr=False)
    """(participant, visit address, reason given)"""


def completeness_of(
    participants: Sequence[Participant], plans: Plans, outcomes: Sequence[Outcome], options: Options
) -> Completeness:
    """Forms by visit, values by outcome, visits that were missed."""
    missed = [(who.subject, at, why) for who in participants for at, why in sorted(who.record.missed.items())]
    return Completeness(_forms(participants, plans), _values(participants, outcomes, options), tuple(missed))


# ---- forms


def _forms(participants: Sequence[Participant], plans: Plans) -> tuple[FormRow, ...]:
    if not participants:
        return ()
    definition = participants[0].definition
    found: dict[tuple[str, str], list[_Place]] = {}
    for who in participants:
        for at, heads in _expected(who, plans[who.subject]):
            found.setdefault(at, []).append((who, heads))
    order = [(e.oid, form) for e in definition.events for form in e.forms if (e.oid, form) in found]
    titles = {at: (definition.event[at[0]].short_title, definition.form[at[1]].short_title) for at in order}
    return tuple(_form_row(*titles[at], *at, found[at]) for at in order)


def _expected(who: Participant, plan: Sequence[Planned]) -> Iterable[tuple[tuple[str, str], list[FormHead]]]:
    """(event, form) and its status rows, for every form that should be there or is; of the log what is there."""
    heads: dict[tuple[str, str], list[FormHead]] = {}
    for head in who.record.heads:
        if head.n_value or head.n_null or head.completed:
            heads.setdefault((head.path.event_address, head.path.form), []).append(head)
    for visit in plan:
        for form in visit.event.forms:
            held = heads.get((visit.address, form), [])
            if held or _asked(who, visit, form):
                yield (visit.event.oid, form), held
    for (event, form), held in heads.items():
        if event in who.definition.event and who.definition.event[event].type == "Common":
            yield from (((event, form), [head]) for head in held)


def _asked(who: Participant, visit: Planned, form: str) -> bool:
    if visit.status in (VisitStatus.MISSED, VisitStatus.OVERDUE):
        return form not in visit.event.optional
    if visit.status is not VisitStatus.BEGUN or form in visit.event.optional:
        return False
    reasons = who.definition.form[form].not_needed
    at = Occurrence(visit.event.oid, visit.key, visit.date)
    return not reasons or not who.course.visit(at).holding(reasons)


def _form_row(
    visit: TranslatedText, title: TranslatedText, event: str, form: str, found: Sequence[_Place]
) -> FormRow:
    heads = [head for _, held in found for head in held]
    return FormRow(
        event, visit, form, title, len(found), len(heads),
        sum(h.completed for h in heads), sum(h.signed for h in heads), sum(h.changed_after_signature for h in heads),
        sum(h.n_value for h in heads), sum(h.n_null for h in heads),
        _reasons(found), sum(_unanswered(who, head) for who, held in found for head in held if not head.completed),
    )  # fmt: skip


def _reasons(found: Iterable[_Place]) -> dict[NullFlavor, int]:
    counted = Counter(
        datum.null_flavor
        for who, held in found
        for head in held
        for datum in who.record.answers.get((head.path.event_address, head.path.form), {})
        .get(head.path.form_key, {}).values()
    )  # fmt: skip
    return {flavor: counted[flavor] for flavor in NullFlavor}


def _unanswered(who: Participant, head: FormHead) -> int:
    """Mandatory questions that are asked and stand open; rows of a table are not counted."""
    definition, path = who.definition, head.path
    at = next((o for o in who.course.occurrences if o.address == path.event_address), None)
    if at is None:
        return 0
    visit = who.course.visit(at, path.form_address if definition.form[path.form].repeating else "")
    asked = [i for i in definition.items_of(path.form) if i.mandatory and i.name not in definition.repeating_group]
    return sum(visit.relevant(i) and not visit.datum(i).answered for i in asked)


# ---- values


def _values(
    participants: Sequence[Participant], outcomes: Sequence[Outcome], options: Options
) -> tuple[ValueRow, ...]:
    """Week 0 of everybody treated, week 28 of everybody whose week 28 has come or will not come."""
    of = {outcome.subject: outcome.status for outcome in outcomes}
    treated = [who for who in participants if of[who.subject] is not Status.NOT_TREATED]
    ended = [who for who in treated if of[who.subject] not in AHEAD]
    screening = options.screening_baseline != "never"
    labels = {c.name: c.label for c in outcomes[0].changes} if outcomes else {}
    rows = []
    for name in NEEDED if treated else ():
        label = labels.get(name) or treated[0].definition.item_by_name[name].label
        rows.append(_value_row(name, label, BASE, [(who, baseline(who, name, screening)) for who in treated], of))
        rows.append(_value_row(name, label, FOLLOWUP, [(who, measure(who, name, FOLLOWUP)) for who in ended], of))
    return tuple(row for row in rows if row.expected)


def _value_row(
    name: str,
    label: TranslatedText,
    event: str,
    told: Sequence[tuple[Participant, Measure]],
    status: Mapping[str, Status],
) -> ValueRow:
    gone = [Lack.NO_VISIT, Lack.MISSED] if event == FOLLOWUP else []
    lacking = [
        (w.subject, said(str(status[w.subject])) if m.lack in gone else lack_of(m)) for w, m in told if m.value is None
    ]
    counted = Counter(why for _, why in lacking)
    definition = told[0][0].definition if told else None
    visit = definition.event[event].short_title if definition else TranslatedText(event, event)
    return ValueRow(
        name, label, event, visit, len(told), len(told) - len(lacking), tuple(lacking),
        tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].en))),
    )  # fmt: skip


def lack_of(measured: Measure) -> TranslatedText:
    """Why there is no value to compute with, in a few words."""
    if measured.lack is Lack.CENSORED:
        return said("censored", value=shown(measured))
    return lack_words(measured, short=True)

"""What a visit summary says of the response: worked out from this visit and week 0 by the code of the analysis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crf_desktop.analysis.blind import ASSESSED, awaited
from crf_desktop.analysis.measure import BASE, FOLLOWUP
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Five, Issue, Outcome, Star
from crf_desktop.analysis.pairs import NAMES
from crf_desktop.analysis.trial import Participant
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import split
from crf_desktop.report.answer import Reader
from crf_desktop.report.flow import Flow
from crf_desktop.report.response_table import draw_changes, draw_five, draw_star, draw_verdicts
from crf_desktop.report.statistical_cell import BODY, heads_of, left, said, table, told, widths, words
from crf_desktop.report.table import Row

PROPOSED: Final = Options()
"""A summary is drawn under the options that the list of protocol decisions proposes."""


def draw_response(flow: Flow, reader: Reader) -> None:
    """The section of week 28 and of early termination; nothing at other visits."""
    record = reader.record
    event, whole = record.event.oid, record.whole
    if event not in ASSESSED or whole is None or not record.visit_date or not _asked(record.definition):
        return
    title = said(reader.language, "summary_head" if event == FOLLOWUP else "summary_early")
    hidden = [a.form for a in awaited(record.definition, whole) if split(a.event)[0] == event]
    sentence = _unanswerable(reader, hidden)
    if sentence:
        flow.begin(lambda: flow.title(title, keep=16), lambda: told(flow, sentence, BODY, 12))
        return
    outcome = outcome_of(Participant(whole, record.definition, record.printed_at[:10], record.parameters), PROPOSED)

    around = flow.heading

    def opening() -> None:
        flow.title(title, keep=80)
        flow.heading = reader.say("continued", title)

    flow.begin(opening, lambda: _body(flow, reader, outcome))
    flow.heading = around
    flow.gap(14)


def _asked(definition: MetaDataVersion) -> bool:
    """Whether the study's own forms ask everything the end points compare; those of an older version may not."""
    return all(name in definition.item_by_name or name in definition.method_by_name for name in NAMES)


def _unanswerable(reader: Reader, hidden: Sequence[str]) -> str:
    """Why nothing is shown; empty when something is."""
    record, language = reader.record, reader.language
    if hidden:
        names = [record.definition.form[f].short_title.in_(language) for f in hidden]
        word = "summary_blind" if len(names) == 1 else "summary_blinds"
        return said(language, word, reader.say("and").join(names))
    if record.whole is None or BASE not in record.whole.dates:
        return said(language, "summary_no_base")
    return ""


def _body(flow: Flow, reader: Reader, outcome: Outcome) -> None:
    language = reader.language
    told(flow, said(language, "summary_lead", reader.day(outcome.day_zero)), BODY)
    if reader.record.event.oid == FOLLOWUP:
        five, star, followup = outcome.five, outcome.star, "followup"
        told(flow, outcome.why.in_(language))
    else:
        assert outcome.early is not None
        (five, star), followup = outcome.early, "followup_early"
        told(flow, said(language, "summary_early_note"), BODY)
    _verdicts(flow, reader, five, star, followup)
    if followup == "followup":
        flow.gap(2)
        draw_changes(flow, language, outcome.changes)
    _issues(flow, reader, outcome.issues)


def _verdicts(flow: Flow, reader: Reader, five: Five, star: Star, followup: str) -> None:
    draw_verdicts(flow, reader.language, five, star)
    draw_five(flow, reader.language, five, followup)
    flow.begin(
        lambda: flow.title(said(reader.language, "star_title"), keep=40, size=9),
        lambda: draw_star(flow, reader.language, star, followup),
    )


def _issues(flow: Flow, reader: Reader, issues: Sequence[Issue]) -> None:
    """What a reader of the verdicts has to know of the data."""
    if not issues:
        return
    event_at, language = reader.record.definition.event_at, reader.language
    places = [event_at(one.event).short_title.in_(language) if one.event else "" for one in issues]
    rows = [Row((left(at), words(one.text.in_(language)))) for at, one in zip(places, issues, strict=True)]
    table(flow, widths(110, 0), heads_of(said(language, "visit"), said(language, "issue")), rows)

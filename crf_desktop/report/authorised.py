"""The list of authorised persons on paper: who, in which role, from when until when, which certificates (REQ-09)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import crf_desktop
from crf_desktop.capture.roster import Authorised, KeyFact, Roster
from crf_desktop.errors import Language
from crf_desktop.report.document import HEAD, LEADING, TOP, Edge, inked_flow
from crf_desktop.report.drawing import TEXT_WIDTH, grouped
from crf_desktop.report.flow import PAGE_BOTTOM, Flow
from crf_desktop.report.lacking import Lack, draw_lacking, named
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.report.words import role
from crf_desktop.wording import figure
from crf_desktop.wording.people import PEOPLE

_WIDTHS = (0.25, 0.15, 0.26, 0.34)
"""Person, state and last log-in, roles, certificates: parts of the width."""


def authorised_pdf(found: Roster, language: Language) -> bytes:
    """The paper; the same roster gives the same bytes."""
    return named(lambda noted: _drawn(found, language, noted))


def _drawn(found: Roster, language: Language, noted: Sequence[Lack]) -> tuple[bytes, list[Lack]]:
    flow = Flow(TOP + HEAD, TOP + HEAD, PAGE_BOTTOM, LEADING[language])
    flow.title(_title(found, language), size=14)
    flow.gap(4)
    for line in (_say(language, "lead"), _say(language, "source", found.origin, found.seq)):
        flow.paragraph([Run(line, 8)])
    flow.paragraph([Run(_say(language, "head", found.head), 7)])
    if found.authority:
        flow.paragraph([Run(_say(language, "authority", grouped(found.authority)), 7)])
    flow.gap(8)
    _draw_people(flow, found, language)
    flow.gap(10)
    flow.paragraph([Run(_say(language, "clock"), 7.5)])
    draw_lacking(flow, language, noted)
    made = _say(language, "made", figure.moment(found.made, language), crf_desktop.__version__)
    edge = Edge(found.study_oid, _say(language, "site", found.site), made, _say(language, "page"))
    return inked_flow(flow, edge, found.made, _title(found, language), language)


def _say(language: Language, word: str, *values: object) -> str:
    return PEOPLE[word][language == "zh"].format(*values) if values else PEOPLE[word][language == "zh"]


def _title(found: Roster, language: Language) -> str:
    if not found.on:
        return _say(language, "title")
    return _say(language, "title_on", figure.day(found.on, language))


def _draw_people(flow: Flow, found: Roster, language: Language) -> None:
    widths = tuple(part * TEXT_WIDTH for part in _WIDTHS)
    heads = tuple(cell(_say(language, word), True) for word in ("person", "state", "roles", "certificates"))
    rows = tuple(_row(one, language) for one in found.people)
    draw_table(flow, Table(widths, rows, (Row(heads, filled=True),), rules_between_columns=True))


def _row(one: Authorised, language: Language) -> Row:
    return Row((_person(one, language), _state(one, language), _roles(one, language), _certificates(one, language)))


def _lines(parts: Iterable[tuple[str, bool, float]]) -> Cell:
    """One style a line."""
    told = [(text, bold, size) for text, bold, size in parts if text]
    runs = [Run(text + ("\n" if at + 1 < len(told) else ""), size, bold) for at, (text, bold, size) in enumerate(told)]
    return Cell(tuple(runs))


def _person(one: Authorised, language: Language) -> Cell:
    person = one.person
    twice = _say(language, "twice") if one.name_twice else ""
    return _lines([(person.full_name, True, 8), (person.user_name, False, 8), (person.user_oid, False, 7.5),
                   (_say(language, "identity", one.identity) if one.identity else "", False, 7.5),
                   (twice, False, 7.5)])  # fmt: skip


def _state(one: Authorised, language: Language) -> Cell:
    last = figure.moment(one.last_log_in, language) if one.last_log_in else _say(language, "never")
    why = _say(language, "because", one.reason) if one.reason else ""
    return _lines([(_say(language, one.state), True, 8), (why, False, 7.5), (_say(language, "last", last), False, 7.5)])


def _roles(one: Authorised, language: Language) -> Cell:
    parts = []
    for period in one.periods:
        parts.append((role(language, period.role), True, 8.0))
        ends = [figure.moment(moment, language) for moment in (period.since, period.until) if moment]
        parts.append((_say(language, "span" if period.until else "lasting", *ends), False, 7.5))
    return _lines(parts)


def _certificates(one: Authorised, language: Language) -> Cell:
    return _lines([part for key in one.keys for part in _key(key, language)])


def _key(key: KeyFact, language: Language) -> list[tuple[str, bool, float]]:
    word = "revoked" if key.revoked else "until"
    until = _say(language, word, figure.moment(key.until, language))
    pending = "" if key.certified else _say(language, "self_signed")
    return [
        (_say(language, "file", key.origin), True, 7.5),
        (_say(language, "signs", key.serial), False, 7.0),
        (_say(language, "logs", key.log_serial), False, 7.0),
        (_say(language, "accepted", figure.moment(key.accepted, language)) if key.accepted else "", False, 7.5),
        (until, False, 7.5), (pending, False, 7.5),
    ]  # fmt: skip

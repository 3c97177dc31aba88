"""The enrolment of a signer on paper: identity, statement, certificate; with lines for ink (21 CFR 11.100)."""

from __future__ import annotations

from collections.abc import Sequence

import crf_desktop
from crf_desktop.capture.enrolment import Enrolment, SigningCertificate
from crf_desktop.errors import Language
from crf_desktop.report.document import HEAD, LEADING, TOP, Edge, inked_flow
from crf_desktop.report.drawing import MARGIN, RIGHT, TEXT_WIDTH, THIN, Pen, grouped
from crf_desktop.report.flow import PAGE_BOTTOM, Flow
from crf_desktop.report.lacking import Lack, draw_lacking, named
from crf_desktop.report.table import Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.report.words import role
from crf_desktop.wording import figure
from crf_desktop.wording.signing_paper import ENROLMENT

_NAME, _INK = 0.3, 34.0


def enrolment_pdf(found: Enrolment, language: Language) -> bytes:
    """The paper; the same enrolment gives the same bytes."""
    return named(lambda noted: _ink(_laid(found, language, noted), found, language))


def _laid(found: Enrolment, language: Language, noted: Sequence[Lack]) -> Flow:
    flow = Flow(TOP + HEAD, TOP + HEAD, PAGE_BOTTOM, LEADING[language])
    flow.title(_say(language, "title"), size=14)
    flow.gap(4)
    flow.paragraph([Run(_say(language, "lead"), 8)])
    flow.gap(8)
    _draw_person(flow, found, language)
    _draw_statement(flow, found, language)
    for one in found.certificates:
        _draw_certificate(flow, one, found, language)
    _draw_ink(flow, found, language)
    flow.gap(14)
    draw_lacking(flow, language, noted)
    origin, seq, head = found.head
    flow.gap(6)
    flow.paragraph([Run(_say(language, "source", origin, seq, grouped(head)), 7)])
    return flow


def _ink(flow: Flow, found: Enrolment, language: Language) -> tuple[bytes, list[Lack]]:
    made = _say(language, "made", figure.moment(found.made, language), crf_desktop.__version__)
    edge = Edge(found.study_oid, _say(language, "site", found.site), made, _say(language, "page"))
    return inked_flow(flow, edge, found.made, _say(language, "title"), language)


def _say(language: Language, word: str, *values: object) -> str:
    return ENROLMENT[word][language == "zh"].format(*values) if values else ENROLMENT[word][language == "zh"]


def _rows(flow: Flow, told: list[tuple[str, str]]) -> None:
    widths = (_NAME * TEXT_WIDTH, (1 - _NAME) * TEXT_WIDTH)
    rows = tuple(Row((cell(name), cell(value, True))) for name, value in told)
    draw_table(flow, Table(widths, rows, (), rules_between_columns=True))
    flow.gap(10)


def _draw_person(flow: Flow, found: Enrolment, language: Language) -> None:
    person, missing = found.person, _say(language, "not_said")
    flow.title(_say(language, "person"), keep=60)
    study = f"{found.registry} · {found.study_name.in_(language)}"
    checked = ", ".join(filter(None, (found.identified_by, _moment(found.identified_at, language))))
    _rows(
        flow,
        [
            (_say(language, "study"), study),
            (_say(language, "name"), f"{person.full_name} ({person.user_name}, {person.user_oid})"),
            (_say(language, "role"), role(language, person.role)),
            (_say(language, "identity"), found.identity or missing),
            (_say(language, "checked"), checked or missing),
        ],
    )


def _moment(iso: str, language: Language) -> str:
    return figure.moment(iso, language) if iso else ""


def _draw_statement(flow: Flow, found: Enrolment, language: Language) -> None:
    """What a signature means to this person, and when that was accepted with which key."""
    flow.title(_say(language, "statement"), keep=60)
    if not found.signs:
        flow.paragraph([Run(_say(language, "signs_not"), 9)])
        flow.gap(10)
        return
    for statement in dict.fromkeys(one.statement for one in found.certificates):
        flow.paragraph([Run(_say(language, "quoted", statement.in_(language)), 10)])
        flow.gap(4)
        for one in found.certificates:
            if one.statement == statement:
                when = _moment(one.accepted, language)
                words = _say(language, "accepted", when, one.origin) if when else _say(language, "awaits", one.origin)
                flow.paragraph([Run(words, 8)])
        flow.gap(8)


def _draw_certificate(flow: Flow, one: SigningCertificate, found: Enrolment, language: Language) -> None:
    flow.title(_say(language, "certificate", one.origin), keep=80)
    issued = _say(language, "certified" if one.certified else "pending")
    span = _say(language, "span", figure.day(one.since[:10], language), figure.day(one.until[:10], language))
    _rows(
        flow,
        [
            (_say(language, "serial"), grouped(one.serial)),
            (_say(language, "fingerprint"), grouped(one.fingerprint)),
            (_say(language, "valid"), span),
            (_say(language, "issued"), issued),
            (_say(language, "authority"), grouped(found.ca_fingerprint)),
        ],
    )


def _draw_ink(flow: Flow, found: Enrolment, language: Language) -> None:
    """A line for the signer's hand and one for whoever checked: the handwritten counterpart that a sponsor keeps."""
    flow.title(_say(language, "by_hand"), keep=2 * _INK + 20)
    for who in (found.person.full_name, _say(language, "administrator")):

        def ink(pen: Pen, top: float, who: str = who) -> None:
            y = top + _INK - 12
            middle = MARGIN + TEXT_WIDTH * 0.66
            pen.rule(MARGIN, y, middle - 16, y, THIN)
            pen.rule(middle, y, RIGHT, y, THIN)
            pen.text(MARGIN, y + 9, Run(_say(language, "signature_of", who), 7.5))
            pen.text(middle, y + 9, Run(_say(language, "date"), 7.5))

        flow.draw(_INK, ink)

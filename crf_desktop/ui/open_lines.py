"""What is open for one participant, as lines that lead there: overdue visits, forms, queries, signatures, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import split
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.ui import visit_words
from crf_desktop.ui.list_card import LineWords

if TYPE_CHECKING:
    from crf_desktop.capture.overview import Matrix
    from crf_desktop.capture.study import Study
    from crf_desktop.errors import Language

FORM, VISIT, RECORDS, SIGN = "form", "visit", "records", "sign"
"""First part of a line's key: what it leads to."""
TO_SIGN = (FormState.COMPLETE, FormState.MISSING)
_ORDER = (Glyph.OVERDUE, Glyph.IN_PROGRESS, Glyph.CHANGED, Glyph.QUERY, Glyph.DUE, Glyph.COMPLETE)


def open_lines(study: Study, matrix: Matrix, language: Language) -> list[LineWords]:
    """What is to be done, the most pressing first."""
    lines: list[LineWords] = []
    for visit in matrix.columns:
        lines += _of_visit(study, matrix, visit, language)
    lines += _of_log(study, matrix, language) + _to_sign(study, matrix, language)
    return sorted(lines, key=lambda w: _ORDER.index(w.glyph))



def _of_visit(study: Study, matrix: Matrix, visit: Planned, language: Language) -> list[LineWords]:
    where = visit.event.abbreviation.in_(language)
    if visit.status in (VisitStatus.OVERDUE, VisitStatus.DUE):
        over = visit.status is VisitStatus.OVERDUE
        first = visit_words.when(visit, study.today())[0] if visit.target else ""
        detail = visit.event.detail.in_(language)
        comma = "，" if language == "zh" else ", "
        first = first or QCoreApplication.translate("OpenLines", "not started")
        words = comma.join((detail[:1].upper() + detail[1:], first))
        return [LineWords(Glyph.OVERDUE if over else Glyph.DUE, words, right=where, key=f"{VISIT}/{visit.address}")]
    lines = []
    for form in visit.event.forms:
        at = (visit.address, form)
        name, key = study.definition.form[form].short_title.in_(language), f"{FORM}/{visit.address}/{form}"
        state = matrix.cells[at]
        if state is FormState.CHANGED:
            words = QCoreApplication.translate("OpenLines", "{0}: sign again").format(name)
            lines.append(LineWords(Glyph.CHANGED, words, right=where, key=key))
        elif visit.date and _left(matrix, at, state):
            lines.append(LineWords(Glyph(state), name, right=where, key=key))
        if asked := matrix.queries.get(at):
            lines.append(LineWords(Glyph.QUERY, _queried(name, asked), right=where, key=key))
    return lines


def _left(matrix: Matrix, at: tuple[str, str], state: FormState) -> bool:
    return state is FormState.IN_PROGRESS or (state is FormState.DUE and at not in matrix.optional)


def _queried(name: str, n: int) -> str:
    words = (
        QCoreApplication.translate("OpenLines", "{0}: 1 open query")
        if n == 1
        else QCoreApplication.translate("OpenLines", "{0}: {1} open queries")
    )
    return words.format(name, n)


def record_name(study: Study, form_address: str, language: Language) -> str:
    """``Adverse event 2``."""
    key, name = split(form_address)[1], study.definition.form_at(form_address).short_title.in_(language)
    return f"{name}{'' if language == 'zh' else ' '}{key}" if key else name


def _of_log(study: Study, matrix: Matrix, language: Language) -> list[LineWords]:
    lines = []
    for (event, form), state in matrix.records.items():
        where = study.definition.event[event].short_title.in_(language)
        name, key = record_name(study, form, language), f"{FORM}/{event}/{form}"
        if state is FormState.CHANGED:
            words = QCoreApplication.translate("OpenLines", "{0}: sign again").format(name)
            lines.append(LineWords(Glyph.CHANGED, words, right=where, key=key))
        elif state is FormState.IN_PROGRESS:
            lines.append(LineWords(Glyph.IN_PROGRESS, name, right=where, key=key))
    for event, form in sorted({(e, split(f)[0]) for e, f in matrix.records}):
        if asked := matrix.queries.get((event, form)):
            name = study.definition.form[form].short_title.in_(language)
            where = study.definition.event[event].short_title.in_(language)
            lines.append(LineWords(Glyph.QUERY, _queried(name, asked), right=where, key=f"{RECORDS}/{form}"))
    return lines


def to_sign(study: Study, matrix: Matrix) -> list[str]:
    """Addresses of the visits and logs with a form that waits for a signature."""
    waits = (*TO_SIGN, FormState.CHANGED)
    found = [v.address for v in matrix.columns if any(s in waits for s in matrix.states(v))]
    return found + sorted({event for (event, _), state in matrix.records.items() if state in waits})


def _to_sign(study: Study, matrix: Matrix, language: Language) -> list[LineWords]:
    """One line for all visits that are complete and not signed."""
    heads = {v.address: v.event.abbreviation.in_(language) for v in matrix.columns}
    where = [heads.get(at) or study.definition.event_at(at).short_title.in_(language) for at in to_sign(study, matrix)]
    if not where:
        return []
    words = QCoreApplication.translate("OpenLines", "Visits to sign")
    told = ", ".join(where) if len(where) < 4 else f"{where[0]} … {where[-1]} ({len(where)})"
    return [LineWords(Glyph.COMPLETE, words, right=told, key=SIGN)]


def log_lines(study: Study, matrix: Matrix, language: Language) -> list[LineWords]:
    """The forms that belong to no visit, with how many records each has."""
    lines, logs = [], matrix.log
    for event in study.definition.events:
        for oid in event.forms if event.type == "Common" else ():
            form, state = study.definition.form[oid], logs.get((event.oid, oid))
            n = sum((e, split(f)[0]) == (event.oid, oid) for e, f in matrix.records)
            right = str(n) if n else QCoreApplication.translate("OpenLines", "none")
            key = f"{RECORDS}/{oid}" if form.repeating else f"{FORM}/{event.oid}/{oid}"
            glyph = Glyph(state) if state else Glyph.NOT_NEEDED
            lines.append(LineWords(glyph, form.short_title.in_(language), right=right, key=key))
    return lines

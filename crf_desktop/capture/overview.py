"""What the pages about participants show: banner, line of the list, schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve, frozen

from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, FormHead, FormState
from crf_desktop.model.definition import MatrixRow, MetaDataVersion, StudyEventDef
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.path import ItemPath, split
from crf_desktop.model.schedule import Planned, VisitStatus, plan
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import Store

OPEN: Final = (FormState.PLANNED, FormState.DUE)
DONE: Final = (FormState.COMPLETE, FormState.SIGNED, FormState.CHANGED, FormState.MISSING)
LEFT: Final = (*OPEN, FormState.IN_PROGRESS)
"""States in which something is to be filled in."""
AWAY: Final = (VisitStatus.NOT_NEEDED, VisitStatus.MISSED)
"""Visits that did not or will not take place."""


@frozen(slots=True)
class BannerView:
    """What stands above every page about a participant; None is printed "not known", never blank."""

    subject: str
    sex: TranslatedText | None
    age_years: int | None
    event: StudyEventDef | None
    visit_date: str | None
    study_day: int | None


@frozen(slots=True)
class SubjectCard:
    """One line of the list of participants."""

    subject: str
    sex: TranslatedText | None
    age_years: int | None
    next_visit: Planned | None
    """Where work goes on (:attr:`Matrix.current`); None when everything is signed."""
    n_started: int
    """Forms of that visit with an answer, or complete."""
    n_forms: int
    n_complete: int
    n_unsigned: int
    n_changed: int
    n_queries: int
    state: FormState
    last_date: str | None = None
    """Date of the last visit that took place, ISO."""


@frozen(slots=True)
class Matrix:
    """Visits × forms of one participant."""

    columns: tuple[Planned, ...]
    """Visits in time; what belongs to no visit is not among them."""
    rows: tuple[MatrixRow, ...]
    cells: Mapping[tuple[str, str], FormState]
    """(event address, form OID) → state; a pair that is absent is not asked."""
    queries: Mapping[tuple[str, str], int]
    optional: frozenset[tuple[str, str]]
    """Pairs without which the visit is complete."""
    spared: Mapping[tuple[str, str], tuple[TranslatedText, ...]] = {}
    """Why a form is not asked at a visit, where the form itself says so."""
    records: Mapping[tuple[str, str], FormState] = {}
    """(event address, form address) → state of what belongs to no visit: adverse events, drugs."""

    def states(self, visit: Planned) -> list[FormState]:
        """States of the forms a visit needs: optional ones only once they have begun."""
        at = visit.address
        found = (((at, f), self.cells[at, f]) for f in visit.event.forms)
        asked = (pair for pair in found if pair[1] is not FormState.NOT_NEEDED)
        return [s for pair, s in asked if pair not in self.optional or s not in OPEN]

    def of_row(self, visit: Planned, row: MatrixRow) -> list[tuple[str, FormState]]:
        """(form OID, state) of the forms of one row at one visit, in the order of the visit."""
        at = visit.address
        pairs = ((f, self.cells.get((at, f))) for f in visit.event.forms if f in row.forms)
        return [(f, s) for f, s in pairs if s is not None]

    @property
    def log(self) -> dict[tuple[str, str], FormState]:
        """(event address, form OID) → one state for all records of a form that belongs to no visit."""
        found: dict[tuple[str, str], list[FormState]] = {}
        for (event, form), state in self.records.items():
            found.setdefault((event, split(form)[0]), []).append(state)
        return {pair: overall(states) for pair, states in found.items()}

    @property
    def current(self) -> Planned | None:
        """Where work goes on; None when nothing is left.

        The last visit while it is incomplete, else the next that has not begun, else one left incomplete, else one
        that waits for a signature.
        """
        begun = sorted((v for v in self.columns if v.date), key=lambda v: v.date or "")
        left = [v for v in begun if any(s in LEFT for s in self.states(v))]
        if left and left[-1] is begun[-1]:
            return left[-1]
        ahead = next((v for v in self.columns if not v.date and v.status not in AWAY), None)
        unsigned = (v for v in begun if any(s is not FormState.SIGNED for s in self.states(v)))
        return ahead or next(iter(left), None) or next(unsigned, None)


@frozen(slots=True)
class Glance:
    """What every page about a participant reads first."""

    subject: str
    version: tuple[int, int]
    """Of the study when it was read."""
    dates: Mapping[str, str | None]
    banner: Mapping[str, Datum]
    missed: Mapping[str, str] = {}
    """Visits that were said not to have taken place, with the reason."""


def matrix_of(recorded: Iterable[FormHead], course: Course, today: str, missed: Mapping[str, str]) -> Matrix:
    """The schedule of one participant as it stands today; ``missed``: visits that did not take place, and why."""
    visits = [_missed(v, missed) for v in plan(course, today, frozenset(missed))]
    heads: dict[tuple[str, str], list[FormHead]] = {}
    for head in recorded:
        heads.setdefault((head.path.event_address, head.path.form), []).append(head)
    cells, spared = _cells(course, visits, heads)
    return Matrix(
        columns=tuple(visits),
        rows=_rows(course.definition, visits),
        cells=cells,
        queries={at: n for at, found in heads.items() if (n := sum(h.n_open_query for h in found))},
        optional=frozenset((v.address, f) for v in visits for f in v.event.optional),
        spared=spared,
        records={
            (h.path.event_address, h.path.form_address): h.state
            for found in heads.values()
            for h in found
            if course.definition.event[h.path.event].type == "Common" and _held(h)
        },
    )


def visit_states(store: Store, course: Course, visit: Planned, path: ItemPath) -> dict[str, FormState]:
    """Form OID → state, for one visit; what its column of the matrix says, without the others."""
    heads: dict[tuple[str, str], list[FormHead]] = {}
    for head in store.form_heads(path.subject, path):
        heads.setdefault((visit.address, head.path.form), []).append(head)
    return {form: state for (_, form), state in _cells(course, [visit], heads)[0].items()}


def _cells(
    course: Course, visits: Iterable[Planned], heads: Mapping[tuple[str, str], list[FormHead]]
) -> tuple[dict[tuple[str, str], FormState], dict[tuple[str, str], tuple[TranslatedText, ...]]]:
    """The state of every form of those visits, and why those are not asked that say so themselves."""
    pairs = [(v, (v.address, f)) for v in visits for f in v.event.forms]
    empty = ((v, at) for v, at in pairs if v.date and not any(map(_held, heads.get(at, ()))))
    spared = {at: why for v, at in empty if (why := _spared(course, v, at[1]))}
    return {at: _cell(v, heads.get(at, ()), at in spared) for v, at in pairs}, spared


def _missed(visit: Planned, missed: Mapping[str, str]) -> Planned:
    """A visit that did not take place, with the reason as it was given."""
    why = missed.get(visit.address) if visit.status is VisitStatus.MISSED else None
    return evolve(visit, reasons=(TranslatedText(why, why),)) if why else visit


def _rows(definition: MetaDataVersion, visits: Iterable[Planned]) -> tuple[MatrixRow, ...]:
    """The rows of the definition, then one for each form that stands in none."""
    grouped = {f for r in definition.matrix_rows for f in r.forms}
    rest = dict.fromkeys(f for v in visits for f in v.event.forms if f not in grouped)
    return (*definition.matrix_rows, *(MatrixRow(definition.form[f].short_title, (f,)) for f in rest))


def _cell(visit: Planned, heads: Iterable[FormHead], spared: bool) -> FormState:
    states = [h.state for h in heads if _held(h)]
    if states:
        return overall(states)
    if visit.status in AWAY or spared:
        return FormState.NOT_NEEDED
    return FormState.DUE if visit.date or visit.status in (VisitStatus.DUE, VisitStatus.OVERDUE) else FormState.PLANNED


def _held(head: FormHead) -> bool:
    """Whether anything stands in a form."""
    return bool(head.n_value or head.n_null or head.completed or head.signed)


def _spared(course: Course, visit: Planned, form: str) -> tuple[TranslatedText, ...]:
    reasons = course.definition.form[form].not_needed
    return course.visit(Occurrence(visit.event.oid, visit.key, visit.date)).holding(reasons) if reasons else ()


def overall(states: list[FormState]) -> FormState:
    """One state for several forms."""
    for state in (FormState.CHANGED, FormState.IN_PROGRESS):
        if state in states:
            return state
    asked = [s for s in states if s is not FormState.NOT_NEEDED]
    if not asked:
        return FormState.NOT_NEEDED
    for state in (FormState.SIGNED, FormState.PLANNED, FormState.MISSING):
        if all(s is state for s in asked):
            return state
    if all(s in DONE for s in asked):
        return FormState.COMPLETE
    return FormState.DUE if all(s in OPEN for s in asked) else FormState.IN_PROGRESS


def card_of(matrix: Matrix, subject: str, sex: TranslatedText | None, age: int | None) -> SubjectCard:
    """One line of the list of participants."""
    current = matrix.current
    last = max((v for v in matrix.columns if v.date), key=lambda v: v.date or "", default=None)
    states = matrix.states(shown) if (shown := current or last) else []
    every = [*(s for v in matrix.columns for s in matrix.states(v)), *matrix.records.values()]
    return SubjectCard(
        subject=subject,
        sex=sex,
        age_years=age,
        next_visit=current,
        n_started=sum(s not in OPEN for s in states),
        n_forms=len(states),
        n_complete=sum(s in DONE for s in states),
        n_unsigned=sum(s in (FormState.COMPLETE, FormState.MISSING) for s in every),
        n_changed=sum(s is FormState.CHANGED for s in every),
        n_queries=sum(matrix.queries.values()),
        state=overall(states) if states else FormState.SIGNED,
        last_date=last.date if last else None,
    )

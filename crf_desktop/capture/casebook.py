"""Everything of one participant as a casebook needs it: visits, what belongs to none, queries, the whole trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve, field, frozen

from crf_desktop.capture.overview import AWAY
from crf_desktop.capture.query import queries
from crf_desktop.capture.record import QueryRecord, VisitRecord
from crf_desktop.capture.recording import query_record, visit_record
from crf_desktop.capture.step import Steps, run_through
from crf_desktop.capture.study import Study
from crf_desktop.model.data import Change, Kind, Person
from crf_desktop.model.definition import MetaDataVersion, StudyEventDef
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText

Tick = Callable[[], None]
"""Told after each visit that was read; raises to cancel."""


@frozen
class Absent:
    """A visit of the protocol at which nothing was recorded."""

    event: StudyEventDef
    """With its week in the titles."""
    address: str
    away: bool
    """It did not or will not take place; else it is still to come."""
    reasons: tuple[TranslatedText, ...] = ()


@frozen
class Thread:
    """A query with its place."""

    event: str
    """Address of the visit."""
    form: str
    """Address of the form."""
    query: QueryRecord


@frozen
class CasebookRecord:
    """A participant at one moment; it can be pickled into a worker process."""

    subject: str = field(repr=False)
    visits: tuple[VisitRecord, ...] = field(repr=False)
    """Those that have begun, in the order of the protocol."""
    logs: tuple[VisitRecord, ...] = field(repr=False)
    """What belongs to no visit: adverse events, drugs, deviations."""
    absent: tuple[Absent, ...]
    threads: tuple[Thread, ...] = field(repr=False)
    """Every query, open or done, in the order in which they were raised."""
    beside: tuple[Change, ...] = field(repr=False)
    """Rows about the participant that stand in none of those visits."""
    people: Mapping[str, Person] = field(repr=False)
    """By ``user_oid``: everybody of the study."""
    heads: Mapping[str, tuple[int, str]]
    """Origin → (seq, hash as hex) of every log that was held."""

    @property
    def first(self) -> VisitRecord:
        """Any of the visits: what is said of study, person and log is the same in all."""
        return (*self.visits, *self.logs)[0]

    @property
    def definition(self) -> MetaDataVersion:
        """The definition in force."""
        return self.first.definition

    @property
    def rows(self) -> tuple[Change, ...]:
        """Every row about the participant, in order."""
        found = [*self.beside, *(row for visit in (*self.visits, *self.logs) for row in visit.rows)]
        return tuple(sorted(found, key=lambda row: row.order))

    @property
    def files(self) -> tuple[Change, ...]:
        """The rows that name a signed file, oldest first."""
        return tuple(row for row in self.rows if row.kind is Kind.SIGNATURE and not row.path.form)


def casebook_record(study: Study, subject: str, tick: Tick = lambda: None) -> CasebookRecord:
    """Reads the participant, one pass per form; ``tick`` is told visit by visit."""
    return run_through(casebook_steps(study, subject), tick)


def casebook_steps(study: Study, subject: str) -> Steps[CasebookRecord]:
    """The same, a visit at each step; what is written meanwhile is for who takes the steps to notice."""
    store, definition = study.store, study.definition
    people = {p.user_oid: p for p in store.people()}
    columns = study.matrix(subject).columns
    common = [event.oid for event in definition.events if event.type == "Common"]
    read: list[VisitRecord] = []
    for at in [*(v.address for v in columns if v.date), *common]:
        record = visit_record(study, subject, at)
        read.append(evolve(record, whole=read[0].whole, printed_at=read[0].printed_at) if read else record)
        yield
    begun = len(read) - len(common)
    held = {(row.origin, row.seq) for record in read for row in record.rows}
    beside = (row for row in store.history(ItemPath(subject)) if (row.origin, row.seq) not in held)
    told = sorted(queries(study, ItemPath(subject)), key=lambda q: q.told[0].change.order)
    return CasebookRecord(
        subject,
        tuple(read[:begun]),
        tuple(read[begun:]),
        tuple(Absent(v.event, v.address, v.status in AWAY, v.reasons) for v in columns if not v.date),
        tuple(Thread(q.path.event_address, q.path.form_address, query_record(q, people)) for q in told),
        tuple(beside),
        people,
        {origin: (seq, digest.hex()) for origin, (seq, digest) in sorted(store.heads().items())},
    )

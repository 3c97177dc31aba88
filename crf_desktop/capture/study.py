"""An open study as a person works with it: participants, visits, forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model import serial
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Datum, Entry, FormHead, FormState, Kind, Session
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText
from crf_desktop.model.value import parse
from crf_desktop.settings import Clock, SystemClock
from crf_desktop.store import Store, unlock


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
    next_event: StudyEventDef | None
    """The first visit that is not signed yet; None when all are."""
    next_date: str | None
    n_started: int
    """Forms of that visit with an answer, or complete."""
    n_forms: int
    n_complete: int
    n_unsigned: int
    n_changed: int
    n_queries: int
    state: FormState


@frozen(slots=True)
class Matrix:
    """Visits × forms of one participant."""

    columns: tuple[tuple[StudyEventDef, str | None], ...]
    """Visits with their date, None until they begin."""
    rows: tuple[FormDef, ...]
    cells: Mapping[tuple[str, str], FormState]
    """(event OID, form OID) → state; a pair that is absent is not asked."""
    queries: Mapping[tuple[str, str], int]


@frozen(slots=True)
class Glance:
    """What every page about a participant reads first."""

    subject: str
    seq: int
    """Last row of this file when it was read."""
    dates: Mapping[str, str | None]
    banner: Mapping[str, Datum]


class Study:
    """A study unlocked by one person; all rights are asked here."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.definition: MetaDataVersion = serial.from_bytes(store.definition_bytes)
        self._session_start = store.head()[1]
        self._glanced: Glance | None = None

    @classmethod
    def open(
        cls, folder: Path, user_name: str, password: str, clock: Clock | None = None, read_only: bool = False
    ) -> Study:
        """Unlocks the folder; raises what :func:`crf_desktop.store.unlock` raises."""
        clock = clock or SystemClock()
        return cls(unlock(folder, user_name, password, clock=clock, read_only=read_only), clock)

    @property
    def session(self) -> Session:
        """Who works here, where, with which key."""
        return self.store.session

    def may(self, action: Action) -> bool:
        """Whether the person may, on a file that can be written."""
        return may(self.session.person.role, action) and (not self.store.read_only or action is Action.PRINT)

    def close(self) -> None:
        """Closes the file and forgets the keys."""
        self.store.close()

    # ---- reading

    def today(self) -> str:
        """The local date, ISO."""
        return self.clock.now().date().isoformat()

    def subjects(self) -> list[str]:
        """Participant numbers in order."""
        return [row.path.subject for row in self.store.subjects() if row.datum.answered]

    def _glance(self, subject: str) -> Glance:
        """Dates and banner of one participant; read once until something is written."""
        at = self.store.head()[1]
        if self._glanced is None or (self._glanced.subject, self._glanced.seq) != (subject, at):
            banner = self.definition.banner
            dates = {row.path.event: row.datum.value for row in self.store.events(subject)}
            rows = self.store.form_items(ItemPath(subject, banner.event, "", banner.form))
            told = {r.path.item: r.datum for r in rows if r.datum.answered}
            shown = {oid: told[oid] for oid in (banner.sex, banner.birth_date) if oid in told}
            self._glanced = Glance(subject, at, dates, shown)
        return self._glanced

    def banner_data(self, subject: str) -> dict[str, Datum]:
        """The banner's two answers, readable from every visit."""
        return dict(self._glance(subject).banner)

    def visit_date(self, subject: str, event: str) -> str | None:
        """The date of a visit; None until it begins."""
        return self._glance(subject).dates.get(event)

    def study_day(self, subject: str, on: str | None) -> int | None:
        """Days since day 0; None while day 0 is not fixed."""
        zero = self.visit_date(subject, self.definition.banner.day_zero_event)
        return (date.fromisoformat(on) - date.fromisoformat(zero)).days if zero and on else None

    def banner(self, subject: str, event: str = "") -> BannerView:
        """The participant banner, for a visit or for no visit."""
        data = self.banner_data(subject)
        visit_date = self.visit_date(subject, event) if event else None
        return BannerView(
            subject=subject,
            sex=self._sex(data),
            age_years=self._age(data, visit_date or self.today()),
            event=self.definition.event.get(event),
            visit_date=visit_date,
            study_day=self.study_day(subject, visit_date),
        )

    def _sex(self, data: Mapping[str, Datum]) -> TranslatedText | None:
        item = self.definition.item[self.definition.banner.sex]
        datum = data.get(item.oid)
        codes = self.definition.code_list[item.code_list or ""].items
        return next((c.decode for c in codes if datum and c.coded_value == datum.value), None)

    def _age(self, data: Mapping[str, Datum], on: str) -> int | None:
        datum = data.get(self.definition.banner.birth_date)
        if not datum or not datum.value or len(datum.value) != 10:
            return None
        born, day = date.fromisoformat(datum.value), date.fromisoformat(on)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def matrix(self, subject: str) -> Matrix:
        """The schedule of one participant: every visit, every form, its state."""
        dates = {row.path.event: row.datum.value for row in self.store.events(subject)}
        heads = {(h.path.event, h.path.form): h for h in self.store.form_heads(subject)}
        cells = {
            (e.oid, f): self._state(heads.get((e.oid, f)), dates.get(e.oid))
            for e in self.definition.events
            for f in e.forms
        }
        rows = dict.fromkeys(f for e in self.definition.events for f in e.forms)
        return Matrix(
            columns=tuple((e, dates.get(e.oid)) for e in self.definition.events),
            rows=tuple(self.definition.form[f] for f in rows),
            cells=cells,
            queries={key: h.n_open_query for key, h in heads.items() if h.n_open_query},
        )

    @staticmethod
    def _state(head: FormHead | None, visit_date: str | None) -> FormState:
        if head is not None:
            return head.state
        return FormState.DUE if visit_date else FormState.PLANNED

    def card(self, subject: str) -> SubjectCard:
        """One line of the list; reads a handful of rows, whatever the size of the study."""
        matrix = self.matrix(subject)
        data = self.banner_data(subject)
        current, when = self._current_visit(matrix)
        states = [matrix.cells[current.oid, f] for f in current.forms]
        every = list(matrix.cells.values())
        done = (FormState.COMPLETE, FormState.SIGNED, FormState.CHANGED, FormState.MISSING)
        finished = all(s is FormState.SIGNED for s in every)
        return SubjectCard(
            subject=subject,
            sex=self._sex(data),
            age_years=self._age(data, when or self.today()),
            next_event=None if finished else current,
            next_date=when,
            n_started=sum(s not in (FormState.PLANNED, FormState.DUE) for s in states),
            n_forms=len(states),
            n_complete=sum(s in done for s in states),
            n_unsigned=sum(s in (FormState.COMPLETE, FormState.MISSING) for s in every),
            n_changed=sum(s is FormState.CHANGED for s in every),
            n_queries=sum(matrix.queries.values()),
            state=self._overall(states),
        )

    @staticmethod
    def _current_visit(matrix: Matrix) -> tuple[StudyEventDef, str | None]:
        for event, when in matrix.columns:
            if any(matrix.cells[event.oid, f] is not FormState.SIGNED for f in event.forms):
                return event, when
        return matrix.columns[-1]

    @staticmethod
    def _overall(states: list[FormState]) -> FormState:
        for state in (FormState.CHANGED, FormState.IN_PROGRESS):
            if state in states:
                return state
        if all(s in (FormState.SIGNED,) for s in states):
            return FormState.SIGNED
        if all(s in (FormState.COMPLETE, FormState.MISSING, FormState.SIGNED) for s in states):
            return FormState.COMPLETE
        if all(s is FormState.PLANNED for s in states):
            return FormState.PLANNED
        return FormState.DUE if all(s in (FormState.DUE, FormState.PLANNED) for s in states) else FormState.IN_PROGRESS

    def visit_forms(self, subject: str, event: str) -> list[tuple[FormDef, FormState]]:
        """The forms of a visit in order, with their states."""
        matrix = self.matrix(subject)
        return [(self.definition.form[f], matrix.cells[event, f]) for f in self.definition.event[event].forms]

    def form(self, subject: str, event: str, form: str) -> FormEntry:
        """A form to fill in or to read."""
        path = ItemPath(subject, event, "", form)
        return FormEntry(self.store, self.definition, path, self.banner_data(subject), self._session_start, self.clock)

    # ---- acts

    def enrol(self) -> str:
        """A new participant under the next number of this laptop's block; numbers are never used twice."""
        require_writable(self.store)
        require(self.session, Action.ENROL)
        subject = self.store.next_number()
        self.store.append(
            [
                Entry(
                    Kind.SUBJECT,
                    ItemPath(subject),
                    "Insert",
                    Datum("enrolled"),
                    metadata_digest=self.store.metadata_digest,
                )
            ]
        )
        return subject

    def start_event(self, subject: str, event: str, typed: str, reason: str | None = None) -> str:
        """Gives a visit its date (as typed) and returns it, ISO; a later change of the date needs a reason."""
        require_writable(self.store)
        require(self.session, Action.ENTER)
        when = self._full_date(typed)
        held = self.store.at(ItemPath(subject, event))
        if held and held.datum.value == when:
            return when
        if held and held.datum.answered and not (reason or "").strip():
            raise Refused("entry.reason_needed", item=event)
        entry = Entry(
            Kind.EVENT,
            ItemPath(subject, event),
            "Update" if held else "Insert",
            Datum(when),
            reason_for_change=reason,
            metadata_digest=self.store.metadata_digest,
            based_on=(held.origin, held.seq) if held else None,
        )
        self.store.append([entry])
        return when

    def _full_date(self, typed: str) -> str:
        item = ItemDef(
            "I.VISIT_DATE", "visit_date_typed", "VISITDT", "date", TranslatedText("", ""), TranslatedText("", "")
        )
        when = parse(self.definition, item, typed).value
        if when is None or len(when) != 10:
            raise Refused("event.date_incomplete")
        if when > self.today():
            raise Refused("event.date_future")
        return when

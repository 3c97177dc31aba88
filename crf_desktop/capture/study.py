"""An open study as a person works with it: participants, visits, forms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from crf_desktop.capture.course import Memory, course_of
from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.overview import BannerView, Glance, Matrix, SubjectCard, card_of, matrix_of, visit_states
from crf_desktop.capture.problem import Closed
from crf_desktop.capture.profile import Profile, profile_of
from crf_desktop.capture.right import require, require_room, require_writable
from crf_desktop.capture.visit import date_rows, missed_rows, off_schedule, require_order
from crf_desktop.errors import Refused
from crf_desktop.model import serial
from crf_desktop.model.access import Action, may
from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, Entry, FormHead, FormState, HeadRow, Kind, NullFlavor, Session
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.path import ItemPath, address, key_order, next_key
from crf_desktop.model.schedule import Planned, planned
from crf_desktop.model.text import TranslatedText
from crf_desktop.model.value import parse
from crf_desktop.settings import Clock, SystemClock
from crf_desktop.store import Store, unlock

KEPT = 12
"""Participants whose course is kept while nothing is written about them."""


class Study:
    """A study unlocked by one person; all rights are asked here."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.definition: MetaDataVersion = serial.from_bytes(store.definition_bytes, store.metadata_digest)
        self._session_start = store.head()[1]
        self._glanced: dict[str, Glance] = {}
        self._memory = Memory()
        self._courses: OrderedDict[str, tuple[object, Course]] = OrderedDict()
        self._matrices: dict[Course, Matrix] = {}
        self._visit: tuple[Course, str, Mapping[str, FormState]] | None = None
        self._profile: tuple[tuple[int, int], Profile] | None = None

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

    def version(self) -> tuple[int, int]:
        """Changes with everything written here and with every merge: what was read before it is out of date."""
        return self.store.head()[1], self.store.version(ItemPath())[0]

    def subjects(self) -> list[str]:
        """Participant numbers in order."""
        return [row.path.subject for row in self.store.subjects() if row.datum.answered]

    def _glance(self, subject: str) -> Glance:
        """Dates and banner of one participant; read once until something is written about them."""
        at = self.store.version(ItemPath(subject))
        if subject not in self._glanced or self._glanced[subject].version != at:
            banner = self.definition.banner
            visits = {row.path.event_address: row for row in self.store.events(subject)}
            rows = self.store.form_items(ItemPath(subject, banner.event, "", banner.form))
            told = {r.path.item: r.datum for r in rows if r.datum.answered}
            shown = {oid: told[oid] for oid in (banner.sex, banner.birth_date) if oid in told}
            missed = {event: self._reason(row) for event, row in visits.items() if row.datum.null_flavor}
            dates = {event: row.datum.value for event, row in visits.items()}
            kept = list(self._glanced.items())[-KEPT:]
            self._glanced = dict(kept) | {subject: Glance(subject, at, dates, shown, missed)}
        return self._glanced[subject]

    def _reason(self, row: HeadRow) -> str:
        change = self.store.change(row.origin, row.seq)
        return (change.reason_for_change if change else None) or ""

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
            event=self.planned(subject, event).event if event else None,
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
        """The schedule of one participant: every visit in time, every form, its state."""
        course = self.course(subject)
        if course not in self._matrices:
            kept = {c: m for c, m in self._matrices.items() if any(c is held for _, held in self._courses.values())}
            recorded = self._memory.heads(self.store, subject)
            made = matrix_of(recorded, course, self.today(), self._glance(subject).missed)
            self._matrices = kept | {course: made}
        return self._matrices[course]

    def planned(self, subject: str, event: str) -> Planned:
        """A visit in time, by its address: target, window, whether it is needed, and why."""
        return planned(self.course(subject), event, self.today(), frozenset(self._glance(subject).missed))

    def card(self, subject: str) -> SubjectCard:
        """One line of the list; reads what the schedule asks, whatever the size of the study."""
        data = self.banner_data(subject)
        current = (matrix := self.matrix(subject)).current
        age = self._age(data, (current.date if current else None) or self.today())
        return card_of(matrix, subject, self._sex(data), age)

    def visit_forms(self, subject: str, event: str) -> list[tuple[FormDef, FormState]]:
        """The forms of a visit in order, with their states; those that are not needed are left out."""
        states, forms = self._states(subject, event), self.definition.event_at(event).forms
        asked = ((self.definition.form[f], states.get(f, FormState.DUE)) for f in forms)
        return [(form, state) for form, state in asked if state is not FormState.NOT_NEEDED]

    def _states(self, subject: str, event: str) -> Mapping[str, FormState]:
        """Form OID → state at one visit; read once until something is written about the participant."""
        course = self.course(subject)
        if self._visit is None or self._visit[:2] != (course, event):
            path = ItemPath.of(subject, event)
            if self.definition.event_at(event).type == "Common":
                found = {form: state for (at, form), state in self.matrix(subject).log.items() if at == event}
            elif path.event_key and self.visit_date(subject, event) is None:
                found = {}
            else:
                found = visit_states(self.store, course, self.planned(subject, event), path)
            self._visit = (course, event, found)
        return self._visit[2]

    def course(self, subject: str) -> Course:
        """All visits of a participant, read as far as something asks; the same until something is written of them."""
        profile = self.profile()
        version = (self.store.version(ItemPath(subject)), profile, self.today())
        if subject not in self._courses or self._courses[subject][0] != version:
            banner = self.banner_data(subject)
            made = course_of(
                self.store, self.definition, subject, banner, self.today(), profile.parameters, self._memory
            )
            while len(self._courses) >= KEPT:
                self._courses.popitem(last=False)
            self._courses[subject] = (version, made)
        self._courses.move_to_end(subject)
        return self._courses[subject][1]

    def profile(self) -> Profile:
        """What this site has set for itself; read once until a site sets something, here or by a merge."""
        at = self.store.version(ItemPath())
        if self._profile is None or self._profile[0] != at:
            self._profile = (at, profile_of(self.store, self.definition))
        return self._profile[1]

    def form(self, subject: str, event: str, form: str) -> FormEntry:
        """A form to fill in or to read, by the addresses of visit and form: ``SE.W0``, ``F.AE#2``."""
        return FormEntry(
            self.store, self.definition, ItemPath.of(subject, event, form), self.course(subject), self._session_start,
            self.clock,
        )  # fmt: skip

    def repeats(self, subject: str, event: str, form: str) -> list[str]:
        """Addresses of the recorded instances of a repeating form, in order; those emptied again are left out."""
        held = [h for h in self._instances(subject, event, form) if h.n_value + h.n_null]
        return [h.path.form_address for h in sorted(held, key=lambda h: key_order(h.path.form_key))]

    def next_repeat(self, subject: str, event: str, form: str) -> str:
        """The address of the next instance; two laptops never give the same one."""
        taken = {h.path.form_key for h in self._instances(subject, event, form)}
        return address(form, next_key(self.store.block.index, taken))

    def _instances(self, subject: str, event: str, form: str) -> list[FormHead]:
        return [h for h in self.store.form_heads(subject) if h.path.event_address == event and h.path.form == form]

    def next_event(self, subject: str, event: str) -> str:
        """The address of the next unscheduled visit."""
        taken = {row.path.event_key for row in self.store.events(subject) if row.path.event == event}
        return address(event, next_key(self.store.block.index, taken))

    def unscheduled(self, subject: str) -> str | None:
        """The address of the participant's next unscheduled visit; None where the study has none."""
        extra = next((e.oid for e in self.definition.events if e.type == "Unscheduled" and e.repeating), None)
        return self.next_event(subject, extra) if extra else None

    # ---- acts

    def enrol(self) -> str:
        """A new participant under the next number of this laptop's block; numbers are never used twice."""
        require_writable(self.store)
        require(self.session, Action.ENROL)
        require_room(self.store)
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
        """Gives a visit its date (as typed) and returns it, ISO; a later change of the date needs a reason.

        A date that is not as planned needs a reason too (:class:`crf_desktop.capture.visit.OffSchedule`), which is
        written into the deviation log in the same transaction.
        """
        require_writable(self.store)
        require(self.session, Action.ENTER)
        when, why = self._full_date(typed), (reason or "").strip() or None
        held = self.store.at(ItemPath.of(subject, event))
        if held and held.datum.value == when:
            return when
        if held is None:
            require_room(self.store)
        visits, at = self.matrix(subject).columns, self.planned(subject, event)
        if at.closed and at.date is None:
            raise Closed(at.event.oid, at.closed)
        require_order(visits, at, when)
        off = off_schedule(visits, at, when)
        if off is not None and why is None:
            raise off
        if held and held.datum.answered and why is None:
            raise Refused("entry.reason_needed", item=event)
        self.store.append(date_rows(self.store, self.course(subject), subject, at, when, why, off))
        return when

    def miss_event(self, subject: str, event: str, flavor: str, reason: str) -> None:
        """Says, with the reason, that a visit of the protocol did not take place; undone by giving it a date.

        Refused ``event.has_data`` when something is recorded at it.
        """
        require_writable(self.store)
        require(self.session, Action.ENTER)
        at, why = self.planned(subject, event), reason.strip()
        if at.closed and at.date is None:
            raise Closed(at.event.oid, at.closed)
        if not why:
            raise Refused("entry.reason_needed", item=event)
        heads = (h for h in self.store.form_heads(subject) if h.path.event_address == event)
        if at.event.type != "Scheduled" or any(h.n_value + h.n_null for h in heads):
            raise Refused("event.has_data")
        self.store.append(missed_rows(self.store, self.course(subject), subject, at, NullFlavor(flavor), why))

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

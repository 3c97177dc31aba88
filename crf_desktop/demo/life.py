"""One invented participant from consent to the end of the study: each visit on its day, by the acts of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from attrs import define, field

from crf_desktop.capture.entry import FormEntry, Given
from crf_desktop.capture.signature import sign_entry
from crf_desktop.capture.study import Study
from crf_desktop.capture.visit import OffSchedule
from crf_desktop.demo import diary, opinion
from crf_desktop.demo.answering import Answering, Asked, Filled
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.patient import Patient
from crf_desktop.demo.story import TO_WEEK_0, Happening
from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.store import SigningKey

LOG: Final = "SE.LOG"
_EARLY: Final = (
    "F.CONSENT", "F.DEMO", "F.UNS", "F.HX", "F.PRIOR", "F.REVIEW", "F.VITALS", "F.EXAM", "F.ESSPRI", "F.PGA",
    "F.LAB1", "F.LAB2", "F.BCELL", "F.ORGAN", "F.LUNG",
)  # fmt: skip
"""Filled in before the others of a visit, in this order: what others are worked out from."""
_LATE: Final = ("F.RTX", "F.BEL", "F.IRR", "F.EOS")
"""Filled in when the infusion is over."""
_OPENS, _INFUSED, _SIGNS = time(8, 30), time(16, 0), time(17, 30)
_AHEAD: Final = (VisitStatus.PLANNED, VisitStatus.DUE, VisitStatus.OVERDUE)

Step = tuple[date, Callable[[], None]]


@define
class Desk:
    """What a person who enters data has before them."""

    study: Study
    clock: DemoClock
    key: SigningKey
    until: date
    """The first day that has not come yet."""
    unusual: list[str] = field(factory=list)
    """Soft checks that were kept with a reason, each as it happened."""


@define
class Life:
    """What happens to one participant, day by day."""

    desk: Desk
    patient: Patient
    pending: list[Step] = field(factory=list)
    """Days between visits on which something happens."""
    reported: list[str] = field(factory=list)

    @property
    def subject(self) -> str:
        """Participant number; empty before enrolment."""
        return self.patient.subject

    def run(self) -> Iterator[date]:
        """Yields each day on which something happens, then does it; ends when nothing more is to come."""
        yield self.patient.screened
        self.patient.subject = self.desk.study.enrol()
        self._visit("SE.SCR", self.patient.screened)
        while (step := self._next()) is not None:
            day, act = step
            yield day
            act()

    def _next(self) -> Step | None:
        steps = list(self.pending)
        visit = self._next_visit()
        if visit is not None:
            steps.append((self._day_of(visit), lambda: self._meet(visit)))
        if not steps:
            return None
        first = min(steps, key=lambda s: s[0])
        if first in self.pending:
            self.pending.remove(first)
        return first

    # ---- visits

    def _next_visit(self) -> Planned | None:
        columns = self.desk.study.matrix(self.subject).columns
        ahead = (v for v in columns if v.event.type == "Scheduled" and v.status in _AHEAD and v.target is not None)
        visit = next(ahead, None)
        due = self.patient.story.due
        return None if visit is None or (due is not None and visit.event.oid == due[0]) else visit

    def _day_of(self, visit: Planned) -> date:
        story, oid = self.patient.story, visit.event.oid
        assert visit.target is not None  # asked for only where there is one
        day = visit.target
        if oid == "SE.W0":
            day = self.patient.screened + timedelta(days=TO_WEEK_0)
        elif oid == "SE.ET":
            day += timedelta(days=5)
        if oid in story.missed:
            return (visit.closes or day) + timedelta(days=2)
        if story.due is None and oid not in story.delays:
            day += timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))  # no visits on Saturday and Sunday
        return max(day, self.desk.clock.day) + timedelta(days=story.delays.get(oid, 0))

    def _meet(self, visit: Planned) -> None:
        """The visit takes place, or is said to have been missed."""
        story, day = self.patient.story, self.desk.clock.day
        if visit.event.oid in story.missed:
            why = "The family was travelling and could not come."
            self.desk.study.miss_event(self.subject, visit.address, "ND", why)
            self._deviations()
            return
        if visit.event.oid == "SE.W0":
            self.patient.day_zero = day
        self._visit(visit.address, day)
        extra = story.visits.get(visit.event.oid)
        if extra is not None:
            self.pending.append((day + timedelta(days=extra), self._come_unplanned))
        if visit.event.oid == story.stops_after:
            self.pending.append((day + timedelta(days=9), self._stop))
        if visit.event.oid == "SE.BEL3" and "CHANGED" in story.tags:
            self.pending.append((day + timedelta(days=20), self._correct))
        for happening in story.happenings:
            if happening.after == visit.event.oid:
                begun = day + timedelta(days=happening.days)
                told = begun + timedelta(days=1 if happening.serious else happening.lasts + 1)
                self.pending.append((told, lambda h=happening, d=begun: self._happens(h, d)))  # type: ignore[misc]

    def _correct(self) -> None:
        """An answer is changed after the signature, and waits to be signed again."""
        entry = self.desk.study.form(self.subject, "SE.BEL3", "F.PGA")
        (item,) = (i for i in entry.definition.items_of("F.PGA") if i.name == "pga")
        value = int(entry.datum(item.oid).value or 0) + 7
        entry.set(item.oid, str(value), reason="Transcription error: the paper source reads otherwise.")

    def _come_unplanned(self) -> None:
        study = self.desk.study
        self._visit(study.next_event(self.subject, "SE.UNS"), self.desk.clock.day)

    def _visit(self, event: str, day: date) -> None:
        """Every form of a visit that is needed, each complete; signed at the end of the day."""
        study, clock = self.desk.study, self.desk.clock
        clock.set(datetime.combine(day, _OPENS, SITE_ZONE))
        try:
            study.start_event(self.subject, event, day.isoformat())
        except OffSchedule:
            study.start_event(self.subject, event, day.isoformat(), opinion.why_off_schedule(self.patient, event))
        for again in diary.consent_again(self.patient, day):
            self._logged("F.RECONSENT", {"reconsent_reason": again})
        filled = [form for form in in_order(study.definition.event_at(event)) if self._form(event, form)]
        self._after_visit(event)
        self._sign(event, filled)

    def _form(self, event: str, form: str) -> bool:
        """Fills in one form; False where it is not needed, or not for this participant."""
        if form in _LATE:
            self.desk.clock.set(datetime.combine(self.desk.clock.day, _INFUSED, SITE_ZONE))
        entry = self.desk.study.form(self.subject, event, form)
        optional = form in entry.event.optional and not opinion.wants(self.patient, event, form)
        if optional or entry.visit.holding(entry.form.not_needed):
            return False
        self.fill(entry)
        if form == "F.RTX" and any(d.value == "true" for d in (entry.datum(i.oid) for i in _named(entry, "rtx_given"))):
            self.patient.given.append(self.desk.clock.day)
        return True

    def fill(self, entry: FormEntry, said: Mapping[str, str | Given] | None = None) -> Filled:
        """Answers a form and completes it; ``said``: what is known already, by analysis name."""

        filled = answered(self.patient, entry, said=said)
        entry.fill(filled.answers)
        entry.complete()
        self.desk.unusual.extend(f"{entry.path.event_address} {oid}" for oid in filled.unusual)
        return filled

    # ---- what belongs to no visit

    def log(self, form: str, said: Mapping[str, str | Given]) -> str:
        """A new entry of the participant's log; returns its address."""
        study = self.desk.study
        at = study.next_repeat(self.subject, LOG, form) if study.definition.form[form].repeating else form
        self.fill(study.form(self.subject, LOG, at), said)
        return at

    def _after_visit(self, event: str) -> None:
        self.patient.news.clear()
        if event == "SE.SCR":
            for drug in diary.drugs(self.patient):
                self._logged("F.CM", drug)
        self._deviations()

    def _logged(self, form: str, said: Mapping[str, str | Given]) -> None:
        if form in self.desk.study.definition.form:
            at = self.log(form, said)
            self._sign(LOG, [at])

    def _deviations(self) -> None:
        """Lines the schedule wrote by itself are completed by a person."""
        study = self.desk.study
        log = study.definition.deviation_log
        for at in study.repeats(self.subject, LOG, log.form) if log else ():
            entry = study.form(self.subject, LOG, at)
            if not entry.completed:
                self.fill(entry)
                self._sign(LOG, [at])

    def _happens(self, happening: Happening, begun: date) -> None:
        """An adverse event is written down, with the drug given for it; one that goes on is followed to its end."""
        clock = self.desk.clock
        at = self.log("F.AE", diary.adverse_event(self.patient, happening, begun, clock.now()))
        self._sign(LOG, [at])
        self.patient.news.add("AE")
        if happening.drug:
            self._logged("F.CM", diary.drug_for(self.patient, happening, begun, clock.day))
            self.patient.news.add("CM")
        over = begun + timedelta(days=happening.lasts)
        if over > clock.day:
            self.pending.append((over + timedelta(days=1), lambda: self._is_over(at, happening, begun)))

    def _is_over(self, at: str, happening: Happening, begun: date) -> None:
        entry = self.desk.study.form(self.subject, LOG, at)
        oids = {i.name: i.oid for i in entry.definition.items_of(entry.form.oid)}
        said = diary.end_of(happening, begun, self.desk.clock.day)
        entry.fill({oids[name]: Given(typed) for name, typed in said.items()}, reason="The event is over.")
        self._sign(LOG, [at])

    def _stop(self) -> None:
        self._logged("F.ET", diary.stops(self.desk.clock.day))

    # ---- signing

    def _sign(self, event: str, forms: list[str]) -> None:
        """Signs in the evening; what is younger than ten days still waits."""
        desk = self.desk
        recent = desk.clock.day > desk.until - timedelta(days=10)
        if not forms or recent or (self.patient.number == 0 and event == "SE.W0"):
            return  # the first week 0 is signed at the end, with its PDF
        desk.clock.set(datetime.combine(desk.clock.day, _SIGNS, SITE_ZONE))
        study = desk.study
        entries = [study.form(self.subject, event, form) for form in forms]
        meaning = study.definition.signature_meanings[0]
        study.store.append([sign_entry(e, desk.key, meaning, forms) for e in entries])


def answered(
    patient: Patient, entry: FormEntry, when: datetime | None = None, said: Mapping[str, str | Given] | None = None
) -> Filled:
    """What this participant's form would say, filled in at a moment (by default now)."""

    def choose(asked: Asked) -> Given | str | None:
        if said and asked.name in said:
            return said[asked.name]
        return opinion.of(patient, asked)

    seed = f"{patient.seed}/{patient.number}"
    return Answering(entry, choose, opinion.rows(patient, entry), seed, opinion.why_kept, when).fill()


def _named(entry: FormEntry, *names: str) -> list:  # type: ignore[type-arg]
    return [i for i in entry.definition.items_of(entry.form.oid) if i.name in names]


def in_order(event: StudyEventDef) -> list[str]:
    """The forms of a visit as they are filled in: first what others are worked out from, last the infusion."""
    early = [f for f in _EARLY if f in event.forms]
    late = [f for f in _LATE if f in event.forms]
    return [*early, *(f for f in event.forms if f not in early and f not in late), *late]



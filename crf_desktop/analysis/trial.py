"""What an analysis reads: the trial as it stood at one moment, without the store; it can be sent to another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import field, frozen

import crf_desktop
from crf_desktop.capture.profile import profile_of
from crf_desktop.capture.record import SubjectRecord as SubjectRecord
from crf_desktop.capture.subject_reading import queried_places as queried_places
from crf_desktop.capture.subject_reading import read_subject as read_subject
from crf_desktop.model import serial
from crf_desktop.model.course import Course
from crf_desktop.model.data import FormHead
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.path import split
from crf_desktop.store import Store

Progress = Callable[[int, int], None]
"""(done, in all); raises to cancel."""


@frozen
class TrialRecord:
    """A trial at one moment."""

    study_oid: str
    definition_bytes: bytes = field(repr=False)
    metadata_digest: str
    heads: Mapping[str, tuple[int, str]]
    """Origin → (rows, hash of the last): which data these are."""
    today: str
    """ISO date on which it was read; the schedule is seen from it."""
    parameters: Mapping[str, str]
    subjects: tuple[SubjectRecord, ...]
    program_version: str = crf_desktop.__version__

    def definition(self) -> MetaDataVersion:
        """The definition the study carries."""
        return serial.from_bytes(self.definition_bytes, self.metadata_digest)

    def participants(self, definition: MetaDataVersion | None = None) -> list[Participant]:
        """Every participant, in the order of their numbers."""
        known = definition or self.definition()
        return [Participant(s, known, self.today, self.parameters) for s in self.subjects]


class Participant:
    """One participant's visits, with every derived value."""

    def __init__(
        self, record: SubjectRecord, definition: MetaDataVersion, today: str, parameters: Mapping[str, str]
    ) -> None:
        self.record, self.definition, self.today = record, definition, today
        banner = definition.banner
        told = record.answers.get((banner.event, banner.form), {}).get("", {})
        shown = {oid: told[oid] for oid in (banner.sex, banner.birth_date) if oid in told}
        common = [Occurrence(e.oid) for e in definition.events if e.type == "Common"]
        held = [Occurrence(*split(at), day) for at, day in record.dates.items()]
        self.course = Course(
            definition, [*held, *common], lambda at, form: record.answers.get((at.address, form), {}),
            banner=shown, today=today, parameters=parameters,
        )  # fmt: skip

    @property
    def subject(self) -> str:
        """The participant's number."""
        return self.record.subject

    @cached_property
    def heads(self) -> dict[tuple[str, str], FormHead]:
        """(event address, form address) → status."""
        return {(h.path.event_address, h.path.form_address): h for h in self.record.heads}

    def occurrence(self, event: str) -> Occurrence | None:
        """A visit that took place, by its address."""
        return next((o for o in self.course.occurrences if o.address == event), None)


def read_trial(
    store: Store, definition: MetaDataVersion, today: str, progress: Progress = lambda done, of: None
) -> TrialRecord:
    """Reads everybody; ``progress`` is told participant by participant."""
    subjects = [row.path.subject for row in store.subjects() if row.datum.answered]
    queried = queried_places(store)
    found = []
    for done, subject in enumerate(subjects):
        progress(done, len(subjects))
        found.append(read_subject(store, subject, queried.get(subject, frozenset())))
    progress(len(subjects), len(subjects))
    heads = {origin: (seq, digest.hex()) for origin, (seq, digest) in store.heads().items()}
    parameters = profile_of(store, definition).parameters
    return TrialRecord(
        store.study_oid, store.definition_bytes, store.metadata_digest, heads, today, parameters, tuple(found)
    )

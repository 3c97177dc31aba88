"""What every chapter of a casebook draws from: the record, a reader for each visit, the words."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from crf_desktop.analysis.trial import Participant
from crf_desktop.capture.casebook import CasebookRecord
from crf_desktop.errors import Language
from crf_desktop.report.answer import Reader
from crf_desktop.report.audit_section import Trail
from crf_desktop.wording.trail import TRAIL


@frozen(slots=False)
class Source:
    """A casebook in one language."""

    record: CasebookRecord
    language: Language

    def say(self, word: str, *values: object) -> str:
        """The wording of the casebook."""
        text = TRAIL[word][self.language == "zh"]
        return text.format(*values) if values else text

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """One for each visit, then one for each log; they share the participant's course, worked out once."""
        first = self.record.first
        course = None
        if first.whole is not None:
            day = first.printed_at[:10]
            course = Participant(first.whole, first.definition, day, first.parameters).course
        return tuple(Reader(one, self.language, course) for one in (*self.record.visits, *self.record.logs))

    @property
    def visits(self) -> tuple[Reader, ...]:
        """Those of the visits."""
        return self.readers[: len(self.record.visits)]

    @property
    def logs(self) -> tuple[Reader, ...]:
        """Those of what belongs to no visit."""
        return self.readers[len(self.record.visits) :]

    @property
    def front(self) -> Reader:
        """What is said of study, person and log is the same in all."""
        return self.readers[0]

    @cached_property
    def trail(self) -> Trail:
        """The audit trail."""
        title = self.front.visit_title
        return Trail(
            self.record.rows, self.record.people, self.record.definition, self.language, lambda subject, at: title(at)
        )

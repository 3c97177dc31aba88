"""What the response page shows of one participant: read once until something is written about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from crf_desktop.analysis.blind import ASSESSED, Awaited, awaited, form_of, without
from crf_desktop.analysis.measure import EARLY_END, FOLLOWUP
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.trial import Participant, read_subject
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.capture.overview import AWAY
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.model.schedule import Planned, VisitStatus

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

KEPT = 12
"""Participants whose reading is kept."""
NEEDED = ("pga", "esr", "igg", "rf", "schirmer_mean", "saliva_flow", "hocevar_total", "essdai_total", "esspri_sum")
"""Analysis names without which a study has no such end point."""


@frozen
class Reading:
    """Everything the page shows; without an outcome week 28 may still come, and nothing earlier is shown."""

    subject: str = field(repr=False)
    definition: MetaDataVersion = field(repr=False)
    visit: Planned = field(repr=False)
    """Week 28 in time."""
    options: Options
    outcome: Outcome | None = field(default=None, repr=False)
    """Worked out as if the pages in ``waiting`` had never been filled in."""
    waiting: tuple[Awaited, ...] = ()
    end: Planned | None = field(default=None, repr=False)
    """Early termination in time, where there is one."""

    def waits(self, name: str) -> Awaited | None:
        """The page that has to be complete before a quantity may be seen; None: it may be seen."""
        form = form_of(self.definition, name)
        return next((w for w in self.waiting if w.form == form), None)

    @property
    def event(self) -> str:
        """The visit the banner speaks of."""
        return self.end.address if self.end is not None and not self.visit.date else self.visit.address


def has_response(definition: MetaDataVersion) -> bool:
    """Whether a study has the end points of the trial at all."""
    known = {*definition.item_by_name, *definition.method_by_name}
    return all(event in definition.event for event in ASSESSED) and known.issuperset(NEEDED)


class ResponseReader:
    """Reads and keeps; what is kept holds until something is written about the participant or a site sets something."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Reading]] = {}

    def read(self, study: Study, subject: str, options: Options) -> Reading:
        """The reading of one participant under options."""
        version = (study, study.store.version(ItemPath(subject)), study.today(), study.profile(), options)
        if subject not in self._kept or self._kept[subject][0] != version:
            kept = list(self._kept.items())[-KEPT:]
            self._kept = dict(kept) | {subject: (version, _read(study, subject, options))}
        return self._kept[subject][1]

    def forget(self) -> None:
        """Lets everything go when the study is locked."""
        self._kept = {}


def _read(study: Study, subject: str, options: Options) -> Reading:
    visit, end = study.planned(subject, FOLLOWUP), study.planned(subject, EARLY_END)
    early = end if end.status is not VisitStatus.NOT_NEEDED else None
    if _may_come(visit):
        return Reading(subject, study.definition, visit, options, end=early)
    record = read_subject(study.store, subject)
    pending = [end.address] if early is not None and _may_come(end) else []
    waiting = awaited(study.definition, record, pending)
    seen = without(record, {w.form for w in waiting})
    who = Participant(seen, study.definition, study.today(), study.profile().parameters)
    return Reading(subject, study.definition, visit, options, outcome_of(who, options), waiting, early)


def _may_come(visit: Planned) -> bool:
    return not visit.date and visit.status not in AWAY

"""A trial as tidy, typed pandas frames: one call for a notebook. Every frame is described in ``docs/analysis.md``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from crf_desktop.analysis import outcome_frame, study_frame, treatment_frame
from crf_desktop.analysis.item_frame import ItemFrames
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.treatment import Treatment, treatment_of
from crf_desktop.analysis.trial import Participant, Progress, TrialRecord, read_trial
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.capture.right import require
from crf_desktop.capture.study import Study
from crf_desktop.model.access import Action
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.table_shape import Shape

DataFrame = Any
"""``pandas.DataFrame``."""
BESIDE = (
    "subjects", "visits", "outcomes", "parts", "changes", "issues", "doses", "exposure", "b_cell_samples",
)  # fmt: skip
"""The frames that are no item group, by their names here and in files."""


class Frames:
    """The trial at one moment under one set of options.

    Item groups: :attr:`tables`, one frame per page of the case report form or table on it; index participant
    (``subject``), visit (``event``) and, where they repeat, ``event_key``, ``form_key``, ``group_key``. What else there
    is, is worked out when it is first asked for: :attr:`subjects`, :attr:`visits`, :attr:`outcomes`, :attr:`parts`,
    :attr:`changes`, :attr:`issues`, :attr:`doses`, :attr:`exposure`, :attr:`b_cell_samples`.
    """

    def __init__(
        self, record: TrialRecord, options: Options | None = None, definition: MetaDataVersion | None = None
    ) -> None:
        self.record, self.options = record, options or Options()
        self.definition = definition or record.definition()
        self._everybody: list[Participant] = record.participants(self.definition)
        self._items = ItemFrames(self.definition, self._everybody)

    @property
    def entered(self) -> dict[str, DataFrame]:
        """Table name → frame of what was entered, without derived values: the quickest, all made at once."""
        return self._items.entered

    @property
    def tables(self) -> Mapping[str, DataFrame]:
        """Table name → frame with its derived values; those of a frame are worked out when it is first asked for."""
        return self._items

    def __getitem__(self, name: str) -> DataFrame:
        """Any frame by the name of its file: ``study["essdai"]``, ``study["outcomes"]``."""
        return getattr(self, name) if name in BESIDE else self.tables[name]

    def shape(self, name: str) -> Shape:
        """Which item group of which form a table holds: its items and derived values."""
        return self._items.shape(name)

    def __repr__(self) -> str:
        chosen = ", ".join(f"{name}={value}" for name, value in self.options.changed().items()) or "default options"
        return f"<Frames of {self.record.study_oid}: {len(self._everybody)} participants, {chosen}>"

    @cached_property
    def codebook(self) -> DataFrame:
        """What every column means: labels, codes, unit, expression. Index ``file, column``; texts."""
        import pandas as pd

        from crf_desktop.analysis import codebook  # which describes these frames

        told = pd.DataFrame(codebook.codebook(self, []), columns=list(codebook.COLUMNS), dtype="string")
        return told.set_index(["file", "column"])

    def all(self) -> dict[str, DataFrame]:
        """Every frame by the name of its file, those of the item groups first."""
        return dict(self.tables) | {name: self[name] for name in BESIDE}

    @cached_property
    def found(self) -> list[Outcome]:
        """The outcomes themselves, with every sentence; participants in order."""
        return [outcome_of(who, self.options) for who in self._everybody]

    @cached_property
    def _treatments(self) -> dict[str, Treatment]:
        return {who.subject: treatment_of(who, self.options) for who in self._everybody}

    @cached_property
    def subjects(self) -> DataFrame:
        """One row per participant: sex, day 0, how much was recorded. Index ``subject``."""
        return study_frame.subjects(self.definition, self._everybody)

    @cached_property
    def visits(self) -> DataFrame:
        """One row per visit, planned or held: dates, window (days), status. Index ``subject, event, event_key``."""
        return study_frame.visits(self.definition, self._everybody)

    @cached_property
    def outcomes(self) -> DataFrame:
        """One row per participant: responder, items met (0 to 5), STAR (0 to 9 points). Index ``subject``."""
        return outcome_frame.outcomes(self.found)

    @cached_property
    def parts(self) -> DataFrame:
        """The traces: one row per comparison, with the values and the sentence that decides.

        Index ``subject, instrument, item, part``.
        """
        return outcome_frame.parts(self.found)

    @cached_property
    def changes(self) -> DataFrame:
        """One row per participant and outcome: week 28 minus week 0, exact. Index ``subject, outcome``."""
        return outcome_frame.changes(self.found)

    @cached_property
    def issues(self) -> DataFrame:
        """One row per thing in the data that a reader has to know. Index ``subject, number``."""
        return outcome_frame.issues(self.found)

    @cached_property
    def doses(self) -> DataFrame:
        """One row per dose of the schedule: mg, days since day 0. Index ``subject, drug, dose``."""
        return treatment_frame.doses(self.definition, self._treatments)

    @cached_property
    def exposure(self) -> DataFrame:
        """One row per participant and drug: doses, mg, intensity (1 = as planned). Index ``subject, drug``."""
        return treatment_frame.exposure(self._treatments)

    @cached_property
    def b_cell_samples(self) -> DataFrame:
        """One row per sample: per cent of lymphocytes, cells, depleted or not. Index ``subject, event, event_key``."""
        return treatment_frame.b_cells(self.definition, self._treatments)


def frames(
    record: TrialRecord, options: Options | None = None, definition: MetaDataVersion | None = None
) -> Frames:
    """The frames of a trial that was read; ``definition``: that of the record, where it is at hand already."""
    return Frames(record, options, definition)


def read_study(
    folder: str | Path,
    user: str,
    password: str,
    *,
    today: str | None = None,
    options: Options | None = None,
    progress: Progress = lambda done, of: None,
) -> Frames:
    """Opens a study for reading, reads everybody and closes it; nothing is written.

    ``today``: ISO date from which the schedule is seen, by default the clock's. Raises EnvironmentProblem (``study.*``,
    ``keys.*``) and Refused ``keys.wrong_password``; Refused ``access.no_right``.
    """
    study = Study.open(Path(folder), user, password, read_only=True)
    try:
        require(study.session, Action.EXPORT)
        record = read_trial(study.store, study.definition, today or study.today(), progress)
        return Frames(record, options, study.definition)
    finally:
        study.close()

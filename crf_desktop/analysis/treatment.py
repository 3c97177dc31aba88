"""What a participant was given, against what was planned, and what the B cells did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen

from crf_desktop.analysis.b_cell import BCells, b_cells_of
from crf_desktop.analysis.dose import BELIMUMAB, RITUXIMAB, Exposure, Told, exposure_of
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.schedule import Planned, plan


@frozen
class Treatment:
    """Everything given to one participant."""

    subject: str = field(repr=False)
    rituximab: Exposure
    belimumab: Exposure
    b_cells: BCells
    between: int | None
    """Days from the last rituximab to the first belimumab; 28 by the registry."""
    belimumab_weeks: tuple[int, ...]
    """Weeks after day 0 in which belimumab was given."""

    @property
    def exposures(self) -> Mapping[str, Exposure]:
        """By drug."""
        return {"rituximab": self.rituximab, "belimumab": self.belimumab}


def treatment_of(
    who: Participant, options: Options | None = None, visits: Sequence[Planned] | None = None
) -> Treatment:
    """Doses and B cells of one participant; ``visits``: the schedule, where it is worked out already."""
    planned = {v.address: v for v in visits or plan(who.course, who.today, frozenset(who.record.missed))}
    rituximab, belimumab = (exposure_of(who, drug, planned) for drug in (RITUXIMAB, BELIMUMAB))
    weeks = tuple((d.day + 3) // 7 for d in belimumab.doses if d.told is Told.GIVEN and d.day is not None)
    return Treatment(
        who.subject, rituximab, belimumab, b_cells_of(who, rituximab, options or Options()),
        _between(rituximab.last, belimumab.first), weeks,
    )  # fmt: skip


def _between(last: str | None, first: str | None) -> int | None:
    return (date.fromisoformat(first) - date.fromisoformat(last)).days if first and last else None

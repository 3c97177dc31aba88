"""How much waits for the signature of who is in, for the app bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class SigningCount:
    """Files that wait for a second person are kept between writes: fields are saved more often than files signed."""

    def __init__(self) -> None:
        self._study: Study | None = None
        self._upto: dict[str, int] = {}
        self._visits: tuple[tuple[str, str], ...] = ()

    def of(self, study: Study, states: Mapping[str, int]) -> int:
        """Forms without a signature and those changed since, and files that somebody else signed first; 0: no right."""
        from crf_desktop.capture.signing import to_countersign  # loads the signing code; not before the window stands
        from crf_desktop.model.access import Action

        if not study.may(Action.SIGN):
            return 0
        heads = {origin: seq for origin, (seq, _) in study.store.heads().items()}
        if study is not self._study or self._touched(study, heads):
            self._visits = tuple((task.subject, task.address) for task in to_countersign(study))
        self._study, self._upto = study, heads
        return states.get("unsigned", 0) + states.get("changed", 0) + len(self._visits)

    def _touched(self, study: Study, heads: dict[str, int]) -> bool:
        """Whether a visit was signed since, or data of one that waits were written."""
        from crf_desktop.model.data import Kind

        rows = (row for origin in heads for row in study.store.changes(origin, self._upto.get(origin, 0)))
        return any(
            (row.kind is Kind.SIGNATURE and not row.path.form)
            or (row.path.subject, row.path.event_address) in self._visits
            for row in rows
        )

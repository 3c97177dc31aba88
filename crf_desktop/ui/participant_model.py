"""The list of participants as a model: a card is read when its row is shown, so that 1,500 cost nothing at first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from crf_desktop.model.data import FormState
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.ui.visit_words import day_of, distance

if TYPE_CHECKING:
    from crf_desktop.capture.overview import SubjectCard
    from crf_desktop.capture.study import Study

COLUMNS = ("state", "participant", "person", "visit", "date", "forms", "queries", "unsigned")
DATE = COLUMNS.index("date")
WEEK = 7
FEW = 60
"""Up to so many participants are read at once and stand in the order of their dates."""
CHUNK_S = 0.012
"""How long cards are read before the window may work again."""
Index = QModelIndex | QPersistentModelIndex


@frozen(slots=True)
class Row:
    """A card and where its next visit lies from today."""

    card: SubjectCard
    today: str

    @property
    def visit(self) -> Planned | None:
        """The next visit; None when all are signed."""
        return self.card.next_visit

    @property
    def when(self) -> str | None:
        """Date of that visit, or its target; the last visit's where none is left; ISO."""
        return day_of(self.visit) if self.visit else self.card.last_date

    @property
    def days_off(self) -> int | None:
        """Days until the next visit; negative when its day is past."""
        return distance(self.visit, self.today) if self.visit else None

    @property
    def overdue(self) -> int:
        """Days past the end of the window of a visit that has not begun; 0 inside it."""
        visit = self.visit
        if visit is None or visit.status is not VisitStatus.OVERDUE or visit.closes is None:
            return 0
        return (date.fromisoformat(self.today) - visit.closes).days

    @property
    def due(self) -> bool:
        """To be done today: a visit left incomplete, or one whose day has come and whose window is open."""
        visit = self.visit
        if visit is None:
            return False
        if visit.status is VisitStatus.BEGUN:
            return self.card.n_complete < self.card.n_forms
        return visit.status is VisitStatus.DUE and self.days_off is not None and self.days_off <= 0

    @property
    def soon(self) -> bool:
        """To be done within seven days, or already."""
        off, visit = self.days_off, self.visit
        ahead = visit is not None and visit.date is None and off is not None and off <= WEEK
        return self.due or self.overdue > 0 or ahead


FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda r: True,
    "due": lambda r: r.due,
    "overdue": lambda r: r.overdue > 0,
    "week": lambda r: r.soon,
    "queries": lambda r: r.card.n_queries > 0,
    "unsigned": lambda r: r.card.n_unsigned + r.card.n_changed > 0,
}


class ParticipantModel(QAbstractTableModel):
    """Participants in number order, or sorted and filtered once all cards are read."""

    counted = Signal()
    """All cards are read: the chips may show their numbers."""

    def __init__(self, study: Study, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study = study
        self.subjects = study.subjects()
        self._rows: dict[str, Row] = {}
        self._shown = list(self.subjects)
        self._filter, self._needle = "all", ""
        self._column, self._descending = 1, False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_some)

    # ---- reading

    def row(self, subject: str) -> Row:
        """The row, read now if it was not before."""
        if subject not in self._rows:
            self._rows[subject] = Row(self.study.card(subject), self.study.today())
        return self._rows[subject]

    def few(self) -> bool:
        """Whether all cards can be read at once."""
        return len(self.subjects) <= FEW

    def start_counting(self) -> None:
        """Reads the remaining cards while nobody types."""
        if len(self._rows) < len(self.subjects):
            self._timer.start()
        else:
            self.counted.emit()

    def stop_counting(self) -> None:
        """Nothing is read in the background any more."""
        self._timer.stop()

    def _read_some(self) -> None:
        end = time.perf_counter() + CHUNK_S
        for subject in (s for s in self.subjects if s not in self._rows):
            self.row(subject)
            if time.perf_counter() > end:
                break
        if len(self._rows) >= len(self.subjects):
            self._timer.stop()
            self._arrange()
            self.counted.emit()

    def complete(self) -> bool:
        """True when every card is read."""
        return len(self._rows) >= len(self.subjects)

    def refresh(self, subject: str = "") -> None:
        """Forgets what was read of one participant, or of all."""
        known = self.study.subjects()
        if known != self.subjects or not subject:
            self.subjects = known
        self._rows.pop(subject, None) if subject else self._rows.clear()
        self._arrange()

    def count(self, name: str) -> int | None:
        """How many the filter holds; None while not all cards are read."""
        if name == "all":
            return len(self.subjects)
        return sum(FILTERS[name](r) for r in self._rows.values()) if self.complete() else None

    def due(self) -> list[Row]:
        """Rows with something to do now among those read, overdue first."""
        found = [r for s in self.subjects if (r := self._rows.get(s)) and (r.due or r.overdue)]
        return sorted(found, key=lambda r: (-r.overdue, r.days_off != 0, r.when or "", r.card.subject))

    # ---- order and filter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def choose(self, filter_name: str, needle: str) -> None:
        """Shows those that pass the chip and hold the text."""
        self._filter, self._needle = filter_name, needle.strip().casefold()
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [s for s in self.subjects if self._passes(s)]
        if self._column != 1:
            shown.sort(key=lambda s: self._key(self.row(s)))
        self._shown = shown[::-1] if self._descending else shown
        self.endResetModel()

    def _passes(self, subject: str) -> bool:
        if self._filter != "all" and not FILTERS[self._filter](self.row(subject)):
            return False
        if not self._needle or self._needle in subject.casefold():
            return True
        visit = self.row(subject).visit
        event = visit.event if visit else None
        words = f"{event.title.en} {event.title.zh} {event.short_title.en} {event.short_title.zh}" if event else ""
        return self._needle in words.casefold() and not self._needle[0].isdigit()

    def _key(self, r: Row) -> Any:
        c = r.card
        order = [e.oid for e in self.study.definition.events]
        visit = order.index(c.next_visit.event.oid) if c.next_visit else len(order)
        keys: tuple[Any, ...] = (
            (not r.overdue, list(FormState).index(c.state)),
            c.subject,
            (c.sex.en if c.sex else "~", c.age_years or 0),
            visit,
            (r.visit is None or (r.visit.status is VisitStatus.BEGUN and not r.due), r.when or "9999"),
            c.n_complete / max(1, c.n_forms),
            c.n_queries,
            c.n_unsigned + c.n_changed,
        )
        return keys[self._column], c.subject

    # ---- Qt

    def subject_at(self, row: int) -> str:
        """The participant in a row."""
        return self._shown[row]

    def row_number(self, subject: str) -> int:
        """Where the participant stands; -1 when filtered out."""
        return self._shown.index(subject) if subject in self._shown else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        subject = self._shown[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return self.row(subject)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.column() == 1:
            return subject
        return None

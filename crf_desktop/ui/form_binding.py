"""Between the blocks of a page and the form entry: repaint first, then commit; ask for reasons; keep what fails."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen
from PySide6.QtCore import QObject, QTimer, Signal

from crf_desktop.errors import EnvironmentProblem, Explained, Refused

if TYPE_CHECKING:
    from crf_desktop.capture.entry import Commit, FormEntry

DRAFT_MS = 500


@frozen(slots=True)
class Act:
    """What a person wants done with one item, with several at once, with one row of a group, or with the record."""

    kind: Literal["set", "fill", "missing", "clear", "remove_row", "void"]
    item: str
    """Item address, the first of several; the OID of the group of a row, of the form."""
    text: str = ""
    """As typed, the null flavour, or the key of the row."""
    unit: str = ""
    remark: str = ""
    reason: str | None = None
    override: str | None = None
    parts: tuple[Act, ...] = ()
    """Of ``fill``: the answers, one for each item."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items that it answers."""
        return tuple(part.item for part in self.parts) or (self.item,)


class FormBinding(QObject):
    """One form of one participant while it is on the screen."""

    committed = Signal(object, object)
    """(Act, Commit)"""
    reason_needed = Signal(object)
    """(Act): a completed form, or somebody's earlier answer."""
    soft_found = Signal(object, object)
    """(Act, SoftProblem)"""
    refused = Signal(object, object)
    """(Act, Refused): nothing stored, the typed text stays."""
    failed = Signal(object, object)
    """(Act, EnvironmentProblem): not written; try again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entry: FormEntry | None = None
        self._waiting: deque[Act] = deque()
        self._drafts: dict[str, str] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.flush)
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_MS)
        self._draft_timer.timeout.connect(self.save_drafts)
        self._stuck: list[Act] = []
        """Acts that could not be written, in the order of typing."""

    def bind(self, entry: FormEntry | None) -> None:
        """Works on another entry; what waited was flushed before."""
        self.entry, self._stuck = entry, []
        self._waiting.clear()
        self._drafts.clear()
        self._soon.stop()
        self._draft_timer.stop()

    # ---- wishes

    def want(self, act: Act) -> None:
        """Queues an act: the control repaints first."""
        self._drafts.pop(act.item, None)
        self._waiting.append(act)
        self._soon.start()

    def keep_draft(self, item: str, text: str) -> None:
        """Half-typed text, kept after a moment."""
        self._drafts[item] = text
        self._draft_timer.start()

    # ---- doing

    def flush(self) -> None:
        """Does everything that waits, now; several answers of one press are one transaction and one repaint."""
        self._soon.stop()
        acts = tuple(self._waiting)
        if len(acts) > 1 and len({act.item for act in acts}) == len(acts) and all(act.kind == "set" for act in acts):
            self._waiting.clear()
            self.attempt(Act("fill", acts[0].item, parts=acts))
        while self._waiting:
            self.attempt(self._waiting.popleft())

    def attempt(self, act: Act) -> None:
        """Tries an act and says what came of it."""
        from crf_desktop.capture.entry import SoftProblem  # loads with the study, after the window stands

        if self.entry is None:
            return
        try:
            commit = self._do(act)
        except SoftProblem as problem:
            if not self._one_by_one(act):
                self.soft_found.emit(act, problem)
        except Refused as problem:
            if problem.code == "entry.reason_needed":
                self.reason_needed.emit(act)
            elif not self._one_by_one(act):
                self.refused.emit(act, problem)
        except EnvironmentProblem as problem:
            self._stuck.append(act)
            self.failed.emit(act, problem)
        else:
            if act.kind in ("set", "fill", "missing", "clear"):
                for item in act.items:
                    self._drop_draft(item)
            self.committed.emit(act, commit)

    def _one_by_one(self, act: Act) -> bool:
        """Several answers of which one is refused or unusual: each for itself, so that the others are stored."""
        for part in act.parts:
            self.attempt(evolve(part, reason=act.reason))
        return bool(act.parts)

    def again(self) -> None:
        """Tries once more, in order, everything that could not be written."""
        stuck, self._stuck = self._stuck, []
        for act in stuck:
            self.attempt(act)

    def _do(self, act: Act) -> Commit:
        assert self.entry is not None
        match act.kind:
            case "set":
                return self.entry.set(act.item, act.text, act.unit, reason=act.reason, override=act.override)
            case "fill":
                from crf_desktop.capture.entry import Given  # loads with the study, see above

                given = {part.item: Given(part.text, part.unit) for part in act.parts}
                return self.entry.fill(given, reason=act.reason)
            case "missing":
                return self.entry.set_missing(act.item, act.text, act.remark, reason=act.reason)
            case "clear":
                return self.entry.clear(act.item, reason=act.reason)
            case "remove_row":
                return self.entry.remove_row(act.item, act.text, reason=act.reason)
            case "void":
                return self.entry.void(act.reason or "")

    # ---- drafts

    def save_drafts(self) -> None:
        """Writes half-typed text, encrypted, outside the log; a full disk is met again when the field is left."""
        self._draft_timer.stop()
        if self.entry is None:
            return
        try:
            for item, text in self._drafts.items():
                self.entry.save_draft(item, text)
        except Explained:
            return
        self._drafts.clear()

    def _drop_draft(self, item: str) -> None:
        assert self.entry is not None
        self._drafts.pop(item, None)
        try:
            self.entry.drop_draft(item)
        except Explained:  # the answer itself is written; an old draft is offered once more, no harm
            return


def with_reason(act: Act, reason: str) -> Act:
    """The act with the reason for change."""
    return evolve(act, reason=reason)


def with_override(act: Act, why: str) -> Act:
    """The act with the reason to keep an unusual value."""
    return evolve(act, override=why)

"""Schirmer and saliva: conditions, one card per countdown, a note; what both kinds of page share and their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from crf_desktop.model.data import Datum
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import TimedCollections, TimedReadings
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.countdown import FORGOTTEN, Clock, Deadline, deadline_of, wall_clock
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.option_strip import OptionStrip
from crf_desktop.ui.controls.timed_card import WISHES, CollectionCard, ReadingCard, TimedCard
from crf_desktop.ui.label import Note
from crf_desktop.ui.look import Look

JUST_NOW = timedelta(seconds=3)
"""A countdown that ran out longer ago makes no sound when its page is opened."""


class TimedBlock(Block):
    """Cards with a countdown each; one Qt timer, only while the block is visible and something runs."""

    timers_changed = Signal()
    """A countdown was started, discarded, answered or ran out."""

    def __init__(
        self,
        block: TimedReadings | TimedCollections,
        definition: MetaDataVersion,
        look: Look,
        parent: QWidget | None = None,
        clock: Clock = wall_clock,
    ) -> None:
        super().__init__(definition, look, parent)
        self.block, self.clock = block, clock
        self.view = BlockView({}, {}, {}, {})
        self._running: tuple[Deadline, ...] = ()
        self._rung: set[tuple[str, str]] = set()
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._second)
        self.strip = OptionStrip(definition, block.conditions, look, card=True)
        self.cards = self._make_cards()
        self.note = Note(look)
        self._lay_out()
        self._connect()
        self._read_words()

    def _make_cards(self) -> Sequence[TimedCard]:
        raise NotImplementedError

    def _per_row(self) -> int:
        """Cards beside one another at the present width."""
        return 1

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.grid = QGridLayout()
        column.addWidget(self.strip)
        column.addLayout(self.grid)
        column.addStretch(1)
        column.addWidget(self.note)
        self.strip.setVisible(bool(self.block.conditions))
        self.note.setVisible(self.block.note is not None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._placed, self._sized = 0, False
        self._place()

    def _connect(self) -> None:
        self.strip.answered.connect(lambda oid, code: self.answered.emit(oid, code, ""))
        self.strip.cleared.connect(self.cleared)
        self.strip.moved.connect(self.focused)
        self.strip.asked.connect(self._asked)
        for card in self.cards:
            card.start_asked.connect(self._start)
            for name in WISHES:
                getattr(card, name).connect(getattr(self, name))
        self.look.language_changed.connect(self._read_words)
        self.look.changed.connect(self._place)

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return (*self.block.conditions, *(oid for card in self.cards for oid in card.item_oids()))

    def show_view(self, view: BlockView) -> None:
        self.view = view
        self.strip.show_view(view)
        before, self._running = self._running, self._deadlines()
        for card in self.cards:
            card.show_view(view)
        self._show_cards()
        if before != self._running:
            self.timers_changed.emit()
        self._wind()

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        if (card := self._card(item_oid)) is not None:
            card.mark(item_oid, "error", message, kept)
        else:
            self.note.set_text(" ".join(part for part in (message, kept) if part))

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber edge and message; the typed text stays. Empty message: the mark goes."""
        if (card := self._card(item_oid)) is not None:
            card.mark(item_oid, "warn" if message else "", message, rest)

    def focus_item(self, item_oid: str) -> None:
        if (card := self._card(item_oid)) is not None:
            card.focus_item(item_oid)
        elif item_oid in self.block.conditions:
            self.strip.setFocus(Qt.FocusReason.OtherFocusReason)
            self.strip.go(self.block.conditions.index(item_oid))

    def type_text(self, item_oid: str, text: str) -> None:
        if (card := self._card(item_oid)) is not None:
            card.type_text(item_oid, text)

    def item_rect(self, item_oid: str) -> QRect:
        """The place of an item in this widget's coordinates, for a page that scrolls it into view."""
        card = self._card(item_oid)
        if card is None:
            return self.strip.item_rect(item_oid).translated(self.strip.pos())
        return QRect(card.mapTo(self, card.rect().topLeft()), card.size())

    def running(self) -> tuple[Deadline, ...]:
        """Countdowns that run or wait for their reading."""
        return self._running

    def _card(self, item_oid: str) -> TimedCard | None:
        return next((card for card in self.cards if item_oid in card.item_oids()), None)

    def _asked(self, what: str, oid: str) -> None:
        {"missing": self.missing_asked, "query": self.query_asked, "history": self.history_asked}[what].emit(oid)

    # time

    def _answers(self) -> dict[str, Datum]:
        return {oid: self.view.items.get(oid, EMPTY).datum for oid in self.item_oids()}

    def _deadlines(self) -> tuple[Deadline, ...]:
        answers = self._answers()
        found = (deadline_of(card.part, answers) for card in self.cards)
        return tuple(d for d in found if d is not None)

    def _start(self, item_oid: str) -> None:
        """Start, or start again: the time of now is the answer."""
        if not self.view.read_only:
            self.answered.emit(item_oid, self.clock().isoformat(timespec="seconds"), "")

    def _show_cards(self) -> None:
        now, by_item = self.clock(), {d.started_item: d for d in self._running}
        first = next((c for c in self.cards if c.can_start(self.view)), None)
        for card in self.cards:
            card.show_time(self.view, by_item.get(card.part.started), now, card is first)

    def _second(self) -> None:
        """Once a second: repaint the faces, ring when a countdown has run out."""
        self._show_cards()
        now = self.clock()
        for deadline in self._running:
            name = (deadline.started_item, deadline.started.isoformat())
            if timedelta(0) <= now - deadline.at < FORGOTTEN and name not in self._rung:
                self._rung.add(name)
                self._ring(deadline, now - deadline.at < JUST_NOW)
        self._wind()

    def _ring(self, deadline: Deadline, aloud: bool) -> None:
        if aloud:
            QApplication.beep()
        card = self._card(deadline.answer_item)
        if card is not None and not self.view.read_only:
            card.ran_out(self.view)
        self.timers_changed.emit()

    def _wind(self) -> None:
        """Sets the Qt timer to the next whole second of any countdown that still matters."""
        now = self.clock()
        waiting = [d for d in self._running if now - d.at < FORGOTTEN]
        if not waiting or not self.isVisible():
            self._tick.stop()
            return
        second = timedelta(seconds=1)
        rest = min((d.at - now) % second for d in waiting)
        self._tick.start(int(rest / timedelta(milliseconds=1)) + 5)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_cards()
        late = any(d.left(self.clock()) <= 0 for d in self._running)
        if late:
            self._tick.start(0)
        else:
            self._wind()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    # geometry and words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(400), self._least_height())

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(1232), self._least_height())

    def _least_height(self) -> int:
        """Height of everything at the present width; nothing is squeezed below it."""
        width = self._wide()
        n, margin = self._placed or 1, self._column.spacing()
        each = (width - (n - 1) * self.grid.spacing()) // n
        rows = [max(c.least_height(each) for c in self.cards[i : i + n]) for i in range(0, len(self.cards), n)]
        parts = [self.strip.height()] if self.block.conditions else []
        parts += [sum(rows) + self.grid.spacing() * (len(rows) - 1)]
        if self.block.note is not None:
            tall = self.note.heightForWidth(width)
            parts.append(tall if tall > 0 else self.note.sizeHint().height())
        return sum(parts) + margin * len(parts)

    def _wide(self) -> int:
        """Present width, or the usual one before the first layout."""
        return self.width() if self._sized else self.look.px(1232)

    def _place(self) -> None:
        px, n = self.look.px, self._per_row()
        self._column.setSpacing(px(14))
        self.grid.setSpacing(px(14))
        self.strip.setFixedHeight(self.strip.heightForWidth(self._wide()))
        if n != self._placed:
            for card in self.cards:
                self.grid.removeWidget(card)
            for i, card in enumerate(self.cards):
                self.grid.addWidget(card, i // n, i % n)
            for column in range(2):
                self.grid.setColumnStretch(column, 1 if column < n else 0)
            self._placed = n

    def _read_words(self) -> None:
        language = self.look.language
        if self.block.note is not None:
            self.note.set_text(self.block.note.in_(language))
        for card in self.cards:
            card.read_words()
        self._show_cards()


class TimedReadingsBlock(TimedBlock):
    """Schirmer: one card per eye, side by side where there is room."""

    block: TimedReadings

    def _make_cards(self) -> Sequence[TimedCard]:
        return [ReadingCard(reading, self.definition, self.look) for reading in self.block.readings]

    def _per_row(self) -> int:
        return 2 if self._wide() >= self.look.px(1000) and len(self.cards) > 1 else 1


class TimedCollectionsBlock(TimedBlock):
    """Saliva: one card per weighed collection."""

    block: TimedCollections

    def _make_cards(self) -> Sequence[TimedCard]:
        return [CollectionCard(collection, self.definition, self.look) for collection in self.block.collections]

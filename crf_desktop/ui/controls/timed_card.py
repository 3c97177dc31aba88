"""One countdown with its fields: the card of an eye, the card of a collection."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import TimedCollection, TimedReading
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.countdown import Deadline
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.timer_face import TimerFace
from crf_desktop.ui.label import Card, Label, Pill
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, Icon
from crf_desktop.wording.figure import clock, with_unit

WISHES = ("answered", "cleared", "missing_asked", "query_asked", "history_asked", "focused", "drafted")
"""Signals of a block that its cards and fields share."""


class TimedCard(Card):
    """Title, state, start time, countdown with its buttons; a subclass lays them out with its fields."""

    answered = Signal(str, str, str)
    cleared = Signal(str)
    missing_asked = Signal(str)
    query_asked = Signal(str)
    history_asked = Signal(str)
    focused = Signal(str)
    drafted = Signal(str, str)
    start_asked = Signal(str)
    """(OID of the item that keeps the start): now."""

    def __init__(
        self,
        part: TimedReading | TimedCollection,
        definition: MetaDataVersion,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self.part, self.definition = part, definition
        self.fields: dict[str, ItemField] = {}
        self._start_value: str | None = None
        self.title = Label(look, "", 17, True)
        self.pill = Pill(look)
        self.started = Label(look, "", 13, token="text_2")
        self.face = TimerFace(part.seconds, look)
        self.start = Button(look, "plain", lead=Icon.TIMER, height=36)
        self.stop = Button(look, "plain", height=32, px=13)
        self.again = Button(look, "plain", height=32, px=13)
        self.start.clicked.connect(lambda: self.start_asked.emit(part.started))
        self.again.clicked.connect(lambda: self.start_asked.emit(part.started))
        self.stop.clicked.connect(lambda: self.cleared.emit(part.started))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._build()
        look.changed.connect(self._renew_fields)

    def _build(self) -> None:
        raise NotImplementedError

    def _renew_fields(self) -> None:
        """Words and measures of the fields, after they have renewed themselves."""

    def field(self, oid: str, large: bool = False) -> ItemField:
        """A field of this card, its wishes passed on."""
        field = ItemField(self.definition, self.definition.item[oid], self.look, large=large)
        self.fields[oid] = field
        for name in WISHES:
            getattr(field, name).connect(getattr(self, name))
        return field

    def head(self) -> QHBoxLayout:
        """Title and state at the left, start time at the right."""
        row = QHBoxLayout()
        row.setContentsMargins(RING, 0, RING, self.look.px(4))
        row.setSpacing(self.look.px(12))
        row.addWidget(self.title)
        row.addWidget(self.pill)
        row.addStretch(1)
        row.addWidget(self.started)
        return row

    def buttons(self) -> QWidget:
        """Start; or stop and restart; as high whichever is shown."""
        controls = QWidget()
        controls.setFixedHeight(self.look.px(36) + 2 * RING)
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.start, self.stop, self.again):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        return controls

    def read_words(self) -> None:
        """The words of the language in force."""
        title = self.part.title.in_(self.look.language)
        self.title.setText(title)
        self.start.setText(self.tr("Start {0} min").format(clock(self.part.seconds)))
        self.stop.setText(self.tr("Stop and discard"))
        for button in (self.start, self.stop, self.again):
            button.setAccessibleName(self.tr("{0}, {1}").format(title, button.words()))

    # what the block asks

    def least_height(self, width: int) -> int:
        """Height at which nothing is squeezed."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()

    def item_oids(self) -> tuple[str, ...]:
        """Items of this card in Tab order; the start is answered by the buttons."""
        return (self.part.started, *self.fields)

    def answer_oid(self) -> str:
        """The item that ends the countdown."""
        return self.part.reading if isinstance(self.part, TimedReading) else self.part.duration

    def can_start(self, view: BlockView) -> bool:
        """Neither started nor answered."""
        started = view.items.get(self.part.started, EMPTY).datum.value
        return started is None and not view.items.get(self.answer_oid(), EMPTY).datum.answered

    def mark(self, oid: str, state: str, message: str, rest: str) -> None:
        """Marks a field as refused or unusual; an empty state takes the mark away."""
        field = self.fields.get(oid)
        if field is None:
            self.started.setText(" ".join(part for part in (message, rest) if part))
        elif state:
            field.mark(state, message, rest)
        else:
            field.unmark()

    def focus_item(self, oid: str) -> None:
        """Gives the item the keyboard; for the start, the button that is shown."""
        if oid in self.fields:
            self.fields[oid].take_focus()
        else:
            button = self.start if not self.start.isHidden() else self.stop
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_text(self, oid: str, text: str) -> None:
        """Puts a restored draft into a field without answering."""
        if oid in self.fields:
            self.fields[oid].put(text)

    def ran_out(self, view: BlockView) -> None:
        """The countdown has just run out."""

    def show_view(self, view: BlockView) -> None:
        """Shows the answers; emits nothing."""
        for oid, field in self.fields.items():
            field.show_item(view.items.get(oid, EMPTY), view.read_only)
        self._start_value = view.items.get(self.part.started, EMPTY).datum.value

    def show_time(self, view: BlockView, deadline: Deadline | None, now: datetime, first: bool) -> None:
        """Shows the time; emits nothing. ``first``: its start button is the filled one."""
        answer = view.items.get(self.answer_oid(), EMPTY).datum
        answered = answer.answered
        self.face.show_time(deadline, answer, now)
        running, may = deadline is not None, not view.read_only
        self.start.setVisible(may and not running and not answered)
        self.stop.setVisible(may and running)
        self.again.setVisible(may and running)
        self.start.set_kind("primary" if first else "plain")
        self.start.updateGeometry()
        self.started.setText(self._when(view))
        self._show_state(view, deadline, now)

    def _when(self, view: BlockView) -> str:
        """``Started 10:31:05``."""
        if self._start_value is None:
            return ""
        return self.tr("Started {0}").format(f"{datetime.fromisoformat(self._start_value):%H:%M:%S}")

    def _show_state(self, view: BlockView, deadline: Deadline | None, now: datetime) -> None:
        answered = view.items.get(self.answer_oid(), EMPTY).datum
        if deadline is not None and deadline.left(now) > 0:
            self.pill.show_state(Glyph.IN_PROGRESS, self.tr("Running"), "accent_soft", "accent_text")
        elif deadline is not None:
            self.pill.show_state(Glyph.TIMER, self.tr("Time is up"), "accent_soft", "accent_text")
        elif answered.null_flavor is not None:
            self.pill.show_state(Glyph.MISSING, self.tr("Missing"), "sunken", "text")
        elif answered.value is not None:
            self.pill.show_state(Glyph.COMPLETE, self.tr("Done"), "ok_soft", "ok")
        else:
            self.pill.show_state(Glyph.DUE, self.tr("Not started"), "sunken", "text")


class ReadingCard(TimedCard):
    """One eye: countdown at the left, the reading at the right, ready at once; its message across the whole card."""

    part: TimedReading

    def _build(self) -> None:
        px = self.look.px
        self.hint = Label(self.look, "", 13, token="text_2", wrap=True)
        field = self.field(self.part.reading, large=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(16) - RING, px(14), px(16) - RING, px(12))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        left, right = QVBoxLayout(), QVBoxLayout()
        inset = QHBoxLayout()
        inset.setContentsMargins(RING, 0, 0, 0)
        inset.addWidget(self.face)
        left.addSpacing(px(6))
        left.addLayout(inset)
        left.addWidget(self.buttons())
        left.addStretch(1)
        self.hint.setContentsMargins(RING, 0, 0, 0)
        self.hint.setFixedWidth(px(190))
        right.setSpacing(px(2))
        for widget in (field, self.hint, field.missing_link):
            right.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        grid.addLayout(self.head(), 0, 0, 1, 2)
        grid.addLayout(left, 1, 0)
        grid.addLayout(right, 1, 1)
        grid.addWidget(field.message, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def _renew_fields(self) -> None:
        """The hint stands under the field, so that the message has the whole width of the card."""
        field = self.fields[self.part.reading]
        self.hint.setText(field.item.hint.in_(self.look.language) if field.item.hint else "")
        field.message.hint = ""
        field.message.updateGeometry()
        limits = [c.value for c in field.item.range_checks if c.soft_hard == "Hard" and c.comparator in ("GE", "LE")]
        if len(limits) == 2:
            field.entry.setPlaceholderText("–".join(sorted(limits, key=float)))  # type: ignore[union-attr]

    def read_words(self) -> None:
        self.again.setText(self.tr("Strip fell out: restart"))
        super().read_words()
        self._renew_fields()


class CollectionCard(TimedCard):
    """One collection: tubes and seconds at the left; at the right the countdown, then the rate."""

    part: TimedCollection

    def _build(self) -> None:
        px = self.look.px
        self.hints: dict[str, Label] = {}
        self._cells: dict[str, QWidget] = {}
        self.net = Label(self.look, "", 13, token="text_2")
        self.rate = Label(self.look, "", 21, True)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(px(16) - RING, px(14), px(16) - RING, px(8))
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(2))
        self._messages = QWidget()
        self._message_stack = QStackedLayout(self._messages)
        for oid in (self.part.before, self.part.after, self.part.duration):
            self._add_field(oid)
        self._timer, self._result, right = QWidget(), QWidget(), QWidget()
        timer, result = QVBoxLayout(self._timer), QVBoxLayout(self._result)
        self._stack = QStackedLayout(right)
        for column in (timer, result):
            column.setSpacing(px(2))
        inset = QHBoxLayout()
        inset.setContentsMargins(RING, 0, 0, 0)
        inset.addWidget(self.face)
        timer.addLayout(inset)
        timer.addWidget(self.buttons())
        timer.addStretch(1)
        for label in (self.net, self.rate):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            result.addWidget(label)
        result.addStretch(1)
        self._stack.addWidget(self._timer)
        self._stack.addWidget(self._result)
        right.setFixedWidth(px(300))
        for column in (timer, result):
            column.setContentsMargins(0, px(4), RING, 0)
        self._right, self._head, self._columns = right, QWidget(), 0
        head = self.head()
        self._head.setLayout(head)
        self._place()

    def _add_field(self, oid: str) -> None:
        """A field with its hint under it; its message shares one line across the card."""
        field = self.field(oid)
        hint = Label(self.look, "", 13, token="text_2", wrap=True)
        hint.setContentsMargins(RING, 0, 0, self.look.px(6))
        hint.setFixedWidth(self.look.px(268))
        cell, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(field)
        column.addWidget(hint)
        column.addStretch(1)
        cell.setLayout(column)
        self.hints[oid], self._cells[oid] = hint, cell
        self._message_stack.addWidget(field.message)

    def _show_message(self) -> None:
        """The message of the field that has one; of the focused field when several have."""
        told = [f for f in self.fields.values() if f.message.state]
        focused = [f for f in told if f.entry.hasFocus()]
        for field in (focused or told)[:1]:
            self._message_stack.setCurrentWidget(field.message)

    def mark(self, oid: str, state: str, message: str, rest: str) -> None:
        super().mark(oid, state, message, rest)
        self._show_message()

    def _place(self) -> None:
        """Fields in a row, or one under the other where the card is narrow."""
        columns = 3 if not self._columns or self.width() >= self.look.px(1150) else 1
        if columns == self._columns:
            return
        px, wide = self.look.px, columns > 1
        self._right.setFixedWidth(px(300 if wide else 272))
        for hint in self.hints.values():
            hint.setFixedWidth(px(268 if wide else 256))
        self._columns = columns
        while self.grid.count():
            self.grid.takeAt(0)
        self.grid.addWidget(self._head, 0, 0, 1, 4)
        for i, field in enumerate(self._cells.values()):
            self.grid.addWidget(field, 1 + i // columns, i % columns, Qt.AlignmentFlag.AlignTop)
        n_row = 1 if columns == 3 else 3
        self.grid.addWidget(self._right, 1, 3, n_row, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.grid.addWidget(self._messages, 1 + n_row, 0, 1, 4)
        self.grid.setColumnStretch(3, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def read_words(self) -> None:
        self.again.setText(self.tr("Restart"))
        super().read_words()
        self._renew_fields()

    def _renew_fields(self) -> None:
        for oid, field in self.fields.items():
            self.hints[oid].setText(field.item.hint.in_(self.look.language) if field.item.hint else "")
            field.message.hint = ""
            field.message.updateGeometry()
        waiting = not self.fields[self.part.duration].view.datum.answered
        self.fields[self.part.after].entry.setPlaceholderText(self.tr("after timer") if waiting else "")  # type: ignore[union-attr]

    def ran_out(self, view: BlockView) -> None:
        if not view.items.get(self.part.duration, EMPTY).datum.answered:
            self.answered.emit(self.part.duration, str(self.part.seconds), "")

    def show_view(self, view: BlockView) -> None:
        super().show_view(view)
        self._renew_fields()
        self._show_message()
        net = self._printed(view, self.part.net)
        seconds = view.items.get(self.part.duration, EMPTY).datum.value
        self.net.setText(self.tr("{0} in {1}").format(net, with_unit(seconds, "s")) if net and seconds else net)
        self.rate.setText(self._printed(view, self.part.rate) or "—")
        answered = view.items.get(self.part.duration, EMPTY).datum.answered
        self._stack.setCurrentWidget(self._result if answered else self._timer)

    def _when(self, view: BlockView) -> str:
        """``10:12:40 to 10:17:40, 300 s`` once the seconds are known."""
        seconds = view.items.get(self.part.duration, EMPTY).datum.value
        if self._start_value is None or seconds is None or not seconds.isdigit():
            return super()._when(view)
        start = datetime.fromisoformat(self._start_value)
        end = start + timedelta(seconds=int(seconds))
        return self.tr("{0} to {1}, {2}").format(f"{start:%H:%M:%S}", f"{end:%H:%M:%S}", with_unit(seconds, "s"))

    def _printed(self, view: BlockView, oid: str) -> str:
        """A derived value with its unit; empty while unknown."""
        derived, method = view.derived.get(oid), self.definition.method[oid]
        if derived is None or not derived.text:
            return ""
        unit = self.definition.unit[method.unit].symbol.in_(self.look.language) if method.unit else ""
        return with_unit(derived.text, unit)

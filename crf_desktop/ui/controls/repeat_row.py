"""One row of a repeating item group: its fields in one line, or in several with their labels where one is too short."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crf_desktop.model.definition import ItemGroupDef, MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import address
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.derived_words import value_words
from crf_desktop.ui.controls.ink import line_height
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.link import Link
from crf_desktop.ui.controls.message import MessageLine
from crf_desktop.ui.label import Label, Line
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING
from crf_desktop.ui.style import control_height

_REMOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class RepeatRow(QWidget):
    """The fields of one row, its derived values, and the link that takes it away."""

    removed = Signal(str)
    """(key): the link, or Ctrl+Shift+Delete in one of its fields."""

    def __init__(
        self,
        definition: MetaDataVersion,
        group: ItemGroupDef,
        methods: tuple[str, ...],
        key: str,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.definition, self.group, self.key, self.look = definition, group, key, look
        self.number = Label(look, "", 13, True, token="text_2")
        self.remove = Link(look, Glyph.REMOVE)
        items = [definition.item[oid] for oid in group.items]
        self.fields = [ItemField(definition, item, look, key=key) for item in items]
        self.remove.setFocusProxy(self.fields[0])
        self.values = {m: Label(look, "", 15, True) for m in methods}
        self.names = {m: Label(look, "", 13, token="text_2") for m in methods}
        self.message = MessageLine(look)
        self.line = Line(look)
        self.wide = False
        """True: the fields stand in one line, their labels above the table."""
        self._arranged: tuple[object, ...] = ()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.remove.clicked.connect(lambda: self.removed.emit(self.key))
        for field in self.fields:
            field.message.said.connect(self._show_message)
            for widget in field.tab_widgets():
                widget.installEventFilter(self)

    def _lay_out(self) -> None:
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        self.column.addWidget(self.line)
        self.lines = QVBoxLayout()
        self.column.addLayout(self.lines)
        self.column.addWidget(self.message)
        for widget in (*self.fields, *self.names.values(), *self.values.values(), self.number, self.remove):
            widget.setParent(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Delete and event.modifiers() == _REMOVE:  # type: ignore[attr-defined]
            self.removed.emit(self.key)
            return True
        return False

    def tab_widgets(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [widget for field in self.fields for widget in field.tab_widgets()]

    # geometry

    def arrange(self, wide: bool, widths: tuple[int, ...], lines: tuple[tuple[int, ...], ...]) -> None:
        """The fields in these lines (by place in the group) with these widths; ``wide``: one line, labels above."""
        asked = (wide, widths, lines, self.look.scale, self.look.touch, self.look.language)
        if asked == self._arranged:
            return
        self._arranged, self.wide = asked, wide
        while (item := self.lines.takeAt(0)) is not None:
            old = item.layout()
            while old is not None and old.takeAt(0) is not None:
                pass
            if old is not None:
                old.deleteLater()
        px, high = self.look.px, control_height(self.look) + 2 * RING
        for field, width in zip(self.fields, widths, strict=True):
            field.set_compact(not wide)
            field.setFixedWidth(width)
        self.remove.setFixedHeight(high)
        for value in self.values.values():
            value.setFixedHeight(high if wide else px(28))
        self.number.setFixedSize(px(28), high if wide else line_height(self.look, 13))
        for name in self.names.values():
            name.setVisible(not wide)
        for n, line in enumerate(lines):
            self._fill(line, n == 0)
        if not wide and self.values:
            self._fill_values()
        self.lines.setContentsMargins(0, px(4 if wide else 8), 0, px(0 if wide else 4))
        self.lines.setSpacing(px(6))
        self.message.setContentsMargins(px(28), 0, 0, 0)
        self.column.setContentsMargins(0, 0, 0, px(4))

    def _fill(self, line: tuple[int, ...], first: bool) -> None:
        """One line of fields; the number stands before the first, in one line derived values behind the last."""
        px, top = self.look.px, Qt.AlignmentFlag.AlignTop
        gap = px(8) if self.wide else px(16)
        box = QHBoxLayout()
        box.setSpacing(gap)
        if first:
            box.addWidget(self.number, 0, top)
        else:
            box.addSpacing(px(28) + gap)
        for n in line:
            box.addWidget(self.fields[n], 0, top)
        for widget in (*self.values.values(), self.remove) if self.wide else ():
            box.addWidget(widget, 0, top)
        box.addStretch(1)
        if first and not self.wide:
            box.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)  # beside the fields, not their labels
        self.lines.addLayout(box)

    def _fill_values(self) -> None:
        """Derived values with their names in a line of their own."""
        px, box = self.look.px, QHBoxLayout()
        box.setSpacing(px(8))
        box.addSpacing(px(28 + 16) + RING)
        for method, value in self.values.items():
            box.addWidget(self.names[method])
            box.addWidget(value)
            box.addSpacing(px(24))
        box.addStretch(1)
        self.lines.addLayout(box)

    def set_value_width(self, width: int) -> None:
        """In one line the derived values have the width of their column."""
        for value in self.values.values():
            value.setMinimumWidth(width if self.wide else 0)

    # what it shows

    def show_words(self, number: str, remove: str, name: str) -> None:
        """The row's number, the word on its link and the link's accessible name."""
        self.number.setText(number)
        self.remove.setText(remove)
        self.remove.setAccessibleName(name)
        for method, label in self.names.items():
            label.setText(self.definition.method[method].label.in_(self.look.language))

    def show_row(self, view: BlockView, item_view: Callable[[str], object]) -> None:
        """Shows the answers of this row; emits nothing."""
        for field in self.fields:
            field.show_item(item_view(field.address), view.read_only, visit_date=view.visit_date)  # type: ignore[arg-type]
            for widget in field.tab_widgets():
                widget.installEventFilter(self)
        self.remove.setVisible(not view.read_only)
        for method, label in self.values.items():
            found = view.derived.get(address(method, self.key))
            said = value_words(self.definition, self.definition.method[method], found, self.look.language)
            label.setText(said.spoken if said.known else "—")
            told = self.definition.method[method].label.in_(self.look.language)
            label.setAccessibleName(f"{told} {said.spoken}")
        self._show_message()

    def _show_message(self) -> None:
        """In one line the messages of all fields stand under the row: the gravest one."""
        order = {"error": 0, "warn": 1, "was": 2}
        told = [f for f in self.fields if f.message.state and (f.message.happened or f.message.rest)]
        told.sort(key=lambda f: order[f.message.state])
        if not told:
            self.message.say("")
            return
        field, gap = told[0], "：" if self.look.language == "zh" else ": "
        label = field.item.label.in_(self.look.language)
        self.message.say(field.message.state, f"{label}{gap}{field.message.happened}", field.message.rest)

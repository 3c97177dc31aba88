"""The rows of a repeating item group: one line each under column heads, or several with labels where it is short."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import RepeatTable
from crf_desktop.model.path import address
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.entry import TextEntry
from crf_desktop.ui.controls.field_card import EMPTY, FieldsBlock
from crf_desktop.ui.controls.ink import Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.link import Link
from crf_desktop.ui.controls.repeat_row import RepeatRow
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING
from crf_desktop.ui.style import control_height

_HEAD = Face(13, token="text_2")
_LEAST_HEAD = 96
"""Guide px of a column head from which it breaks into lines."""


class Heads(QWidget):
    """Column heads with their units, wrapped to the widths of the columns."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.words: tuple[str, ...] = ()
        self.widths: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_heads(self, words: tuple[str, ...], widths: tuple[int, ...]) -> None:
        """Other words or widths."""
        self.words, self.widths = words, widths
        self.updateGeometry()
        self.update()

    def _lines(self) -> list[tuple[str, ...]]:
        px, pairs = self.look.px, zip(self.words, self.widths, strict=True)
        return [wrap(self.look, words, _HEAD, max(width - px(6), px(20))) for words, width in pairs]

    def sizeHint(self) -> QSize:
        n = max((len(lines) for lines in self._lines()), default=1)
        return QSize(sum(self.widths), n * line_height(self.look, 13) + self.look.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, step, x = Ink(self, self.look), line_height(self.look, 13), 0
        for lines, width in zip(self._lines(), self.widths, strict=True):
            top = self.height() - self.look.px(4) - len(lines) * step
            ink.lines(x + RING, top, lines, _HEAD, step)
            x += width + self.look.px(8)
        ink.painter.end()


class RepeatTableBlock(FieldsBlock):
    """Tab walks row by row; Enter in the last field reaches the button that adds a row."""

    def __init__(
        self, block: RepeatTable, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block, self.group = block, definition.item_group[block.group]
        self.methods = tuple(m for m in self.group.methods if m not in block.hidden)
        self.fields = {}
        self.rows: dict[str, RepeatRow] = {}
        self.view = BlockView({}, {}, {}, {})
        self._adding, self._sized = False, False
        self._current = ""
        """Address of the field that has the keyboard."""
        self.card = QFrame()
        self.card.setProperty("card", "true")
        self.title, self.note = Label(look, "", 17, True, wrap=True), Label(look, "", 13, token="text_2", wrap=True)
        self.empty = Label(look, "", 15, token="text_2")
        self.heads = Heads(look)
        self.add = Button(look, "plain")
        self.where = Label(look, "", 13, token="text_2", wrap=True)
        self.missing_link, self.flag = Link(look, Glyph.MISSING), Link(look, Glyph.QUERY)
        self._lay_out()
        self._connect()
        self.renew()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)
        self.column, self.body, self.foot = QVBoxLayout(self.card), QVBoxLayout(), QHBoxLayout()
        self.body.setSpacing(0)
        for widget in (self.title, self.note, self.heads, self.empty):
            self.column.addWidget(widget)
        self.column.addLayout(self.body)
        self.column.addLayout(self.foot)
        self.foot.addWidget(self.add)
        self.foot.addStretch(1)
        named: tuple[QWidget, ...] = (self.where, self.flag, self.missing_link)
        for part in named:
            self.foot.addWidget(part)
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(part is not self.flag)
            part.setSizePolicy(policy)
            part.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.focused.connect(self._note_focus)
        self.missing_link.clicked.connect(self._link_pressed)
        self.flag.clicked.connect(lambda: self.query_asked.emit(self._current))
        self.look.changed.connect(self.renew)

    # words

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language = self.look.px, self.look.language
        self.column.setContentsMargins(px(24) - RING, px(16), px(16), px(10))
        self.column.setSpacing(px(4))
        self.foot.setContentsMargins(0, px(4), px(8), 0)
        self.foot.setSpacing(px(8))
        self.title.setText(self.block.title.in_(language))
        self.note.setText(self.block.note.in_(language) if self.block.note else "")
        self.note.setVisible(self.block.note is not None)
        self.empty.setText(self.tr("Nothing entered yet."))
        self.add.setText(self.block.add.in_(language) if self.block.add else self.tr("Add a line"))
        self.add._height = 48 if self.look.touch else 36
        self.missing_link.setText(self.tr("Missing reason"))
        for widget in (self.title, self.note, self.empty):
            widget.setContentsMargins(RING, 0, RING, 0)
        for link in (self.missing_link, self.flag):
            link.setFixedHeight(control_height(self.look))
        for field in self.fields.values():
            field.renew()  # before the columns, whose widths follow from the words
        self._number_rows()
        self.arrange()
        self._show_where()

    def _number_rows(self) -> None:
        """Rows are counted as they stand, whatever their keys."""
        for n, row in enumerate(self.rows.values(), 1):
            row.show_words(str(n), self.tr("Remove"), self.tr("Remove row {0}").format(n))

    def head_words(self, oid: str) -> str:
        """``Rate, mL/h``: label and, where it cannot be chosen, unit."""
        item, language = self.definition.item[oid], self.look.language
        unit = self.definition.unit[item.units[0]].symbol.in_(language) if len(item.units) == 1 else ""
        return self._with_unit(item.label.in_(language), unit)

    def _method_words(self, oid: str) -> str:
        return self.definition.method[oid].label.in_(self.look.language)

    def _with_unit(self, label: str, unit: str) -> str:
        if not unit:
            return label
        return f"{label}（{unit}）" if self.look.language == "zh" else f"{label}, {unit}"

    # geometry

    def _value_width(self, oid: str) -> int:
        """Width of a column of derived values."""
        px = self.look.px
        return max(px(88), int(min(text_width(self.look, self._method_words(oid), _HEAD) + px(8), px(140))))

    def _line(self, row: RepeatRow, room: int) -> tuple[int, ...]:
        """Widths of the fields in one line; empty when they do not fit."""
        px = self.look.px
        if any(isinstance(field.entry, TextEntry) for field in row.fields):
            return ()
        widths = []
        for field in row.fields:
            field.titled = False
            head = text_width(self.look, self.head_words(field.item.oid), _HEAD) + 2 * RING + px(6)
            widths.append(max(field.natural_width(), int(min(head, px(_LEAST_HEAD)))))
        values = sum(self._value_width(m) + px(8) for m in self.methods)
        left = room - px(28) - sum(widths) - px(8) * (len(widths) + 1) - values - row.remove.sizeHint().width()
        return self._spread(row, widths, left) if left >= 0 else ()

    def _spread(self, row: RepeatRow, widths: list[int], left: int) -> tuple[int, ...]:
        """Gives what is left of a line to its free text, as far as that can be long."""
        free = [n for n, f in enumerate(row.fields) if f.item.data_type == "text" and not f.item.code_list]
        for n in free:
            most = max(widths[n], row.fields[n].entry.sizeHint().width() + 2 * RING)
            widths[n] = min(most, widths[n] + left // len(free))
        return tuple(widths)

    def _flow(self, row: RepeatRow, room: int) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Widths of the titled fields, and which stand in which line."""
        px, gap = self.look.px, self.look.px(16)
        for field in row.fields:
            field.titled = True
        most = room - px(28) - gap
        widths = [min(self._wanted(field), most) for field in row.fields]
        lines: list[list[int]] = [[]]
        used = row.remove.sizeHint().width() + gap
        for n, field in enumerate(row.fields):
            whole = isinstance(field.entry, TextEntry)
            if whole:
                widths[n] = min(most, px(640) + 2 * RING)
            if lines[-1] and (whole or used + widths[n] > most):
                lines.append([])
                used = 0
            lines[-1].append(n)
            used += widths[n] + gap
        return tuple(widths), tuple(tuple(line) for line in lines)

    def _wanted(self, field: ItemField) -> int:
        """Width where there are several lines: words have room for most of what is written."""
        natural = field.natural_width()
        if field.item.data_type != "text" or field.item.code_list:
            return natural
        return max(natural, min(field.entry.sizeHint().width() + 2 * RING, self.look.px(300)))

    def arrange(self) -> None:
        """One line for each row where it fits; several with labels where it does not."""
        if not self.rows:
            self.heads.hide()
            return
        margins = self.column.contentsMargins()
        width = self.width() if self._sized else self.look.px(1232)
        room = width - margins.left() - margins.right() - 2
        first = next(iter(self.rows.values()))
        lines: tuple[tuple[int, ...], ...] = (tuple(range(len(first.fields))),)
        widths = self._line(first, room)
        wide = bool(widths)
        if not wide:
            widths, lines = self._flow(first, room)
        for row in self.rows.values():
            row.arrange(wide, widths, lines)
            row.set_value_width(max((self._value_width(m) for m in self.methods), default=0))
        self.heads.setVisible(wide)
        if wide:
            words = (*(self.head_words(i) for i in self.group.items), *(self._method_words(m) for m in self.methods))
            values = tuple(self._value_width(m) for m in self.methods)
            self.heads.show_heads(("", *words), (self.look.px(28), *widths, *values))
        self._show_where()

    def minimumSizeHint(self) -> QSize:
        """The lines of now have fixed widths: a narrower table breaks them anew."""
        return QSize(self.look.px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() or not self._sized:
            self._sized = True
            self.arrange()

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return tuple(address(oid, key) for key in self.rows for oid in self.group.items)

    def base_oids(self) -> tuple[str, ...]:
        return self.group.items

    def show_view(self, view: BlockView) -> None:
        self.view = view
        keys = view.rows.get(self.block.group, ())
        if keys != tuple(self.rows):
            self._show_keys(keys)
        for row in self.rows.values():
            row.show_row(view, self._item)
        self.empty.setVisible(not self.rows)
        self.add.setVisible(not view.read_only)
        self._show_where()
        if self._adding and self.rows:
            self._adding = False
            next(reversed(self.rows.values())).fields[0].take_focus()

    def _item(self, at: str) -> ItemView:
        return self.view.items.get(at, EMPTY)

    def _show_keys(self, keys: tuple[str, ...]) -> None:
        """Makes the rows that are new, takes away those that are gone."""
        before = self.rows
        self._adding = self._adding and len(keys) > len(before)
        for key in [k for k in before if k not in keys]:
            self._drop(before.pop(key))
        self.rows = {key: before.get(key) or self._made(key) for key in keys}
        for n, row in enumerate(self.rows.values()):
            if self.body.indexOf(row) != n:
                self.body.insertWidget(n, row)
                row.show()
        self.fields = {f.address: f for row in self.rows.values() for f in row.fields}
        self._number_rows()
        self.arrange()
        self._order_stops()

    def _made(self, key: str) -> RepeatRow:
        row = RepeatRow(self.definition, self.group, self.methods, key, self.look)
        for field in row.fields:
            self.adopt(field)
        row.removed.connect(self._remove)
        return row

    def _drop(self, row: RepeatRow) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and row.isAncestorOf(focus):
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._current in {f.address for f in row.fields}:
            self._current = ""
        self.body.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _order_stops(self) -> None:
        """Tab walks the rows as they stand, then the button."""
        stops = [*(widget for row in self.rows.values() for widget in row.tab_widgets()), self.add]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def focus_item(self, item_oid: str) -> None:
        if item_oid in self.fields:
            self.fields[item_oid].take_focus()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def item_rect(self, item_oid: str) -> QRect:
        if item_oid not in self.fields:
            return self.rect()
        row = next(r for r in self.rows.values() if self.fields[item_oid] in r.fields)
        shown: QWidget = row if row.wide else self.fields[item_oid]
        return QRect(shown.mapTo(self, QPoint()), shown.size())

    # what a person does

    def _add(self) -> None:
        self._adding = True
        self.row_added.emit(self.block.group)

    def _remove(self, key: str) -> None:
        if not self.view.read_only:
            self.row_removed.emit(self.block.group, key)

    def _note_focus(self, at: str) -> None:
        self._current = at
        self._show_where()

    def _focused_field(self) -> ItemField | None:
        return self.fields.get(self._current)

    def _show_where(self) -> None:
        """The foot names the field that has the keyboard and offers what a field of a card offers beside it."""
        field = self._focused_field()
        row = next((r for r in self.rows.values() if field in r.fields), None)
        shown = field is not None and row is not None
        for widget in (self.where, self.missing_link):
            widget.setVisible(shown and (widget is self.where or not self.view.read_only))
        if not shown or field is None or row is None:
            self.flag.hide()
            return
        language, missing = self.look.language, field.view.datum.null_flavor is not None
        n = list(self.rows.values()).index(row) + 1
        told = self.tr("Row {0}, {1}").format(n, field.item.label.in_(language))
        hint = field.item.hint.in_(language) if field.item.hint else ""
        colon = "：" if language == "zh" else ": "
        self.where.setText(f"{told}{colon}{hint}" if hint else told)
        self.missing_link.setText(self.tr("Remove reason") if missing else self.tr("Missing reason"))
        self.missing_link.setFocusProxy(field._focus_target())
        self.flag.setText(self.tr("Open query"))
        self.flag.setVisible(field.view.n_open_query > 0)

    def _link_pressed(self) -> None:
        field = self._focused_field()
        if field is not None:
            field._link_pressed()

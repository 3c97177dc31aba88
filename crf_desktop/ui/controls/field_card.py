"""A card of ordinary fields, in columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from crf_desktop.model.data import NOTHING
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import FieldCard
from crf_desktop.ui.controls.chips import Chips
from crf_desktop.ui.controls.contract import Block, BlockView, ItemView
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING

EMPTY = ItemView(NOTHING)


class FieldsBlock(Block):
    """What every block made of :class:`ItemField` does."""

    fields: dict[str, ItemField]

    def adopt(self, field: ItemField) -> None:
        """Takes a field's wishes for its own."""
        self.fields[field.address] = field
        for name in ("answered", "cleared", "missing_asked", "query_asked", "history_asked", "focused", "drafted"):
            getattr(field, name).connect(getattr(self, name))

    def item_oids(self) -> tuple[str, ...]:
        return tuple(self.fields)

    def show_view(self, view: BlockView) -> None:
        for oid, field in self.fields.items():
            field.show_item(view.items.get(oid, EMPTY), view.read_only, visit_date=view.visit_date)

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self.fields[item_oid].mark("error", message, kept)

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber edge and message; the typed text stays. Empty message: the mark goes."""
        if message:
            self.fields[item_oid].mark("warn", message, rest)
        else:
            self.fields[item_oid].unmark()

    def focus_item(self, item_oid: str) -> None:
        self.fields[item_oid].take_focus()

    def type_text(self, item_oid: str, text: str) -> None:
        self.fields[item_oid].put(text)

    def item_rect(self, item_oid: str) -> QRect:
        """Where the item stands in this block."""
        field = self.fields[item_oid]
        return QRect(field.mapTo(self, field.rect().topLeft()), field.size())


class FieldCardBlock(FieldsBlock):
    """Title, note, and fields column by column in reading order; one column where two are too narrow."""

    def __init__(
        self, block: FieldCard, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block = block
        self.fields = {}
        self.card = QFrame()
        self.card.setProperty("card", "true")
        self.title = Label(look, "", 17, True, wrap=True)
        self.note = Label(look, "", 13, token="text_2", wrap=True)
        self.grid = QGridLayout()
        for oid in block.items:
            self.adopt(ItemField(definition, definition.item[oid], look))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)
        self.inner = QVBoxLayout(self.card)
        for widget in (self.title, self.note):
            self.inner.addWidget(widget)
        self.inner.addLayout(self.grid)
        self._columns = 0
        self._place(block.columns)
        look.changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language = self.look.px, self.look.language
        self.inner.setContentsMargins(*self.margins())
        self.inner.setSpacing(px(8))
        self.grid.setHorizontalSpacing(px(32))
        self.grid.setVerticalSpacing(px(10))
        for label, words in ((self.title, self.block.title), (self.note, self.block.note)):
            label.setContentsMargins(RING, 0, RING, 0)
            label.setText(words.in_(language) if words else "")
            label.setVisible(words is not None)
        if self.isVisible():
            self._place(self._fitting(self.width()))

    def margins(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the card."""
        px = self.look.px
        return px(24) - RING, px(20), px(24) - RING, px(16)

    def _fitting(self, width: int) -> int:
        """As many columns as the layout has, or as fit with the unit and the links beside each field."""
        px, wanted = self.look.px, self.block.columns
        need = max([px(300), *(field.line_width() for field in self.fields.values())])
        while wanted > 1 and (width - px(48) - (wanted - 1) * px(32)) / wanted < need:
            wanted -= 1
        return wanted

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        for field in self.fields.values():
            self.grid.removeWidget(field)
        for column in range(self.block.columns):
            self.grid.setColumnStretch(column, 1 if column < columns else 0)
        for i, field in enumerate(self.fields.values()):
            alone = i == len(self.fields) - 1 and i % columns == 0  # the last of its row has the whole of it
            self.grid.addWidget(field, i // columns, i % columns, 1, columns if alone else 1, Qt.AlignmentFlag(0))
            if isinstance(field.entry, Chips):
                field.entry.most = 1000 if alone or columns == 1 else 640
                field.entry.updateGeometry()
        self._columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self._fitting(event.size().width()))
        self._align_before()

    def show_view(self, view: BlockView) -> None:
        super().show_view(view)
        self._align_before()

    def _align_before(self) -> None:
        """The values of the last visit stand beside the fields of a card, or under all of them."""
        if any(field.before is not None for field in self.fields.values()):
            beside = all(field.fits_beside() for field in self.fields.values())
            for field in self.fields.values():
                if field.allow_beside != beside:
                    field.allow_beside = beside
                    field.place_before()

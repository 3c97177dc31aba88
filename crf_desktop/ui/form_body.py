"""The blocks of one form, built once and shown again for any participant."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.layout import Block as LayoutBlock
from crf_desktop.model.layout import FieldCard, HeadChoice
from crf_desktop.model.path import split
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column

LONGEST_CHAIN = 100_000
SPOKEN = (
    "answered", "missed", "cleared", "missing_asked", "query_asked", "history_asked", "drafted", "row_added",
    "row_removed",
)  # fmt: skip
"""What a block says that its body says too."""


class _Inside(QWidget):
    """What scrolls: as tall as its blocks are at this width, never as tall as they would be at a narrower one."""

    def minimumSizeHint(self) -> QSize:
        hint, column = super().minimumSizeHint(), self.layout()
        return QSize(hint.width(), 0) if column is not None and column.hasHeightForWidth() else hint


class FormBody(QScrollArea):
    """One built form; speaks for its blocks."""

    answered = Signal(str, str, str)
    missed = Signal(str, str)
    cleared = Signal(str)
    missing_asked = Signal(str)
    query_asked = Signal(str)
    history_asked = Signal(str)
    focused = Signal(str)
    drafted = Signal(str, str)
    row_added = Signal(str)
    row_removed = Signal(str, str)

    def __init__(self, form: FormDef, definition: MetaDataVersion, look: Look, parent: QWidget | None = None) -> None:
        from crf_desktop.ui.controls import build  # the controls load after the window stands

        super().__init__(parent)
        self.form, self.look, self._definition = form, look, definition
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.blocks: list[Block] = []
        self.head_blocks: list[Block] = []
        inside = _Inside()
        inside.setProperty("kind", "page")
        self.setWidget(inside)  # while it is empty: a full one would be laid out now and again when it is shown
        px = look.px
        body = column(inside, px(12), (px(24), 0, px(24), px(16)))
        grows = False
        for block in form.layout.blocks:
            widget = self._aside(block, definition) or build(block, definition, look)
            self._connect(widget)
            self.blocks.append(widget)
            if isinstance(block, HeadChoice):
                self.head_blocks.append(widget)
            elif inside.isAncestorOf(widget):
                continue
            else:
                tall = widget.sizePolicy().verticalPolicy() in (
                    QSizePolicy.Policy.Expanding,
                    QSizePolicy.Policy.MinimumExpanding,
                )
                grows = grows or tall
                body.addWidget(widget, 1 if tall else 0)
        if not grows:
            body.addStretch(1)
        self._column = body
        self.verticalScrollBar().rangeChanged.connect(self._align)
        self.last_stop: QWidget = self
        self._home = {oid: block for block in self.blocks for oid in block.base_oids()}
        pairs = zip(form.layout.blocks, self.blocks, strict=True)
        self._layouts = {oid: laid for laid, block in pairs for oid in block.base_oids()}

    def find_last_stop(self) -> None:
        """Once it stands in its window: the last widget of the body in the order of Tab."""
        at, seen = self.nextInFocusChain(), 0
        while at is not None and at is not self and seen < LONGEST_CHAIN:
            if self.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.last_stop = at
            at, seen = at.nextInFocusChain(), seen + 1

    def _aside(self, block: object, definition: MetaDataVersion) -> Block | None:
        """A card that one level of the table before it asks for stands in the panel of that table."""
        from crf_desktop.ui.controls.aside import AsideBlock, domain_of
        from crf_desktop.ui.controls.level_table import LevelTableBlock

        table = self.blocks[-1] if self.blocks else None
        if not isinstance(block, FieldCard) or not isinstance(table, LevelTableBlock):
            return None
        domain = domain_of(block, table.layout_block, definition)
        return AsideBlock(block, definition, self.look, table, domain) if domain else None

    at = ""
    """Address of the item that had the keyboard last."""
    _spare = 0
    """Pixels below the last block while a docked panel covers what stands there."""

    def _align(self, low: int, high: int) -> None:
        """Keeps the right edge of the cards under the head's, with and without a scroll bar."""
        bar = self.verticalScrollBar().sizeHint().width() if high > low else 0
        px = self.look.px
        self._column.setContentsMargins(px(24), 0, px(24) - bar, px(16) + self._spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands inside is never wider than what is seen: a card with columns gives way."""
        inside = self.widget()
        if inside is not None:
            inside.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)

    def _connect(self, block: Block) -> None:
        for name in SPOKEN:
            getattr(block, name).connect(getattr(self, name))
        block.focused.connect(self._focused)

    def _focused(self, item_oid: str) -> None:
        self.at = item_oid
        self.bring_into_view(item_oid)
        self.focused.emit(item_oid)

    def show_view(self, view: BlockView) -> None:
        """Shows these answers; emits nothing."""
        for block in self.blocks:
            block.show_view(view)

    def forget_units(self) -> None:
        """Another participant: a unit chosen for a field that stayed empty is the site's again."""
        from crf_desktop.ui.controls.item_field import ItemField  # loads with the controls

        for field in self.findChildren(ItemField):
            field.forget_unit()

    def unsaved(self) -> dict[str, str]:
        """Item address → text that stands in its field and is not stored: half typed, refused, or asked about."""
        from crf_desktop.ui.controls.item_field import ItemField  # loads with the controls

        found = {f.address: f.unsaved_text() for f in self.findChildren(ItemField) if f.isVisibleTo(self)}
        return {address: text for address, text in found.items() if text is not None}

    def focus_text(self, item_oid: str) -> None:
        """Gives the keyboard to the field in which the item's text stands, behind the last letter."""
        from crf_desktop.ui.controls.item_field import ItemField  # loads with the controls

        field = next((f for f in self.findChildren(ItemField) if f.address == item_oid), None)
        if field is not None:
            field.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def block_of(self, item_oid: str) -> Block:
        """The block that shows the item, or the row it stands in."""
        return self._home[split(item_oid)[0]]

    def layout_of(self, item_oid: str) -> tuple[ItemDef | None, LayoutBlock | None]:
        """The item and its block in the layout; the first of the page where it is none of its own."""
        oid = split(item_oid)[0] if item_oid else ""
        oid = oid if oid in self._layouts else next(iter(self._layouts), "")
        return (self._definition.item[oid], self._layouts[oid]) if oid else (None, None)

    def focus_first(self, wanted: list[str]) -> None:
        """Gives the keyboard to the first wanted item, or to the first of the page."""
        order = [oid for block in self.blocks if block not in self.head_blocks for oid in block.item_oids()]
        order = [oid for block in self.head_blocks for oid in block.item_oids()] + order
        target = next((oid for oid in order if oid in wanted), order[0] if order else "")
        if target:
            self.focus_item(target)

    def focus_item(self, item_oid: str) -> None:
        """Gives the item the keyboard."""
        self.block_of(item_oid).focus_item(item_oid)

    def focus_row(self, group_oid: str, key: str) -> None:
        """Gives the first field of a row the keyboard."""
        rows = (at for block in self.blocks for at in block.item_oids() if split(at)[1] == key)
        target = next((at for at in rows if self._definition.group_of_item[split(at)[0]] == group_oid), "")
        if target:
            self.focus_item(target)

    def anchor(self, item_oid: str) -> tuple[QWidget, QRect]:
        """Where a menu about the item opens: a widget and a place in it."""
        block = self.block_of(item_oid)
        rect: Any = getattr(block, "item_rect", None)
        return (block, rect(item_oid)) if rect is not None else (block, QRect(0, 0, block.width(), self.look.px(48)))

    def bring_into_view(self, item_oid: str, covered: int = 0) -> None:
        """Scrolls so that the whole row is seen, above ``covered`` pixels of a docked panel."""
        block, rect = self.anchor(item_oid)
        inside = self.widget()
        assert inside is not None
        if not inside.isAncestorOf(block):
            return
        top = block.mapTo(inside, rect.topLeft()).y()
        bar, room = self.verticalScrollBar(), self.viewport().height() - covered
        low, high = top - self.look.px(8), top + rect.height() + self.look.px(8)
        self._spare = covered if high > room + bar.maximum() - self._spare else 0
        self._align(bar.minimum(), bar.maximum())
        if high <= room:
            bar.setValue(0)
        elif low < bar.value():
            bar.setValue(low)
        elif high > bar.value() + room:
            if high > bar.maximum() + room and covered:
                bar.setMaximum(high - room)
            bar.setValue(min(high - room, max(low, 0)) if rect.height() > room else high - room)

"""A field that follows from one level: it stands in the panel of its domain and moves nothing when it comes or goes."""

from __future__ import annotations

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.expression import names
from crf_desktop.model.layout import FieldCard, LevelTable
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.field_card import EMPTY, FieldCardBlock
from crf_desktop.ui.controls.level_table import LevelTableBlock
from crf_desktop.ui.look import Look


def domain_of(block: FieldCard, table: LevelTable, definition: MetaDataVersion) -> str:
    """The row of the table that alone decides whether the card's only item is asked; empty when none does."""
    if len(block.items) != 1 or not (relevant := definition.item[block.items[0]].relevant):
        return ""
    read = names(relevant)
    found = [row.item for row in table.rows if definition.item[row.item].name in read]
    return found[0] if len(found) == 1 == len(read) else ""


class AsideBlock(FieldCardBlock):
    """Seen while its domain is the current one and its item is asked; the room for it is kept all the time."""

    def __init__(
        self, block: FieldCard, definition: MetaDataVersion, look: Look, table: LevelTableBlock, domain: str
    ) -> None:
        super().__init__(block, definition, look, table.panel)
        self.table, self.domain = table, domain
        self.asked = False
        self.card.setProperty("card", "")
        for field in self.fields.values():
            field.link_above()
        self.hide()
        table.panel.adopt(self, domain)
        table.panel.on_tab = self._tab

    def margins(self) -> tuple[int, int, int, int]:
        return 0, 0, 0, 0

    def show_view(self, view: BlockView) -> None:
        super().show_view(view)
        item = view.items.get(self.block.items[0], EMPTY)
        self.asked = item.relevant or item.datum.answered
        self.table.panel.place_aside()

    def focus_item(self, item_oid: str) -> None:
        self.table.focus_item(self.domain)
        if self.asked:
            super().focus_item(item_oid)

    def room(self, width: int) -> int:
        """Height at that width."""
        outer = self.layout()
        assert outer is not None
        return outer.heightForWidth(width) if outer.hasHeightForWidth() else self.sizeHint().height()

    def _tab(self, forward: bool) -> bool:
        self.table.leave_aside(forward)
        return True

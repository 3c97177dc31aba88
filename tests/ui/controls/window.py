"""A window for one block of the real case report form, and a record of everything it wishes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from crf_desktop.model import layout
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.derive import Visit
from crf_desktop.model.path import split
from crf_desktop.ui.controls import build
from crf_desktop.ui.controls.contract import Block, BlockView, ItemView
from crf_desktop.ui.look import Look
from tests.ui.controls.small import staged

DEFINITION: MetaDataVersion = staged()
"""The real definition, and pages behind it that have every block."""
WISHES = (
    "answered", "missed", "cleared", "missing_asked", "query_asked", "history_asked", "focused", "drafted", "row_added",
    "row_removed",
)  # fmt: skip
CHANGES = ("answered", "missed", "cleared", "row_added", "row_removed")


Answers = dict[str, Datum | ItemView]
Rows = dict[str, tuple[str, ...]]


def view_of(answers: Answers | None = None, read_only: bool = False, rows: Rows | None = None) -> BlockView:
    """A view with these answers, what follows from them, and nothing else."""
    items = {oid: a if isinstance(a, ItemView) else ItemView(a) for oid, a in (answers or {}).items()}
    data = {oid: v.datum for oid, v in items.items()}
    visit = Visit(DEFINITION, data, "2026-11-18")
    forms = {DEFINITION.form_of_item[split(at)[0]] for at in data if split(at)[0] in DEFINITION.item}
    derived = {m: d for oid in forms for m, d in visit.form(DEFINITION.form[oid]).items()}
    return BlockView(items, derived, {}, data, {}, "2026-11-18", read_only, rows or {})


def some_answer(item: ItemDef, at: int = 0) -> Datum:
    """An answer the item can have."""
    unit = item.units[0] if item.units else None
    if item.code_list:
        return Datum(DEFINITION.code_list[item.code_list].items[at].coded_value, unit_oid=unit)
    text = {
        "integer": str(1 + at), "decimal": f"{1 + at}.5", "boolean": "true", "date": f"2014-03-0{1 + at}",
        "time": f"08:3{at}", "datetime": f"2026-05-06T08:3{at}:00+08:00", "text": f"words {at}",
    }[item.data_type]  # fmt: skip
    return Datum(text, unit_oid=unit)


class Window:
    """One block in a window inside a scroll area, and what it emitted."""

    def __init__(self, block: layout.Block, look: Look, width: int = 1280) -> None:
        self.look, self.layout = look, block
        self.keys: Rows = {block.group: ("1", "2")} if isinstance(block, layout.RepeatTable) else {}
        """The rows a repeating group has."""
        self.window = QWidget()
        self.window.resize(width, 800)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(24, 16, 24, 16)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        inside = QWidget()
        self.area.setWidget(inside)
        column.addWidget(self.area)
        self.block: Block = build(block, DEFINITION, look)
        self.heard: list[tuple[str, ...]] = []
        for name in WISHES:
            getattr(self.block, name).connect(self._hear(name))
        rows = QVBoxLayout(inside)
        rows.addWidget(self.block)
        rows.addStretch(1)
        self.rows = rows
        self.block.show_view(view_of({}, rows=self.keys))
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def _hear(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.heard.append((name, *arguments))

    def settle(self) -> None:
        """Lets Qt lay out and paint."""
        for _ in range(6):
            QApplication.processEvents()

    def show(self, answers: Answers | None = None, read_only: bool = False) -> None:
        """Shows answers and forgets what was heard."""
        self.block.show_view(view_of(answers, read_only, self.keys))
        self.settle()
        self.heard.clear()

    def view(self, answers: dict[str, Datum]) -> BlockView:
        """A view with these answers."""
        return view_of(dict(answers), rows=self.keys)

    def changes(self) -> list[tuple[str, ...]]:
        """Wishes that would write."""
        return [h for h in self.heard if h[0] in CHANGES]

    def focus(self, oid: str) -> QWidget:
        """Gives an item the keyboard and forgets what was heard."""
        self.block.focus_item(oid)
        self.settle()
        self.heard.clear()
        widget = QApplication.focusWidget()
        assert widget is not None and self.block.isAncestorOf(widget), f"{oid} took no focus"
        return widget

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Types where the focus is."""
        for letter in text:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClicks(widget, letter)
        self.settle()

    def picture(self) -> bytes:
        """What the block looks like now."""
        self.settle()
        image = self.block.grab().toImage()
        return bytes(image.constBits())

"""A visual analogue scale: anchors in words, the bare track, and a readout that can be typed into (PGA)."""

from __future__ import annotations

from attrs import evolve
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import VisualAnalogue
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.entry import LineEntry
from crf_desktop.ui.controls.field_card import EMPTY, FieldsBlock
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.speech import missing_words, spoken
from crf_desktop.ui.controls.track import Track
from crf_desktop.ui.glyph import GlyphLabel
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING


class VisualAnalogueBlock(FieldsBlock):
    """Press, drag or type; nothing is marked before an answer."""

    def __init__(
        self, block: VisualAnalogue, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block, self.item = block, definition.item[block.item]
        self.fields = {}
        self.view = EMPTY
        self.card = QFrame()
        self.card.setProperty("card", "true")
        self.title, self.question = Label(look, "", 17, True), Label(look, "", 15, token="text_2", wrap=True)
        self.open_mark, self.state = GlyphLabel(Glyph.DUE, look), Label(look, "", 13, True)
        self.note = Label(look, "", 13, token="text_2", wrap=True)
        self.track = Track(look, block.maximum)
        self.low, self.high = Label(look, "", 13, token="text_2"), Label(look, "", 13, token="text_2")
        self.readout = ItemField(definition, evolve(self.item, hint=None), look, titled=False, large=True)
        self.adopt(self.readout)
        self._lay_out()
        self._connect()
        look.changed.connect(self.renew)
        self.renew()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)
        self.inner = QVBoxLayout(self.card)
        self.head, self.anchors = QHBoxLayout(), QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addWidget(self.question, 1)
        self.head.addWidget(self.open_mark)
        self.head.addWidget(self.state)
        self.anchors.addWidget(self.low)
        self.anchors.addStretch(1)
        self.anchors.addWidget(self.high)
        self.inner.addLayout(self.head)
        self.inner.addWidget(self.note)
        self.inner.addWidget(self.track)
        self.inner.addLayout(self.anchors)
        self.inner.addWidget(self.readout)

    def _connect(self) -> None:
        oid, entry = self.item.oid, self.readout.entry
        self.track.picked.connect(lambda code: self.answered.emit(oid, code, self.readout.unit_oid))
        self.track.cleared.connect(lambda: self.cleared.emit(oid))
        self.track.entered.connect(lambda: self.focused.emit(oid))
        self.track.asked.connect(self.readout._asked)
        self.track.moved.connect(self._moved)
        self.track.typed.connect(self._digit)
        entry.installEventFilter(self)

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language, block = self.look.px, self.look.language, self.block
        self.inner.setContentsMargins(px(24) - RING, px(24), px(24) - RING, px(12))
        self.inner.setSpacing(px(4))
        self.head.setContentsMargins(RING, 0, RING, px(4))
        self.head.setSpacing(px(12))
        self.anchors.setContentsMargins(RING, 0, RING, px(12))
        self.note.setContentsMargins(RING, 0, RING, 0)
        self.title.setText(self.item.label.in_(language))
        self.question.setText(self.item.hint.in_(language) if self.item.hint else "")
        self.note.setText(block.note.in_(language) if block.note else "")
        self.note.setVisible(block.note is not None)
        self.low.setText(f"0 = {block.low.in_(language)}")
        self.high.setText(f"{block.maximum} = {block.high.in_(language)}")
        self.state.setText(self.tr("No answer yet"))
        self.show_track()

    def show_view(self, view: BlockView) -> None:
        super().show_view(view)
        self.view = view.items.get(self.item.oid, EMPTY)
        self.track.read_only = view.read_only
        self.show_track()

    def show_track(self) -> None:
        """Shows the mark where the answer is."""
        datum, language = self.view.datum, self.look.language
        self.track.show_answer(datum.value, missing_words(self.view, language), self.track.read_only)
        for widget in (self.open_mark, self.state):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
            widget.setVisible(not datum.answered)
        self.track.setAccessibleName(spoken(self.definition, self.item, self.view, language))
        self.track.setAccessibleDescription(f"{self.item.question.in_(language)} {self.low.text()}; {self.high.text()}")

    def _moved(self, value: str) -> None:
        """The number follows the mark while it moves."""
        entry = self.readout.entry
        if isinstance(entry, LineEntry):
            entry.setText(value or entry.typing.stored)

    def _digit(self, digit: str) -> None:
        entry = self.readout.entry
        if isinstance(entry, LineEntry):
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
            entry.selectAll()
            entry.insert(digit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if watched is self.readout.entry and pressed and event.key() == Qt.Key.Key_Up:  # type: ignore[attr-defined]
            self.track.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return False

    def focus_item(self, item_oid: str) -> None:
        if self.view.datum.null_flavor is not None:
            self.readout.take_focus()
        else:
            self.track.setFocus(Qt.FocusReason.TabFocusReason)

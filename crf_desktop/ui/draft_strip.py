"""What was half typed when the page was left: offered, never filled in by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row


class DraftStrip(QWidget):
    """One line per half-typed field: restore, or discard."""

    restored = Signal(str)
    discarded = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.buttons: dict[str, tuple[Button, Button]] = {}
        self._lines = column(self, 0, (look.px(24), 0, look.px(24), look.px(8)))
        self.hide()

    def show_drafts(self, drafts: dict[str, tuple[str, str]]) -> None:
        """Item OID → (label, text); none hides the strip."""
        self.buttons.clear()
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for oid, (label, text) in drafts.items():
            self._lines.addWidget(self._line(oid, label, text))
        self.setVisible(bool(drafts))

    def _line(self, oid: str, label: str, text: str) -> QWidget:
        line = QWidget(self)
        across = row(line, self.look.px(8))
        across.addWidget(Mark(self.look, Glyph.INFO))
        shown = text if len(text) <= 60 else text[:60] + "…"
        across.addWidget(Label(self.look, self.tr("Half typed, not stored: {0} “{1}”").format(label, shown), 13), 1)
        restore, discard = (
            Button(self.look, "quiet", self.tr("Restore"), px=13),
            Button(self.look, "quiet", self.tr("Discard"), px=13),
        )
        restore.clicked.connect(lambda: self.restored.emit(oid))
        discard.clicked.connect(lambda: self.discarded.emit(oid))
        self.buttons[oid] = (restore, discard)
        across.addWidget(restore)
        across.addWidget(discard)
        return line

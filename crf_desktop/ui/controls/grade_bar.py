"""The bar under a grid of grades: what is certain of the total, with the published mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import GradeGrid
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.ink import CENTER, Face, Ink, text_width
from crf_desktop.ui.look import Look


class GradeBar(QWidget):
    """What is certain of the total on its whole range, with the published mark."""

    def __init__(
        self, definition: MetaDataVersion, layout: GradeGrid, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self.layout_block = look, layout
        self.method = definition.method[layout.total or ""]
        self.known, self.final, self.message = 0, False, ""
        look.changed.connect(self.update)

    def show_total(self, view: BlockView, message: str) -> None:
        """Shows the total as far as it is certain; a message stands in place of the note."""
        derived = view.derived.get(self.method.oid)
        text = (derived.text or derived.lower_text) if derived else ""
        self.known, self.final, self.message = int(text or "0"), bool(derived and derived.text), message
        words = text if self.final else f"≥ {text}" if text else "—"
        self.setAccessibleName(self.tr("{0}: {1} of {2}").format(self._title(), words, self.method.maximum))
        self.update()

    def _title(self) -> str:
        return self.tr("Total") if self.final else self.tr("Total so far")

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(1232), self.look.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, language = Ink(self, self.look), self.look.px, self.look.language
        card = QRectF(self.rect())
        ink.box(card, "surface", "line", 8)
        title, small = Face(15, True), Face(13, token="text_2")
        ink.text(card.adjusted(px(16), 0, 0, 0), self._title(), title)
        x = px(16) + max(text_width(self.look, w, title) for w in (self.tr("Total"), self.tr("Total so far"))) + px(16)
        ink.text(QRectF(x, 0, px(20), card.height()), "0", small)
        mark_note = self.layout_block.mark_note
        note = self.message or (mark_note.in_(language) if mark_note else "")
        width = text_width(self.look, note, Face(13, bool(self.message))) + (px(22) if self.message else 0)
        right = card.right() - px(16) - width
        if self.message:
            ink.glyph(Glyph.REFUSED, right, card.center().y())
        face = Face(13, True, "bad") if self.message else Face(13)
        ink.text(QRectF(right + (px(22) if self.message else 0), 0, width + 2, card.height()), note, face)
        ink.text(QRectF(right - px(37), 0, px(20), card.height()), self.method.maximum or "", small, CENTER)
        self._paint_bar(ink, QRectF(x + px(24), card.center().y() - px(7), right - px(48) - x - px(24), px(14)))
        ink.painter.end()

    def _paint_bar(self, ink: Ink, bar: QRectF) -> None:
        px, most = self.look.px, int(self.method.maximum or "1")
        ink.box(bar, "surface", "control", 4)
        if self.known:
            ink.painter.save()
            ink.painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * self.known / most, bar.height()))
            ink.box(bar, "accent", None, 4)
            ink.painter.restore()
        if not self.layout_block.mark:
            return
        at = bar.left() + bar.width() * self.layout_block.mark / most
        ink.fill(QRectF(at - px(1), bar.top() - px(5), px(2), bar.height() + px(10)), "text")

"""A card of derived values, each with its reasons beneath; room for the longest reason is kept."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from crf_desktop.model.definition import MetaDataVersion, MethodDef
from crf_desktop.model.layout import DerivedCard
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.derived_words import ValueWords, value_words
from crf_desktop.ui.controls.ink import Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look

_LABEL, _VALUE, _SMALL, _REASON = Face(15, token="text_2"), Face(17, True), Face(13, token="text_2"), Face(13)
_NARROW = 620
"""Guide px below which the value stands under its label."""
_MANY = 6
"""Short reasons above this number stand in two columns."""


@frozen
class Line:
    """One derived value in one language."""

    label: str
    value: ValueWords
    reasons: tuple[str, ...]
    longest: tuple[str, ...]
    """Every reason that may be said, unfilled."""


class DerivedLines(QWidget):
    """The painted lines; takes no keyboard, says itself in its accessible name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.lines: tuple[Line, ...] = ()
        self._heights: dict[tuple[object, ...], tuple[int, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Other values or words."""
        before = self.heightForWidth(self.width())
        self.lines = lines
        self._heights.clear()
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Width of the labels, x of the values, width of the values."""
        px = self.look.px
        if width < px(_NARROW):
            return width, 0, width
        widest = max((text_width(self.look, line.label, _LABEL) for line in self.lines), default=0)
        label = min(int(widest) + 3, px(360))  # a layout breaks up to 2 px before the width of the line
        return label, label + px(32), width - label - px(32)

    def _reason_lines(self, reasons: tuple[str, ...], width: int) -> list[tuple[str, ...]]:
        return [wrap(self.look, reason, _REASON, width - self.look.px(36)) for reason in reasons]

    def _line_height(self, line: Line, width: int) -> tuple[int, int]:
        """Height of the head of a line, and of its reasons with what is kept for them."""
        asked = (line, width, self.look.scale, self.look.language)
        if asked not in self._heights:
            self._heights[asked] = self._worked_out(line, width)
        return self._heights[asked]

    def _worked_out(self, line: Line, width: int) -> tuple[int, int]:
        label_width, at, value_width = self._columns(width)
        tall, small = self.look.px(26), line_height(self.look, 13)
        label = len(wrap(self.look, line.label, _LABEL, label_width)) * line_height(self.look, 15)
        value = len(wrap(self.look, line.value.spoken, _VALUE, value_width - self.look.px(30))) * tall
        head = max(tall, label, value) if at else label + value
        reasons = self._reason_lines(line.reasons, value_width)
        said = -(-len(reasons) // 2) if self._in_pairs(line, value_width) else sum(len(lines) for lines in reasons)
        kept = max((len(lines) for lines in self._reason_lines(line.longest, value_width)), default=0)
        return head, max(said, kept) * small

    def _in_pairs(self, line: Line, width: int) -> bool:
        """Many short reasons stand in two columns."""
        half = width / 2 - self.look.px(36)
        fit = (text_width(self.look, reason, _REASON) <= half for reason in line.reasons)
        return len(line.reasons) > _MANY and all(fit)

    def heightForWidth(self, width: int) -> int:
        pad = self.look.px(10)
        return sum(sum(self._line_height(line, width)) + 2 * pad for line in self.lines)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(420), self.heightForWidth(self.width() if self.width() > 200 else self.look.px(1180)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(240), self.look.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, y, pad = Ink(self, self.look), 0.0, self.look.px(10)
        for i, line in enumerate(self.lines):
            if i:
                ink.rule(0, y, self.width())
            head, reasons = self._line_height(line, self.width())
            self._paint_line(ink, line, y + pad, head)
            y += head + reasons + 2 * pad
        ink.painter.end()

    def _paint_line(self, ink: Ink, line: Line, top: float, head: int) -> None:
        px, step = self.look.px, line_height(self.look, 15)
        label_width, at, width = self._columns(self.width())
        labels = wrap(self.look, line.label, _LABEL, label_width)
        below = ink.lines(0, top + (px(26) - step) / 2 if at else top, labels, _LABEL, step)
        self._paint_value(ink, line, QRectF(at, top if at else below, width, px(26)))
        self._paint_reasons(ink, line, at, top + head, width)

    def _paint_reasons(self, ink: Ink, line: Line, x: float, top: float, width: int) -> None:
        px, small = self.look.px, line_height(self.look, 13)
        pairs = self._in_pairs(line, width)
        rows = -(-len(line.reasons) // 2) if pairs else len(line.reasons)
        y = top
        for n, lines in enumerate(self._reason_lines(line.reasons, width)):
            if n == rows:
                x, y = x + width / 2, top
            ink.text(QRectF(x, y, px(20), small), "–", _SMALL)
            y = ink.lines(x + px(14), y, lines, _REASON, small)

    def _paint_value(self, ink: Ink, line: Line, place: QRectF) -> None:
        px, value = self.look.px, line.value
        face = _VALUE if value.known else Face(15, token="text_2")
        x = place.left()
        if value.glyph is not None:
            ink.glyph(value.glyph, x, place.center().y(), 18, "accent" if value.known else "text_2")
            x += px(28)
        lines = wrap(self.look, value.value, face, place.right() - x)
        ink.lines(x, place.top(), lines, face, px(26))
        if value.behind and len(lines) == 1:
            after = x + text_width(self.look, value.value, face) + px(6)
            ink.text(QRectF(after, place.top() + px(1), place.width(), px(26)), value.behind, Face(15, token="text_2"))


class DerivedCardBlock(Block):
    """Shows what follows from the answers; a change is announced politely."""

    def __init__(
        self, block: DerivedCard, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block = block
        self.view = BlockView({}, {}, {}, {})
        self.card = QFrame()
        self.card.setProperty("card", "true")
        self.title = Label(look, "", 17, True, wrap=True)
        self.note = Label(look, "", 13, token="text_2", wrap=True)
        self.lines = DerivedLines(look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)
        self.column = QVBoxLayout(self.card)
        for widget in (self.title, self.note, self.lines):
            self.column.addWidget(widget)
        look.changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language = self.look.px, self.look.language
        self.column.setContentsMargins(px(24), px(16), px(24), px(8))
        self.column.setSpacing(px(4))
        for label, words in ((self.title, self.block.title), (self.note, self.block.note)):
            label.setText(words.in_(language) if words else "")
            label.setVisible(words is not None)
        self._show()
        self.lines.updateGeometry()

    def item_oids(self) -> tuple[str, ...]:
        return ()

    def show_view(self, view: BlockView) -> None:
        before = self.view.derived
        self.view = view
        if any(view.derived.get(m) != before.get(m) for m in self.block.methods):
            said = self._show()
            if self.isVisible() and before and said:
                self._announce(said)

    def _line(self, method: MethodDef) -> Line:
        language, found = self.look.language, self.view.derived.get(method.oid)
        reasons = tuple(r.in_(language) for r in found.reasons) if found else ()
        longest = tuple(r.text.in_(language) for r in method.reasons)
        value = value_words(self.definition, method, found, language)
        return Line(method.label.in_(language), value, reasons, longest)

    def _show(self) -> str:
        """Shows the values; returns the words of those that changed."""
        before = self.lines.lines
        lines = tuple(self._line(self.definition.method[m]) for m in self.block.methods)
        self.lines.show_lines(lines)
        self.lines.setAccessibleName(self._spoken(lines))
        self.lines.setAccessibleDescription(self.title.text())
        return self._spoken(tuple(line for line in lines if line not in before))

    def _spoken(self, lines: tuple[Line, ...]) -> str:
        told = (self.tr("{0}: {1}").format(line.label, line.value.spoken) for line in lines)
        return " ".join(" ".join((words, *line.reasons)) for words, line in zip(told, lines, strict=True))

    def _announce(self, words: str) -> None:
        event = QAccessibleAnnouncementEvent(self.lines, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        """It holds no item: nothing can be refused here."""

    def focus_item(self, item_oid: str) -> None:
        """It holds no item."""

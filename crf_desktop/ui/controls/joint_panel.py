"""Beside the figure: both counts, the focused joint with its four answers, and its links."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import JOINTS, Glyph
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.ink import Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.label import draw_cap
from crf_desktop.ui.look import Look

_LINK, _SMALL = Face(13, token="accent_text"), Face(13, token="text_2")


@frozen
class Count:
    """One count with its label: ``3``, ``≥ 3`` or ``—`` of 28."""

    label: str
    value: str
    behind: str


@frozen
class Shown:
    """Everything the panel shows."""

    counts: tuple[Count, ...] = ()
    open: int = 0
    """Joints without an answer."""
    name: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    """(coded value, words)"""
    code: str | None = None
    item: ItemView = EMPTY
    missing: str = ""
    asked: bool = True
    read_only: bool = False
    told: tuple[str, str] = ("", "")
    """``bad`` or ``warn``, and the message."""


class JointPanel(Painted):
    """One widget repainted per joint, so that its geometry never moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.shown = Shown()
        self.messages: tuple[str, ...] = ()
        """What checks may say: room is kept for the longest."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_joint(self, shown: Shown) -> None:
        """Repaints for another joint or another answer."""
        self.shown = shown
        self.relayout()

    # geometry

    def _pad(self) -> int:
        return self.look.px(24)

    def _columns(self) -> int:
        """The answers stand two beside one another where the panel is wide."""
        return 2 if self.width() >= self.look.px(560) else 1

    def _row(self) -> int:
        return self.look.px(56 if self.look.touch else 48)

    def _link(self) -> int:
        return self.look.px(44 if self.look.touch else 36)

    def _said(self) -> int:
        """Height kept for messages, a former value or a reason."""
        words = (*self.messages, *(w for w in (self.shown.told[1], self.shown.missing) if w))
        width = self.width() - 2 * self._pad() - self.look.px(22)
        lines = max((len(wrap(self.look, w, Face(13, True), width)) for w in words), default=1)
        return max(1, lines) * line_height(self.look, 13)

    def tops(self) -> tuple[int, int, int, int, int]:
        """y of the name, the answers, the links, the message, and the end."""
        px = self.look.px
        name = px(16) + px(72) + px(16)
        answers = name + px(36)
        rows = -(-4 // self._columns())
        links = answers + rows * (self._row() + px(8))
        said = links + self._link() + px(4)
        return name, answers, links, said, said + self._said() + px(8)

    def full_height(self) -> int:
        """Height of everything."""
        return self.tops()[-1]

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(420), self.full_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.full_height())

    def answer_rect(self, n: int) -> QRectF:
        """The target of an answer."""
        px, columns, pad = self.look.px, self._columns(), self._pad()
        width = (self.width() - 2 * pad - px(8) * (columns - 1)) / columns
        top = self.tops()[1] + (n // columns) * (self._row() + px(8))
        return QRectF(pad + (n % columns) * (width + px(8)), top, width, self._row())

    def links(self) -> list[tuple[str, str, QRectF]]:
        """Name, words and place of each link."""
        px, x, found = self.look.px, float(self._pad() - self.look.px(8)), []
        missing = self.tr("Remove reason") if self.shown.missing else self.tr("Missing reason")
        words = [("missing", missing)] if self.shown.asked and not self.shown.read_only else []
        words += [("history", self.tr("History")), ("query", self.tr("Query"))]
        for name, said in words:
            lead = px(24) if name == "missing" or (name == "query" and self.shown.item.n_open_query) else 0
            width = max(text_width(self.look, said, _LINK) + lead + px(16), px(44) if self.look.touch else 0)
            found.append((name, said, QRectF(x, self.tops()[2], width, self._link())))
            x += width + px(8)
        return found

    def lay_out(self) -> int:
        self.targets = [Target(rect, name) for name, _, rect in self.links()]
        if self.shown.asked and not self.shown.read_only:
            pairs = enumerate(self.shown.answers)
            self.targets += [Target(self.answer_rect(n), "answer", (code,)) for n, (code, _) in pairs]
        return 0

    # painting

    def paint(self, ink: Ink) -> None:
        px, pad, (name, _, _, said, _) = self.look.px, self._pad(), self.tops()
        ink.fill(QRectF(self.viewport().rect()), "surface")
        self._paint_counts(ink)
        ink.rule(pad, name - px(10), self.width() - 2 * pad)
        ink.text(QRectF(pad, name, self.width() - 2 * pad, px(28)), self.shown.name, Face(17, True))
        for n, (code, words) in enumerate(self.shown.answers):
            self._paint_answer(ink, n, code, words)
        for link, words, rect in self.links():
            self._paint_link(ink, link, words, rect)
        self._paint_said(ink, said)

    def _paint_counts(self, ink: Ink) -> None:
        px, x = self.look.px, float(self._pad())
        for count in self.shown.counts:
            ink.text(QRectF(x, px(14), 400, px(20)), count.label, _SMALL)
            big, small = Face(28, True), Face(15, token="text_2")
            ink.text(QRectF(x, px(34), 400, px(40)), count.value, big)
            behind = x + text_width(self.look, count.value, big) + px(6)
            ink.text(QRectF(behind, px(38), 200, px(36)), count.behind, small)
            label = text_width(self.look, count.label, _SMALL)
            x += max(label, behind - x + text_width(self.look, count.behind, small)) + px(32)
        if self.shown.open:
            one = self.tr("1 joint not answered")
            words = one if self.shown.open == 1 else self.tr("{0} joints not answered").format(self.shown.open)
            ink.glyph(Glyph.JOINT_OPEN, self._pad(), px(82), 14)
            ink.text(QRectF(self._pad() + px(22), px(72), self.width(), px(20)), words, _SMALL)

    def _paint_answer(self, ink: Ink, n: int, code: str, words: str) -> None:
        px, rect, name = self.look.px, self.answer_rect(n), ("answer", (code,))
        chosen, live = code == self.shown.code, self.shown.asked and not self.shown.read_only
        fill, edge, token = "surface", "control", "text"
        if not self.shown.asked:
            fill, edge, token = "disabled_soft", "line", "disabled"
        elif self.shown.read_only:
            fill, edge = "raised", "accent" if chosen else "line"
        elif chosen or self.is_held("answer", code):
            fill, edge = "accent_soft", "accent"
        elif self.hovered == name:
            fill, edge = "raised", "accent"
        ink.box(rect, fill, edge, width=2 if chosen and live else 1)
        ink.radio(rect.left() + px(14), rect.center().y(), chosen, not live)
        ink.glyph(JOINTS[n], rect.left() + px(44), rect.center().y(), 22)
        ink.text(rect.adjusted(px(80), 0, -px(44), 0), words, Face(15, chosen, token))
        if live:
            cap = QRectF(rect.right() - px(36), rect.center().y() - px(10), px(22), px(20))
            draw_cap(ink.painter, cap, str(n), self.look)

    def _paint_link(self, ink: Ink, name: str, words: str, rect: QRectF) -> None:
        px, x, face = self.look.px, rect.left() + self.look.px(8), _LINK
        if self.hovered == (name, ()):
            ink.box(rect.adjusted(0, px(2), 0, -px(2)), "accent_soft", None)
        if name == "missing":
            ink.glyph(Glyph.MISSING, x, rect.center().y())
            x += px(24)
        elif name == "query" and self.shown.item.n_open_query:
            ink.glyph(Glyph.QUERY, x, rect.center().y(), 14)
            x, face = x + px(24), Face(13, token="query")
        ink.text(QRectF(x, rect.top(), rect.width(), rect.height()), words, face)

    def _paint_said(self, ink: Ink, top: int) -> None:
        """A message, the reason for a missing value, a former value, or that the joint is not asked."""
        px, shown, step = self.look.px, self.shown, line_height(self.look, 13)
        kind, words = shown.told
        glyph = {"bad": Glyph.REFUSED, "warn": Glyph.WARNING}.get(kind)
        if not words and shown.missing:
            glyph, kind, words = Glyph.MISSING, "text", shown.missing
        elif not words and shown.item.was:
            glyph, kind, words = Glyph.CHANGED, "warn", self.tr("was {0}").format(shown.item.was)
        elif not words and not shown.asked:
            kind, words = "text_2", self.tr("Not asked with the present answers.")
        if glyph is not None and words:
            ink.glyph(glyph, self._pad(), top + step / 2)
        x = self._pad() + (px(22) if glyph is not None else 0)
        face = Face(13, kind in ("bad", "warn", "text"), kind or "text_2")
        ink.lines(x, top, wrap(self.look, words, face, self.width() - x - self._pad()), face, step)

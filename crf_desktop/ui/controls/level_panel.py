"""The right half of the level table: the definitions of the focused domain, laboratory values, suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import evolve, frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from crf_desktop.model.derive import Suggestion
from crf_desktop.model.glyph import BANDS, Glyph
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.ink import LEFT, Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.controls.level import EMPTY, Domain, Implied, Level
from crf_desktop.ui.controls.level_panel_plan import SHORT, Measures, Plan, measures_for, plan_for
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.controls.speech import flavor_words, missing_words
from crf_desktop.ui.label import draw_cap
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING

_SIGN = {"bad": Glyph.REFUSED, "warn": Glyph.WARNING}
ACTIONS = ("missing", "query", "history")


class Aside(Protocol):
    """A field in the panel (:class:`~crf_desktop.ui.controls.aside.AsideBlock`)."""

    asked: bool

    def room(self, width: int) -> int: ...
    def setGeometry(self, x: int, y: int, width: int, height: int) -> None: ...
    def setVisible(self, visible: bool) -> None: ...
    def isVisible(self) -> bool: ...
    def item_oids(self) -> tuple[str, ...]: ...
    def focus_item(self, item_oid: str) -> None: ...


@frozen
class Shown:
    """Everything the panel shows of one domain."""

    domain: Domain
    item: ItemView = EMPTY
    laboratory: tuple[Implied, ...] = ()
    laboratory_title: str = ""
    suggestion: Suggestion | None = None
    why: str = ""
    refused: str = ""
    """Message of a refused answer, in the place of the note."""
    warned: str = ""
    """Message of a soft problem, in the same place."""
    read_only: bool = False


class LevelPanel(Painted):
    """One widget repainted per domain, so that its geometry never moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.shown: Shown | None = None
        self.narrow = False
        self._plan: Plan | None = None
        self.aside: Aside | None = None
        self._aside_domain = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_domain(self, shown: Shown) -> None:
        """Repaints for another domain or another answer."""
        other = self.shown is None or self.shown.domain.oid != shown.domain.oid
        self.shown = shown
        self.relayout()
        if other:
            self.verticalScrollBar().setValue(0)
        self.place_aside()

    def adopt(self, aside: Aside, domain: str) -> None:
        """Takes a field that stands at the bottom while ``domain`` is shown."""
        self.aside, self._aside_domain = aside, domain
        self.relayout()

    def aside_room(self) -> int:
        """Height kept for the field at the bottom, shown or not."""
        if self.aside is None or self.shown is None or self.shown.domain.oid != self._aside_domain:
            return 0
        return self.aside.room(round(self.measures().width) + 2 * RING) + self.look.px(8)

    def place_aside(self) -> None:
        """Shows the field where it belongs, or hides it."""
        if self.aside is None:
            return
        room, m = self.aside_room(), self.measures()
        told = self.narrow and self.shown is not None and bool(self.shown.refused or self.shown.warned)
        if room:
            height = room - self.look.px(8)
            self.aside.setGeometry(
                round(m.left) - RING, self.height() - m.bottom - height, round(m.width) + 2 * RING, height
            )
        self.aside.setVisible(bool(room) and self.aside.asked and not told)

    offered: tuple[str, ...] = ACTIONS
    """The actions of the head; a page without queries leaves ``query`` out."""

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(612), self.look.px(555))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(340), self.look.px(200))

    def measures(self) -> Measures:
        """The measures in force."""
        return measures_for(self.look, self.width(), self.narrow)

    def scroll_top(self) -> int:
        return self.measures().head

    def scroll_bottom(self) -> int:
        return (self._plan.pinned if self._plan else 0) + self.aside_room()

    def strip_rect(self) -> QRectF:
        """The pinned suggestion, in viewport coordinates."""
        m = self.measures()
        height = self._plan.strip if self._plan else 0
        return QRectF(m.left, self.height() - m.bottom - height, m.width, height)

    def relayout(self) -> None:
        super().relayout()
        self.place_aside()

    def lay_out(self) -> int:
        self.targets = []
        if self.shown is None:
            self._plan = None
            return 0
        self._plan = plan_for(
            self.look,
            self.measures(),
            self._noted(self.shown.domain),
            self.height() - self.aside_room(),
            self._why(),
            tuple(i.label for i in self.shown.laboratory),
        )
        self.targets += self._action_targets()
        editable = not self.shown.read_only
        for level, part in zip(self._levels(), self._plan.levels, strict=True):
            self.targets.append(Target(part.rect, "level", (level.code,), editable))
        return self._plan.height

    def _levels(self) -> Sequence[Level]:
        return [level for level in self.shown.domain.levels if level is not None] if self.shown else []

    # the head: title, weight, actions

    def fits(self, width: int, domains: Sequence[Domain]) -> bool:
        """Whether the name and the actions of every domain have room in a wide panel."""
        room = measures_for(self.look, width, False).width - self._actions_width()
        return all(self._title_width(domain) <= room for domain in domains)

    def _title_width(self, domain: Domain) -> float:
        return text_width(self.look, domain.title, Face(21, True)) + self.look.px(12)

    def _actions_width(self) -> float:
        words = dict(zip(ACTIONS, self._action_words(), strict=True))
        pads = {"history": 20}
        return sum(
            text_width(self.look, words[kind], Face(13)) + self.look.px(pads.get(kind, 44)) for kind in self.offered
        )

    def _weight_in_head(self, domain: Domain) -> bool:
        """Whether it has room between name and actions; else it stands before the note."""
        taken = self._title_width(domain) + text_width(self.look, self._weight_words(domain), Face(13))
        return not self.narrow and taken + self.look.px(8) + self._actions_width() <= self.measures().width

    def _weight_words(self, domain: Domain) -> str:
        weight = next((w for w in domain.weights if w is not None), None)
        return self.tr("weight {0}").format(weight) if weight is not None else ""

    def _noted(self, domain: Domain) -> Domain:
        """The domain with its weight before the note, where the head has no room for it."""
        if self.narrow or self._weight_in_head(domain):
            return domain
        words = self._weight_words(domain)
        return evolve(domain, note=" · ".join(part for part in (words, domain.note) if part))

    def _action_words(self) -> tuple[str, ...]:
        return (self.tr("Missing reason"), self.tr("Query"), self.tr("History"))

    def _action_targets(self) -> list[Target]:
        m, px = self.measures(), self.look.px
        x, found = m.left + m.width, []
        for kind, words in reversed(list(zip(ACTIONS, self._action_words(), strict=True))):
            if kind not in self.offered or (self.narrow and kind == "history" and "query" in self.offered):
                continue
            mark = px(29) if self.narrow else px(24) if kind != "history" else 0
            pad = 0 if self.narrow else px(8)
            width = mark + text_width(self.look, words, Face(13)) + 2 * pad
            x -= width
            enabled = not (kind == "missing" and self.shown is not None and self.shown.read_only)
            found.append(Target(QRectF(x, m.title - px(16), width, px(32)), f"fixed_{kind}", (), enabled))
            x -= px(12 if self.narrow else 4)
        return list(reversed(found))

    def _paint_head(self, ink: Ink, m: Measures) -> None:
        assert self.shown is not None
        px, shown = self.look.px, self.shown
        face = Face(17 if self.narrow else 21, True)
        ink.text(QRectF(m.left, m.title - px(16), m.width, px(32)), shown.domain.title, face)
        x = m.left + text_width(self.look, shown.domain.title, face) + px(12)
        actions = [t for t in self.targets if t.kind.startswith("fixed_")]
        room = (actions[0].rect.left() if actions else m.width) - px(8)
        words = self._weight_words(shown.domain)
        if words and self._weight_in_head(shown.domain):
            ink.text(QRectF(x, m.title - px(13), room - x, px(32)), words, Face(13, token="text_2"))
            x += text_width(self.look, words, Face(13)) + px(12)
        if shown.item.was:
            words = self.tr("was {0}").format(shown.item.was)
            if x + px(22) + text_width(self.look, words, Face(13)) <= room:
                ink.glyph(Glyph.CHANGED, x, m.title + px(3), 14)
                ink.text(QRectF(x + px(20), m.title - px(13), room - x, px(32)), words, Face(13, token="warn"))
        for target in actions:
            self._paint_action(ink, target)

    def _paint_action(self, ink: Ink, target: Target) -> None:
        px, kind, rect = self.look.px, target.kind.removeprefix("fixed_"), target.rect
        words = dict(zip(ACTIONS, self._action_words(), strict=True))[kind]
        token = "accent_text" if target.hot else "disabled"
        if self.hovered == target.name:
            ink.box(rect, "accent_soft", None)
        if self.narrow:
            cap = QRectF(rect.left(), rect.center().y() - px(10), px(23), px(20))
            draw_cap(ink.painter, ink.whole_rect(cap), {"missing": "M", "query": "Q", "history": "H"}[kind], self.look)
            ink.text(rect.adjusted(px(29), 0, 0, 0), words, Face(13, token="text_2" if target.hot else "disabled"))
            return
        if kind == "history":
            ink.text(rect.adjusted(px(8), 0, 0, 0), words, Face(13, token=token))
            return
        ink.glyph(Glyph.MISSING if kind == "missing" else Glyph.QUERY, rect.left() + px(8), rect.center().y())
        ink.text(rect.adjusted(px(32), 0, 0, 0), words, Face(13, token=token))

    # the body

    def paint(self, ink: Ink) -> None:
        card = QRectF(self.viewport().rect())
        ink.box(card, "surface", "line", 8)
        if self.shown is None or self._plan is None:
            return
        m, plan = self.measures(), self._plan
        self._paint_head(ink, m)
        ink.painter.save()
        ink.painter.setClipRect(
            QRectF(1, m.head - 2, card.width() - 2, card.height() - m.head - self.scroll_bottom() + 4)
        )
        ink.painter.translate(0, -self.offset)
        self._paint_note(ink, m, plan)
        for level, part in zip(self._levels(), plan.levels, strict=True):
            self._paint_level(ink, m, plan, level, part.rect, part.lines)
        if self.shown.laboratory:
            self._paint_laboratory(ink, m, plan)
        ink.painter.restore()
        if plan.strip:
            self._paint_strip(ink, m)
        if self.narrow and (self.shown.refused or self.shown.warned):
            self._paint_pinned(ink, m)

    def _paint_note(self, ink: Ink, m: Measures, plan: Plan) -> None:
        assert self.shown is not None
        shown, height = self.shown, line_height(self.look, 13)
        told = shown.refused or shown.warned
        if told and not self.narrow:
            token = "bad" if shown.refused else "warn"
            lines = wrap(self.look, told, Face(13, True), m.width - self.look.px(22))
            ink.glyph(_SIGN[token], m.left, plan.note.top() + height / 2)
            ink.lines(m.left + self.look.px(22), plan.note.top(), lines, Face(13, True, token), height)
        elif shown.item.datum.null_flavor is not None:
            words = missing_words(shown.item, self.look.language)
            lines = wrap(self.look, words, Face(13, True), m.width - self.look.px(22))
            ink.glyph(Glyph.MISSING, m.left, plan.note.top() + height / 2)
            ink.lines(m.left + self.look.px(22), plan.note.top(), lines, Face(13, True), height)
        else:
            ink.lines(m.left, plan.note.top(), plan.note_lines, Face(13, token="text_2"), height)

    def _paint_pinned(self, ink: Ink, m: Measures) -> None:
        """Where room is short the message is pinned over the foot of the panel."""
        assert self.shown is not None
        px, height = self.look.px, line_height(self.look, 13)
        token = "bad" if self.shown.refused else "warn"
        face = Face(13, True, token)
        lines = wrap(self.look, self.shown.refused or self.shown.warned, face, m.width - px(46))
        tall = max(px(29), len(lines) * height + px(10))
        rect = QRectF(m.left, self.height() - m.bottom - tall, m.width, tall)
        ink.box(rect, f"{token}_soft", token)
        ink.glyph(_SIGN[token], rect.left() + px(12), rect.center().y())
        ink.lines(rect.left() + px(36), rect.center().y() - len(lines) * height / 2, lines, face, height)

    def _paint_level(
        self, ink: Ink, m: Measures, plan: Plan, level: Level, rect: QRectF, lines: tuple[str, ...]
    ) -> None:
        assert self.shown is not None
        chosen = self.shown.item.datum.value == level.code
        hover = self.hovered == ("level", (level.code,)) and not self.shown.read_only
        held = self.is_held("level", level.code)
        fill = "accent_soft" if chosen or held else "raised" if hover or self.shown.read_only else "surface"
        ink.box(rect, fill, "accent" if chosen or hover else "line", 6, 2 if chosen else 1)
        middle = rect.center().y()
        ink.radio(rect.left() + m.radio, middle, chosen, self.shown.read_only)
        bold = Face(15, True)
        ink.text(QRectF(rect.left() + m.code, rect.top(), 40, rect.height()), level.code, bold)
        ink.text(QRectF(rect.left() + m.code + self.look.px(16), rect.top(), 200, rect.height()), level.name, bold)
        height = plan.line
        ink.lines(rect.left() + m.definition, middle - len(lines) * height / 2, lines, Face(plan.px), height)

    def _paint_laboratory(self, ink: Ink, m: Measures, plan: Plan) -> None:
        assert self.shown is not None
        px = self.look.px
        ink.text(
            QRectF(m.left, plan.laboratory.top(), m.width, px(18)),
            self.shown.laboratory_title,
            Face(13, token="text_2"),
        )
        for i, implied in enumerate(self.shown.laboratory):
            cell = plan.cells[i]
            if implied.level:
                ink.fill(cell.adjusted(1, 1, 0, -1), "warn_soft")
            if i % plan.per_row:
                ink.rule(cell.left(), cell.top(), cell.height(), upright=True)
            self._paint_cell(ink, cell.adjusted(px(12), 0, -px(4), 0), implied)
        for row in range(0, len(plan.cells), plan.per_row):
            cells = plan.cells[row : row + plan.per_row]
            ink.box(cells[0].united(cells[-1]), None, "line", 4)

    def _paint_short(self, ink: Ink, cell: QRectF, implied: Implied) -> None:
        """A cell of two lines: the level stands behind the value, as its number where its name does not fit."""
        px, step = self.look.px, self.look.px(20)
        upper = QRectF(cell.left(), cell.top() + px(6), cell.width(), step)
        lower = upper.translated(0, step)
        ink.text(upper, implied.label, Face(13, token="text_2"))
        if implied.datum.null_flavor is not None:
            ink.text(lower, flavor_words(implied.datum.null_flavor), Face(13))
            return
        if not implied.value:
            ink.text(lower, self.tr("not entered yet"), Face(13, token="text_2"))
            return
        ink.text(lower, implied.value, Face(15, True))
        at, words = text_width(self.look, implied.value, Face(15, True)) + px(8), self._level_words(implied.level)
        if at + text_width(self.look, words, Face(13)) > cell.width():
            words = f"({implied.level})" if implied.level is not None else "–"
        ink.text(lower.adjusted(at, 0, 0, 0), words, Face(13, token="text_2"))

    def _paint_cell(self, ink: Ink, cell: QRectF, implied: Implied) -> None:
        if cell.height() < self.look.px(SHORT + 4):
            self._paint_short(ink, cell, implied)
            return
        step, half = self.look.px(19), self.look.px(10)
        rows = [
            QRectF(cell.left(), cell.top() + self.look.px(17) - half + i * step, cell.width(), 2 * half)
            for i in range(3)
        ]
        ink.text(rows[0], implied.label, Face(13, token="text_2"))
        if implied.datum.null_flavor is not None:
            ink.text(rows[1], flavor_words(implied.datum.null_flavor), Face(13))
        elif not implied.value:
            ink.text(rows[1], "—", Face(15, token="text_3"))
            ink.text(rows[2], self.tr("not entered yet"), Face(13, token="text_2"))
        else:
            ink.text(rows[1], implied.value, Face(15, True))
            ink.text(rows[2], self._level_words(implied.level), Face(13, token="text_2"))

    def _level_words(self, level: int | None) -> str:
        """``Low (1)``."""
        assert self.shown is not None
        found = self.shown.domain.level(None if level is None else str(level))
        return self.tr("{0} ({1})").format(found.name, found.code) if found else self.tr("no level implied")

    # the suggestion

    def _why(self) -> str:
        """The reason line of the strip; empty when the domain has no laboratory."""
        shown = self.shown
        if shown is None or not shown.domain.laboratory:
            return ""
        if shown.suggestion is None:
            return self.tr("No laboratory value of this visit is known yet.")
        if self.narrow:
            deciding = [i for i in shown.laboratory if i.level == shown.suggestion.level and i.level]
            return self.tr(", ").join(f"{i.label} {i.value}" for i in deciding) or self.tr("No value reaches a level.")
        if not shown.suggestion.level:
            return self.tr("No value reaches a level.")
        others = any(level == 0 for _, level in shown.suggestion.implied) and all(
            level in (0, shown.suggestion.level) for _, level in shown.suggestion.implied
        )
        tail = self.tr("No other value reaches a level.") if others else ""
        return self.tr("{0}. {1}").format(shown.why, tail).strip()

    def _agreement(self) -> tuple[Glyph, str, str, str]:
        """Glyph, words, text token, ground."""
        assert self.shown is not None
        shown = self.shown
        if shown.suggestion is None or shown.item.datum.null_flavor is not None:
            return (Glyph.NOT_NEEDED, "", "text_2", "sunken")
        if shown.item.datum.value is None:
            return (Glyph.DUE, self.tr("Not rated yet"), "text_2", "sunken")
        if shown.item.datum.value == str(shown.suggestion.level):
            return (Glyph.COMPLETE, self.tr("Same") if self.narrow else self.tr("Same as your choice"), "ok", "ok_soft")
        return (
            Glyph.WARNING,
            self.tr("Differs") if self.narrow else self.tr("Differs from your choice"),
            "warn",
            "warn_soft",
        )

    def _paint_strip(self, ink: Ink, m: Measures) -> None:
        assert self.shown is not None and self._plan is not None
        px, rect = self.look.px, self.strip_rect()
        glyph, words, token, ground = self._agreement()
        ink.box(rect, ground, None, 6 if self.narrow else 4)
        level = self.shown.suggestion.level if self.shown.suggestion else 0
        ink.glyph(BANDS[min(level, 3)], rect.left() + px(12), rect.center().y(), 19 if not self.narrow else 17)
        x = rect.left() + px(42 if not self.narrow else 38)
        title = (
            self.tr("Suggested: {0}").format(self._level_words(level))
            if self.shown.suggestion
            else self.tr("No suggestion")
        )
        if words:
            width = text_width(self.look, words, Face(13))
            right = rect.right() - px(12) - width
            ink.text(QRectF(right, rect.top(), width + 2, rect.height()), words, Face(13, token=token), LEFT)
            ink.glyph(glyph, right - px(20), rect.center().y())
        height = line_height(self.look, 13)
        if self.narrow:
            ink.text(QRectF(x, rect.top(), rect.width(), rect.height()), title, Face(13, True))
            x += text_width(self.look, title, Face(13, True)) + px(5)
            ink.text(
                QRectF(x, rect.top(), rect.width(), rect.height()),
                self._plan.why[0] if self._plan.why else "",
                Face(13),
            )
            return
        top = rect.center().y() - (1 + len(self._plan.why)) * height / 2
        ink.text(QRectF(x, top, rect.width(), height), title, Face(13, True))
        ink.lines(x, top + height, self._plan.why, Face(13), height)

"""ESSDAI: the domain rows at the left, the definitions of the focused one at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import LevelTable
from crf_desktop.ui.controls import level
from crf_desktop.ui.controls.contract import Block, BlockView, ItemView
from crf_desktop.ui.controls.level_list import LevelList
from crf_desktop.ui.controls.level_panel import LevelPanel, Shown
from crf_desktop.ui.controls.painted import Target, is_plain
from crf_desktop.ui.controls.speech import missing_words
from crf_desktop.ui.look import Look
from crf_desktop.wording.figure import day

NARROW = 940
"""Logical px of the block below which names are short and the suggestion is one line (a window below 1000); the head
of the panel is short above it too where its words do not fit."""
ONE_COLUMN = 620
"""Logical px of the block below which the list stands above the panel."""


class LevelTableBlock(Block):
    """Twelve domains with levels 0 to 3; digit answers, ↑ ↓ Enter Tab move, Delete clears, M Q H ask."""

    def __init__(
        self, block: LevelTable, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.layout_block = block
        self.view = BlockView({}, {}, {}, {})
        self._refused: tuple[str, str] = ("", "")
        self._sent: set[str] = set()
        """Items whose answer was emitted and has not come back yet."""
        self.list = LevelList(look, self)
        self.panel = LevelPanel(look, self)
        self.setFocusProxy(self.list)
        self.list.on_key, self.list.on_tab = self._key, self._tab
        self.list.entered.connect(self._entered)
        self.list.touched.connect(self._touched)
        self.list.picked.connect(self._picked)
        self.panel.touched.connect(lambda _: self.list.setFocus(Qt.FocusReason.MouseFocusReason))
        self.panel.picked.connect(self._picked_in_panel)
        look.language_changed.connect(self._read_words)
        look.changed.connect(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._read_words()

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return tuple(row.item for row in self.layout_block.rows)

    def show_view(self, view: BlockView) -> None:
        self.view = self.list.view = view
        self._sent.clear()
        self.list.warned.clear()
        self.list.relayout()
        self._settle_cursor()
        self._show_current()

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self._refused = (item_oid, " ".join(part for part in (message, kept) if part))
        self._show_current()

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber triangle in the row, the message in the panel of that domain."""
        self.list.warned[item_oid] = " ".join(part for part in (message, rest) if part)
        if not message:
            del self.list.warned[item_oid]
        self._show_current()

    def focus_item(self, item_oid: str) -> None:
        self._go(self.item_oids().index(item_oid))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_text(self, item_oid: str, text: str) -> None:
        """A level is one key: there is no draft to restore."""

    def item_rect(self, item_oid: str) -> QRect:
        """The row of an item in this widget's coordinates, for a page that scrolls it into view."""
        rect = self.list.row_rect(self.item_oids().index(item_oid)).toRect()
        return rect.translated(self.list.pos() - QPoint(0, self.list.offset))

    @property
    def current_item(self) -> str:
        """The item the panel shows."""
        return self.item_oids()[self.list.current]

    # geometry

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(1232), self.list.full_height())

    def minimumSizeHint(self) -> QSize:
        low = self.look.px(280)
        return QSize(self.look.px(360), 2 * low if self._one_column() else low)

    def _one_column(self) -> bool:
        return self.width() < self.look.px(ONE_COLUMN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px, width, height = self.look.px, self.width(), self.height()
        wide = min(px(604), max(px(500), round(width * 604 / 1232), self.list.least_wide()))
        domains, beside = self.list.domains, width - wide - px(16)
        narrow = width < px(NARROW)
        self.list.narrow, self.panel.narrow = narrow, narrow or not self.panel.fits(beside, domains)
        gap = px(12 if narrow else 16)
        if self._one_column():
            upper = (height - gap) // 2
            places = (QRect(0, 0, width, upper), QRect(0, upper + gap, width, height - upper - gap))
        else:
            left = max(px(346), round(width * 346 / 829), self.list.least_narrow()) if narrow else wide
            tall = height if narrow else min(height, max(self.list.full_height(), px(555)))
            places = (
                QRect(0, 0, left, min(height, self.list.full_height())),
                QRect(left + gap, 0, width - left - gap, tall),
            )
        for part, place in zip((self.list, self.panel), places, strict=True):
            part.setGeometry(place)
            part.relayout()
        self.updateGeometry()

    # words

    def _read_words(self) -> None:
        language = self.look.language
        self.list.domains = level.domains(self.definition, self.layout_block, language)
        self.list.names = level.column_names(self.definition, self.layout_block, language)
        self.list.scores = tuple(self.definition.method[m].label.in_(language) for m in self.layout_block.scores)
        self._refused = ("", "")
        self._place()
        self._show_current()

    def _laboratory_title(self) -> str:
        """``Laboratory 4 May 2026, 2 days before the visit``."""
        domain, dates = self.list.domains[self.list.current], self.view.sample_dates
        samples = sorted({dates[oid] for oid in domain.laboratory if oid in dates})
        if not samples:
            return self.tr("Data of this visit")
        when, visit = self.tr(", ").join(day(s, self.look.language) for s in samples), self.view.visit_date or ""
        if len(samples) > 1 or len(samples[0]) != 10 or len(visit) != 10:
            return self.tr("Laboratory {0}").format(when)
        sample = samples[0]
        apart = (date.fromisoformat(visit) - date.fromisoformat(sample)).days
        before, after = (
            self.tr("Laboratory {0}, {1} days before the visit"),
            self.tr("Laboratory {0}, {1} days after the visit"),
        )
        words = {
            0: self.tr("Laboratory {0}, day of the visit"),
            1: self.tr("Laboratory {0}, 1 day before the visit"),
            -1: self.tr("Laboratory {0}, 1 day after the visit"),
        }.get(apart, before if apart > 0 else after)
        return words.format(when, abs(apart))

    def _item(self) -> ItemView:
        return self.list.item(self.list.current)

    def _show_current(self) -> None:
        domain, language = self.list.domains[self.list.current], self.look.language
        suggestion = self.view.suggestions.get(domain.oid)
        why = level.why(suggestion, language) if suggestion else ""
        refused = self._refused[1] if self._refused[0] == domain.oid else ""
        warned = self.list.warned.get(domain.oid, "")
        values = level.laboratory(self.definition, domain, self.view, language)
        title, locked = self._laboratory_title(), self.view.read_only
        self.panel.show_domain(Shown(domain, self._item(), values, title, suggestion, why, refused, warned, locked))
        self._say()
        self.list.viewport().update()

    def _say(self) -> None:
        """The accessible name of the focused row: item, state, value, points."""
        domain, item = self.list.domains[self.list.current], self._item()
        found = domain.level(item.datum.value)
        if item.datum.null_flavor is not None:
            words = self.tr("{0}, {1}").format(domain.title, missing_words(item, self.look.language))
        elif found is None:
            words = self.tr("{0}, no answer yet").format(domain.title)
        else:
            shown = level.points(domain.weights[0], item.datum)
            words = self.tr("{0}, {1}, {2} of {3}, {4} points").format(
                domain.title, found.name.lower(), found.code, domain.codes[-1], shown
            )
        if self.panel.shown is not None and self.panel.shown.refused:
            words = self.tr("{0}, {1}").format(words, self.panel.shown.refused)
        self.list.setAccessibleDescription(found.definition if found else domain.note)
        self.list.setAccessibleName(words)
        self.panel.setAccessibleName(domain.title)

    # moving

    def _settle_cursor(self) -> None:
        """The ring stands on the chosen box, or on the first that exists."""
        domain, value = self.list.domains[self.list.current], self._item().datum.value
        columns = [i for i, x in enumerate(domain.levels) if x is not None]
        chosen = [i for i in columns if domain.levels[i].code == value]  # type: ignore[union-attr]
        self.list.ring_column = chosen[0] if chosen else columns[0]

    def _go(self, row: int) -> bool:
        """Moves to a row; False when there is none."""
        if not 0 <= row < len(self.list.domains):
            return False
        self._refused = ("", "")
        self.list.current = row
        self._settle_cursor()
        self.list.reveal(self.list.row_rect(max(0, row - 1)))
        self.list.reveal(self.list.row_rect(min(row + 1, len(self.list.domains) - 1)))
        self._show_current()
        self.focused.emit(self.current_item)
        return True

    def _entered(self, reason: Qt.FocusReason) -> None:
        ends = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: len(self.list.domains) - 1}
        if reason in ends:
            self._go(ends[reason])
        else:
            self.focused.emit(self.current_item)

    def leave_aside(self, forward: bool) -> None:
        """Tab out of the field in the panel: on to the next domain, or back to its own."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if forward:
            self._go(self.list.current + 1)

    def _tab(self, forward: bool) -> bool:
        aside = self.panel.aside
        if forward and aside is not None and aside.isVisible():
            aside.focus_item(aside.item_oids()[0])
            return True
        return self._go(self.list.current + (1 if forward else -1))

    def _touched(self, target: Target) -> None:
        self.list.setFocus(Qt.FocusReason.MouseFocusReason)
        if target.kind in ("row", "box", "pill", "flag") and target.key[0] != self.list.current:
            self._go(int(str(target.key[0])))

    # answering

    def _picked(self, target: Target) -> None:
        if target.kind == "box":
            self._answer(str(target.key[1]))
        elif target.kind == "flag":
            self.query_asked.emit(self.current_item)
        elif target.kind == "pill" and target.hot:
            self.missing_asked.emit(self.current_item)

    def _picked_in_panel(self, target: Target) -> None:
        if not target.hot:
            return
        if target.kind == "level":
            self._answer(str(target.key[0]))
        else:
            self._ask(target.kind.removeprefix("fixed_"))

    def _ask(self, what: str) -> None:
        signal = {"missing": self.missing_asked, "query": self.query_asked, "history": self.history_asked}[what]
        signal.emit(self.current_item)

    def _answer(self, code: str) -> None:
        """Asks to store a level; one that does not exist is refused, one that is chosen changes nothing."""
        self._refused = ("", "")
        domain = self.list.domains[self.list.current]
        if domain.level(code) is None:
            name = next((n.lower() for c, n in self.list.names if c == code), "")
            message = (
                self.tr("{0} has no {1} level.").format(domain.title, name)
                if name
                else self.tr("{0} has no level {1}.").format(domain.title, code)
            )
            self.show_refused(
                domain.oid,
                message,
                self.tr("Not saved. Levels that exist: {0}.").format(self.tr(", ").join(domain.codes)),
            )
            return
        if domain.oid in self._sent or self._item().datum.value != code:
            self._sent.add(domain.oid)
            self.answered.emit(domain.oid, code, "")
        self._show_current()

    # keys

    def _key(self, event: QKeyEvent) -> bool:
        key, locked = event.key(), self.view.read_only or not self._item().relevant
        if not is_plain(event):
            return False
        if self._refused[1]:
            self._refused = ("", "")
            self._show_current()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if not locked and not event.isAutoRepeat():
                self._answer(chr(key))
            return True
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and self.panel.verticalScrollBar().maximum() > 0:
            bar = self.panel.verticalScrollBar()
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
            return True
        if (move := _MOVES.get(Qt.Key(key))) is not None:
            self._go(move(self.list.current, len(self.list.domains)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._go(self.list.current + 1) or self.list.focusNextPrevChild(True)
        if key in (Qt.Key.Key_Q, Qt.Key.Key_H):
            self._ask("query" if key == Qt.Key.Key_Q else "history")
            return True
        return not locked and self._edit_key(key)

    def _edit_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_cursor(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space:
            found = self.list.domains[self.list.current].levels[self.list.ring_column]
            if found is not None:
                self._answer(found.code)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self._item().datum.answered:
                self.cleared.emit(self.current_item)
        elif key == Qt.Key.Key_M:
            self._ask("missing")
        else:
            return False
        return True

    def _step_cursor(self, step: int) -> None:
        levels, column = self.list.domains[self.list.current].levels, self.list.ring_column + step
        while 0 <= column < len(levels) and levels[column] is None:
            column += step
        if 0 <= column < len(levels):
            self.list.ring_column = column
            self.list.viewport().update()


_MOVES = {
    Qt.Key.Key_Up: lambda row, n: row - 1,
    Qt.Key.Key_Down: lambda row, n: row + 1,
    Qt.Key.Key_PageUp: lambda row, n: 0,
    Qt.Key.Key_PageDown: lambda row, n: n - 1,
    Qt.Key.Key_Home: lambda row, n: 0,
    Qt.Key.Key_End: lambda row, n: n - 1,
}

"""One item of a card: label, field, unit, missing reason, and the line beneath that never moves what follows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crf_desktop.model.data import NOTHING
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import address
from crf_desktop.ui.controls.answer import HISTORY, MISSING, QUERY
from crf_desktop.ui.controls.chips import Chips
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.conversion import told_words
from crf_desktop.ui.controls.entry import LineEntry, TextEntry
from crf_desktop.ui.controls.field_entry import entry_of, longest, options
from crf_desktop.ui.controls.ink import Face, text_width
from crf_desktop.ui.controls.link import Link, UnitButton
from crf_desktop.ui.controls.message import MessageLine
from crf_desktop.ui.controls.missing import MissingPill
from crf_desktop.ui.controls.speech import (
    field_text,
    missing_words,
    not_asked,
    plausible_messages,
    previous_words,
    spoken,
)
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING
from crf_desktop.ui.style import control_height

QWIDGETSIZE_MAX = 16_777_215
"""Qt's word for no limit; PySide6 does not export it."""


class ItemField(QWidget):
    """Label above, field and unit beside it, hint or message under it; the signals are those of a block."""

    answered = Signal(str, str, str)
    cleared = Signal(str)
    missing_asked = Signal(str)
    query_asked = Signal(str)
    history_asked = Signal(str)
    focused = Signal(str)
    drafted = Signal(str, str)

    def __init__(
        self, definition: MetaDataVersion, item: ItemDef, look: Look, titled: bool = True, large: bool = False,
        key: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.definition, self.item, self.look = definition, item, look
        self.address = address(item.oid, key)
        """Of the answer: the item, and the row it stands in."""
        self.titled, self.compact = titled, bool(key)
        self.view = ItemView(NOTHING)
        self.unit_oid = item.units[0] if item.units else ""
        self.label = Label(look, "", 13, token="text_2", wrap=True)
        self._flag: Link | None = None
        self._missing_link: Link | None = None
        self.entry = entry_of(definition, item, look, large, bool(key))
        self.pill: MissingPill | None = None
        """Made when a reason has to be shown for the first time; chips paint their own."""
        self.unit = (UnitButton(look) if len(item.units) > 1 else Label(look, "", 15)) if item.units else None
        self.before: Label | None = None
        """The value of the last visit; made when there is one."""
        self.message = MessageLine(look)
        self.message.keeps_line = len(item.units) > 1
        self._lay_out()
        self.label.setVisible(titled)
        self._connect()
        self.renew()

    # building

    def _lay_out(self) -> None:
        head, body = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.label, 1)
        inset = 0 if isinstance(self.entry, Chips) else RING
        field, side = QVBoxLayout(), QHBoxLayout()
        field.setContentsMargins(inset, inset, 0, inset)
        field.addWidget(self.entry)
        body.addLayout(field)
        if self.unit is not None:
            side.addWidget(self.unit, 0, self._level())
        side.setContentsMargins(0, 0 if isinstance(self.entry, LineEntry) else RING, 0, 0)
        body.addLayout(side)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(body)
        column.addWidget(self.message)
        column.addStretch(1)
        self._head, self._body, self._field, self._side, self._column = head, body, field, side, column

    def _connect(self) -> None:
        oid = self.address
        if isinstance(self.entry, Chips):
            self.entry.picked.connect(lambda code: self.answered.emit(oid, code, ""))
            self.entry.cleared.connect(lambda: self.cleared.emit(oid))
        else:
            self.entry.committed.connect(self._typed)
            self.entry.drafted.connect(self._drafted)
            self.entry.units_asked.connect(self.show_units)
        self.entry.asked.connect(self._asked)
        self.entry.entered.connect(lambda: self.focused.emit(oid))
        if isinstance(self.unit, UnitButton):
            self.unit.clicked.connect(self.show_units)
        self.look.changed.connect(self.renew)

    def _beside(self) -> tuple[QWidget, ...]:
        return tuple(w for w in (self.unit, self._missing_link, self._flag) if w is not None)

    def _level(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignVCenter if isinstance(self.entry, LineEntry) else Qt.AlignmentFlag.AlignTop

    @property
    def missing_link(self) -> Link:
        """The way to the missing reasons; made when it is shown for the first time, in a row of a table never."""
        if self._missing_link is None:
            self._missing_link = self._made_link(Glyph.MISSING, self._side.count() - (self._flag is not None))
            self._missing_link.clicked.connect(self._link_pressed)
        return self._missing_link

    @property
    def flag(self) -> Link:
        """The way to the queries; made when it is shown for the first time."""
        if self._flag is None:
            self._flag = self._made_link(Glyph.QUERY, self._side.count())
            self._flag.clicked.connect(lambda: self.query_asked.emit(self.address))
        return self._flag

    def _made_link(self, glyph: Glyph, place: int) -> Link:
        link = Link(self.look, glyph, self)
        link.setFixedHeight(self._line_height())
        link.setFocusProxy(self._focus_target())
        self._side.insertWidget(place, link, 0, self._level())
        link.hide()
        return link

    def link_above(self) -> None:
        """The link to the missing reasons at the end of the label's line: the field has the whole width."""
        self._side.removeWidget(self.missing_link)
        self._head.addWidget(self.missing_link)

    def _made_pill(self) -> MissingPill:
        if self.pill is None:
            self.pill = MissingPill(self.look)
            self._body.insertWidget(1, self.pill, 0, Qt.AlignmentFlag.AlignTop)
            QWidget.setTabOrder(self.entry, self.pill)
            self.pill.asked.connect(self._asked)
            self.pill.entered.connect(lambda: self.focused.emit(self.address))
            self.pill.cleared.connect(lambda: self.cleared.emit(self.address))
            self.pill.setFixedHeight(self._line_height() + 2 * RING)
        return self.pill

    # what a person does

    def _typed(self, text: str) -> None:
        if text.strip():
            self.answered.emit(self.address, text, self.unit_oid)
        else:
            self.cleared.emit(self.address)

    def _drafted(self, text: str) -> None:
        """The stored text typed again is no draft, and nothing is wrong with it any more."""
        back = not isinstance(self.entry, Chips) and text == self.entry.typing.stored
        if back:
            self.message.say("")
            self._show_extras()
        self.drafted.emit(self.address, "" if back else text)

    def _asked(self, what: str) -> None:
        signal = {MISSING: self.missing_asked, QUERY: self.query_asked, HISTORY: self.history_asked}[what]
        if what != MISSING or not self._locked:
            signal.emit(self.address)

    def _link_pressed(self) -> None:
        if self.view.datum.null_flavor is not None:
            self.cleared.emit(self.address)
        else:
            self.missing_asked.emit(self.address)

    def show_units(self) -> None:
        """Opens the list of units."""
        if not isinstance(self.unit, UnitButton) or self._locked:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for oid in self.item.units:
            action = menu.addAction(self.definition.unit[oid].symbol.in_(self.look.language))
            action.setData(oid)
        menu.triggered.connect(lambda action: self.choose_unit(action.data()))
        menu.popup(self.unit.mapToGlobal(QPoint(0, self.unit.height())))

    def choose_unit(self, unit_oid: str) -> None:
        """A person chose a unit: the same number in another unit is another answer."""
        if unit_oid == self.unit_oid:
            return
        self.unit_oid = unit_oid
        self._name_unit()
        if not isinstance(self.entry, Chips) and self.view.datum.value is not None and self.entry.text().strip():
            self.answered.emit(self.address, self.entry.text(), unit_oid)

    def forget_unit(self) -> None:
        """The unit of the stored answer, else the one the site's laboratory reports."""
        self.unit_oid = self.view.datum.unit_oid or self.view.unit or next(iter(self.item.units), "")
        self._name_unit()

    # what it shows

    @property
    def _locked(self) -> bool:
        return self._read_only or not self._asked_now

    _read_only = False
    _asked_now = True
    _visit_date: str | None = None

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language = self.look.px, self.look.language
        self._head.setContentsMargins(RING, 0, RING, 0)
        self._head.setSpacing(px(8))
        self._body.setSpacing(px(8))
        self._side.setSpacing(px(8))
        self._set_heights()
        self._before_beside = None
        self._column.setContentsMargins(0, 0, 0, 0)
        self._expect()
        self.label.setText(self.item.label.in_(language))
        if isinstance(self.entry, Chips):
            self.entry.set_options(options(self.definition, self.item, self.look))
        else:
            self.entry.restyle()
            self.entry.set_longest(longest(self.item, self.look))
            self.entry.setPlaceholderText(self._placeholder())
        self.show_item(self.view, self._read_only, renewed=True)

    def _expect(self) -> None:
        """What may stand beneath: at a visit a time alone is enough, and the hint says so."""
        language = self.look.language
        said = [self.item.hint.in_(language)] if self.item.hint else []
        if self.item.data_type == "datetime" and self._visit_date:
            said.append(self.tr("A time alone is taken on the visit date"))
        self.message.expect(
            " · ".join(said), self._not_asked(), plausible_messages(self.definition, self.item, language)
        )

    def _line_height(self) -> int:
        return self.entry.sizeHint().height() if isinstance(self.entry, LineEntry) else control_height(self.look)

    def _set_heights(self) -> None:
        """What stands beside the field is as high as one line of it."""
        for widget in self._beside():
            widget.setFixedHeight(self._line_height())
        if self.pill is not None:
            self.pill.setFixedHeight(self._line_height() + 2 * RING)
        if not isinstance(self.entry, Chips):
            self._body.setStretch(0, 0 if self.pill is not None and self.pill.missing else 1000)

    def _not_asked(self) -> str:
        return not_asked(self.item)

    def _placeholder(self) -> str:
        return {
            "date": self.tr("day month year"), "time": self.tr("hh:mm"), "datetime": self.tr("date and time"),
        }.get(self.item.data_type, "")  # fmt: skip

    def _name_unit(self) -> None:
        if self.unit is not None:
            symbol = self.definition.unit[self.unit_oid].symbol.in_(self.look.language)
            self.unit.setText(symbol)
            self.unit.setAccessibleName(self.tr("Unit, {0}").format(symbol))
            self.unit.setEnabled(not self._locked)
            here = not self.compact or self.titled or isinstance(self.unit, UnitButton)
            self.unit.setVisible(here and self.view.datum.null_flavor is None)

    def _unsaved(self) -> bool:
        """Whether something else than the stored answer stands in the field."""
        return not isinstance(self.entry, Chips) and self.entry.text() != self.entry.typing.stored

    def unsaved_text(self) -> str | None:
        """The text that stands in the field and is not the stored answer; None: there is none."""
        return None if isinstance(self.entry, Chips) or not self._unsaved() else self.entry.text()

    def show_item(
        self, view: ItemView, read_only: bool, renewed: bool = False, visit_date: str | None = None
    ) -> None:
        """Shows an answer; emits nothing. An unchanged one costs nothing, unless the look was ``renewed``."""
        if not renewed:
            dated, self._visit_date = bool(visit_date) != bool(self._visit_date), visit_date
            if dated and self.item.data_type == "datetime":
                self._expect()
        if not renewed and (view, read_only) == (self.view, self._read_only) and not self._unsaved():
            return
        unit_changed = (view.datum.unit_oid, view.unit) != (self.view.datum.unit_oid, self.view.unit)
        self.view, self._read_only = view, read_only
        self._asked_now = view.relevant or view.datum.answered
        if unit_changed or view.datum.value is not None:
            self.unit_oid = view.datum.unit_oid or view.unit or next(iter(self.item.units), "")
        self._show_answer()
        self._show_extras()
        self._show_before()
        self._say_names()

    def _show_answer(self) -> None:
        datum, language = self.view.datum, self.look.language
        missing = missing_words(self.view, language)
        if isinstance(self.entry, Chips):
            self.entry.show_answer(datum.value, missing, self._read_only)
            self.entry.setEnabled(self._asked_now)
            for widget in self._beside():
                widget.setFocusProxy(self.entry)
            return
        had_focus = self.entry.hasFocus() or (self.pill is not None and self.pill.hasFocus())
        self.entry.setReadOnly(self._read_only)
        self.entry.setEnabled(self._asked_now)
        if missing:
            self.entry.put("")
            self.entry.typing.stored = ""
            self.message.say("")
        elif self.entry.typing.stored != field_text(self.definition, self.item, datum, language):
            self.message.say("")
        self.entry.show_text(field_text(self.definition, self.item, datum, language))
        if missing or self.pill is not None:
            self._made_pill().show_answer(None, missing, self._read_only)
            self._made_pill().setVisible(bool(missing))
        self.entry.setVisible(not missing)
        self._body.setStretch(0, 0 if missing else 1000)
        self._make_room(bool(missing))
        self._body.setSpacing(0 if missing else self.look.px(8))
        if missing and isinstance(self.entry, TextEntry):
            self._body.setContentsMargins(0, 0, 0, self.entry.height() + 2 * RING - self._made_pill().height())
        else:
            self._body.setContentsMargins(0, 0, 0, 0)
        for widget in self._beside():
            widget.setFocusProxy(self._focus_target())
        if had_focus:
            self._focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_extras(self) -> None:
        view = self.view
        missing = view.datum.null_flavor is not None
        links = not self._read_only and not self.compact
        if links or self._missing_link is not None:
            self.missing_link.setText(self.tr("Remove reason") if missing else self.tr("Missing reason"))
            self.missing_link.setVisible(links)
            self.missing_link.setEnabled(self._asked_now)
        self._name_unit()
        asks = (view.n_open_query > 0 or view.may_ask) and not self.compact
        if asks or self._flag is not None:
            words = (self.tr("Query"), self.tr("1 open query"), self.tr("{0} open queries").format(view.n_open_query))
            self.flag.setText(words[min(view.n_open_query, 2)])
            self.flag.setVisible(asks)
            self.flag.token = None if view.n_open_query else "text_3"
        self.message.show_instead = not self._asked_now
        self.message.tell(told_words(self.definition, self.item, view, self.look.language))
        if self.message.state in ("", "was"):
            self.message.say("was", self.tr("was {0}").format(view.was)) if view.was else self.message.say("")

    # the value of the last visit

    def _show_before(self) -> None:
        words = previous_words(self.definition, self.item, self.view.previous, self._visit_date, self.look.language)
        if self.before is None and not words:
            return
        if self.before is None:
            self.before = Label(self.look, "", 13, token="text_2", parent=self)
            self.before.setContentsMargins(RING, 0, RING, 0)
        self.before.setText(words)
        self.place_before()

    _before_beside: bool | None = None
    """Where the value of the last visit stands; None while it stands nowhere."""
    allow_beside = True
    """False where another field of the card has no room beside it: all stand alike."""

    def fits_beside(self) -> bool:
        """Whether the value of the last visit, if there is one, fits beside the field in one line."""
        if self.before is None or not self.before.text():
            return True
        taken = sum(w.sizeHint().width() + self.look.px(8) for w in self._beside() if not w.isHidden())
        natural = text_width(self.look, self.before.text(), Face(13)) + 2 * RING + 2
        return self.entry.sizeHint().width() + 2 * RING + taken + natural + self.look.px(16) <= self.width()

    def place_before(self) -> None:
        """Beside the field, or in lines of its own under it."""
        if self.before is None:
            return
        beside = self.allow_beside and self.fits_beside()
        self.before.setVisible(bool(self.before.text()))
        if beside == self._before_beside:
            return
        self._before_beside = beside
        self._side.removeWidget(self.before)
        self._column.removeWidget(self.before)
        self.before.setWordWrap(not beside)
        if beside:
            at = 1 if self.unit is not None and self._side.indexOf(self.unit) >= 0 else 0
            self.before.setFixedHeight(self._line_height())
            self._side.insertWidget(at, self.before, 0, self._level())
        else:
            self.before.setMinimumHeight(0)
            self.before.setMaximumHeight(QWIDGETSIZE_MAX)
            self._column.insertWidget(self._column.indexOf(self.message), self.before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.place_before()

    # in a row of a table

    def set_compact(self, titled: bool) -> None:
        """In a row of a table: links and messages are the row's, label and fixed unit stand here or in the head."""
        self.compact, self.titled = True, titled
        self.label.setVisible(titled)
        self.message.hide()
        if not isinstance(self.entry, Chips):
            self._make_room(self.view.datum.null_flavor is not None)
        self._show_extras()

    def _make_room(self, missing: bool) -> None:
        """Room for the ring around the entry; at its right end too where nothing stands behind it."""
        self._field.setContentsMargins(*((0, 0, 0, 0) if missing else (RING, RING, RING * self.compact, RING)))

    def natural_width(self) -> int:
        """Width of field and unit in one line, and of the label where it stands here; the least for free text."""
        free = self.item.data_type == "text" and not isinstance(self.entry, Chips)
        width = self.entry.minimumSizeHint().width() if free else self.entry.sizeHint().width()
        width += 0 if isinstance(self.entry, Chips) else 2 * RING
        if self.unit is not None and (self.titled or isinstance(self.unit, UnitButton)):
            width += self.unit.sizeHint().width() + self.look.px(8)
        return max(width, self.label.sizeHint().width() if self.titled else 0)

    def line_width(self) -> int:
        """Width of the field and what stands beside it, the way to the missing reasons in any case; 0: it wraps."""
        if isinstance(self.entry, Chips):
            return 0
        free = self.item.data_type == "text"
        width = (self.entry.minimumSizeHint() if free else self.entry.sizeHint()).width() + 2 * RING
        width += round(text_width(self.look, self.tr("Missing reason"), Face(13))) + self.look.px(48)
        shown = [part for part in (self.unit, self._flag) if part is not None and not part.isHidden()]
        return width + sum(part.sizeHint().width() + self.look.px(8) for part in shown)

    def _say_names(self) -> None:
        name = spoken(self.definition, self.item, self.view, self.look.language)
        told = [self.item.question, *([self.item.hint] if self.item.hint else [])]
        about = " ".join(t.in_(self.look.language) for t in told)
        if self.before is not None and self.before.text():
            about = f"{about} {self.before.text()}"
        for widget in self.tab_widgets():
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(about)

    def mark(self, state: str, happened: str, rest: str) -> None:
        """Marks what was typed as refused (``error``) or unusual (``warn``)."""
        if not isinstance(self.entry, Chips):
            if self.entry.typing.sent is not None and self.entry.text() != self.entry.typing.sent:
                sent = self.entry.typing.sent
                self.entry.put(sent)
                self.entry.typing.sent = sent
            self.entry.mark(state)
        self.message.say("error" if state == "error" else "warn", happened, rest)
        self.entry.setAccessibleDescription(f"{happened} {rest}")

    def unmark(self) -> None:
        """Takes the mark away."""
        if not isinstance(self.entry, Chips):
            self.entry.mark("")
        self.message.say("")

    def put(self, text: str) -> None:
        """Puts a restored draft into the field without answering."""
        if not isinstance(self.entry, Chips):
            self.entry.put(text)

    def _focus_target(self) -> QWidget:
        return self.entry if self.pill is None or not self.pill.missing else self.pill

    def take_focus(self) -> None:
        """Gives the item the keyboard."""
        self._focus_target().setFocus(Qt.FocusReason.TabFocusReason)

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """What Tab reaches, in order."""
        return (self.entry,) if self.pill is None else (self.entry, self.pill)

"""The bar on top of every page: mark, places with counts, find, saved time, language, role, lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.bar_item import BarItem, LanguageItem
from crf_desktop.ui.label import Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon

PLACES = ("today", "participants", "queries", "signing", "analysis", "study")
READERS = ("monitor", "data_manager")
"""Who has the results in the bar, where they fit; for all others they stand on the study page, which is marked then."""
SCALES = (1.0, 1.25, 1.5, 2.0)
FOLDS = ("sentence", "results", "name", "keys", "words", "role", "places", "mark_name", "caps")
"""What goes, in this order, until the rest fits: the sentence of find; the results; the name of the program; keys; the
words of find and lock; language and role (into a menu); the places too, always below 1000 logical px; then in the
folded bar name and keys."""
FOLDED = FOLDS.index("places") + 1


class AppBar(QWidget):
    """44 px; what does not fit goes step by step, the places into a menu at the latest below 1000 logical px."""

    place_asked = Signal(str)
    find_asked = Signal()
    lock_asked = Signal()
    quit_asked = Signal()
    save_again_asked = Signal()
    timer_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._open, self._place, self._role = False, "", ""
        self._counts = {"queries": 0, "signing": 0}
        self._saved, self._unsaved, self._remaining = "", False, ""
        self._fold = 0
        """How many of :data:`FOLDS` are gone."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._make_items()
        self._lay_out()
        look.changed.connect(self.restyle)
        self.restyle()

    def _make_items(self) -> None:
        look = self.look
        self.menu_item = BarItem(look, Icon.MENU)
        self.menu_item.clicked.connect(self._show_menu)
        self.mark = Mark(look, Icon.MARK, 22)
        self.name = Label(look, "CRF Desktop", 15, True)
        self.places = {place: BarItem(look, None, 15) for place in PLACES}
        for place, item in self.places.items():
            item.underlined = True
            item.setCheckable(True)
            item.clicked.connect(lambda _=False, p=place: self._go(p))
        self.timer = BarItem(look, Icon.TIMER)
        self.timer.pilled, self.timer.token = True, "accent_text"
        self.timer.clicked.connect(self.timer_asked)
        self.find_item = BarItem(look, Icon.SEARCH, 13, "Ctrl K")
        self.find_item.clicked.connect(self.find_asked)
        self.saved = BarItem(look, Glyph.COMPLETE)
        self.saved.clicked.connect(lambda: self.save_again_asked.emit() if self._unsaved else None)
        self.language = LanguageItem(look)
        self.language.clicked.connect(lambda: look.set_language("en" if look.language == "zh" else "zh"))
        self.scale = BarItem(look)
        self.scale.clicked.connect(lambda: self._scale_menu().exec(self.scale.mapToGlobal(QPoint(0, self.height()))))
        self.theme = BarItem(look)
        self.theme.clicked.connect(lambda: look.set_dark(not look.dark))
        self.role = BarItem(look)
        self.role.clicked.connect(lambda: self._role_menu().exec(self.role.mapToGlobal(QPoint(0, self.height()))))
        self.lock = BarItem(look, Icon.LOCK, 13, "F12")
        self.lock.clicked.connect(self.lock_asked)

    def _lay_out(self) -> None:
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.lines = [Line(self.look, upright=True, gap=4) for _ in range(4)]
        self.row.addWidget(self.menu_item)
        self.row.addWidget(self.mark)
        self.row.addWidget(self.name)
        for item in self.places.values():
            self.row.addWidget(item)
        self.row.addStretch(1)
        self.gap = QWidget()
        right = (
            self.timer,
            self.gap,
            self.find_item,
            self.lines[0],
            self.saved,
            self.lines[1],
            self.language,
            self.lines[2],
            self.scale,
            self.lines[3],
            self.theme,
            self.role,
            self.lock,
        )
        for widget in right:
            self.row.addWidget(
                widget, 0, Qt.AlignmentFlag.AlignVCenter if isinstance(widget, Line) else Qt.AlignmentFlag(0)
            )

    # ---- what it shows

    def show_session(self, role: str) -> None:
        """After unlocking: the role; empty before."""
        self._open, self._role = bool(role), role
        if not role:
            self._place, self._saved, self._unsaved, self._remaining = "", "", False, ""
        self.restyle()

    def show_place(self, place: str) -> None:
        """Marks the place."""
        if place == self._place:
            return
        self._place = place
        self._mark_place()

    def _mark_place(self) -> None:
        """A press alone marks nothing: the window may have to stay where it is."""
        marked = "study" if self._place == "analysis" and self._role not in READERS else self._place
        for name, item in self.places.items():
            item.setChecked(name == marked)
            item.restyle()
        self._fit()

    def show_counts(self, signing: int, queries: int) -> None:
        """Numbers behind the places."""
        self._counts = {"queries": queries, "signing": signing}
        self.retranslate()

    def show_saved(self, text: str, failed: bool = False) -> None:
        """``10:42``; red while something is not saved."""
        self._saved, self._unsaved = text, failed
        self.retranslate()

    def show_timer(self, text: str) -> None:
        """``2:46`` of the timer that runs out first; empty: none runs."""
        if text == self._remaining:
            return
        appears = bool(text) != bool(self._remaining)
        self._remaining = text
        longer = len(text) != len(self.timer.text())
        self.timer.show_word(text, name=self.tr("Timer, {0} left").format(text))
        if appears or longer:
            self._fit()

    # ---- words and measures

    def compact(self) -> bool:
        """True where the places stand in the menu."""
        return self._fold >= FOLDED

    def restyle(self) -> None:
        """New measures, words and visibility."""
        px = self.look.px
        self.setFixedHeight(px(44))
        self.row.setContentsMargins(px(12), 0, px(10), 1)
        self.row.setSpacing(0)
        for line in self.lines:
            line.setFixedHeight(px(20))
        self.gap.setFixedWidth(px(12))
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        dark = self.look.dark
        words = {
            "today": self.tr("Today"), "participants": self.tr("Participants"), "queries": self.tr("Queries"),
            "signing": self.tr("Signing"), "analysis": self.tr("Analysis"), "study": self.tr("Study"),
        }  # fmt: skip
        for place, item in self.places.items():
            item.show_word(words[place], self._counts.get(place, 0))
        self.menu_item.show_word("", name=self.tr("Menu"))
        self._show_saved()
        self.scale.show_word(self.tr("Text {0}").format(f"{round(self.look.scale * 100)} %"))
        self.theme.show_word(self.tr("Dark") if dark else self.tr("Light"))
        self.role.show_word(self._role_word())
        self.language.setAccessibleName(self.tr("Language"))
        self.language.restyle()
        self._fit()

    def _fit(self) -> None:
        """Takes away what has no room, measured in the words of the language in force."""
        narrow, least = self.width() / self.look.scale < 1000, 1 if self._remaining else 0
        for fold in range(FOLDED if narrow else least, len(FOLDS) + 1):
            self._fold = fold
            self._word_items()
            shown = self._shown()
            if self._needed(shown) <= self.width():
                break
        for widget in self._parts():
            widget.setVisible(widget in shown)

    def _word_items(self) -> None:
        """The words of what may stand without them."""
        gone, folded = FOLDS[: self._fold], self.compact()
        find, lock, wordless = self.tr("Find participant or form"), self.tr("Lock"), "words" in gone
        self.find_item.framed = not folded
        named = "mark_name" not in gone if folded else "name" not in gone
        self.name.setText("CRF Desktop" if named else "")
        self.name.setContentsMargins(self.look.px(10 * named), 0, self.look.px(20 if named else 8), 0)
        bare = "caps" in gone if folded else "keys" in gone
        self.find_item.set_key("" if bare else "Ctrl K")
        self.lock.set_key("" if bare else "F12")
        self.find_item.show_word("" if wordless else self.tr("Find") if "sentence" in gone else find, name=find)
        self.lock.show_word("" if wordless else lock, name=lock)
        self.find_item.setMinimumWidth(
            0 if wordless or bare else self.find_item.sizeHint().width() + self.look.px(14)
        )

    def _parts(self) -> list[QWidget]:
        parts = [self.row.itemAt(at) for at in range(self.row.count())]
        return [w for part in parts if part is not None and (w := part.widget()) is not None]

    def _shown(self) -> list[QWidget]:
        """What stands in the bar, so much of it having gone."""
        gone, folded, is_open = FOLDS[: self._fold], self.compact(), self._open
        places = is_open and not folded
        offered: dict[QWidget, bool] = dict.fromkeys(self.places.values(), places)
        offered[self.places["analysis"]] = places and self._role in READERS and "results" not in gone
        spelled = not folded and "role" not in gone
        offered |= {self.menu_item: not spelled, self.language: spelled, self.role: places and spelled}
        offered |= {self.find_item: is_open, self.lock: is_open}
        offered[self.timer] = bool(self._remaining)  # behind the lock as well: it rings there
        offered |= dict.fromkeys((self.scale, self.theme), not is_open and not folded)
        lines = (is_open, spelled, spelled, not is_open and spelled)
        offered |= dict(zip(self.lines, lines, strict=True))
        return [widget for widget in self._parts() if offered.get(widget, True)]

    def _needed(self, shown: list[QWidget] | None = None) -> int:
        """Pixels that everything shown takes, whatever becomes of the last answer."""
        parts = shown if shown is not None else [w for w in self._parts() if not w.isHidden()]
        taken = sum(max(w.sizeHint().width(), w.minimumWidth()) for w in parts)
        return taken + self.saved.widest(self._saved_words()) - self.saved.sizeHint().width() + self.look.px(40)

    def _saved_words(self) -> tuple[str, ...]:
        """All that may stand there while a study is open: the bar must not fold when one follows the other."""
        return (self.tr("Not saved: save again"), self.tr("Nothing to save"), self.saved.text()) if self._open else ()

    def _show_saved(self) -> None:
        if not self._open:
            self.saved.set_shape(Glyph.COMPLETE, "text_2")
            self.saved.show_word(self.tr("Works offline"))
        elif self._unsaved:
            self.saved.set_shape(Glyph.REFUSED, "bad")
            self.saved.show_word(self.tr("Not saved: save again"))
        else:
            self.saved.set_shape(Glyph.COMPLETE, "text_2")
            self.saved.show_word(
                self.tr("Saved {0}").format(self._saved) if self._saved else self.tr("Nothing to save")
            )
        self.saved.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._unsaved else Qt.FocusPolicy.NoFocus)
        self.saved.setCursor(Qt.CursorShape.PointingHandCursor if self._unsaved else Qt.CursorShape.ArrowCursor)

    def _role_word(self) -> str:
        return {
            "investigator": self.tr("Investigator"),
            "coordinator": self.tr("Coordinator"),
            "monitor": self.tr("Monitor"),
            "data_manager": self.tr("Data manager"),
            "administrator": self.tr("Administrator"),
        }.get(self._role, self._role)

    # ---- menus

    def _go(self, place: str) -> None:
        self._mark_place()
        self.place_asked.emit(place)

    def _scale_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_scales(menu)
        return menu

    def _add_scales(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for scale in SCALES:
            action = QAction(self.tr("Text {0}").format(f"{round(scale * 100)} %"), menu, checkable=True)
            action.setChecked(scale == self.look.scale)
            action.triggered.connect(lambda _=False, s=scale: self.look.set_scale(s))
            group.addAction(action)
            menu.addAction(action)

    def _role_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            self.tr("Light") if self.look.dark else self.tr("Dark"), lambda: self.look.set_dark(not self.look.dark)
        )
        menu.addSeparator()
        self._add_scales(menu)
        menu.addSeparator()
        menu.addAction(self.tr("Lock"), self.lock_asked.emit)
        menu.addAction(self.tr("Quit"), self.quit_asked.emit)
        return menu

    def _show_menu(self) -> None:
        self._folded_menu().exec(self.menu_item.mapToGlobal(QPoint(0, self.height())))

    def _folded_menu(self) -> QMenu:
        """The role, the places with their counts, language; then what stands in the menu of the role."""
        menu = self._role_menu()
        first = menu.actions()[0]
        if self._open:
            role = QAction(self._role_word(), menu)
            role.setEnabled(False)  # said, not chosen
            menu.insertAction(first, role)
            menu.insertSeparator(first)
            for place in PLACES:
                count = self._counts.get(place, 0)
                words = self.places[place].text()
                action = QAction(f"{words} · {count}" if count else words, menu)
                action.triggered.connect(lambda _=False, p=place: self.place_asked.emit(p))
                menu.insertAction(first, action)
            menu.insertSeparator(first)
        other = QAction("中文" if self.look.language == "en" else "English", menu)
        other.triggered.connect(lambda: self.look.set_language("zh" if self.look.language == "en" else "en"))
        menu.insertAction(first, other)
        return menu

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(700), self.look.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.restyle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))

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


class AppBar(QWidget):
    """44 px; folds its places into a menu below 1000 logical px."""

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
        self._show_find()

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
        if appears:
            self.retranslate()
        self.timer.show_word(text, name=self.tr("Timer, {0} left").format(text))
        self.timer.setVisible(bool(text))

    # ---- words and measures

    def compact(self) -> bool:
        """True below 1000 logical px."""
        return self.width() / self.look.scale < 1000

    def restyle(self) -> None:
        """New measures, words and visibility."""
        px, compact, is_open = self.look.px, self.compact(), self._open
        self.setFixedHeight(px(44))
        self.row.setContentsMargins(px(12), 0, px(10), 1)
        self.row.setSpacing(0)
        self.name.setContentsMargins(px(10), 0, px(20), 0)
        for line in self.lines:
            line.setFixedHeight(px(20))
        self.gap.setFixedWidth(px(12))
        self.menu_item.setVisible(compact)
        for place, item in self.places.items():
            item.setVisible(is_open and not compact and (place != "analysis" or self._role in READERS))
        self.find_item.setVisible(is_open)
        self.find_item.framed = not compact
        self.saved.setVisible(True)
        self.language.setVisible(not compact)
        self.role.setVisible(is_open and not compact)
        self.lock.setVisible(is_open)
        self.timer.setVisible(bool(self._remaining))  # behind the lock as well: it rings there
        for widget in (self.scale, self.theme):
            widget.setVisible(not is_open and not compact)
        shown = (is_open, not compact, not compact, not is_open and not compact)
        for line, visible in zip(self.lines, shown, strict=True):
            line.setVisible(visible)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        compact, dark = self.compact(), self.look.dark
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
        self.lock.show_word("" if compact else self.tr("Lock"), name=self.tr("Lock"))
        self.language.setAccessibleName(self.tr("Language"))
        self.language.restyle()
        self._show_find()

    def _show_find(self) -> None:
        """The whole sentence, or one word where places, counts and a running timer leave no room for it."""
        long, compact = self.tr("Find participant or form"), self.compact()
        self.find_item.show_word("" if compact else long, name=long)
        self.find_item.setMinimumWidth(0)
        if compact:
            return
        analysis, offered = self.places["analysis"], self._open and self._role in READERS
        analysis.setVisible(offered)
        if self._remaining or self._needed() > self.width():
            self.find_item.show_word(self.tr("Find"), name=long)
        if offered and self._needed() > self.width():
            analysis.hide()
        self.find_item.setMinimumWidth(self.find_item.sizeHint().width() + self.look.px(14))

    def _needed(self) -> int:
        """Pixels that everything shown takes."""
        parts = [self.row.itemAt(at) for at in range(self.row.count())]
        shown = [w for part in parts if part is not None and (w := part.widget()) is not None and not w.isHidden()]
        return sum(max(w.sizeHint().width(), w.minimumWidth()) for w in shown) + self.look.px(40)

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
        menu = self._role_menu()
        first = menu.actions()[0]
        if self._open:
            for place in PLACES:
                action = QAction(self.places[place].text(), menu)
                action.triggered.connect(lambda _=False, p=place: self.place_asked.emit(p))
                menu.insertAction(first, action)
            menu.insertSeparator(first)
        other = QAction("中文" if self.look.language == "en" else "English", menu)
        other.triggered.connect(lambda: self.look.set_language("zh" if self.look.language == "en" else "en"))
        menu.insertAction(first, other)
        menu.exec(self.menu_item.mapToGlobal(QPoint(0, self.height())))

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

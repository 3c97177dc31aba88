"""Unlocking: who, with which password, and what the machine says about itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

import crf_desktop
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import PasswordField, Picker
from crf_desktop.ui.label import Card, Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.machine_card import MachineCard
from crf_desktop.ui.page import Page, column, row
from crf_desktop.ui.paint import RING, Icon


class UnlockPage(Page):
    """Two equal cards; before unlocking nothing from the encrypted file is shown, counts included."""

    unlock_asked = Signal(str, str)
    folder_asked = Signal()
    recovery_asked = Signal()
    restore_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.folder: Path | None = None
        self._label: Any = None
        self._locked_at, self._busy, self._kept, self._anew = "", False, False, True
        self._expected = ""
        self.card, self.checks = Card(look), MachineCard(look)
        self.empty = self._empty_card()
        self._fill_card()
        self._lay_out()
        self.retranslate()
        self.show_study(None, None)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "page")
        self.grid = QGridLayout(inside)
        self.grid.setContentsMargins(*(self.look.px(24),) * 4)
        self.grid.setSpacing(self.look.px(24))
        self.foot = Label(self.look, "", 13, token="text_2")
        self.foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = column(self, 0, (0, 0, 0, self.look.px(8)))
        outer.addWidget(scroll, 1)
        outer.addWidget(self.foot)
        self._arrange()

    def _arrange(self) -> None:
        px = self.look.px
        wide = self.width() / self.look.scale >= 760
        for widget in (self.card, self.empty, self.checks):
            self.grid.removeWidget(widget)
        for at in range(4):
            self.grid.setColumnStretch(at, 1 if at in (0, 3) else 0)
        self.grid.setRowStretch(0, 1)
        self.grid.setRowStretch(3, 2)
        room = self.width() - 3 * px(24)
        width = min(px(456), room // 2) if wide else min(px(456), self.width() - 2 * px(24))
        for widget in (self.card, self.empty, self.checks):
            widget.setFixedWidth(width)
            widget.setMinimumHeight(min(px(508), self.height() - px(24 + 24 + 32)) if wide else 0)
        left = self.card if self.folder is not None else self.empty
        self.grid.addWidget(left, 1, 1)
        self.grid.addWidget(self.checks, 1 if wide else 2, 2 if wide else 1)
        self.card.setVisible(left is self.card)
        self.empty.setVisible(left is self.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _fill_card(self) -> None:
        look, px = self.look, self.look.px
        self.where = Label(look, "", 13, token="text_2", wrap=True)
        self.title = Label(look, "", 21, True, wrap=True)
        self.lock_note = Note(look, "", Glyph.LOCK, "accent_soft")
        self.user_label, self.user = Label(look, "", 13, token="text_2"), Picker(look)
        self.password_label, self.password = Label(look, "", 13, token="text_2"), PasswordField(look)
        self.caps = Note(look, "", Glyph.WARNING, "warn_soft")
        self.button = Button(look, "primary", "", height=48)
        self.lost = Label(look, "", 13, token="text_2", wrap=True)
        self.recover, self.other = Button(look, "quiet", "", px=13), Button(look, "quiet", "", px=13)
        body = column(self.card, 0, (px(32) - RING, px(30), px(32) - RING, px(20)))
        widget: QWidget
        for widget, gap in ((self.where, 4), (self.title, 14), (self.lock_note, 14), (self.user_label, 0)):
            body.addLayout(self._inset(widget))
            body.addSpacing(px(gap))
        body.addWidget(self.user)
        body.addSpacing(px(8))
        for widget, gap in ((self.password_label, 4), (self.password, 8), (self.caps, 8)):
            body.addLayout(self._inset(widget))
            body.addSpacing(px(gap))
        body.addWidget(self.button)
        body.addStretch(1)
        body.addLayout(self._inset(self.lost))
        body.addWidget(self.recover, 0, Qt.AlignmentFlag.AlignLeft)
        ways = row(gap=px(8))
        self.restore = Button(look, "quiet", "", px=13)
        ways.addWidget(self.other)
        ways.addWidget(self.restore)
        ways.addStretch(1)
        body.addLayout(ways)
        self.restore.clicked.connect(self.restore_asked)
        self.caps.hide()
        self.password.caps_seen.connect(self.caps.setVisible)
        self.password.returnPressed.connect(self._ask)
        self.password.textChanged.connect(lambda: self.button.setEnabled(bool(self.password.text()) and not self._busy))
        self.button.clicked.connect(self._ask)
        self.recover.clicked.connect(self.recovery_asked)
        self.other.clicked.connect(self.folder_asked)

    @staticmethod
    def _inset(widget: QWidget) -> QHBoxLayout:
        """A line whose widget meets the drawn edge of painted controls, which keep room for their ring."""
        line = row(margins=(RING, 0, RING, 0))
        line.addWidget(widget)
        return line

    def _empty_card(self) -> Card:
        look, px = self.look, self.look.px
        card = Card(look, self)
        body = column(card, px(12), (px(32) - RING, px(32), px(32) - RING, px(32)))
        self.empty_title = Label(look, "", 21, True, wrap=True)
        self.empty_words = Label(look, "", 15, token="text_2", wrap=True)
        self.empty_button = Button(look, "primary", "", height=48)
        self.empty_how = Note(look, "", Icon.INFO)
        self.empty_button.clicked.connect(self.folder_asked)
        body.addLayout(self._inset(self.empty_title))
        body.addLayout(self._inset(self.empty_words))
        body.addSpacing(px(8))
        body.addWidget(self.empty_button)
        self.empty_restore = Button(look, "quiet", "", px=13)
        self.empty_restore.clicked.connect(self.restore_asked)
        body.addWidget(self.empty_restore, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        body.addLayout(self._inset(self.empty_how))
        return card

    # ---- what it shows

    def show_study(self, folder: Path | None, label: Any) -> None:
        """The folder at once; the label (``store.StudyLabel``) when the code that reads it is loaded."""
        self.folder, self._label = folder, label
        people = self._people()
        names = [name for name, _ in people]
        wanted = (n for n in (self._expected, self.user.value, *names[:1]) if n in names)
        self.user.show_options(people, next(wanted, ""))
        self._arrange()
        self.retranslate()
        self.checks.look_at(folder)

    @property
    def label(self) -> Any:
        """What the folder told before anybody unlocked it (``store.StudyLabel``); None while it is not read."""
        return self._label

    def _people(self) -> list[tuple[str, str]]:
        """(user name, words) of everybody the folder names."""
        users: tuple[tuple[str, str], ...] = self._label.users if self._label else ()
        return [
            (name, self.role_words(role) if name == role else f"{self.role_words(role)} ({name})")
            for name, role in users
        ]

    def show_locked(self, when: str, kept: bool, anew: bool = True) -> None:
        """Says when it was locked and whether half-typed text was kept; "" shows no note.

        ``anew`` False: the process that held the study could not be replaced and is still this one.
        """
        self._locked_at, self._kept, self._anew = when, kept, anew
        self.retranslate()

    def expect(self, user_name: str) -> None:
        """Who is chosen as soon as the label of the folder names the users."""
        self._expected = user_name

    def say_stays(self) -> None:
        """The new window did not come."""
        self.show_locked(self._locked_at, self._kept, anew=False)

    def show_busy(self, busy: bool, words: str = "") -> None:
        """While keys are worked out: the button says so and nothing else can be asked."""
        self._busy = busy
        self.button.setEnabled(not busy and bool(self.password.text()))
        self.user.setEnabled(not busy)
        self.password.setReadOnly(busy)
        self.button.setText((words or self.tr("Working out the key …")) if busy else self.tr("Unlock"))

    def forget_password(self) -> None:
        """Empties the field."""
        self.password.clear()
        self.password.hide_text()
        self.caps.hide()

    def start(self) -> None:
        """Gives the right field the keyboard."""
        (self.password if self.folder is not None else self.empty_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.checks.look_at(self.folder)

    def _ask(self) -> None:
        if self.password.text() and not self._busy and self.user.value:
            self.unlock_asked.emit(self.user.value, self.password.text())

    def role_words(self, role: str) -> str:
        """The role in words."""
        return {
            "investigator": self.tr("Investigator"),
            "coordinator": self.tr("Coordinator"),
            "monitor": self.tr("Monitor"),
            "data_manager": self.tr("Data manager"),
            "administrator": self.tr("Administrator"),
        }.get(role, role)

    def retranslate(self) -> None:
        self._retranslate_top()
        self._retranslate_fields()
        self._retranslate_empty()
        self._retranslate_foot()

    def _retranslate_top(self) -> None:
        label = self._label
        name = self.folder.stem if self.folder else ""
        place = (
            self.tr("Study {0} · site {1}").format(label.study_oid.removeprefix("ST."), label.site)
            if label
            else self.tr("Study folder")
        )
        self.where.setText(place)
        self.title.setText(name)
        kept = (
            self.tr("A half-typed field is kept, encrypted. You will return to it.")
            if self._kept
            else self.tr("You will return to the same page.")
        )
        sentence = self.tr("Locked at {0}.").format(self._locked_at)
        gap = "" if self.look.language == "zh" else " "
        stays = self.tr("The window could not be started anew: close it, so that the memory is cleared as well.")
        told = (sentence, kept) if self._anew else (sentence, kept, stays)
        self.lock_note.set_text(gap.join(told))
        self.lock_note.setVisible(bool(self._locked_at))

    def _retranslate_fields(self) -> None:
        self.user_label.setText(self.tr("User"))
        self.password_label.setText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.password.retranslate()
        self.caps.set_text(self.tr("Caps Lock seems to be on."))
        if not self._busy:
            self.button.setText(self.tr("Unlock"))
            self.button.setEnabled(bool(self.password.text()))
        self.lost.setText(
            self.tr("Password lost? It cannot be read from this file. Ask the administrator of the study.")
        )
        self.recover.setText(self.tr("I have a recovery code"))
        self.recover.setVisible(bool(self._label and self._label.recovery))
        self.other.setText(self.tr("Open another study folder"))
        self.restore.setText(self.tr("Restore from a backup"))

    def _retranslate_empty(self) -> None:
        self.empty_title.setText(self.tr("Open a study"))
        self.empty_words.setText(
            self.tr(
                "A study is a folder whose name ends in .crf. Everything in it is encrypted and stays on this machine."
            )
        )
        self.empty_button.setText(self.tr("Choose the study folder"))
        self.empty_restore.setText(self.tr("Restore from a backup"))
        self.empty_how.set_text(
            self.tr(
                "No study yet? In a terminal: crf-desktop new FOLDER.crf --user NAME makes one, "
                "crf-desktop demo DIR one to try."
            )
        )

    def _retranslate_foot(self) -> None:
        found = self.tr("no study chosen") if self.folder is None else self.tr("data file found, encrypted")
        if self.folder is not None and not (self.folder / "log.db").is_file():
            found = self.tr("no data file here")
        self.foot.setText(self.tr("Version {0}").format(crf_desktop.__version__) + " · " + found)
        self.user.show_options(self._people(), self.user.value)
        self.user.setAccessibleName(self.tr("User") + ", " + self.user.words())

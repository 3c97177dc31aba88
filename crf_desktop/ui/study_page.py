"""The study, its site and people, and what the site sets for itself: laboratory units, numbers of the protocol."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.backup_card import BackupCard
from crf_desktop.ui.button import Button
from crf_desktop.ui.form_sheets import ReasonSheet
from crf_desktop.ui.idle_card import IdleCard
from crf_desktop.ui.key_act import KeyActs
from crf_desktop.ui.label import Label
from crf_desktop.ui.log_card import LogCard
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.preference import IDLE_MINUTES
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.profile_card import ParameterCard, ProfileCard
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.study_facts import FactsCard, PeopleCard, role_words, study_facts, version_facts
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.backup_watch import BackupWatch
    from crf_desktop.ui.log_watch import LogWatch

LEFT_WIDTH = 372
Changes = tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]
"""Units, limits and numbers that were chosen and are not stored yet, by item or name."""


class ProfileSheet(ReasonSheet):
    """Why the site's profile changes."""

    def said(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Change of the site’s profile"),
            self.tr("It holds from now on; answers already given stay as they are. Why does it change?"),
            self.tr("Go on changing"),
            self.tr("Store the profile"),
        )

    def reasons(self) -> list[tuple[str, str]]:
        return [
            ("reports", self.tr("As the laboratory reports")),
            ("certificate", self.tr("New certificate of the laboratory")),
            ("protocol", self.tr("Asked by sponsor or ethics committee")),
            ("wrong", self.tr("It was set wrongly")),
            ("other", self.tr("Another reason")),
        ]


class StudyPage(Page):
    """Cards are made anew when the study, the language or what was set changes."""

    place = "study"
    written = Signal(str, str)
    """("", ""): something was set."""
    analysis_asked = Signal()
    people_asked = Signal()
    documents_asked = Signal()
    idle_chosen = Signal(int)
    """Minutes without key or mouse until this machine locks."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.log: LogWatch | None = None
        self.backups: BackupWatch | None = None
        self.profile: ProfileCard | None = None
        self.parameters: ParameterCard | None = None
        self.sheet: Sheet | None = None
        self._shown: object = None
        self._idle_minutes = IDLE_MINUTES
        self.keys = KeyActs(self)
        self.keys.changed.connect(self._keys_changed)
        self._make_parts()

    def _make_parts(self) -> None:
        look = self.look
        self.head, self.foot = PageHead(look, buttons=True), Foot(look)
        self.analysis = Button(look, "plain")
        self.analysis.clicked.connect(self.analysis_asked)
        self.documents = Button(look, "plain", lead=Glyph.PRINT)
        self.documents.clicked.connect(self.documents_asked)
        self.head.right.addWidget(self.documents)
        self.head.right.addWidget(self.analysis)
        self.status = Label(look, "", 13, token="text_2")
        self.discard, self.save = Button(look, "plain"), Button(look, "primary")
        for widget in (self.status, self.discard, self.save):
            self.foot.right.addWidget(widget)
        self.discard.clicked.connect(self._discard)
        self.save.clicked.connect(self.ask)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)
        outer.addWidget(self.foot)

    # ---- what it shows

    def show_study(self, study: Study) -> None:
        """Shows the study as it stands."""
        self.study = study
        version = (study, study.store.head(), self.look.language, self.look.scale)
        if version != self._shown:
            waiting = self._waiting() if self._shown is not None else self._kept()
            self._shown = version
            self._make_cards(study)
            if waiting is not None and self.profile is not None and self.parameters is not None and self.may():
                self.profile.put(*waiting[:2])
                self.parameters.put(waiting[2])
        self.retranslate()

    def _waiting(self) -> Changes | None:
        """Changes that are not stored yet; None when there are none."""
        if not self.n_changed() or self.profile is None or self.parameters is None or self.study is None:
            return None
        profile = self.study.profile()
        return *self.profile.changes(profile), self.parameters.chosen(profile)

    def keep_typed(self) -> bool:
        """Before a lock: keeps changes that are not stored yet, in the study's file; whether there are any."""
        study = self.study
        if study is None or not self.may():
            return False
        waiting = self._waiting()
        self._set_kept(json.dumps(waiting) if waiting is not None else "")
        return waiting is not None

    def _kept(self) -> Changes | None:
        """What this person had not stored when the study was locked, as far as the study still asks for it."""
        study = self.study
        if study is None or not self.may():
            return None
        try:
            units, limits, numbers = json.loads(study.store.setting(self._setting()) or "[{}, {}, {}]")
            return dict(units), dict(limits), dict(numbers)
        except (ValueError, TypeError):
            return None

    def _setting(self) -> str:
        assert self.study is not None
        return f"profile/{self.study.session.person.user_oid}"

    def _set_kept(self, text: str) -> None:
        assert self.study is not None
        if text != self.study.store.setting(self._setting()):
            with contextlib.suppress(Explained):  # read-only media, a full disk
                self.study.store.set_setting(self._setting(), text)

    def may(self) -> bool:
        """Whether this person may set something, with a certificate that counts."""
        study = self.study
        return study is not None and study.may(Action.CONFIGURE) and study.session.trust == "certified"

    def _make_cards(self, study: Study) -> None:
        look, px, definition = self.look, self.look.px, study.definition
        inside = QWidget()
        inside.setProperty("kind", "page")
        self.middle = row(inside, px(12), (px(24), 0, px(16), px(16)))
        self.left = QWidget()
        left, right = column(self.left, px(12)), column(gap=px(12))
        left.addWidget(FactsCard(look, self.tr("Study"), study_facts(study, look.language)))
        people = PeopleCard(look, study)
        people.asked.connect(self.people_asked)
        left.addWidget(people)
        left.addWidget(self.keys.card(study))
        if self.log is not None:
            left.addWidget(LogCard(look, study, self.log))
        if self.backups is not None:
            left.addWidget(BackupCard(look, study, self.backups))
        idle = IdleCard(look, self._idle_minutes)
        idle.chosen.connect(self._choose_idle)
        left.addWidget(idle)
        left.addWidget(FactsCard(look, self.tr("Versions"), version_facts(study)))
        left.addStretch(1)
        self.profile = ProfileCard(look, definition, self.may())
        self.parameters = ParameterCard(look, definition.parameters, definition, self.may())
        self.profile.changed.connect(self._judge)
        self.parameters.changed.connect(self._judge)
        right.addWidget(self.parameters)
        right.addWidget(self.profile)
        right.addStretch(1)
        self.middle.addWidget(self.left)
        self.middle.addLayout(right, 1)
        self.scroller.setWidget(inside)
        self._fold()
        self._fill()

    def _fill(self) -> None:
        assert self.study is not None and self.profile is not None and self.parameters is not None
        profile = self.study.profile()
        self.profile.show_profile(profile, self._last_words())
        self.parameters.show_profile(profile)
        self._judge()

    def _last_words(self) -> str:
        from crf_desktop.capture.profile import profile_history  # loads with the study
        from crf_desktop.capture.signature import local_time

        assert self.study is not None
        rows = profile_history(self.study.store)
        if not rows:
            return ""
        person = self.study.store.person(rows[-1].user_oid)
        when = figure.moment(local_time(rows[-1]), self.look.language)
        who = person.full_name if person else role_words(rows[-1].role)
        return self.tr("Last set {0}, {1}: {2}").format(when, who, rows[-1].reason_for_change or "")

    def show_idle(self, minutes: int) -> None:
        """After how many minutes this machine locks."""
        self._idle_minutes = minutes

    def _choose_idle(self, minutes: int) -> None:
        self._idle_minutes = minutes
        self.idle_chosen.emit(minutes)

    def _keys_changed(self) -> None:
        if self.study is not None:
            self.show_study(self.study)
            self.written.emit("", "")

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.keys.forget()
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.study, self._shown, self.profile, self.parameters, self.sheet = None, None, None, None, None
        self.scroller.setWidget(QWidget())

    def start(self) -> None:
        """Gives the keyboard to the first field, or to the cards to be scrolled."""
        first = next(iter((self.parameters.fields if self.parameters else {}).values()), None)
        (first or self.scroller.verticalScrollBar()).setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what is changed

    def n_changed(self) -> int:
        """Changes that are not stored yet."""
        if self.study is None or self.profile is None or self.parameters is None or not self.may():
            return 0
        profile = self.study.profile()
        return self.profile.n_changed(profile) + len(self.parameters.chosen(profile))

    def _judge(self) -> None:
        n = self.n_changed()
        one = self.tr("1 change not stored yet")
        self.status.setText("" if not n else one if n == 1 else self.tr("{0} changes not stored yet").format(n))
        self.discard.setEnabled(n > 0)
        self.save.setEnabled(n > 0)

    def _discard(self) -> None:
        self._set_kept("")
        self._fill()

    def ask(self) -> None:
        """Stores what was changed, after the reason."""
        sheet = ProfileSheet(self.look, self, self.tr("Laboratory profile and numbers"), self._store, lambda: None)
        sheet.again = lambda: self._again()
        self._open(sheet)
        sheet.open(sheet.chips)

    def _again(self) -> Sheet:
        self.ask()
        assert self.sheet is not None
        return self.sheet

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._closed)

    def _closed(self) -> None:
        self.sheet = None

    def _store(self, reason: str) -> None:
        from crf_desktop.capture.profile import configure  # loads with the study

        assert self.study is not None and self.profile is not None and self.parameters is not None
        profile = self.study.profile()
        laboratory = self.profile.chosen() if self.profile.n_changed(profile) else None
        try:
            configure(self.study, laboratory, self.parameters.chosen(profile), reason)
        except Explained as problem:
            self._show_problem(problem)
            return
        self._set_kept("")
        self.show_study(self.study)
        self.written.emit("", "")

    def _show_problem(self, problem: Explained) -> None:
        told = problem_of(problem, self.tr("Storing the profile"), self.look.language)
        act: Act = (self.tr("Back to the profile"), "primary", lambda: sheet.close_sheet())
        sheet = ProblemSheet(self.look, self, told, [act])
        self._open(sheet)
        sheet.open(sheet.first_button())

    # ---- words

    def retranslate(self) -> None:
        if self.study is None:
            return
        if self._shown != (self.study, self.study.store.head(), self.look.language, self.look.scale):
            self.show_study(self.study)
            return
        language = self.look.language
        rule = self.study.definition.study_name.in_(language)
        if not self.may():
            rule = self.tr("Read-only: an administrator or a data manager sets the profile")
        self.head.show_words(self.tr("Study"), rule)
        self.documents.setText(self.tr("Documents"))
        self.analysis.setText(self.tr("Analysis"))
        self.discard.setText(self.tr("Discard"))
        self.save.setText(self.tr("Store with a reason"))
        self.foot.setVisible(self.may())
        self._judge()

    def _fold(self) -> None:
        if self.profile is None:
            return
        stacked = self.width() / self.look.scale < 900
        self.left.setMinimumWidth(0 if stacked else self.look.px(LEFT_WIDTH))
        self.left.setMaximumWidth(16_777_215 if stacked else self.look.px(LEFT_WIDTH))
        way = QBoxLayout.Direction.BottomToTop if stacked else QBoxLayout.Direction.LeftToRight
        if self.middle.direction() != way:
            self.middle.setDirection(way)
        self.profile.show_narrow(self.width() / self.look.scale < 720)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

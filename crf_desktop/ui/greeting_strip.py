"""What a person is told right after unlocking: failed log-ins, a password that is due, no recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class GreetingStrip(QWidget):
    """A line across the window until it is put away; hidden when there is nothing to tell."""

    password_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.study: Study | None = None
        px = look.px
        self.words = Label(look, "", 15, wrap=True)
        self.change, self.away = Button(look, "plain", px=13, height=32), Button(look, "quiet", px=13, height=32)
        self.change.clicked.connect(self.password_asked)
        self.away.clicked.connect(lambda: self.greet(None))
        across = row(self, px(10), (px(24), px(5), px(16), px(5)))
        across.addWidget(Mark(look, Glyph.WARNING))
        across.addWidget(self.words, 1)
        across.addWidget(self.change)
        across.addWidget(self.away)
        look.changed.connect(self.update)
        look.language_changed.connect(self.retranslate)
        self.hide()

    def greet(self, study: Study | None) -> None:
        """A study was just unlocked; None: nothing is to be told."""
        self.study = study
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        told = [] if self.study is None else [*self._failed(), *self._age(), *self._recovery()]
        self.words.setText(("" if self.look.language == "zh" else " ").join(told))
        self.setAccessibleName(self.words.text())
        self.change.setText(self.tr("Change my password"))
        self.away.setText(self.tr("Understood"))
        self.setVisible(bool(told))

    def _failed(self) -> list[str]:
        from crf_desktop.ui.problem_panel import local_moment  # loads with the study

        assert self.study is not None
        failed, told = self.study.store.parts.failed, []
        if failed.own:
            since = local_moment(failed.own[0], self.look.language)
            one = self.tr("1 log-in with your name failed, {0}.").format(since)
            many = self.tr("{0} log-ins with your name failed since {1}.").format(len(failed.own), since)
            told.append((one if len(failed.own) == 1 else many) + self.tr(" Was it not you? Tell the administrator."))
        if failed.others:
            since = local_moment(failed.others[0], self.look.language)
            one = self.tr("1 log-in with another name failed, {0}.").format(since)
            many = self.tr("{0} log-ins with other names failed since {1}.").format(len(failed.others), since)
            told.append(one if len(failed.others) == 1 else many)
        return told

    def _age(self) -> list[str]:
        from crf_desktop.store.password_age import age  # loads with the study

        assert self.study is not None
        found = age(self.study.store)
        self.change.setVisible(found.soon and not self.study.store.read_only)
        if found.due:
            return [self.tr("Your password is {0} days old or more: change it now.").format(found.days)]
        if found.soon:
            return [self.tr("Your password is to be changed in {0} days.").format(found.left)]
        return []

    def _recovery(self) -> list[str]:
        from crf_desktop.capture.keys import lacks_recovery  # loads with the study

        assert self.study is not None
        if not lacks_recovery(self.study):
            return []
        return [self.tr("No recovery code was typed back yet: make one on the study page, under Keys. Without it a "
                        "lost administrator’s password cannot be helped.")]  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("warn_soft"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))

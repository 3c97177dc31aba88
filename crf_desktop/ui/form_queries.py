"""In the head of a form: queries about the whole of it, printing it, and for a monitor the way to verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study


ROOMY = 1100
"""Logical px of the window from which there is room for printing, which Ctrl+P does everywhere."""


class FormQueries(QWidget):
    """Quiet buttons; gone where the role has no use for them."""

    form_query_asked = Signal()
    verification_asked = Signal(str, str, str)
    """(participant, visit, form)"""
    print_asked = Signal(str, str, str)
    """(participant, visit, form)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._at = look, ("", "", "")
        self.whole = Button(look, "quiet", lead=Glyph.QUERY, px=13)
        self.verify = Button(look, "plain", lead=Glyph.SEEN)
        self.print = Button(look, "quiet", lead=Glyph.PRINT, px=13)
        line = row(self, look.px(4))
        line.addWidget(self.print)
        line.addWidget(self.whole)
        line.addWidget(self.verify)
        self.whole.clicked.connect(self.form_query_asked)
        self.print.clicked.connect(lambda: self.print_asked.emit(*self._at))
        self.verify.clicked.connect(lambda: self.verification_asked.emit(*self._at))

    def show_entry(self, study: Study, entry: FormEntry, compact: bool) -> None:
        """Shows what may be done about this form."""
        from crf_desktop.capture.query import may_raise, open_counts  # loads with the study
        from crf_desktop.capture.verification import may_verify, progress

        path = entry.path
        self._at = (path.subject, path.event_address, path.form_address)
        n = open_counts(entry).get("", 0)
        words = self.tr("1 query on the form") if n == 1 else self.tr("{0} queries on the form").format(n)
        self.whole.setText(words if n else self.tr("Query on the form"))
        self.whole.setVisible(bool(n) or (may_raise(study) and not compact))
        monitors = may_verify(study)
        self.verify.setVisible(monitors)
        if monitors:
            now = progress(entry)
            told = self.tr("Verify {0} of {1}") if compact else self.tr("Verify against source, {0} of {1}")
            self.verify.setText(told.format(now.verified, now.total))
        self.print.setText(self.tr("Print"))
        self.print.setVisible(study.may(Action.PRINT) and self.window().width() / self.look.scale >= ROOMY)
        self.setVisible(any(button.isVisibleTo(self) for button in (self.print, self.whole, self.verify)))

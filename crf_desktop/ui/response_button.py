"""The button on a participant's page that leads to the response, and says in a word where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Status
from crf_desktop.ui.button import Button
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.response_reading import Reading, ResponseReader, has_response

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class ResponseButton(Button):
    """``Response: 3 of 5 met``; hidden in a study without that end point."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "quiet", trail=Icon.RIGHT, height=24, px=13, parent=parent)
        self.reader = ResponseReader()

    def show_participant(self, study: Study, subject: str) -> None:
        """Says where a participant stands; nothing that a page still to be completed would give away."""
        known = has_response(study.definition)
        self.setVisible(known)
        if known:
            self.setText(self._words(self.reader.read(study, subject, Options())))

    def forget(self) -> None:
        """Empties the button when the study is locked."""
        self.reader.forget()
        self.setText("")

    def _words(self, reading: Reading) -> str:
        outcome = reading.outcome
        if outcome is None or outcome.status is Status.NOT_TREATED:
            return self.tr("Response at week 28")
        if waiting := len(reading.waiting):
            one = self.tr("Response: waits for 1 page")
            return one if waiting == 1 else self.tr("Response: waits for {0} pages").format(waiting)
        if outcome.status is Status.STOPPED:
            return self.tr("Response: stopped early")
        if outcome.status is Status.MISSED:
            return self.tr("Response: week 28 missed")
        return self.tr("Response: {0} of {1} met").format(outcome.five.n_met, len(outcome.five.items))

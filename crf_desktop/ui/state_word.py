"""The words and colours of a form's state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.data import FormState


def state_words(state: FormState) -> tuple[str, str, str]:
    """(words, ground token, ink token) of a state."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("FormState", text)

    table = {
        FormState.PLANNED: (tr("Planned"), "sunken", "text"),
        FormState.DUE: (tr("Due"), "sunken", "text"),
        FormState.IN_PROGRESS: (tr("In progress"), "accent_soft", "accent_text"),
        FormState.COMPLETE: (tr("Complete"), "ok_soft", "ok"),
        FormState.SIGNED: (tr("Signed"), "accent_soft", "accent_text"),
        FormState.CHANGED: (tr("Changed after signature"), "warn_soft", "warn"),
        FormState.MISSING: (tr("Missing, with reason"), "sunken", "text"),
        FormState.NOT_NEEDED: (tr("Not needed"), "sunken", "text"),
    }
    return table[state]

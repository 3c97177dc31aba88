"""The words and colours of a form's state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.data import FormState


def state_words(state: FormState) -> tuple[str, str, str]:
    """(words, ground token, ink token) of a state."""

    table = {
        FormState.PLANNED: (QCoreApplication.translate("FormState", "Planned"), "sunken", "text"),
        FormState.DUE: (QCoreApplication.translate("FormState", "Due"), "sunken", "text"),
        FormState.IN_PROGRESS: (QCoreApplication.translate("FormState", "In progress"), "accent_soft", "accent_text"),
        FormState.COMPLETE: (QCoreApplication.translate("FormState", "Complete"), "ok_soft", "ok"),
        FormState.SIGNED: (QCoreApplication.translate("FormState", "Signed"), "accent_soft", "accent_text"),
        FormState.CHANGED: (QCoreApplication.translate("FormState", "Changed after signature"), "warn_soft", "warn"),
        FormState.MISSING: (QCoreApplication.translate("FormState", "Missing, with reason"), "sunken", "text"),
        FormState.NOT_NEEDED: (QCoreApplication.translate("FormState", "Not needed"), "sunken", "text"),
    }
    return table[state]

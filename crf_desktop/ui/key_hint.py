"""The keys of a form, shown once in its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.definition import FormDef
from crf_desktop.model.layout import GradeGrid, LevelTable, ScaleRows, VisualAnalogue


def key_hints(form: FormDef) -> list[tuple[str, str]]:
    """(key, word) pairs for the kind of page it is."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("KeyHint", text)

    kinds = {type(block) for block in form.layout.blocks}
    missing, history = ("M", tr("missing")), ("H", tr("history"))
    if LevelTable in kinds:
        return [("0–3", tr("answer")), ("↑ ↓", tr("domain")), missing, history]
    if GradeGrid in kinds:
        return [("0–3", tr("grade")), ("← ↑ ↓ →", tr("move")), missing, history]
    if ScaleRows in kinds:
        return [("0–9", tr("answer")), ("↑ ↓", tr("question")), missing, history]
    if VisualAnalogue in kinds:
        return [("0–9", tr("answer")), missing, history]
    return [("Tab", tr("next")), ("Ctrl M", tr("missing")), ("Ctrl H", tr("history"))]

"""The keys of a form, shown once in its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.definition import FormDef
from crf_desktop.model.layout import GradeGrid, LevelTable, ScaleRows, VisualAnalogue


def key_hints(form: FormDef, read_only: bool = False) -> list[tuple[str, str]]:
    """(key, word) pairs for the kind of page it is; what answers is left out where nothing can be answered."""
    found = _hints(form)
    answering = {QCoreApplication.translate("KeyHint", w) for w in ("answer", "grade", "missing")}
    return [(key, word) for key, word in found if not (read_only and word in answering)]


def _hints(form: FormDef) -> list[tuple[str, str]]:
    kinds = {type(block) for block in form.layout.blocks}
    missing, query, history = (
        ("M", QCoreApplication.translate("KeyHint", "missing")),
        ("Q", QCoreApplication.translate("KeyHint", "query")),
        ("H", QCoreApplication.translate("KeyHint", "history")),
    )
    if LevelTable in kinds:
        return [
            ("0–3", QCoreApplication.translate("KeyHint", "answer")),
            ("↑ ↓", QCoreApplication.translate("KeyHint", "domain")),
            missing,
            query,
            history,
        ]
    if GradeGrid in kinds:
        return [
            ("0–3", QCoreApplication.translate("KeyHint", "grade")),
            ("← ↑ ↓ →", QCoreApplication.translate("KeyHint", "move")),
            missing,
            query,
            history,
        ]
    if ScaleRows in kinds:
        return [
            ("0–9", QCoreApplication.translate("KeyHint", "answer")),
            ("↑ ↓", QCoreApplication.translate("KeyHint", "question")),
            missing,
            query,
            history,
        ]
    if VisualAnalogue in kinds:
        return [("0–9", QCoreApplication.translate("KeyHint", "answer")), missing, query, history]
    return [
        ("Tab", QCoreApplication.translate("KeyHint", "next")),
        ("Ctrl M", QCoreApplication.translate("KeyHint", "missing")),
        ("Ctrl Shift Q", QCoreApplication.translate("KeyHint", "query")),
        ("Ctrl H", QCoreApplication.translate("KeyHint", "history")),
    ]

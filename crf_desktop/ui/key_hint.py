"""The keys of what has the keyboard, shown once in the foot of a form."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.layout import (
    Block,
    ChoiceRows,
    GradeGrid,
    JointFigure,
    LevelTable,
    RepeatTable,
    ScaleRows,
    VisualAnalogue,
)

Hint = tuple[str, str]
"""(key, word)"""


def key_hints(
    definition: MetaDataVersion, block: Block | None, item: ItemDef | None, read_only: bool = False
) -> list[Hint]:
    """The keys of an item in its block; what answers is left out where nothing can be answered."""
    typed = item is not None and not _is_chosen(item) and not isinstance(block, LevelTable | ScaleRows | VisualAnalogue)
    found = _while_typing(block) if typed or item is None else [*_answering(definition, block, item), *_letters()]
    answering = {QCoreApplication.translate("KeyHint", w) for w in ("answer", "grade", "missing", "remove line")}
    return [(key, word) for key, word in found if not (read_only and word in answering)]


def _is_chosen(item: ItemDef) -> bool:
    return item.data_type == "boolean" or item.code_list is not None


def _letters() -> list[Hint]:
    return [
        ("M", QCoreApplication.translate("KeyHint", "missing")),
        ("Q", QCoreApplication.translate("KeyHint", "query")),
        ("H", QCoreApplication.translate("KeyHint", "history")),
    ]


def _while_typing(block: Block | None) -> list[Hint]:
    """Letters are text here: the same with Ctrl."""
    last = ("Ctrl H", QCoreApplication.translate("KeyHint", "history"))
    if isinstance(block, RepeatTable):
        last = ("Ctrl Shift Del", QCoreApplication.translate("KeyHint", "remove line"))
    return [
        ("Tab", QCoreApplication.translate("KeyHint", "next")),
        ("Ctrl M", QCoreApplication.translate("KeyHint", "missing")),
        ("Ctrl Shift Q", QCoreApplication.translate("KeyHint", "query")),
        last,
    ]


def _answering(definition: MetaDataVersion, block: Block | None, item: ItemDef) -> list[Hint]:
    """What answers the item, and what goes on to the next."""
    answer = QCoreApplication.translate("KeyHint", "answer")
    match block:
        case LevelTable():
            return [("0–3", answer), ("↑ ↓", QCoreApplication.translate("KeyHint", "domain"))]
        case GradeGrid() if item.oid not in block.options:
            move = QCoreApplication.translate("KeyHint", "move")
            return [("0–3", QCoreApplication.translate("KeyHint", "grade")), ("← ↑ ↓ →", move)]
        case ScaleRows():
            return [("0–9", answer), ("↑ ↓", QCoreApplication.translate("KeyHint", "question"))]
        case VisualAnalogue():
            return [("0–9", answer)]
        case JointFigure():
            return [("0–3", answer), ("↑ ↓", QCoreApplication.translate("KeyHint", "joint"))]
        case ChoiceRows():
            key = "Y N" if item.data_type == "boolean" else _digits(definition, item)
            return [(key, answer), ("↑ ↓", QCoreApplication.translate("KeyHint", "question"))]
        case _:
            return [(_digits(definition, item), answer), ("Tab", QCoreApplication.translate("KeyHint", "next"))]


def _digits(definition: MetaDataVersion, item: ItemDef) -> str:
    """The digits that answer: the codes themselves, 1 yes and 0 no, or the place in the list."""
    if item.data_type == "boolean" or item.code_list is None:
        return "1 0"
    codes = [i.coded_value for i in definition.code_list[item.code_list].items]
    digits = [code for code in codes if code.isdigit() and len(code) == 1]
    if digits:
        return f"{digits[0]}–{digits[-1]}"
    return f"1–{min(len(codes), 9)}"

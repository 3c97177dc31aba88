"""Which field an item is answered in: chips, a list that opens, one line or several."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.ui.controls.chips import Chips, Option
from crf_desktop.ui.controls.choice_entry import ChoiceEntry
from crf_desktop.ui.controls.entry import LineEntry, TextEntry
from crf_desktop.ui.controls.speech import answer_words
from crf_desktop.ui.look import Look
from crf_desktop.wording.figure import day, moment

LISTED = 7
"""Answers that stand one under the other at most; more open as a list."""


def entry_of(
    definition: MetaDataVersion, item: ItemDef, look: Look, large: bool, in_row: bool
) -> Chips | LineEntry | TextEntry:
    """The field an item is answered in; ``in_row``: of a table."""
    if item.data_type == "boolean" or item.code_list:
        answers = len(definition.code_list[item.code_list].items) if item.code_list else 0
        return ChoiceEntry(look) if answers > (3 if in_row else LISTED) else Chips(look, large)
    several = item.data_type == "text" and item.length > 120
    entry = TextEntry(look) if several else LineEntry(look, longest(item, look), large)
    hints = Qt.InputMethodHint.ImhSensitiveData  # input methods learn what is typed: here they must not
    if item.identifying:
        hints |= Qt.InputMethodHint.ImhNoPredictiveText
    entry.setInputMethodHints(hints | Qt.InputMethodHint.ImhMultiLine if several else hints)
    return entry


def options(definition: MetaDataVersion, item: ItemDef, look: Look) -> tuple[Option, ...]:
    """The answers an item can have, in words."""
    codes = [i.coded_value for i in definition.code_list[item.code_list].items] if item.code_list else ["true", "false"]
    return tuple(Option(code, answer_words(definition, item, code, look.language)) for code in codes)


def longest(item: ItemDef, look: Look) -> str:
    """A text as wide as the longest value."""
    match item.data_type:
        case "integer" | "decimal":
            whole = max((len(c.value.partition(".")[0]) for c in item.range_checks), default=5)
            digits = whole + (1 + item.significant_digits if item.significant_digits else 0)
            return "0" * max(digits, 4) + ("< " if item.qualifiers else "")
        case "date":
            return max(day("2028-12-28", look.language), "day month year", key=len)
        case "time":
            return "00:00"
        case "datetime":
            return moment("2028-12-28T00:00:00+00:00", look.language)
        case _:
            return "0" * min(item.length, 64)

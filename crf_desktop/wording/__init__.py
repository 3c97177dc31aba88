"""Every sentence the program says about a failure, in English and Chinese; and how dates, numbers and units are printed.

Each module beside this one holds a table ``PROBLEMS``: code → ((what happened, what was kept, what to do) in English, the
same in Chinese). Placeholders are filled from the failure's context, which never holds a clinical value.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

Sentences = tuple[str, str, str]


@cache
def _problems() -> dict[str, tuple[Sentences, Sentences]]:
    import importlib  # most runs never fail, and the window must stand at once
    import pkgutil

    table: dict[str, tuple[Sentences, Sentences]] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("problem_"):
            table |= importlib.import_module(f"{__name__}.{module.name}").PROBLEMS
    return table


def problem(code: str, language: str, context: Mapping[str, object]) -> Sentences:
    """The three sentences of a failure; a code without an entry says that it is a fault of the program."""
    found = _problems().get(code)
    if found is None:
        english = (f"The program failed ({code}).", "Everything saved so far is kept.", "Please report this code.")
        return english if language == "en" else (f"程序出错（{code}）。", "此前保存的内容均已保留。", "请报告此代码。")
    happened, kept, todo = found[1 if language == "zh" else 0]
    return happened.format_map(context), kept.format_map(context), todo.format_map(context)


def codes() -> frozenset[str]:
    """All codes that have an entry."""
    return frozenset(_problems())

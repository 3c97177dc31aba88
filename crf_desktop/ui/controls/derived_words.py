"""How a derived value stands beside its label: a sign and a word for a verdict, a number with its unit, or not yet."""

from __future__ import annotations

import re

from attrs import frozen
from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.definition import MetaDataVersion, MethodDef
from crf_desktop.model.derive import Derived
from crf_desktop.model.glyph import Glyph
from crf_desktop.wording.figure import NBSP, day, number, percent

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@frozen
class ValueWords:
    """One derived value in one language."""

    value: str
    behind: str = ""
    """Unit or ``/28``, small."""
    glyph: Glyph | None = None
    known: bool = True

    @property
    def spoken(self) -> str:
        """Value and unit in one."""
        return f"{self.value}{NBSP}{self.behind}" if self.behind else self.value


def value_words(
    definition: MetaDataVersion, method: MethodDef, derived: Derived | None, language: Language
) -> ValueWords:
    """The value of a method as it stands now."""
    unit = definition.unit[method.unit].symbol.in_(language) if method.unit else ""
    behind = f"/{method.maximum}" if method.maximum else unit
    if derived is None or not derived.text:
        if derived is not None and derived.lower_text:
            return ValueWords(f"≥{NBSP}{number(derived.lower_text)}", behind, known=False)
        return ValueWords(QCoreApplication.translate("Derived", "Not known yet"), "", Glyph.NOT_EVALUABLE, False)
    text = derived.text
    if method.data_type == "boolean":
        code_list = definition.code_list[method.code_list] if method.code_list else None
        words = code_list.decode(text, language) if code_list else yes_or_no(text)
        return ValueWords(words, glyph=Glyph.MET if text == "true" else Glyph.NOT_MET)
    if method.code_list:
        return ValueWords(definition.code_list[method.code_list].decode(text, language))
    if method.data_type in ("integer", "decimal"):
        return ValueWords(percent(number(text), language)) if unit == "%" else ValueWords(number(text), behind)
    return ValueWords(day(text, language) if _DAY.fullmatch(text) else text)


def yes_or_no(text: str) -> str:
    """``true`` and ``false`` in words."""
    yes, no = QCoreApplication.translate("Choice", "Yes"), QCoreApplication.translate("Choice", "No")
    return yes if text == "true" else no

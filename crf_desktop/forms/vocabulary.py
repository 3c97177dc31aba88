"""Units, shared answers and small builders that more than one page uses."""

from __future__ import annotations

import re
from typing import Literal

from crf_desktop.model.definition import CodeList, CodeListItem, ItemDef, MeasurementUnit, RangeCheck
from crf_desktop.model.text import TranslatedText

_UNIT_AFTER_NUMBER = re.compile(
    r"(?<=\d) (?=(?:mm/h|mm|cm|/mm³|/µL|×10|g/L|g/dL|mg/dL|g/d|mg/g|IU/mL|mL/min|mL|min|g|h|s|°C|%)(?![A-Za-z]))"
)


def text(en: str, zh: str) -> TranslatedText:
    """A wording; the space between a number and its unit becomes a no-break space, so that they never part."""
    return TranslatedText(_UNIT_AFTER_NUMBER.sub("\u00a0", en), _UNIT_AFTER_NUMBER.sub("\u00a0", zh))


def unit(oid: str, symbol: str, ucum: str, factor: str = "1", zh: str | None = None) -> MeasurementUnit:
    """A unit; its Chinese symbol is the same unless given."""
    return MeasurementUnit(oid, TranslatedText(symbol, zh or symbol), ucum, factor)


MM = "MU.MM"
GRAM, SECOND, ML_MIN, YEAR, PERCENT = "MU.G", "MU.S", "MU.ML_MIN", "MU.YEAR", "MU.PERCENT"
MM_H, G_L, MG_DL, IU_ML = "MU.MM_H", "MU.G_L", "MU.MG_DL", "MU.IU_ML"
E9_L, E6_L, PER_UL = "MU.E9_L", "MU.E6_L", "MU.PER_UL"

UNITS = (
    unit(MM, "mm", "mm"),
    unit(GRAM, "g", "g"),
    unit(SECOND, "s", "s"),
    unit(ML_MIN, "mL/min", "mL/min"),
    unit(YEAR, "y", "a", zh="岁"),
    unit(PERCENT, "%", "%"),
    unit(MM_H, "mm/h", "mm/h"),
    unit(G_L, "g/L", "g/L"),
    unit(MG_DL, "mg/dL", "mg/dL", "1/100"),
    unit(IU_ML, "IU/mL", "[IU]/mL"),
    unit(E9_L, "×10⁹/L", "10*9/L"),
    unit(E6_L, "×10⁶/L", "10*6/L", "1/1000"),
    unit(PER_UL, "/µL", "/uL", "1/1000"),
)
"""Factors relate to g/L and to 10⁹/L; every other unit stands alone."""


def answers(oid: str, *rows: tuple[str, str, str] | tuple[str, str, str, str, str]) -> CodeList:
    """A code list from (code, English, Chinese[, English definition, Chinese definition])."""
    items = (CodeListItem(r[0], text(r[1], r[2]), text(r[3], r[4]) if len(r) == 5 else None) for r in rows)
    return CodeList(oid, tuple(items))


YES_NO = answers("CL.YES_NO", ("true", "Yes", "是"), ("false", "No", "否"))
NEG_POS = answers("CL.NEG_POS", ("NEG", "Negative", "阴性"), ("POS", "Positive", "阳性"))
CODE_LISTS = (YES_NO, NEG_POS)


def yes_no(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    *,
    hint: TranslatedText | None = None,
    mandatory: bool = True,
    relevant: str | None = None,
) -> ItemDef:
    """A boolean question answered in words."""
    return ItemDef(
        oid, name, sas_name, "boolean", question, label, hint, code_list=YES_NO.oid, mandatory=mandatory, relevant=relevant
    )


def between(low: str, high: str, soft_hard: Literal["Hard", "Soft"], message: TranslatedText) -> tuple[RangeCheck, ...]:
    """Both limits included, in the item's base unit, with one message."""
    return (RangeCheck("GE", low, soft_hard, message), RangeCheck("LE", high, soft_hard, message))

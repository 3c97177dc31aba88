"""Units, shared answers and small builders that more than one page uses."""

from __future__ import annotations

import re
from typing import Literal

from crf_desktop.model.definition import CodeList, CodeListItem, ItemDef, MeasurementUnit, RangeCheck
from crf_desktop.model.text import TranslatedText

_UNIT_AFTER_NUMBER = re.compile(
    r"(?<=[\d}]) (?=(?:mm/h|mmHg|mmol/L|mm|cm|/mm³|/µL|/min|×10|g/L|g/dL|g/24|g/d|g/g|mg/dL|mg/kg|mg/m²|mg/mmol|mg/g|mg/L|mg"
    r"|µmol/L|IU/mL|U/L|U/mL|kU/L|pg/mL|mL/min|mL/h|mL|min|kg/m²|kg|m²|g|h|s|°C|%)(?![A-Za-z]))"
)


def text(en: str, zh: str) -> TranslatedText:
    """A wording; the space between a number and its unit becomes a no-break space, so that they never part."""
    return TranslatedText(_UNIT_AFTER_NUMBER.sub("\u00a0", en), _UNIT_AFTER_NUMBER.sub("\u00a0", zh))


def unit(oid: str, symbol: str, ucum: str, factor: str = "1", zh: str | None = None) -> MeasurementUnit:
    """A unit; its Chinese symbol is the same unless given."""
    return MeasurementUnit(oid, text(symbol, zh or symbol), ucum, factor)


MM, CM, KG, CELSIUS = "MU.MM", "MU.CM", "MU.KG", "MU.CELSIUS"
GRAM, SECOND, ML_MIN, YEAR, PERCENT = "MU.G", "MU.S", "MU.ML_MIN", "MU.YEAR", "MU.PERCENT"
DAY, HOUR, MINUTE = "MU.DAY", "MU.HOUR", "MU.MINUTE"
PER_MIN, MMHG, M2, KG_M2, EGFR = "MU.PER_MIN", "MU.MMHG", "MU.M2", "MU.KG_M2", "MU.ML_MIN_173"
MG, MG_KG, MG_M2, MG_KG_D, ML_H, ML = "MU.MG", "MU.MG_KG", "MU.MG_M2", "MU.MG_KG_D", "MU.ML_H", "MU.ML"
MM_H, IU_ML, U_L, U_ML = "MU.MM_H", "MU.IU_ML", "MU.U_L", "MU.U_ML"
G_L, G_DL, MG_DL, MG_L = "MU.G_L", "MU.G_DL", "MU.MG_DL", "MU.MG_L"
UMOL_L, CREA_MG_DL, MMOL_L, G_24H = "MU.UMOL_L", "MU.CREA_MG_DL", "MU.MMOL_L", "MU.G_24H"
MG_MMOL, G_G, MG_G = "MU.MG_MMOL", "MU.G_G", "MU.MG_G"
E9_L, E6_L, PER_UL = "MU.E9_L", "MU.E6_L", "MU.PER_UL"

UNITS = (
    unit(MM, "mm", "mm"),
    unit(CM, "cm", "cm"),
    unit(KG, "kg", "kg"),
    unit(CELSIUS, "°C", "Cel"),
    unit(GRAM, "g", "g"),
    unit(SECOND, "s", "s"),
    unit(MINUTE, "min", "min", zh="分钟"),
    unit(HOUR, "h", "h", zh="小时"),
    unit(DAY, "d", "d", zh="天"),
    unit(YEAR, "y", "a", zh="岁"),
    unit(ML, "mL", "mL"),
    unit(ML_MIN, "mL/min", "mL/min"),
    unit(ML_H, "mL/h", "mL/h"),
    unit(PERCENT, "%", "%"),
    unit(PER_MIN, "/min", "/min", zh="次/分"),
    unit(MMHG, "mmHg", "mm[Hg]"),
    unit(M2, "m²", "m2"),
    unit(KG_M2, "kg/m²", "kg/m2"),
    unit(EGFR, "mL/min/1.73 m²", "mL/min/{1.73_m2}"),
    unit(MG, "mg", "mg"),
    unit(MG_KG, "mg/kg", "mg/kg"),
    unit(MG_M2, "mg/m²", "mg/m2"),
    unit(MG_KG_D, "mg/kg/d", "mg/kg/d"),
    unit(MM_H, "mm/h", "mm/h"),
    unit(G_L, "g/L", "g/L"),
    unit(G_DL, "g/dL", "g/dL", "10"),
    unit(MG_DL, "mg/dL", "mg/dL", "1/100"),
    unit(MG_L, "mg/L", "mg/L", "1/1000"),
    unit(IU_ML, "IU/mL", "[IU]/mL"),
    unit(U_L, "U/L", "U/L"),
    unit(U_ML, "U/mL", "U/mL"),
    unit(UMOL_L, "µmol/L", "umol/L"),
    unit(CREA_MG_DL, "mg/dL", "mg/dL", "88.4"),
    unit(MMOL_L, "mmol/L", "mmol/L"),
    unit(G_24H, "g/24 h", "g/(24.h)"),
    unit(G_G, "g/g", "g/g"),
    unit(MG_G, "mg/g", "mg/g", "1/1000"),
    unit(MG_MMOL, "mg/mmol", "mg/mmol", "0.00884"),
    unit(E9_L, "×10⁹/L", "10*9/L"),
    unit(E6_L, "×10⁶/L", "10*6/L", "1/1000"),
    unit(PER_UL, "/µL", "/uL", "1/1000"),
)
"""Factors relate to g/L, to 10⁹/L, to µmol/L of creatinine (mg/dL × 88.4) and to g/g of protein over creatinine (with the
same 88.4: 1 mg/mmol = 0.00884 g/g); every other unit stands alone."""


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

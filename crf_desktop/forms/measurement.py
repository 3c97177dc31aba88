"""Measured numbers with their limits: a hard one that nothing reaches, a soft one that few do."""

from __future__ import annotations

from typing import Literal

from crf_desktop.forms.vocabulary import between, text
from crf_desktop.model.definition import ItemDef, RangeCheck
from crf_desktop.model.layout import FieldCard
from crf_desktop.model.text import TranslatedText

FROM_CERTIFICATE = text("As printed on the laboratory’s certificate", "按化验单所示填写")
OR_CENSORED = text("With < or > if the laboratory reports it so", "化验单报告为<或>时一并填写")


def number(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    units: tuple[str, ...],
    checks: tuple[RangeCheck, ...],
    *,
    data_type: Literal["integer", "decimal"] = "decimal",
    digits: int | None = 2,
    hint: TranslatedText | None = None,
    qualifiers: bool = False,
    mandatory: bool = True,
    relevant: str | None = None,
    previous: bool = True,
) -> ItemDef:
    """A number with its units; the value of the last visit stands beside it."""
    return ItemDef(
        oid, name, sas_name, data_type, question, label, hint,
        units=units, significant_digits=digits if data_type == "decimal" else None, length=8, range_checks=checks,
        qualifiers=qualifiers, mandatory=mandatory, relevant=relevant, previous=previous,
    )  # fmt: skip


def limits(hard: tuple[str, str], soft: tuple[str, str], what: TranslatedText, symbol: str) -> tuple[RangeCheck, ...]:
    """A hard limit and a soft one inside it, both in the base unit."""
    chinese = symbol if symbol == "%" else f" {symbol}"
    refused = text(
        f"{what.en} must lie within {hard[0]}–{hard[1]} {symbol}. Check the number and the unit.",
        f"{what.zh}应在{hard[0]}–{hard[1]}{chinese}之间。请核对数值和单位。",
    )
    unusual = text(
        f"{what.en} outside {soft[0]}–{soft[1]} {symbol} is unusual. Check the number and the unit.",
        f"{what.zh}超出{soft[0]}–{soft[1]}{chinese}，少见。请核对数值和单位。",
    )
    return (*between(*hard, "Hard", refused), *between(*soft, "Soft", unusual))


def card(items: tuple[ItemDef, ...], title: TranslatedText, columns: int = 2, note: TranslatedText | None = None) -> FieldCard:
    """A card of these items."""
    return FieldCard(tuple(i.oid for i in items), title, note, columns)

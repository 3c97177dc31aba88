"""A value typed in another unit, in the base unit: exact where it ends, else to as many digits as were typed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from attrs import evolve
from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.value import exact
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.wording.figure import NBSP, number, percent, with_unit

LEAST_DIGITS = 3
"""Significant digits of a conversion that does not end, at least."""


def converted_words(definition: MetaDataVersion, item: ItemDef, datum: Datum, language: Language) -> str:
    """``= 8.2 g/L``, ``≈ 0.905 mg/dL``; empty for a value in the base unit and where there is none."""
    if datum.value is None or not datum.unit_oid or datum.unit_oid == item.units[0]:
        return ""
    value = exact(definition, item, evolve(datum, qualifier=""))
    if not isinstance(value, (int, Fraction)) or isinstance(value, bool):
        return ""
    text, whole = printed_number(Fraction(value), len(datum.value.replace(".", "").replace("-", "").lstrip("0")))
    symbol = definition.unit[item.units[0]].symbol.in_(language)
    shown = percent(number(text), language) if symbol == "%" else with_unit(number(text), symbol)
    sign = "=" if whole else "≈"
    behind = f"{datum.qualifier}{NBSP}" if datum.qualifier else ""
    return f"{sign}{NBSP}{behind}{shown}"


def printed_number(value: Fraction, digits: int) -> tuple[str, bool]:
    """A number as it is printed, and whether that is all of it."""
    for places in range(13):
        if (value * 10**places).denominator == 1:
            scaled = int(value * 10**places)
            return format(Decimal(scaled).scaleb(-places), "f"), True
    context = Context(prec=max(digits, LEAST_DIGITS), rounding=ROUND_HALF_UP)
    return format(context.divide(Decimal(value.numerator), Decimal(value.denominator)), "f"), False


def told_words(definition: MetaDataVersion, item: ItemDef, view: ItemView, language: Language) -> str:
    """What stands under a field before its hint: the converted value, or the limit its laboratory prints."""
    if converted := converted_words(definition, item, view.datum, language):
        return converted
    if view.profile and not view.datum.answered:
        return QCoreApplication.translate("Item", "Laboratory profile: {0}").format(view.profile)
    return ""

"""Typed pandas columns of items and derived values: what was answered, exactly, and beside it why there is no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from attrs import evolve

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.definition import CodeList, ItemDef, MetaDataVersion, MethodDef
from crf_desktop.model.derive import fixed, printed
from crf_desktop.model.expression import Value
from crf_desktop.model.table_shape import column
from crf_desktop.model.value import exact

Array = Any
"""A pandas extension array of the length of its frame."""
Arrays = Iterator[tuple[str, Array]]

NULLS: Final = pd.CategoricalDtype([n.value for n in NullFlavor], ordered=True)
_NULL_CODE: Final = {None: -1} | {flavor: n for n, flavor in enumerate(NullFlavor)}
QUALIFIERS: Final = pd.CategoricalDtype(["<", ">"], ordered=True)
KNOWN: Final = pd.CategoricalDtype(["year", "month", "day"], ordered=True)
"""How much of a date is known."""
_KNOWN: Final = {4: 0, 7: 1, 10: 2}
_FULL_DATE: Final = 10
_WHOLE_DIGITS: Final = 15
"""Digits before the point where no hard limit says that there are fewer; as many as can be typed."""
_MOST_DIGITS: Final = 38


def item_arrays(definition: MetaDataVersion, item: ItemDef, data: Sequence[Datum]) -> Arrays:
    """(column, array) of one item: its value, what belongs to it, and ``__null`` at the end."""
    base = column(item.name, item.oid)
    if item.code_list is not None and item.data_type != "boolean":
        yield base, coded(definition.code_list[item.code_list], (d.value for d in data), item.data_type == "integer")
    elif item.data_type in ("integer", "decimal"):
        yield from _numbers(definition, item, base, data)
    else:
        for suffix, array in _PLAIN.get(item.data_type, _texts)([d.value for d in data]):
            yield base + suffix, array
    reasons = np.fromiter((_NULL_CODE[d.null_flavor] for d in data), np.int8, len(data))
    yield base + "__null", pd.Categorical.from_codes(reasons, dtype=NULLS, validate=False)


def method_arrays(method: MethodDef, values: Sequence[Value], least: Sequence[Value], codes: CodeList | None) -> Arrays:
    """(column, array) of one derived value; a decimal as printed, and exact in ``__exact`` where print had to round.

    ``least``: what is certain while the value is unknown.
    """
    base = column(method.name, method.oid)
    if method.data_type == "decimal":
        digits = _digits(method)
        texts = [printed(v, digits) or None for v in values]
        yield base, decimals(texts, _WHOLE_DIGITS, digits)
        yield base + "__exact", text(_ratio(v, digits) for v in values)
    else:
        yield base, _plain_method(method, values, codes)
    if method.lower_bound:
        texts = [printed(v, method.digits) if v else None for v in least]
        yield base + "__at_least", integers(texts) if method.data_type == "integer" else decimals(
            texts, _WHOLE_DIGITS, _digits(method)
        )


def _digits(method: MethodDef) -> int:
    return 3 if method.digits is None else method.digits


def _plain_method(method: MethodDef, values: Sequence[Value], codes: CodeList | None) -> Array:
    match method.data_type:
        case "boolean":
            return truths(values)
        case "integer":
            return integers(None if v is None else printed(v, 0) for v in values)
        case "code" if codes is not None:
            return coded(codes, (None if v is None else str(v) for v in values))
    return text(None if v is None else printed(v, method.digits) for v in values)


def _ratio(value: Value, digits: int) -> str | None:
    """``26/3`` where that many decimals do not say it exactly."""
    if not isinstance(value, Fraction) or 10**digits % value.denominator == 0:
        return None
    return f"{value.numerator}/{value.denominator}"


# ---- numbers with units and qualifiers


def _numbers(definition: MetaDataVersion, item: ItemDef, base: str, data: Sequence[Datum]) -> Arrays:
    """In the base unit. A censored value (``<0.1``) is no number: its limit stands in ``__limit``."""
    sure = [None if d.qualifier else _in_base_unit(definition, item, d) for d in data]
    yield base, _number_array(definition, item, sure)
    if item.qualifiers:
        limits = [_in_base_unit(definition, item, d) if d.qualifier else None for d in data]
        yield base + "__qualifier", category(QUALIFIERS, (d.qualifier or None for d in data))
        yield base + "__limit", _number_array(definition, item, limits)
    if len(item.units) > 1:
        units = pd.CategoricalDtype(list(item.units), ordered=True)
        yield base + "__unit", category(units, (d.unit_oid if d.value is not None else None for d in data))
        other = (d.value is not None and d.unit_oid not in (None, item.units[0]) for d in data)
        yield base + "__typed", text(
            d.qualifier + str(d.value) if there else None for d, there in zip(data, other, strict=True)
        )


def _in_base_unit(definition: MetaDataVersion, item: ItemDef, datum: Datum) -> str | None:
    """The number as digits; what was typed in the base unit is passed on as it stands."""
    if datum.value is None or not datum.unit_oid or datum.unit_oid == item.units[0]:
        return datum.value
    number = exact(definition, item, evolve(datum, qualifier=""))
    return fixed(Fraction(number), scale(definition, item)) if isinstance(number, (int, Fraction)) else None


def _number_array(definition: MetaDataVersion, item: ItemDef, numbers: Sequence[str | None]) -> Array:
    if item.data_type == "integer" and len(item.units) < 2:
        return integers(numbers)
    return decimals(numbers, _whole_digits(item), scale(definition, item))


def scale(definition: MetaDataVersion, item: ItemDef) -> int:
    """Decimals that every value of an item needs in its base unit, whatever unit it was typed in."""
    typed = item.significant_digits or 0
    return max((typed + _decimals_of(definition, item, unit) for unit in item.units), default=typed)


_SURPLUS: Final = 6
"""Decimals beside those typed where a unit's factor is no finite decimal; such a value is rounded in the column."""


def _decimals_of(definition: MetaDataVersion, item: ItemDef, unit: str) -> int:
    one = exact(definition, evolve(item, data_type="decimal"), Datum("1", "", unit))
    factor = Decimal(1) if not isinstance(one, (int, Fraction)) else _finite(Fraction(one))
    if factor is None:
        return _SURPLUS
    exponent = factor.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _finite(number: Fraction) -> Decimal | None:
    """The number as a decimal that is exact; None for 1/3."""
    shown = Decimal(fixed(number, 20))
    return shown if Fraction(shown) == number else None


def _whole_digits(item: ItemDef) -> int:
    """Digits before the point: as the hard upper limit has."""
    upper = [c.value for c in item.range_checks if c.comparator in ("LE", "LT") and c.soft_hard == "Hard"]
    return max((len(value.partition(".")[0].lstrip("-")) for value in upper), default=_WHOLE_DIGITS)


# ---- arrays


def integers(numbers: Iterable[str | int | None]) -> Array:
    """Int64, nullable."""
    known = list(numbers)
    missing = np.fromiter((n is None for n in known), bool, len(known))
    whole = np.fromiter((0 if n is None else int(n) for n in known), np.int64, len(known))
    return pd.arrays.IntegerArray(whole, missing)


def decimals(numbers: Sequence[str | None], whole: int, digits: int) -> Array:
    """decimal128 with that many digits before and after the point; wider only where a value would not fit."""
    array = pa.array(numbers, pa.string())
    kind = pa.decimal128(min(whole + digits, _MOST_DIGITS), digits)
    try:
        return pd.arrays.ArrowExtensionArray(array.cast(kind))
    except pa.ArrowInvalid:
        return pd.arrays.ArrowExtensionArray(array.cast(pa.decimal128(_MOST_DIGITS, digits)))


def fractions(numbers: Iterable[Fraction | None], digits: int) -> tuple[Array, Array]:
    """decimal128 with that many decimals, and the exact value as ``26/3`` where it had to be rounded."""
    known = list(numbers)
    shown = [None if n is None else fixed(n, digits) for n in known]
    return decimals(shown, _WHOLE_DIGITS, digits), text(_ratio(n, digits) for n in known)


def truths(values: Iterable[Value]) -> Array:
    """boolean, nullable."""
    known = list(values)
    missing = np.fromiter((not isinstance(v, bool) for v in known), bool, len(known))
    return pd.arrays.BooleanArray(np.fromiter((v is True for v in known), bool, len(known)), missing)


def text(values: Iterable[str | None]) -> Array:
    """string, nullable."""
    return pd.arrays.ArrowStringArray(pa.array(list(values), pa.large_string()))


def days(values: Iterable[str | None]) -> Array:
    """datetime64[us] from ISO dates; a date that is not whole is missing."""
    full = [v if v is not None and len(v) == _FULL_DATE else "NaT" for v in values]
    return pd.array(np.array(full, "datetime64[us]"))


def category(kind: Any, values: Iterable[Any]) -> Array:
    """An ordered categorical of known categories; one that is not among them is added at the end."""
    places: dict[Any, int] = {None: -1} | {value: n for n, value in enumerate(kind.categories.tolist())}
    known = len(places)
    found = [places.setdefault(value, len(places) - 1) for value in values]
    if len(places) > known:
        kind = pd.CategoricalDtype(list(places)[1:], ordered=True)
    return pd.Categorical.from_codes(np.array(found, np.int32), dtype=kind, validate=False)


@cache
def _codes(codes: CodeList, whole: bool) -> Any:
    listed = [int(i.coded_value) if whole else i.coded_value for i in codes.items]
    return pd.CategoricalDtype(listed, ordered=True)


def coded(codes: CodeList, values: Iterable[str | None], whole: bool = False) -> Array:
    """An ordered categorical of coded values in the order of the list; ``whole``: as whole numbers."""
    known = (v if v is None or not whole else int(v) for v in values)
    return category(_codes(codes, whole), known)


def _texts(values: list[str | None]) -> Arrays:
    yield "", text(values)


def _truths(values: list[str | None]) -> Arrays:
    yield "", truths(None if v is None else v == "true" for v in values)


def _dates(values: list[str | None]) -> Arrays:
    """As far as known (``2019-05``); ``__date`` where the day is known; ``__known`` how far."""
    yield "", text(values)
    yield "__date", days(values)
    known = np.fromiter((-1 if v is None else _KNOWN.get(len(v), -1) for v in values), np.int8, len(values))
    yield "__known", pd.Categorical.from_codes(known, dtype=KNOWN)


def _moments(values: list[str | None]) -> Arrays:
    """As recorded, with its offset; ``__utc`` the same moment in UTC."""
    yield "", text(values)
    moments = ("NaT" if v is None else _utc(v) for v in values)
    yield "__utc", pd.DatetimeIndex(np.array(list(moments), "datetime64[us]"), tz="UTC").array


def _utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None).isoformat()


_PLAIN: Final[dict[str, Callable[[list[str | None]], Arrays]]] = {
    "boolean": _truths, "date": _dates, "datetime": _moments,
}  # fmt: skip

"""Canonical values: what a person types becomes one spelling, and one exact number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from fractions import Fraction

from attrs import evolve

from crf_desktop.errors import Refused
from crf_desktop.model.data import Datum, Qualifier
from crf_desktop.model.definition import CodeList, ItemDef, MetaDataVersion, RangeCheck
from crf_desktop.model.expression import PartialDate, Value

_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)", re.ASCII)
"""``1430``, as typed in a hurry; only where nothing but a time is asked, else it might be a year."""
_YEAR_FIRST = re.compile(r"\d{4}(-\d{1,2}){0,2}", re.ASCII)
_UNKNOWN_PARTS = ("uk", "unk", "un", "xx")
_MONTHS = {
    m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋＜＞：／　，", "0123456789.-+<>:/ ,")


def parse(
    definition: MetaDataVersion, item: ItemDef, typed: str, unit_oid: str | None = None, zone: tzinfo | None = None,
    on: str | None = None,
) -> Datum:  # fmt: skip
    """The datum a person means by what they typed; an empty text is ``Datum()``.

    ``zone`` is the clock's own: a date-time typed without an offset is read on it; a bare time is read ``on`` the day
    of the visit, ISO. Full-width digits are read as digits. Raises :class:`Refused` with ``value.*``: not a number,
    not a date, not one of the answers, too long, too many decimals, outside a hard limit. Never rounds, never guesses,
    never fills a date.
    """
    text = unicodedata.normalize("NFC", typed).strip()
    if not text:
        return Datum()
    qualifier: Qualifier = ""
    if item.data_type in ("integer", "decimal"):
        text = text.translate(_FULL_WIDTH)
        if text[0] in "<>":
            if not item.qualifiers:
                raise Refused("value.no_qualifier", item=item.oid)
            qualifier, text = ("<" if text[0] == "<" else ">"), text[1:].strip()
    unit = (unit_oid or item.units[0]) if item.units else None
    if unit is not None and unit not in item.units:
        raise Refused("value.unit_unknown", item=item.oid)
    canonical = (
        _datetime(definition, item, _on_the_day(text, on), zone)
        if item.data_type == "datetime"
        else _READERS[item.data_type](definition, item, text)
    )
    datum = Datum(canonical, qualifier, unit)
    if (broken := first_broken(definition, item, datum, "Hard")) is not None:
        raise OutOfRange(item, broken)
    return datum


class OutOfRange(Refused):
    """A hard limit refused the value; ``check`` has the wording."""

    def __init__(self, item: ItemDef, check: RangeCheck) -> None:
        super().__init__("value.out_of_range", item=item.oid, limit=check.message.en)
        self.check = check

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The limit's own words."""
        kept = "未保存。" if language == "zh" else "Not saved."
        return (self.check.message.in_("zh" if language == "zh" else "en"), kept, "")


def first_broken(definition: MetaDataVersion, item: ItemDef, datum: Datum, soft_hard: str) -> RangeCheck | None:
    """The first limit of that hardness the datum breaks, compared exactly in the base unit; of ``<5`` the 5 is."""
    number = exact(definition, item, evolve(datum, qualifier=""))
    if number is None or not isinstance(number, (int, Fraction)) or isinstance(number, bool):
        return None
    for check in item.range_checks:
        limit = Fraction(check.value)
        held = {"GE": number >= limit, "GT": number > limit, "LE": number <= limit, "LT": number < limit}[
            check.comparator
        ]
        if check.soft_hard == soft_hard and not held:
            return check
    return None


def exact(definition: MetaDataVersion, item: ItemDef, datum: Datum) -> Value:
    """The value for arithmetic, in the item's base unit; None when there is none, or when ``<``/``>`` censors it."""
    if datum.value is None or datum.qualifier:
        return None
    match item.data_type:
        case "integer" | "decimal":
            number = _fraction(datum.value)
            if datum.unit_oid and datum.unit_oid != item.units[0]:
                number *= Fraction(_ratio(definition.unit[datum.unit_oid].factor)) / _ratio(
                    definition.unit[item.units[0]].factor
                )
            return number.numerator if number.denominator == 1 else number
        case "boolean":
            return datum.value == "true"
        case "date":
            return date.fromisoformat(datum.value) if len(datum.value) == 10 else PartialDate.of(datum.value)
        case "datetime":
            return datetime.fromisoformat(datum.value)
        case _:
            return datum.value


def _fraction(text: str) -> Fraction:
    """A canonical number; what Fraction would take apart with a pattern that knows every other spelling too."""
    whole, point, digits = text.partition(".")
    return Fraction(int(whole + digits), 10 ** len(digits)) if point else Fraction(int(whole))


def _ratio(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or "1")


def _integer(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    text = text.replace(" ", "").removeprefix("+")
    if not _INTEGER.fullmatch(text):
        raise Refused("value.not_a_whole_number" if _DECIMAL.fullmatch(text) else "value.not_a_number", item=item.oid)
    if item.code_list:
        return _code(definition, item, str(int(text)))
    return str(int(text))


def _decimal(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    text = text.replace(" ", "").removeprefix("+")
    if text.startswith("."):
        text = "0" + text
    if not _DECIMAL.fullmatch(text):
        raise Refused("value.decimal_comma" if "," in text else "value.not_a_number", item=item.oid)
    whole, _, fraction = text.partition(".")
    if item.significant_digits is not None and len(fraction) > item.significant_digits:
        raise Refused("value.too_many_decimals", item=item.oid, allowed=item.significant_digits)
    sign = "-" if whole.startswith("-") else ""
    spelled = sign + str(int(whole.removeprefix("-"))) + ("." + fraction if fraction else "")
    return spelled if Fraction(spelled) else spelled.removeprefix("-")


def _code(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    codes: CodeList = definition.code_list[item.code_list or ""]
    if not any(i.coded_value == text for i in codes.items):
        raise Refused("value.no_such_answer", item=item.oid)
    return text


def _boolean(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    if text not in ("true", "false"):
        raise Refused("value.no_such_answer", item=item.oid)
    return text


def _date(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    """``YYYY[-MM[-DD]]`` from ``2019``, ``UK-03-2019``, ``5 May 2026``, ``2026年5月6日``; day before month."""
    text = re.sub(r"[年月./]", "-", text.translate(_FULL_WIDTH)).replace("日", "").strip("- ")
    parts = [
        "" if p.lower() in _UNKNOWN_PARTS else str(_MONTHS.get(p.lower()[:3], p)) for p in re.split(r"[-\s]+", text)
    ]
    if len(parts[-1]) == 4:
        parts.reverse()
    while parts and not parts[-1]:
        parts.pop()
    if not _YEAR_FIRST.fullmatch("-".join(parts)):
        raise Refused("value.not_a_date", item=item.oid)
    year, month, day = (int(p) for p in (*parts, *["1"] * (3 - len(parts))))
    try:
        date(year, month, day)
    except ValueError:
        raise Refused("value.not_a_date", item=item.oid) from None
    if not 1900 <= year <= 2200:
        raise Refused("value.not_a_date", item=item.oid)
    return "-".join((f"{year:04}", f"{month:02}", f"{day:02}")[: len(parts)])


def _time(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    typed = text.translate(_FULL_WIDTH)
    found = _TIME.fullmatch(typed) or _FOUR_DIGITS.fullmatch(typed)
    if not found:
        raise Refused("value.not_a_time", item=item.oid)
    return time(int(found[1]), int(found[2])).strftime("%H:%M")


def _on_the_day(text: str, on: str | None) -> str:
    """A bare ``10:30`` with the date of the visit before it."""
    time_alone = _TIME.fullmatch(text.translate(_FULL_WIDTH))
    return f"{on} {text}" if time_alone and on and len(on) == 10 else text


def _datetime(definition: MetaDataVersion, item: ItemDef, text: str, zone: tzinfo | None) -> str:
    """ISO 8601 with offset from ISO, or from a full date and a time as they are printed."""
    text = text.translate(_FULL_WIDTH).replace("\u00a0", " ")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        on, _, at = text.rpartition(" ")
        moment = _moment(definition, item, on, at)
    if moment.tzinfo is None and (zone is None or ("T" not in text and ":" not in text)):
        raise Refused("value.not_a_moment", item=item.oid)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat(timespec="seconds")


def _moment(definition: MetaDataVersion, item: ItemDef, on: str, at: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{_date(definition, item, on)}T{_time(definition, item, at)}")
    except (Refused, ValueError):
        raise Refused("value.not_a_moment", item=item.oid) from None


def _text(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > item.length:
        raise Refused("value.too_long", item=item.oid, allowed=item.length)
    if any((ord(c) < 32 and c != "\n") or 0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise Refused("value.control_character", item=item.oid)
    return text


def _document(definition: MetaDataVersion, item: ItemDef, text: str) -> str:
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", text):
        raise Refused("value.no_such_answer", item=item.oid)
    return text


_READERS: dict[str, Callable[[MetaDataVersion, ItemDef, str], str]] = {
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "text": _text,
    "code": _code,
    "document": _document,
}

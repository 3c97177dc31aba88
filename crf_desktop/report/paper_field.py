"""What an item is answered in on paper, by its type: choices, boxes for digits and dates, lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from crf_desktop.model.data import Datum
from crf_desktop.model.definition import CodeListItem, ItemDef, RangeCheck
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.paper_box import (
    CELL_WIDTH,
    SMALL_TICK,
    TICK,
    cells,
    field,
    groups,
    labelled,
    sign,
    tick,
    writing_lines,
)
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, columns, placed, under, words, wrapped
from crf_desktop.report.paper_sheet import BODY, SMALL, Sheet, spelled
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import day, number

MOST_CELLS = 7
"""Digits that have a box each; a longer number is written into one field."""
NUMBER_FIELD = 84.0
SHORT_TEXT, BESIDE, ONE_LINE = 12, 45, 110
"""Characters that fit into one field, on a line beside the question, on one under it."""
PER_LINE = 120
HALF = 150.0
"""Least width of a column of choices with definitions."""
_YEARS, _MONTHS, _DAYS = (0, 4), (5, 7), (8, 10)


def answer(sheet: Sheet, item: ItemDef, address: str, width: float) -> Piece:
    """Where the answer is written, no wider than that; with its unit and its limits."""
    datum = sheet.datum(address)
    if item.code_list:
        return choices(sheet, item, datum, width)
    found = _ANSWERS[item.data_type](sheet, item, datum, width)
    return under([found, limits(sheet, item, width)], 2)


def choices(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    """A tick box for each answer that exists: in one line, in columns, or one under the other."""
    answers = sheet.definition.code_list[item.code_list or ""].items
    if any(one.definition for one in answers):
        halves = 2 if width > 2 * HALF else 1
        each = (width - 12 * (halves - 1)) / halves
        found = [choice(sheet, item, one, datum, each) for one in answers]
        return columns(found, width, 12) or under(found, 4)
    found = [choice(sheet, item, one, datum, width) for one in answers]
    natural = sum(p.width for p in found) + 10 * (len(found) - 1)
    if natural <= width:
        return beside(found, 10)
    ordered, flowing = columns(found, width), wrapped(found, width)
    return flowing if ordered is None or flowing.height < ordered.height - TICK else ordered


def choice(sheet: Sheet, item: ItemDef, one: CodeListItem, datum: Datum, width: float) -> Piece:
    """A box with the wording beside it; numbers stand before it, an annotation behind."""
    box = tick(datum.value == one.coded_value)
    said = one.decode.en.startswith(one.coded_value)
    coded = f"{one.coded_value} " if item.data_type == "integer" and not said else ""
    runs = [Run(coded, BODY, True), Run(sheet.inline(one.decode), BODY)]
    if sheet.annotated:
        runs.append(Run(f" [{one.coded_value}]", SMALL, True))
    label = words(runs, width - box.width - 4)
    told = sheet.lines(one.definition, width - box.width - 4, SMALL + 0.5) if one.definition else EMPTY
    return beside([box, under([label, told], 1)], 4)


def limits(sheet: Sheet, item: ItemDef, width: float) -> Piece:
    """What is usual and what is possible, small."""
    told = []
    for word, hardness in (("usual", "Soft"), ("possible", "Hard")):
        span = _span([c for c in item.range_checks if c.soft_hard == hardness])
        told += [f"{sheet.say(word)} {span}"] if span else []
    if not told:
        return EMPTY
    unit = f" {sheet.unit(item.units[0])}" if len(item.units) > 1 else ""
    return words([Run(" · ".join(told) + unit, SMALL)], width)


def _span(checks: Sequence[RangeCheck]) -> str:
    low = next((c.value for c in checks if c.comparator in ("GE", "GT")), None)
    high = next((c.value for c in checks if c.comparator in ("LE", "LT")), None)
    if low is not None and low == high:
        return number(low)
    if low is not None and high is not None:
        return f"{number(low)}–{number(high)}"
    return f"≥{number(low)}" if low is not None else f"≤{number(high)}" if high is not None else ""


def _number(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    """Boxes for the digits where their number is known, else one field; signs before it, units behind."""
    shape = digits(item)
    written = datum.value or ""
    whole, _, rest = written.partition(".")
    if shape is None or len(whole) > shape[0] or len(rest) > shape[1]:
        boxes = field(NUMBER_FIELD, number(written) if written else "")
    else:
        boxes = cells(shape[0], whole, right=True)
        if shape[1]:
            boxes = beside([boxes, sign("."), cells(shape[1], rest)], 1.5, centred=True)
    signs = [beside([tick(datum.qualifier == q, SMALL_TICK), words([Run(q, BODY, True)], 20)], 2) for q in "<>"]
    before = [under(signs, 2)] if item.qualifiers else []
    return beside([*before, boxes, _units(sheet, item, datum, width - boxes.width - 24)], 5, centred=True)


def _units(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    """The unit; where several can be chosen, a box for each."""
    if len(item.units) < 2:
        return words([Run(sheet.unit(item.units[0]), BODY)], max(width, 40)) if item.units else EMPTY
    found = [
        beside([tick(datum.unit_oid == unit, SMALL_TICK), words([Run(sheet.unit(unit), BODY)], 120)], 3)
        for unit in item.units
    ]
    return under(found, 3)


def digits(item: ItemDef) -> tuple[int, int] | None:
    """Boxes before and behind the point; None where the limits do not tell, or where the unit can be chosen."""
    highest = [c.value for c in item.range_checks if c.comparator in ("LE", "LT")]
    lowest = [c.value for c in item.range_checks if c.comparator in ("GE", "GT")]
    if len(item.units) > 1 or not highest or any(Decimal(v) < 0 for v in lowest):
        return None
    whole = max(len(str(int(Decimal(v)))) for v in highest)
    decimals = (item.significant_digits or 0) if item.data_type == "decimal" else 0
    return (whole, decimals) if whole + decimals <= MOST_CELLS else None


def _date(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    return date_boxes(sheet, datum.value or "")


def date_boxes(sheet: Sheet, iso: str = "") -> Piece:
    """English: day, month in letters, year; with Chinese year, month, day. Their words stand below, 年月日 behind."""
    year, month, date = (iso[slice(*part)] for part in (_YEARS, _MONTHS, _DAYS))
    if sheet.language == "en":
        letters = day(iso[:7], "en").split("\u00a0")[0].upper() if month else ""
        parts = [(cells(2, date), "DD"), (cells(3, letters), "MON"), (cells(4, year), "YYYY")]
        return groups(parts, below=True)
    boxes = (cells(4, year), cells(2, month), cells(2, date))
    if sheet.language == "both":
        return groups(list(zip(boxes, ("YYYY 年", "MM 月", "DD 日"), strict=True)), below=True)
    return groups(list(zip(boxes, ("年", "月", "日"), strict=True)), below=False, gap=4)


def _time(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    return time_boxes(sheet, datum.value or "")


def time_boxes(sheet: Sheet, clock: str = "") -> Piece:
    """Hours and minutes."""
    boxes = beside([cells(2, clock[:2]), sign(":"), cells(2, clock[3:5])], 1.5, centred=True)
    return boxes if sheet.language == "zh" else labelled(boxes, "hh:mm")


def _moment(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    iso = datum.value or ""
    date, clock = date_boxes(sheet, iso[:10]), time_boxes(sheet, iso[11:16])
    whole = beside([date, clock], 9)
    return whole if whole.width <= width else under([date, clock], 4)


def _text(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    """One field for a code, lines for more."""
    if item.length <= SHORT_TEXT:
        return field(min(width, item.length * CELL_WIDTH * 0.8), datum.value or "")
    return writing_lines(width, text_lines(item), datum.value or "")


def text_lines(item: ItemDef) -> int:
    """Lines a text is given."""
    return 1 if item.length <= ONE_LINE else min(12, max(2, round(item.length / PER_LINE)))


def _document(sheet: Sheet, item: ItemDef, datum: Datum, width: float) -> Piece:
    asked = sheet.lines(spelled("document"), width, SMALL)
    shown = (datum.value or "")[:19]
    return under([placed(asked, bottom=2), field(width, shown + "…" if shown else "")])


_ANSWERS: dict[str, Callable[[Sheet, ItemDef, Datum, float], Piece]] = {
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "time": _time,
    "datetime": _moment,
    "text": _text,
    "document": _document,
    "boolean": lambda sheet, item, datum, width: _yes_no(sheet, datum),
    "code": _text,
}
"""The closed table: data type → where its answer is written; those with a code list are choices."""


def _yes_no(sheet: Sheet, datum: Datum) -> Piece:
    """A boolean without a code list of its own."""
    words_of = (("true", TranslatedText("Yes", "是")), ("false", TranslatedText("No", "否")))
    found = [
        beside([tick(datum.value == value), words([Run(sheet.inline(text), BODY)], 60)], 4) for value, text in words_of
    ]
    return beside(found, 10)

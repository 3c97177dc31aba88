"""One question or derived value of the data dictionary: its names, its words, what may be answered, its rules."""

from __future__ import annotations

from collections.abc import Iterator

from crf_desktop.capture.codebook import cells_of_item, cells_of_method
from crf_desktop.model.definition import EditCheck, ItemDef, MethodDef
from crf_desktop.model.table_shape import Shape, item_columns, method_columns
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.data_dictionary_source import BODY, SMALL, Line, Source, cell_of, joined, spelled
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.paper_condition import in_words, left_open
from crf_desktop.report.table import PAD_X, Row
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import number

_NAMES, _QUESTION, _ANSWER = 140.0, 140.0, 112.0
WIDTHS = (_NAMES, _QUESTION, _ANSWER, TEXT_WIDTH - _NAMES - _QUESTION - _ANSWER)
"""Names, question, answer, rules."""
_DERIVED = (*WIDTHS[:2], WIDTHS[2] + WIDTHS[3])


def item_row(source: Source, shape: Shape, item: ItemDef) -> Row:
    """A question."""
    cells = next(cells_of_item(source.definition, shape.name, item, item_columns(item)))
    rules = [*_presence(source, shape, item, cells["range"]), *_checks(source, shape, item)]
    parts = (_names(source, item, cells["column"]), _question(source, item), _answer(source, item), rules)
    return Row(tuple(cell_of(lines) for lines in parts))


def method_row(source: Source, shape: Shape, method: MethodDef) -> Row:
    """A derived value: what it is in words, then exactly how it is computed."""
    cells = list(cells_of_method(source.definition, shape.name, method, method_columns(method)))
    ident = [_oid(method.oid), *((c["column"], SMALL, False) for c in cells)]
    ident.append((source.say("is_derived"), SMALL, False))
    words = [*source.lines(method.label, BODY, True)]
    if method.description:
        words += source.lines(method.description, SMALL)
    told = [*_result(source, method), *_reads(source, method)]
    for word, one in zip(("computed", "at_least"), cells, strict=False):
        told += [(source.say(word), SMALL, True), (one["computed_as"], SMALL, False)]
    return Row(tuple(cell_of(lines) for lines in (ident, words, told)), widths=_DERIVED)


def _names(source: Source, item: ItemDef, column: str) -> list[Line]:
    told = [_oid(item.oid), (column, SMALL, False), (spelled("sas", item.sas_name).en, SMALL, False)]
    variable = source.record.sdtm.get(item.oid)
    return [*told, (spelled("sdtm", variable).en, SMALL, False)] if variable else told


def _oid(oid: str) -> Line:
    """In one line: a name that is broken is hard to find again."""
    width = Run(oid, BODY, True).width
    return oid, min(BODY, BODY * (WIDTHS[0] - 2 * PAD_X - 0.5) / width), True


def _question(source: Source, item: ItemDef) -> list[Line]:
    """The short name where it says something else than the question."""
    short = source.lines(item.label, BODY, True)
    return short + (source.lines(item.question, SMALL) if item.question != item.label else [])


def _answer(source: Source, item: ItemDef) -> list[Line]:
    told = source.lines(_type(item), SMALL)
    told += _codes(source, item.code_list)
    symbols = joined(source.definition.unit[oid].symbol for oid in item.units)
    if item.units:
        told += source.lines(spelled("units" if len(item.units) > 1 else "unit", symbols), SMALL)
    return told + (source.lines(spelled("qualifier"), SMALL) if item.qualifiers else [])


def _type(item: ItemDef) -> TranslatedText:
    match item.data_type:
        case "decimal":
            digits = item.significant_digits
            return spelled("type_number") if digits is None else spelled("type_decimal", digits)
        case "text":
            return spelled("type_text", number(str(item.length)))
        case "integer" if item.code_list:
            return spelled("of_codes")
        case "boolean" if item.code_list:
            return spelled("type_yes")
    return spelled(f"type_{item.data_type}")


def _codes(source: Source, oid: str | None) -> Iterator[Line]:
    for one in source.definition.code_list[oid].items if oid else ():
        yield f"{one.coded_value} = {source.inline(one.decode)}", SMALL, False


def _presence(source: Source, shape: Shape, item: ItemDef, limits: str) -> list[Line]:
    """Whether an answer is due, under which condition, within which limits."""
    told = [] if item.mandatory else source.lines(spelled("optional_item"), SMALL)
    condition = in_words(source.definition, shape.form.oid, left_open(source.definition, item, None))
    told += source.lines(condition, SMALL) if condition else []
    told += [(item.relevant, SMALL - 0.5, False)] if item.relevant else []
    return told + (source.lines(spelled("range", _limits(limits)), SMALL) if limits else [])


def _limits(told: str) -> TranslatedText:
    """``≥ 0 (hard)`` as the codebook has it, the bracket in words."""
    hard, soft = spelled("hard"), spelled("soft")
    chinese = told.replace("(hard)", f"（{hard.zh}）").replace("(soft)", f"（{soft.zh}）").replace("; ", "；")
    return TranslatedText(told, chinese.replace(" （", "（"))


def _checks(source: Source, shape: Shape, item: ItemDef) -> Iterator[Line]:
    """What is said where a check across questions does not hold."""
    for check in source.definition.checks_of_form[shape.form.oid]:
        if item.oid in check.items:
            yield from source.lines(_check(source, check), SMALL)


def _check(source: Source, check: EditCheck) -> TranslatedText:
    strength = spelled(check.soft_hard.lower())
    return spelled("check", check.oid, strength, source.filled(check.message, check.reads))


def _result(source: Source, method: MethodDef) -> list[Line]:
    words = {"decimal": "type_number", "text": "type_word", "integer": "type_integer"}
    kind = spelled(words.get(method.data_type, f"type_{method.data_type}"))
    if method.data_type == "boolean" and method.code_list:
        kind = spelled("type_yes")
    if method.digits is not None and method.data_type == "decimal":
        kind = spelled("digits", method.digits)
    told = [(source.inline(kind), SMALL, False), *_codes(source, method.code_list)]
    if method.maximum:
        told += source.lines(spelled("maximum", method.maximum), SMALL)
    if method.unit:
        told += source.lines(spelled("unit", source.definition.unit[method.unit].symbol), SMALL)
    return told


def _reads(source: Source, method: MethodDef) -> list[Line]:
    """What it rests on, by the names people know."""
    found = source.read(method.expression)
    return source.lines(spelled("reads", joined(found)), SMALL) if found else []

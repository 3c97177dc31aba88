"""What every column of the tables means."""

from __future__ import annotations

from collections.abc import Iterator

from crf_desktop.errors import Language
from crf_desktop.exchange import form_table
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import ItemDef, MetaDataVersion, MethodDef

COLUMNS = (
    "file", "column", "what", "oid", "label_en", "label_zh", "question_en", "question_zh",
    "type", "codes_en", "codes_zh", "unit", "range", "mandatory", "asked_while", "computed_as",
)  # fmt: skip
_NULLS = {
    "ND": ("not done", "未做"),
    "NA": ("not applicable", "不适用"),
    "UNK": ("unknown", "不详"),
    "REF": ("refused", "拒绝"),
}
_SIGN = {"GE": "≥", "GT": ">", "LE": "≤", "LT": "<"}
_OURS = {
    "subject": ("Participant number", "受试者编号"),
    "event": ("Visit", "访视"),
    "event_key": ("Repeat of the visit", "访视重复号"),
    "form_key": ("Repeat of the form", "表单重复号"),
    "visit_date": ("Date of the visit", "访视日期"),
    "group_key": ("Repeat of the item group", "条目组重复号"),
    "form_state": ("State of the form", "表单状态"),
    "signed": ("The form carries a signature", "表单已签名"),
    "changed_after_signature": ("Changed after the signature", "签名后有修改"),
    "open_queries": ("Open queries", "未关闭质疑数"),
}


def rows(definition: MetaDataVersion) -> Iterator[tuple[str, ...]]:
    """One row per column of every form's file."""
    for shape in form_table.shapes(definition):
        file = shape.name + ".csv"
        keys = (*form_table.KEYS, "group_key") if shape.group else form_table.KEYS
        yield from (_own(file, name, "key") for name in keys)
        for item in shape.items:
            yield from _item(definition, file, item)
        for method in shape.methods:
            yield from _method(definition, file, method)
        yield from (_own(file, name, "status") for name in form_table.STATUS)


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in COLUMNS)


def _own(file: str, name: str, what: str) -> tuple[str, ...]:
    return _row(file=file, column=name, what=what, label_en=_OURS[name][0], label_zh=_OURS[name][1], type="text")


def _item(definition: MetaDataVersion, file: str, item: ItemDef) -> Iterator[tuple[str, ...]]:
    base, *more = form_table.item_columns(item)
    named = {"file": file, "oid": item.oid, "label_en": item.label.en, "label_zh": item.label.zh}
    yield _row(
        **named,
        column=base,
        what="item",
        question_en=item.question.en,
        question_zh=item.question.zh,
        type=item.data_type,
        codes_en=_codes(definition, item.code_list, "en"),
        codes_zh=_codes(definition, item.code_list, "zh"),
        unit=_unit(definition, item.units[0]) if item.units else "",
        range="; ".join(f"{_SIGN[c.comparator]} {c.value} ({c.soft_hard.lower()})" for c in item.range_checks),
        mandatory="true" if item.mandatory else "false",
        asked_while=item.relevant or "",
    )
    for name in more:
        yield _row(**named, column=name, what=name.rpartition("__")[2], type="code", **_choices(definition, item, name))


def _choices(definition: MetaDataVersion, item: ItemDef, name: str) -> dict[str, str]:
    match name.rpartition("__")[2]:
        case "unit":
            units = " | ".join(f"{u}={_unit(definition, u)}" for u in item.units)
            return {"codes_en": units, "codes_zh": units}
        case "qualifier":
            return {"codes_en": "<=below | >=above", "codes_zh": "<=低于 | >=高于"}
        case _:
            both = [" | ".join(f"{n.value}={_NULLS[n.value][k]}" for n in NullFlavor) for k in (0, 1)]
            return {"codes_en": both[0], "codes_zh": both[1]}


def _method(definition: MetaDataVersion, file: str, method: MethodDef) -> Iterator[tuple[str, ...]]:
    for name in form_table.method_columns(method):
        lower = name.endswith("__at_least")
        yield _row(
            file=file,
            column=name,
            what="derived_lower_bound" if lower else "derived",
            oid=method.oid,
            label_en=method.label.en,
            label_zh=method.label.zh,
            type=method.data_type,
            codes_en=_codes(definition, method.code_list, "en"),
            codes_zh=_codes(definition, method.code_list, "zh"),
            unit=_unit(definition, method.unit) if method.unit else "",
            computed_as=(method.lower_bound or "") if lower else method.expression,
        )


def _codes(definition: MetaDataVersion, oid: str | None, language: Language) -> str:
    if oid is None:
        return ""
    return " | ".join(f"{i.coded_value}={i.decode.in_(language)}" for i in definition.code_list[oid].items)


def _unit(definition: MetaDataVersion, oid: str) -> str:
    unit = definition.unit[oid]
    return unit.ucum or unit.symbol.en

"""What every file and every column of the tables means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from crf_desktop.errors import Language
from crf_desktop.exchange import form_table
from crf_desktop.exchange.form_table import Shape
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import ItemDef, MetaDataVersion, MethodDef, Reason
from crf_desktop.wording import column as wording

COLUMNS = (
    "file", "column", "what", "oid", "label_en", "label_zh", "question_en", "question_zh", "type",
    "codes_en", "codes_zh", "unit", "range", "mandatory", "asked_while", "closed_while", "not_needed_while",
    "computed_as", "because_en", "because_zh",
)  # fmt: skip
_SIGN = {"GE": "≥", "GT": ">", "LE": "≤", "LT": "<"}


def rows(definition: MetaDataVersion, beside: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Per file one row that tells of it and one per column; ``beside``: file name → columns of the other files."""
    for shape in form_table.shapes(definition):
        file = shape.name + ".csv"
        yield _of_file(shape, file)
        yield from (_own(file, name, "key") for name in shape.keys)
        for item in shape.items:
            yield from _item(definition, file, item)
        for method in shape.methods:
            yield from _method(definition, file, method)
        yield from (_own(file, name, "status") for name in form_table.STATUS)
    for name, columns in {**beside, "codebook": COLUMNS}.items():
        told = wording.FILES[name]
        yield _row(file=name + ".csv", what="file", label_en=told[0], label_zh=told[1])
        yield from (_own(name + ".csv", column, "column") for column in columns)


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in COLUMNS)


def _own(file: str, name: str, what: str) -> tuple[str, ...]:
    told = wording.COLUMNS[name]
    return _row(file=file, column=name, what=what, label_en=told[0], label_zh=told[1], type="text")


def _of_file(shape: Shape, file: str) -> tuple[str, ...]:
    form, group = shape.form, shape.group
    whole = {"en": form.title.en, "zh": form.title.zh}
    if group.name != form.title:
        whole = {"en": f"{whole['en']}: {group.name.en}", "zh": f"{whole['zh']}：{group.name.zh}"}
    return _row(
        file=file,
        what="file",
        oid=group.oid,
        label_en=whole["en"],
        label_zh=whole["zh"],
        question_en=form.rule.en,
        question_zh=form.rule.zh,
        closed_while=_any_of(form.closed),
        not_needed_while=_any_of(form.not_needed),
        because_en=_sentences((*form.closed, *form.not_needed), "en"),
        because_zh=_sentences((*form.closed, *form.not_needed), "zh"),
    )


def _any_of(reasons: Iterable[Reason]) -> str:
    return " | ".join(r.expression for r in reasons)


def _sentences(reasons: Iterable[Reason], language: Language) -> str:
    """Each sentence behind its condition; ``{0}`` stands where a value is printed."""
    return " | ".join(f"{r.expression}: {r.text.in_(language)}" for r in reasons)


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
            both = [" | ".join(f"{n.value}={wording.NULLS[n.value][k]}" for n in NullFlavor) for k in (0, 1)]
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
            question_en=method.description.en if method.description else "",
            question_zh=method.description.zh if method.description else "",
            type=method.data_type,
            codes_en=_codes(definition, method.code_list, "en"),
            codes_zh=_codes(definition, method.code_list, "zh"),
            unit=_unit(definition, method.unit) if method.unit else "",
            computed_as=(method.lower_bound or "") if lower else method.expression,
            because_en="" if lower else _sentences(method.reasons, "en"),
            because_zh="" if lower else _sentences(method.reasons, "zh"),
        )


def _codes(definition: MetaDataVersion, oid: str | None, language: Language) -> str:
    if oid is None:
        return ""
    return " | ".join(f"{i.coded_value}={i.decode.in_(language)}" for i in definition.code_list[oid].items)


def _unit(definition: MetaDataVersion, oid: str) -> str:
    unit = definition.unit[oid]
    return unit.ucum or unit.symbol.en

"""Rows of a codebook: what a file and each of its columns mean, for every export and analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crf_desktop.errors import Language
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import ItemDef, MetaDataVersion, MethodDef, Reason
from crf_desktop.model.table_shape import Shape
from crf_desktop.wording import column as wording

COLUMNS = (
    "file", "column", "what", "oid", "label_en", "label_zh", "question_en", "question_zh", "type",
    "codes_en", "codes_zh", "unit", "range", "mandatory", "asked_while", "closed_while", "not_needed_while",
    "computed_as", "because_en", "because_zh",
)  # fmt: skip
Cells = dict[str, str]
"""Column of the codebook → text; what is absent is empty."""
_SIGN = {"GE": "≥", "GT": ">", "LE": "≤", "LT": "<"}


def cells_of_own(file: str, name: str, what: str) -> Cells:
    """A column that no form asks for, worded in :mod:`crf_desktop.wording.column`."""
    words = wording.COLUMNS[name]
    return {"file": file, "column": name, "what": what, "label_en": words[0], "label_zh": words[1], "type": "text"}


def cells_of_file(shape: Shape, file: str) -> Cells:
    """The file of an item group."""
    form, group = shape.form, shape.group
    whole = {"en": form.title.en, "zh": form.title.zh}
    if group.name != form.title:
        whole = {"en": f"{whole['en']}: {group.name.en}", "zh": f"{whole['zh']}：{group.name.zh}"}
    return {
        "file": file,
        "what": "file",
        "oid": group.oid,
        "label_en": whole["en"],
        "label_zh": whole["zh"],
        "question_en": form.rule.en,
        "question_zh": form.rule.zh,
        "closed_while": _any_of(form.closed),
        "not_needed_while": _any_of(form.not_needed),
        "because_en": _sentences((*form.closed, *form.not_needed), "en"),
        "because_zh": _sentences((*form.closed, *form.not_needed), "zh"),
    }


def _any_of(reasons: Iterable[Reason]) -> str:
    return " | ".join(r.expression for r in reasons)


def _sentences(reasons: Iterable[Reason], language: Language) -> str:
    """Each sentence behind its condition; ``{0}`` stands where a value is printed."""
    return " | ".join(f"{r.expression}: {r.text.in_(language)}" for r in reasons)


def cells_of_item(definition: MetaDataVersion, file: str, item: ItemDef, columns: Sequence[str]) -> Iterator[Cells]:
    """An item: its value first, then what stands beside it (``__unit``, ``__null`` …)."""
    base, *more = columns
    named = {"file": file, "oid": item.oid, "label_en": item.label.en, "label_zh": item.label.zh}
    yield {
        **named,
        "column": base,
        "what": "item",
        "question_en": item.question.en,
        "question_zh": item.question.zh,
        "type": item.data_type,
        "codes_en": _codes(definition, item.code_list, "en"),
        "codes_zh": _codes(definition, item.code_list, "zh"),
        "unit": _unit(definition, item.units[0]) if item.units else "",
        "range": "; ".join(f"{_SIGN[c.comparator]} {c.value} ({c.soft_hard.lower()})" for c in item.range_checks),
        "mandatory": "true" if item.mandatory else "false",
        "asked_while": item.relevant or "",
    }
    for name in more:
        what = name.rpartition("__")[2]
        yield {**named, "column": name, "what": what, "type": "code", **_choices(definition, item, what)}


def _choices(definition: MetaDataVersion, item: ItemDef, what: str) -> Cells:
    match what:
        case "unit":
            units = " | ".join(f"{u}={_unit(definition, u)}" for u in item.units)
            return {"codes_en": units, "codes_zh": units}
        case "qualifier":
            return {"codes_en": "<=below | >=above", "codes_zh": "<=低于 | >=高于"}
        case "null":
            both = [" | ".join(f"{n.value}={wording.NULLS[n.value][k]}" for n in NullFlavor) for k in (0, 1)]
            return {"codes_en": both[0], "codes_zh": both[1]}
    return {}


def cells_of_method(
    definition: MetaDataVersion, file: str, method: MethodDef, columns: Sequence[str]
) -> Iterator[Cells]:
    """A derived value, and what stands beside it (``__at_least`` …)."""
    for name in columns:
        lower = name.endswith("__at_least")
        yield {
            "file": file,
            "column": name,
            "what": "derived_lower_bound" if lower else "derived",
            "oid": method.oid,
            "label_en": method.label.en,
            "label_zh": method.label.zh,
            "question_en": method.description.en if method.description else "",
            "question_zh": method.description.zh if method.description else "",
            "type": method.data_type,
            "codes_en": _codes(definition, method.code_list, "en"),
            "codes_zh": _codes(definition, method.code_list, "zh"),
            "unit": _unit(definition, method.unit) if method.unit else "",
            "computed_as": (method.lower_bound or "") if lower else method.expression,
            "because_en": "" if lower else _sentences(method.reasons, "en"),
            "because_zh": "" if lower else _sentences(method.reasons, "zh"),
        }


def _codes(definition: MetaDataVersion, oid: str | None, language: Language) -> str:
    if oid is None:
        return ""
    return " | ".join(f"{i.coded_value}={i.decode.in_(language)}" for i in definition.code_list[oid].items)


def _unit(definition: MetaDataVersion, oid: str) -> str:
    unit = definition.unit[oid]
    return unit.ucum or unit.symbol.en

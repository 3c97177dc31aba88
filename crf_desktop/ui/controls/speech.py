"""What controls say of an item: printed values, reasons, accessible names, the messages that may come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.data import NOTHING, Datum, NullFlavor
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.expression import names
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.wording import problem
from crf_desktop.wording.figure import day, moment, number, percent, with_unit

_PROBLEMS = {
    "integer": ("value.not_a_number", "value.decimal_comma"),
    "decimal": ("value.not_a_number", "value.decimal_comma"),
    "date": ("value.not_a_date",),
    "time": ("value.not_a_time",),
    "datetime": ("value.not_a_time",),
}


def flavor_words(flavor: str) -> str:
    """The reason for a missing value in words."""
    words = {
        NullFlavor.NOT_DONE: QCoreApplication.translate("Missing", "Not done"),
        NullFlavor.NOT_APPLICABLE: QCoreApplication.translate("Missing", "Not applicable"),
        NullFlavor.UNKNOWN: QCoreApplication.translate("Missing", "Unknown"),
        NullFlavor.REFUSED: QCoreApplication.translate("Missing", "Refused"),
    }
    return words[NullFlavor(flavor)]


def missing_words(view: ItemView, language: Language) -> str:
    """``Not done: tube haemolysed``; empty when the item is not missing."""
    if view.datum.null_flavor is None:
        return ""
    words = flavor_words(view.datum.null_flavor)
    return words + ("：" if language == "zh" else ": ") + view.remark if view.remark else words


def field_text(definition: MetaDataVersion, item: ItemDef, datum: Datum, language: Language) -> str:
    """The answer as it stands in its field, without its unit; what is read there can be typed there."""
    if datum.value is None:
        return ""
    match item.data_type:
        case "code" | "boolean":
            return answer_words(definition, item, datum.value, language)
        case "date":
            return day(datum.value, language)
        case "datetime":
            return moment(datum.value, language)
        case _:
            return datum.qualifier + datum.value


def answer_words(definition: MetaDataVersion, item: ItemDef, code: str, language: Language) -> str:
    """One answer of a list in words."""
    if item.code_list:
        return definition.code_list[item.code_list].decode(code, language)
    yes, no = QCoreApplication.translate("Choice", "Yes"), QCoreApplication.translate("Choice", "No")
    return {"true": yes, "false": no}.get(code, code)


def printed(definition: MetaDataVersion, item: ItemDef, datum: Datum, language: Language) -> str:
    """The answer with its unit as it is printed; empty when there is none."""
    if datum.value is None:
        return ""
    if item.data_type not in ("integer", "decimal"):
        return field_text(definition, item, datum, language)
    unit = definition.unit[datum.unit_oid].symbol.in_(language) if datum.unit_oid else ""
    told = datum.qualifier + number(datum.value)
    if unit == "%":
        return percent(told, language)
    return with_unit(told, unit)


def spoken(definition: MetaDataVersion, item: ItemDef, view: ItemView, language: Language) -> str:
    """Accessible name: item, state, value, unit."""
    parts = [item.label.in_(language)]
    if not view.relevant and not view.datum.answered:
        parts.append(QCoreApplication.translate("Item", "not asked"))
    elif view.datum.null_flavor is not None:
        parts.append(missing_words(view, language))
    elif view.datum.value is None:
        parts.append(QCoreApplication.translate("Item", "no answer yet"))
    else:
        parts.append(printed(definition, item, view.datum, language))
    if view.n_open_query:
        parts.append(QCoreApplication.translate("Item", "open query"))
    return ("，" if language == "zh" else ", ").join(parts)


def previous_words(
    definition: MetaDataVersion,
    item: ItemDef,
    previous: tuple[Datum, str] | None,
    visit_date: str | None,
    language: Language,
) -> str:
    """``4 Nov 2026: 38.6 kg, 14 days before``; empty where there is none."""
    if previous is None or previous[0].value is None:
        return ""
    datum, when = previous
    told = QCoreApplication.translate("Previous", "{0}: {1}").format(
        day(when, language), printed(definition, item, datum, language)
    )
    if visit_date is None or len(visit_date) < 10 or len(when) < 10:
        return told
    n = (date.fromisoformat(visit_date[:10]) - date.fromisoformat(when[:10])).days
    one = QCoreApplication.translate("Previous", "{0}, 1 day before")
    return (one if n == 1 else QCoreApplication.translate("Previous", "{0}, {1} days before")).format(told, n)


def why_not_asked(definition: MetaDataVersion, item: ItemDef, answers: Mapping[str, Datum], language: Language) -> str:
    """Which answers of the visit an item that is not asked depends on: ``Not asked: OSS done, No.``"""
    read = sorted(names(item.relevant)) if item.relevant else []
    items = [definition.item_by_name[n] for n in read if n in definition.item_by_name]
    none = QCoreApplication.translate("Item", "no answer yet")
    data = [(i, answers.get(i.oid, NOTHING)) for i in items]
    told = [(i.label.in_(language), printed(definition, i, datum, language) or none) for i, datum in data]
    if not told or len(told) > 2 or any(datum.null_flavor is not None for _, datum in data):
        return QCoreApplication.translate("ItemField", "Not asked with the present answers.")
    joined = ("；" if language == "zh" else "; ").join(("：" if language == "zh" else ": ").join(t) for t in told)
    return QCoreApplication.translate("Item", "Not asked here ({0}).").format(joined)


def not_asked(item: ItemDef) -> str:
    """That an item is not asked, at this visit or with these answers; empty where it always is."""
    if not item.relevant:
        return ""
    if "event" in names(item.relevant):
        return QCoreApplication.translate("ItemField", "Not asked at this visit.")
    return QCoreApplication.translate("ItemField", "Not asked with the present answers.")


def check_messages(definition: MetaDataVersion, item: ItemDef, language: Language) -> tuple[str, ...]:
    """What checks across items may say of an answer that can only be chosen."""
    return tuple(c.message.in_(language) for c in definition.edit_checks if item.oid in c.items)


def plausible_messages(definition: MetaDataVersion, item: ItemDef, language: Language) -> list[tuple[str, str]]:
    """What may be said of a refused or unusual value, so that the room for it is kept: (what happened, the rest)."""
    kept = "未保存。" if language == "zh" else "Not saved."
    found = [(c.message.in_(language), kept) for c in item.range_checks]
    found += [(c.message.in_(language), kept) for c in definition.edit_checks if item.oid in c.items]
    for code in _PROBLEMS.get(item.data_type, ()):
        happened, saved, todo = problem(code, language, {})
        found.append((happened, f"{saved} {todo}"))
    return found

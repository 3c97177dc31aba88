"""What the level table shows of each domain: names, levels that exist, points, laboratory, suggestion; no Qt."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.errors import Language
from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import CodeListItem, ItemDef, MetaDataVersion
from crf_desktop.model.derive import Suggestion
from crf_desktop.model.layout import LevelRow, LevelTable
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.speech import printed

EMPTY = ItemView(NOTHING)


@frozen
class Level:
    """One level of a domain."""

    code: str
    name: str
    definition: str


@frozen
class Implied:
    """One laboratory value beside the definitions."""

    label: str
    datum: Datum
    value: str
    """Printed with its unit; empty when there is none."""
    level: int | None
    """What the value implies; None when it implies nothing or is missing."""


@frozen
class Domain:
    """One row, in one language."""

    oid: str
    title: str
    short: str
    note: str
    weights: tuple[int | None, ...]
    levels: tuple[Level | None, ...]
    """One per column of boxes; None where the level does not exist."""
    laboratory: tuple[str, ...]
    """Items whose values stand beside the definitions."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Coded values that exist."""
        return tuple(level.code for level in self.levels if level is not None)

    def level(self, code: str | None) -> Level | None:
        """The level with that coded value."""
        return next((x for x in self.levels if x is not None and x.code == code), None)


def domains(definition: MetaDataVersion, layout: LevelTable, language: Language) -> tuple[Domain, ...]:
    """All rows of a table; the columns are the coded values of all rows together, in order."""
    columns = sorted({c.coded_value for row in layout.rows for c in _codes(definition, row)}, key=int)
    return tuple(_domain(definition, row, columns, language) for row in layout.rows)


def column_names(definition: MetaDataVersion, layout: LevelTable, language: Language) -> tuple[tuple[str, str], ...]:
    """(coded value, name) of each column of boxes."""
    names = {c.coded_value: c.decode.in_(language) for row in layout.rows for c in _codes(definition, row)}
    return tuple((code, names[code]) for code in sorted(names, key=int))


def _codes(definition: MetaDataVersion, row: LevelRow) -> tuple[CodeListItem, ...]:
    return definition.code_list[definition.item[row.item].code_list or ""].items


def _domain(definition: MetaDataVersion, row: LevelRow, columns: list[str], language: Language) -> Domain:
    item: ItemDef = definition.item[row.item]
    known = {
        c.coded_value: Level(c.coded_value, c.decode.in_(language), c.definition.in_(language) if c.definition else "")
        for c in _codes(definition, row)
    }
    title = item.label.in_(language)
    short = row.short.in_(language) if row.short else title
    note = item.note.in_(language) if item.note else ""
    levels = tuple(known.get(code) for code in columns)
    return Domain(item.oid, title, short, note, row.weights, levels, tuple(dict.fromkeys(h.item for h in item.hints)))


def points(weight: int | None, datum: Datum) -> str:
    """Printed points of one domain in one score: weight × level; ``—`` when missing; empty while unanswered."""
    if weight is None:
        return ""
    if datum.null_flavor is not None:
        return "—"
    return "" if datum.value is None else str(weight * int(datum.value))


def laboratory(definition: MetaDataVersion, domain: Domain, view: BlockView, language: Language) -> tuple[Implied, ...]:
    """The values of a domain with what each implies; those of forms that the visit does not have only when known."""
    suggestion = view.suggestions.get(domain.oid)
    implied = dict(suggestion.implied) if suggestion else {}
    return tuple(
        _implied(definition, oid, view.visit_answers.get(oid, NOTHING), implied.get(oid), language)
        for oid in domain.laboratory
        if oid not in view.elsewhere or oid in implied
    )


def _implied(definition: MetaDataVersion, oid: str, datum: Datum, level: int | None, language: Language) -> Implied:
    item = definition.item[oid]
    return Implied(item.label.in_(language), datum, printed(definition, item, datum, language), level)


def why(suggestion: Suggestion, language: Language) -> str:
    """The reasons of a suggestion in words; empty when no value reaches a level."""
    stop = "；" if language == "zh" else "; "
    return stop.join(h.reason.in_(language) for h in suggestion.reasons)

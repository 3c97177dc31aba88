"""Which tables a definition has, one per item group, and what their columns are called, in exports and analysis."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from crf_desktop.model.definition import FormDef, ItemDef, ItemGroupDef, MetaDataVersion, MethodDef

WHEN = ("visit_date", "study_day", "study_week")
STATUS = ("form_state", "signed", "changed_after_signature", "open_queries", "remarks")
RESERVED = frozenset({"subject", "event", "event_key", "form_key", "group_key", *WHEN, *STATUS})
"""Columns of ours that no item may take the name of."""


@frozen
class Shape:
    """What one file holds: an item group of a form, one row per form, or per row of the group where it repeats."""

    form: FormDef
    group: ItemGroupDef
    keys: tuple[str, ...]
    """The columns that name a row, as far as visit, form and group repeat; then when the visit was."""
    items: tuple[ItemDef, ...]
    methods: tuple[MethodDef, ...]

    @property
    def name(self) -> str:
        """File name without extension."""
        return self.group.table

    @property
    def columns(self) -> tuple[str, ...]:
        """The head of the file."""
        items = (c for i in self.items for c in item_columns(i))
        return (*self.keys, *items, *(c for m in self.methods for c in method_columns(m)), *STATUS)


def column(name: str, oid: str) -> str:
    """The column of an item or method: its analysis name; its OID where the name would clash with a column of ours."""
    return oid if "__" in name or name in RESERVED else name


def item_columns(item: ItemDef) -> tuple[str, ...]:
    """Value, then unit and qualifier where they can be chosen, then the reason why there is no value."""
    base = column(item.name, item.oid)
    unit = (base + "__unit",) if len(item.units) > 1 else ()
    qualifier = (base + "__qualifier",) if item.qualifiers else ()
    return (base, *unit, *qualifier, base + "__null")


def method_columns(method: MethodDef) -> tuple[str, ...]:
    """Printed value; and what is certain while it is unknown."""
    base = column(method.name, method.oid)
    return (base, base + "__at_least") if method.lower_bound else (base,)


def shapes(definition: MetaDataVersion) -> Iterator[Shape]:
    """One shape per item group; the form's own derived values stand with its first group that does not repeat."""
    for form in definition.forms:
        groups = [definition.item_group[g] for g in form.item_groups]
        first = next((g.oid for g in groups if not g.repeating), None)
        for group in groups:
            methods = group.methods if group.repeating else form.methods if group.oid == first else ()
            yield Shape(
                form, group, _keys(definition, form, group),
                tuple(definition.item[i] for i in group.items), tuple(definition.method[m] for m in methods),
            )  # fmt: skip


def _keys(definition: MetaDataVersion, form: FormDef, group: ItemGroupDef) -> tuple[str, ...]:
    events = [e for e in definition.events if form.oid in e.forms]
    repeats = {"event_key": any(e.repeating for e in events), "form_key": form.repeating, "group_key": group.repeating}
    when = WHEN if any(e.type != "Common" for e in events) else ()
    return ("subject", "event", *(key for key, there in repeats.items() if there), *when)

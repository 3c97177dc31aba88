"""The rows of a form's table: canonical values, missing reasons, derived values as printed, state and signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from crf_desktop.model.data import NOTHING, Datum, FormHead
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion, MethodDef
from crf_desktop.model.derive import Derived, Visit
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

KEYS = ("subject", "event", "event_key", "form_key", "visit_date")
STATUS = ("form_state", "signed", "changed_after_signature", "open_queries")


@frozen
class Shape:
    """What one file holds: a form, or one repeating item group of a form."""

    name: str
    """File name without extension: the OID of the form or of the group."""
    form: FormDef
    items: tuple[ItemDef, ...]
    methods: tuple[MethodDef, ...] = ()
    group: str = ""
    """OID of the repeating group; empty for the form itself."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The head of the file."""
        keys = (*KEYS, "group_key") if self.group else KEYS
        items = (c for i in self.items for c in item_columns(i))
        return (*keys, *items, *(c for m in self.methods for c in method_columns(m)), *STATUS)


def column(name: str, oid: str) -> str:
    """The column of an item or method: its analysis name; its OID where the name would clash with a column of ours."""
    return oid if "__" in name or name in KEYS or name in STATUS or name == "group_key" else name


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
    """One shape per form, and one per repeating group."""
    for form in definition.forms:
        groups = [definition.item_group[g] for g in form.item_groups]
        single = tuple(definition.item[i] for g in groups if not g.repeating for i in g.items)
        yield Shape(form.oid, form, single, tuple(definition.method[m] for m in form.methods))
        for group in groups:
            if group.repeating:
                yield Shape(group.oid, form, tuple(definition.item[i] for i in group.items), (), group.oid)


Data = Mapping[tuple[str, str, str, str], Datum]
"""(form, form key, group key, item) → datum, for one visit."""


def rows(
    store: Store, definition: MetaDataVersion, known: Mapping[str, Shape], subject: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(file, row) for every form of one participant that has been begun."""
    dates = {row.path: row.datum.value or "" for row in store.events(subject)}
    heads: dict[ItemPath, list[FormHead]] = {}
    for head in store.form_heads(subject):
        heads.setdefault(head.path.event_path, []).append(head)
    banner = _banner(store, definition, subject)
    for event, forms in sorted(heads.items(), key=lambda pair: _event_order(definition, pair[0])):
        data = {_at(row.path): row.datum for row in store.visit_items(event)}
        visit = Visit(definition, {k[3]: d for k, d in data.items()}, dates.get(event) or None, banner)
        for head in forms:
            for shape in known.values():
                if shape.form.oid == head.path.form:
                    for row in _rows(shape, head, dates.get(event, ""), data, visit.form(shape.form)):
                        yield shape.name, row


def _at(path: ItemPath) -> tuple[str, str, str, str]:
    return (path.form, path.form_key, path.group_key, path.item)


def _event_order(definition: MetaDataVersion, event: ItemPath) -> tuple[int, str, str]:
    order = {e.oid: n for n, e in enumerate(definition.events)}
    return (order.get(event.event, len(order)), event.event, event.event_key)


def _banner(store: Store, definition: MetaDataVersion, subject: str) -> dict[str, Datum]:
    banner = definition.banner
    found = store.form_items(ItemPath(subject=subject, event=banner.event, form=banner.form))
    return {r.path.item: r.datum for r in found if r.path.item in (banner.sex, banner.birth_date)}


def _rows(
    shape: Shape, head: FormHead, visit_date: str, data: Data, derived: Mapping[str, Derived]
) -> Iterator[tuple[str, ...]]:
    path = head.path
    keys = (path.subject, path.event, path.event_key, path.form_key, visit_date)
    repeats = sorted({k[2] for k in data if k[:2] == (path.form, path.form_key) and k[2]}) if shape.group else [""]
    flags = (head.state.value, _flag(head.signed), _flag(head.changed_after_signature), str(head.n_open_query))
    computed = [c for m in shape.methods for c in _method_cells(m, derived[m.oid])]
    for repeat in repeats:
        found = [data.get((path.form, path.form_key, repeat, i.oid), NOTHING) for i in shape.items]
        cells = [c for i, d in zip(shape.items, found, strict=True) for c in _item_cells(i, d)]
        yield (*keys, *([repeat] if shape.group else []), *cells, *computed, *flags)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _item_cells(item: ItemDef, datum: Datum) -> Iterator[str]:
    yield datum.value or ""
    if len(item.units) > 1:
        yield datum.unit_oid or "" if datum.value is not None else ""
    if item.qualifiers:
        yield datum.qualifier
    yield datum.null_flavor.value if datum.null_flavor else ""


def _method_cells(method: MethodDef, derived: Derived) -> Iterator[str]:
    yield derived.text
    if method.lower_bound:
        yield derived.lower_text

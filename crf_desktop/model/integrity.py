"""Whether a definition holds together: unique OIDs, no dangling reference, expressions that read what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from attrs import AttrsInstance, fields

from crf_desktop.model import expression, layout
from crf_desktop.model.definition import FormDef, MetaDataVersion

CONTEXT_NAMES = frozenset({"visit_date"})
"""Names every expression may read beside items and methods; the banner's two items can be read from every visit."""


class DefinitionError(ValueError):
    """A definition that does not hold together; says which OID and why."""


def require_sound(definition: MetaDataVersion) -> None:
    """Raises :class:`DefinitionError` with every fault found."""
    faults = [*_duplicates(definition), *_dangling(definition), *_expressions(definition), *_layouts(definition)]
    if faults:
        raise DefinitionError("; ".join(faults))


def _duplicates(definition: MetaDataVersion) -> Iterator[str]:
    oids = Counter(d.oid for d in definition.everything())  # type: ignore[attr-defined]
    names = Counter([*(i.name for i in definition.items), *(m.name for m in definition.methods)])
    sas = Counter(i.sas_name for i in definition.items)
    placed = Counter(i for g in definition.item_groups for i in g.items)
    for what, counted in (("OID", oids), ("name", names), ("SAS name", sas), ("item group of", placed)):
        yield from (f"{what} {key} stands {n} times" for key, n in counted.items() if n > 1)


def _dangling(definition: MetaDataVersion) -> Iterator[str]:
    pairs: list[tuple[str, str, Container[str]]] = [
        *((i.oid, i.code_list, definition.code_list) for i in definition.items if i.code_list),
        *((i.oid, u, definition.unit) for i in definition.items for u in i.units),
        *((i.oid, h.item, definition.item) for i in definition.items for h in i.hints),
        *((g.oid, i, definition.item) for g in definition.item_groups for i in g.items),
        *((f.oid, g, definition.item_group) for f in definition.forms for g in f.item_groups),
        *((f.oid, m, definition.method) for f in definition.forms for m in (*f.methods, *f.scores)),
        *((e.oid, f, definition.form) for e in definition.events for f in e.forms),
        *((m.oid, u, definition.unit) for m in definition.methods if (u := m.unit)),
        *((m.oid, b, definition.method) for m in definition.methods if (b := m.band)),
        *((m.oid, c, definition.code_list) for m in definition.methods if (c := m.code_list)),
        *((m.oid, i, definition.item) for m in definition.methods for i in (*m.counts, *m.waits_for)),
        *((c.oid, i, definition.item) for c in definition.edit_checks for i in c.items),
    ]
    yield from (f"{owner} refers to {oid}, which does not exist" for owner, oid, table in pairs if oid not in table)
    yield from (
        f"{i.oid} is a code without a code list" for i in definition.items if i.data_type == "code" and not i.code_list
    )


def _expressions(definition: MetaDataVersion) -> Iterator[str]:
    known = CONTEXT_NAMES | {i.name for i in definition.items} | {m.name for m in definition.methods}
    texts = [
        *((m.oid, m.expression) for m in definition.methods),
        *((m.oid, m.lower_bound) for m in definition.methods if m.lower_bound),
        *((c.oid, c.expression) for c in definition.edit_checks),
        *((i.oid, i.relevant) for i in definition.items if i.relevant),
        *((i.oid, h.expression) for i in definition.items for h in i.hints),
    ]
    for oid, text in texts:
        try:
            unknown = expression.names(text) - known
        except expression.ExpressionError as error:
            yield f"{oid}: {error}"
            continue
        yield from (f"{oid} reads {name}, which does not exist" for name in sorted(unknown))


def items_in(block: AttrsInstance) -> Iterator[str]:
    """The item OIDs a layout block shows."""
    for attribute in fields(type(block)):
        value = getattr(block, attribute.name)
        if attribute.name in ("items", "options", "conditions"):
            yield from value
        elif attribute.name in ("item", "reading", "started", "before", "after", "duration"):
            yield value
        elif attribute.name in ("rows", "readings", "collections"):
            for inner in value:
                yield from items_in(inner)


def _layouts(definition: MetaDataVersion) -> Iterator[str]:
    for form in definition.forms:
        shown = Counter(i for block in form.layout.blocks for i in items_in(block))
        yield from _layout_faults(definition, form, shown)


def _layout_faults(definition: MetaDataVersion, form: FormDef, shown: Counter[str]) -> Iterator[str]:
    asked = {i for g in form.item_groups if g in definition.item_group for i in definition.item_group[g].items}
    yield from (f"{form.oid} asks {i} but its layout does not show it" for i in sorted(asked - set(shown)))
    yield from (f"{form.oid} shows {i} but does not ask it" for i in sorted(set(shown) - asked))
    yield from (f"{form.oid} shows {i} {n} times" for i, n in shown.items() if n > 1)
    yield from (f"{form.oid} has a block nobody knows" for b in form.layout.blocks if type(b) not in layout.BLOCKS)
